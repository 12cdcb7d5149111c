"""A definition that begins in the middle of a quarter: told beforehand, counted by both, and a break in the series.

The fires are counted anew from Thursday 15 May 2025, within April to June.
"""

from datetime import date

from quarterday.domain.collection.definitions import begin_within
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Definition
from quarterday.domain.framework.periods import financial_quarter, parse_quarter
from quarterday.domain.telling.plan import timetable_lines
from tests.domain.conftest import framework, indicator

Q1 = parse_quarter("2025-26 Q1")
FIRST = Definition(version=1, holds_from=date(2023, 4, 1), text="Fires that were lit.")


def counted_anew(on: date) -> Framework:
    """The small partnership with a second definition from a day on."""
    second = Definition(version=2, holds_from=on, text="Fires that were lit or left.")
    fires = indicator("deliberate-fires", "fire").model_copy(update={"definitions": (second, FIRST)})
    return framework(indicators=(fires,))


def test_it_is_told_in_the_plan_with_what_becomes_of_the_figure() -> None:
    """Which figure, from when, within which days, and what to do."""
    setting = counted_anew(date(2025, 5, 15))
    plan = timetable(setting, Q1)
    assert plan
    (told,) = begin_within(setting, plan)

    assert (
        "Version 2 of “Deliberate fires” holds from 15 May 2025, within April to June 2025: its figure counts partly "
        "by each definition and bears a break in the series. Let the version hold from the first day of a period, or "
        "leave it so."
    ) == told
    assert f"  Mind: {told}" in timetable_lines(setting, plan)


def test_one_that_begins_with_a_period_is_no_matter() -> None:
    """On 1 April or 1 July; nor is the first definition that there ever was."""
    for on in (date(2025, 4, 1), date(2025, 7, 1)):
        setting = counted_anew(on)
        plan = timetable(setting, Q1)
        assert plan
        assert [] == list(begin_within(setting, plan))
    alone = FIRST.model_copy(update={"holds_from": date(2025, 5, 15)})
    assert indicator("fires", "fire").model_copy(update={"definitions": (alone,)}).begun_within(Q1) is None


def test_whoever_is_asked_reads_both_with_their_days() -> None:
    """In the form and on the page; in the quarters beside it the one that holds."""
    (fires,) = counted_anew(date(2025, 5, 15)).indicators

    assert "Fires that were lit." == fires.definition_text(financial_quarter(2024, 4))
    assert (
        "Until 14 May 2025: Fires that were lit. From 15 May 2025: Fires that were lit or left."
    ) == fires.definition_text(Q1)
    assert "Fires that were lit or left." == fires.definition_text(financial_quarter(2025, 2))
