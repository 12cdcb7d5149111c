"""A subgroup meets before the papers of the board above leave, so that what it agrees goes into them (paper 3.7).

The Board meets on Thursday 14 August 2025: its papers leave on Wednesday 6 August.
"""

from datetime import date

import pytest

from quarterday.domain.collection.reporting import meeting_too_late
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board, Meeting
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.telling.plan import timetable_lines
from tests.domain.conftest import framework, person

Q1 = parse_quarter("2025-26 Q1")


def reporting(*on: date, reports_to: str | None = "board") -> Framework:
    """The small partnership with a subgroup that meets on these days and needs no papers before."""
    small = framework()
    youth = Board(
        code="youth",
        name="Youth Subgroup",
        kind="subgroup",
        lead=person("Yas Youth"),
        reports_to=reports_to,
        papers_clear_days=0,
        meetings=tuple(Meeting(on=day, considers=Q1) for day in on),
    )
    boards = (*small.partnership.boards, youth)
    return framework(partnership=small.partnership.model_copy(update={"boards": boards}))


def told(setting: Framework) -> list[str]:
    """What is said of its meetings."""
    plan = timetable(setting, Q1)
    assert plan
    return [str(each) for each in meeting_too_late(setting, plan)]


def test_a_subgroup_that_meets_once_the_papers_have_left_is_a_clash() -> None:
    """On the 11th: it is to meet by the 6th, or the Board six working days after it, on the 19th."""
    assert [
        "Youth Subgroup meets on Monday 11 August 2025, after the papers of The Board, to which it reports, have left "
        "on Wednesday 6 August 2025: what it agrees cannot go into them. "
        "Let it meet by Wednesday 6 August 2025, or The Board on Tuesday 19 August 2025 or later."
    ] == told(reporting(date(2025, 8, 11)))


@pytest.mark.parametrize("on", [date(2025, 8, 5), date(2025, 8, 6)], ids=["before", "the same day"])
def test_one_that_meets_by_then_is_none(on: date) -> None:
    """The papers can wait for the morning's meeting."""
    assert [] == told(reporting(on))


def test_only_the_first_meeting_counts() -> None:
    """A second one on the same quarter comes too late for these papers, and for nothing else."""
    assert [] == told(reporting(date(2025, 8, 20), date(2025, 8, 5)))


def test_who_reports_to_nobody_or_does_not_meet_on_it_clashes_with_nothing() -> None:
    """A committee of its own, and a subgroup that skips the quarter."""
    assert [] == told(reporting(date(2025, 8, 11), reports_to=None)) == told(reporting())


def test_the_plan_tells_it() -> None:
    """Under the quarter's timetable."""
    setting = reporting(date(2025, 8, 11))
    plan = timetable(setting, Q1)
    assert plan
    last = list(timetable_lines(setting, plan))[-1]

    assert last.startswith("  Cannot work: Youth Subgroup meets on Monday 11 August 2025, after the papers")
