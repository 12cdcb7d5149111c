"""How far the calendar of `config/` reaches: when its meetings run out, collecting stops, and so it is said in time."""

from collections.abc import Iterator
from datetime import date, timedelta

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Frequency
from quarterday.domain.framework.periods import say_date

AHEAD = timedelta(days=120)


def running_out(framework: Framework, today: date) -> Iterator[str]:
    """What runs out within 120 days, or has, each with what to add."""
    meetings = [meeting for board in framework.partnership.boards for meeting in board.meetings]
    last = max((each.considers.end for each in meetings), default=None)
    if last is None:
        yield "No board has a meeting, so nothing is collected: add meetings in config/partnership.yaml."
    elif last - AHEAD <= today:
        yield (
            f"No meeting considers a period after {say_date(last)}: nothing is collected after it. "
            "Add the boards' next meetings in config/partnership.yaml."
        )
    by_term = [each.title for each in framework.indicators if each.frequency is Frequency.SCHOOL_TERM]
    terms = [each.dates.end for each in framework.partnership.school_terms]
    if by_term and (not terms or max(terms) - AHEAD <= today):
        reached = f"after {say_date(max(terms))}" if terms else "at all"
        yield (
            f"No school term is known {reached}, so {len(by_term)} figure(s) by school term are not asked for then. "
            "Add the next terms under school_terms in config/partnership.yaml."
        )
