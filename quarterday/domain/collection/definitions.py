"""Definitions that begin in the middle of what is being asked for: said before it is, since no count can mend it."""

from collections.abc import Iterator

from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import describe, say_date


def begin_within(framework: Framework, plan: Timetable) -> Iterator[str]:
    """The figures of a collection whose definition changes within the days that they cover, each with what to do."""
    for indicator in framework.indicators:
        for period in framework.periods_asked(indicator, plan.period):
            if begun := indicator.begun_within(period):
                yield (
                    f"Version {begun.version} of “{indicator.title}” holds from {say_date(begun.holds_from)}, within "
                    f"{describe(period)}: its figure counts partly by each definition and bears a break in the series. "
                    "Let the version hold from the first day of a period, or leave it so."
                )
