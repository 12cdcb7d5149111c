"""The ladder: so many working days before or after the due date, who hears, by which email (paper 4.3, 7.7)."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured, Role


class Wait(StrEnum):
    """What is awaited of a partner: each kind of waiting has a ladder of its own, in its own words."""

    FIRST = "first"  # the first answer to the request
    MORE_TIME = "more_time"  # the partner has told us until when it needs
    CORRECTION = "correction"  # a return was sent back
    REST = "rest"  # part of the return has come
    OWED = "owed"  # the collection has closed, and a figure is expected on a day


class Rung(Configured):
    """One step: `days` counts working days from the due date, negative before it."""

    code: Code
    days: int = Field(ge=-60, le=60)
    to: Role
    email: Code
    copy_to: tuple[Role, ...] = ()


def last_rung(due: Iterable[Rung]) -> Rung | None:
    """Of the rungs that are due, the last: whoever missed one run is not reminded twice in the next."""
    ordered = sorted(due, key=lambda each: each.days)
    return ordered[-1] if ordered else None


class Ladders(Configured):
    """The rungs for each kind of waiting, in the order of their days."""

    first: tuple[Rung, ...]
    more_time: tuple[Rung, ...] = ()
    correction: tuple[Rung, ...] = ()
    rest: tuple[Rung, ...] = ()
    owed: tuple[Rung, ...] = ()
    actions: tuple[Rung, ...] = ()  # that boards set: days count from the action's own, and `contact` is its owner
    reviews: tuple[Rung, ...] = ()  # of risks, that no request tells of: days count from the day of review
    meetings: tuple[Rung, ...] = ()  # not put on record: days count from when the lead got the page

    def rungs(self, wait: Wait) -> tuple[Rung, ...]:
        """The rungs for a kind of waiting, earliest first."""
        return tuple(sorted(getattr(self, wait.value), key=lambda rung: rung.days))
