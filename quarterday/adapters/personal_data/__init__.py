"""Finds what is about one person in a file that should hold counts alone. Says which kind, never what it says.

Two strengths. What is certain (`personal-…`: a check digit, a date of birth, names in a list or beside what happened to
somebody) has its file kept apart. What is perhaps about a person (`perhaps-…`: a name alone, a long number among its
like) is asked about, and the return goes on.
"""

from quarterday.adapters.personal_data.identifiers import is_nhs_number
from quarterday.adapters.personal_data.known import OwnWords
from quarterday.adapters.personal_data.sheets import Text, texts_of
from quarterday.adapters.personal_data.texts import kind_of

__all__ = ["OwnWords", "Text", "is_certain", "is_nhs_number", "kind_of", "texts_of"]


def is_certain(rule: str) -> bool:
    """Whether what was found keeps its file apart; else the sender is asked."""
    return rule.startswith("personal-")
