"""What one text is found to be: a number that points to somebody, an address, a name."""

import re
import unicodedata
from functools import lru_cache

from quarterday.adapters.personal_data.identifiers import has_email, numbered
from quarterday.adapters.personal_data.known import OwnWords
from quarterday.adapters.personal_data.names import in_text

_MAY_HOLD_AN_ADDRESS = re.compile(r"@|%40|at ?[\])}]| dot ", re.IGNORECASE)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def kind_of(text: str, known: OwnWords, *, names: bool = True) -> str | None:
    """The rule that a text breaks, None where it is about nobody.

    Cheap questions come first: an export holds a million cells, and next to none is about anybody.
    """
    if not text.isascii():
        text = _plain(text)
    if _MAY_HOLD_AN_ADDRESS.search(text) and has_email(text, known.emails):
        return "personal-email"
    if (digits := sum(map(str.isdigit, text))) > 1 and (found := numbered(text, digits)):
        return found
    return in_text(text, known) if names else None


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    """A text with one kind of space, one of dashes and one of digits, and without what nobody sees."""
    return unicodedata.normalize("NFKC", text.translate(_UNSEEN)).replace("‐", "-").replace("‑", "-").replace("−", "-")
