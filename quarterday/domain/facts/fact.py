"""A fact: what happened, when, by whom and why."""

from dataclasses import dataclass, fields
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What happened, when (aware, UTC), by whom, and why.

    `by` is a code: `quarterday`, an officer's code, or `partner-code/role`; never an email address.
    """

    at: datetime
    by: str
    reason: str = ""

    @property
    def key(self) -> str:
        """What may be recorded only once among facts of this kind."""
        raise NotImplementedError

    @property
    def about(self) -> str:
        """What the fact is filed under: a request where it has one, else its collection, else the partnership."""
        for name in ("request", "collection", "partnership"):
            if value := getattr(self, name, None):
                return str(value)
        return ""


def field_names(kind: type[Fact]) -> tuple[str, ...]:
    """The names of a fact's fields, in order."""
    return tuple(each.name for each in fields(kind))
