"""Files that arrive, from a partner's page, whoever sends it: made safe first, under a name of ours."""

import hashlib
import re
import secrets
import unicodedata
from datetime import datetime

from quarterday.adapters.store import Store
from quarterday.domain.facts import RequestMade, UploadKept

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that looks like something else
# What reorders or hides text on a page or in an email, beside the plain controls.
_HIDDEN = frozenset("\u200b\u200e\u200f\u2028\u2029\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}$")
_SUFFIXES = frozenset(
    {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".pdf", ".docx", ".html", ".zip"}
)


def clean(text: str, limit: int, lines: bool = False) -> str:
    """Text as it may be kept and shown: no controls, nothing that reorders a line, no more than `limit` characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (
        each if each == "\n" and lines else " " if each in "\n\t" else each
        for each in text
        if each not in _HIDDEN and (each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs", "Cn"))
    )
    return "".join(kept).strip()[:limit].strip()


def clean_name(said: str) -> str:
    """The name of a sender's file, for showing: never a path."""
    return clean(re.split(r"[/\\]", said)[-1], 100) or "file"


def suffix_of(said: str) -> str:
    """What the file's name says it is, where that is a kind we know; else `.bin`."""
    found = _SUFFIX.search(clean_name(said).lower())
    return found[0] if found and found[0] in _SUFFIXES else ".bin"


def new_upload() -> str:
    """A name for a file that arrives: ours, never the sender's, and not to be guessed."""
    return secrets.token_hex(16)


def reference(prefix: str, request: str, once: str) -> str:
    """`R-7F3K-92MX-1A`: the same for the same upload or form, so that sending twice gives one receipt."""
    number = int.from_bytes(hashlib.sha256(f"{prefix}\n{request}\n{once}".encode()).digest()[:8], "big")
    letters = "".join(_LETTERS[number >> shift & 31] for shift in range(55, 5, -5))
    return f"{prefix}-{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def keep_file(
    raw: Store, request: RequestMade, data: bytes, said_name: str, by: str, at: datetime, reason: str = ""
) -> UploadKept:
    """Store a file durably; gives the fact that names it, to be recorded next."""
    name, suffix = new_upload(), suffix_of(said_name)
    stored = raw.put(f"uploads/{request.request}/{name}{suffix}", data)
    return UploadKept(
        at=at,
        by=by,
        reason=reason,
        partnership=request.partnership,
        request=request.request,
        upload=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        suffix=suffix,
        stored_as=stored.name,
        said_name=clean_name(said_name),
    )
