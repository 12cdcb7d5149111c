"""How far the calendar of `config/` reaches: when its meetings run out, collecting stops, and so it is said in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.people import word_to_officer
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Frequency
from quarterday.domain.framework.periods import say_date

AHEAD = timedelta(days=120)
OCCASION = "calendar-ending"


@dataclass(frozen=True)
class RunsOut:
    """What runs out, after which day (None where there is none of it at all), and in a sentence what to add."""

    what: str
    last: date | None
    says: str

    def __str__(self) -> str:
        return self.says

    def since(self, today: date) -> date:
        """The day from which it is said."""
        return self.last - AHEAD if self.last else today


def running_out(framework: Framework, today: date) -> Iterator[RunsOut]:
    """What runs out within 120 days, or has, each with what to add."""
    yield from _meetings(framework, today)
    yield from _terms(framework, today)


def _meetings(framework: Framework, today: date) -> Iterator[RunsOut]:
    meetings = [meeting for board in framework.partnership.boards for meeting in board.meetings]
    last = max((each.considers.end for each in meetings), default=None)
    if last is None:
        yield RunsOut(
            "meetings",
            None,
            "No board has a meeting, so nothing is collected: add meetings in config/partnership.yaml.",
        )
    elif last - AHEAD <= today:
        yield RunsOut(
            "meetings",
            last,
            f"No meeting considers a period after {say_date(last)}: nothing is collected after it. "
            "Add the boards' next meetings in config/partnership.yaml.",
        )


def _terms(framework: Framework, today: date) -> Iterator[RunsOut]:
    by_term = [each.title for each in framework.indicators if each.frequency is Frequency.SCHOOL_TERM]
    last = max((each.dates.end for each in framework.partnership.school_terms), default=None)
    if by_term and (last is None or last - AHEAD <= today):
        reached = f"after {say_date(last)}" if last else "at all"
        yield RunsOut(
            "school terms",
            last,
            f"No school term is known {reached}, so {len(by_term)} figure(s) by school term are not asked for then. "
            "Add the next terms under school_terms in config/partnership.yaml.",
        )


def running_out_due(framework: Framework, today: date) -> Iterator[Send]:
    """Word to the officer of what runs out: once for each end that it has."""
    for each in running_out(framework, today):
        key = message_key(framework.partnership.code, OCCASION, each.what.replace(" ", "-"), each.last or "none")
        yield word_to_officer(framework, key, OCCASION, each.since(today), each.says, each.what)
