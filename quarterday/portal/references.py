"""Names of our own: for uploads, and the references that people read out over the telephone."""

import hashlib
import re
import secrets

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that looks like something else
_ONCE = re.compile(r"[0-9a-f]{32}")


def new_upload() -> str:
    """A name for a file that arrives: ours, never the sender's, and not to be guessed."""
    return secrets.token_hex(16)


def new_once() -> str:
    """What a form carries so that sending it twice is sending it once."""
    return secrets.token_hex(16)


def is_once(said: str) -> bool:
    """Whether it has the shape of what a form carries."""
    return bool(_ONCE.fullmatch(said))


def reference(prefix: str, request: str, once: str) -> str:
    """`R-7F3K-92MX-1A`: the same for the same upload or form, so that sending twice gives one receipt."""
    number = int.from_bytes(hashlib.sha256(f"{prefix}\n{request}\n{once}".encode()).digest()[:8], "big")
    letters = "".join(_LETTERS[number >> shift & 31] for shift in range(55, 5, -5))
    return f"{prefix}-{letters[:4]}-{letters[4:8]}-{letters[8:]}"
