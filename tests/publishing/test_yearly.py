"""The yearly review: sums only of what is told throughout, for days that make the year, of one thing counted alike."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.collection.yearly import NOT_PUBLISHED, Year, YearsQuarter
from quarterday.domain.facts import ReleaseKind, ReleaseMade
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Definition, Target
from quarterday.domain.framework.periods import Period, calendar_month, financial_quarter, financial_year
from quarterday.publishing.pack.model import Table
from quarterday.publishing.tables import Observation
from quarterday.publishing.yearly.figures import year_lines
from quarterday.publishing.yearly.pack import YearlyReview
from quarterday.publishing.yearly.released import ReleasedQuarter, ReleasedYear
from quarterday.publishing.yearly.targets import tally_of, targets_of
from tests.domain.lived import at
from tests.publishing.dataset_example import BOROUGH, framework, indicator

QUARTERS = [financial_quarter(2025, number) for number in (1, 2, 3, 4)]
HIDDEN, MISSING = Marker.CONFIDENTIAL, Marker.NOT_AVAILABLE


def observation(period, value, code="fires", **more) -> Observation:
    """A published figure of the borough; a marker in the value's place hides it or says that it is missing."""
    marker = value if isinstance(value, Marker) else None
    parts = {
        "indicator": code, "definition_version": 1, "area_code": BOROUGH, "area_name": "Somewhere", "breakdown": "",
        "category": "", "category_title": "", "period": period, "value": None if marker else value, "numerator": None,
        "denominator": None, "unit": "count", "marker": marker, "comparable": True, "comparable_why": "",
        "source_return": "R1", "source_sha256": "",
    }  # fmt: skip
    return Observation(**{**parts, **more})


def a_year(rows_by_quarter, *indicators, gone=(), **tables) -> ReleasedYear:
    """A year whose quarters were published with these figures; the places in `gone` were not."""
    house = framework(*indicators)
    quarters = []
    for number, (period, rows) in enumerate(zip(QUARTERS, rows_by_quarter, strict=True)):
        made = ReleaseMade(
            at=at(date(2026, 5, 5)), by="quarterday", partnership="somewhere", collection=f"q{number}", version=1,
            kind=ReleaseKind.PROVISIONAL, folder="f", manifest_sha256="0", returns=(),
        )  # fmt: skip
        missing = number in gone
        quarter = YearsQuarter(period, f"q{number}", None if missing else made, NOT_PUBLISHED if missing else "")
        quarters.append(ReleasedQuarter(quarter, house, () if missing else tuple(rows), **tables.get(f"q{number}", {})))
    year = Year(financial_year(2025), tuple(each.quarter for each in quarters))
    word = {each.key: each for of in quarters for each in of.observations if not each.stale}
    return ReleasedYear(year, tuple(quarters), word, tables.get("asks", ()), tables.get("actions", ()))


def the_line(values, house=None, **changes):
    """The line of one indicator with these values, quarter by quarter."""
    rows = [[observation(period, value, **changes)] for period, value in zip(QUARTERS, values, strict=True)]
    (line,) = year_lines(a_year(rows, house or indicator("fires", "fire")))
    return line


def test_counts_are_added_where_every_quarter_is_told():
    """10, 12, 9 and 11 make 42, with the markers that say how firm they are."""
    assert (("10", "12", "9", "11"), "42") == (the_line([10, 12, 9, 11]).cells, the_line([10, 12, 9, 11]).year.said)
    assert "42 [p]" == the_line([10, 12, 9, 11], marker=Marker.PROVISIONAL).year.said


@given(st.lists(st.one_of(st.integers(0, 500), st.just(HIDDEN), st.just(MISSING)), min_size=4, max_size=4))
def test_no_year_tells_what_a_quarter_does_not(values):
    """A year's figure is told only where each of its quarters is, and then is their sum: it gives nothing away."""
    year = the_line(values).year
    if any(isinstance(each, Marker) for each in values):
        assert ("–", "") == (year.said, year.note)
        assert year.why_not == (
            "A part of it is hidden, and a sum would tell it." if HIDDEN in values else "A part of it is missing."
        )
    else:
        assert f"{sum(values):,}" == year.said


def test_shares_are_of_the_sums_of_their_counts():
    """30 of 100, 10 of 100, 50 of 100, 30 of 300: 120 of 600 are 20 per cent, not the mean of 25."""
    share = indicator("fires", "fire", unit="percentage", numerator="n", denominator="d")
    rows = [
        [observation(period, n / d * 100, numerator=float(n), denominator=float(d))]
        for period, (n, d) in zip(QUARTERS, [(30, 100), (10, 100), (50, 100), (30, 300)], strict=True)
    ]
    (line,) = year_lines(a_year(rows, share))
    assert "20.0%" == line.year.said
    rows[2] = [replace(rows[2][0], value=None, numerator=None, marker=HIDDEN)]
    (line,) = year_lines(a_year(rows, share))
    assert "–" == line.year.said


def test_figures_of_other_days_are_not_added():
    """June to September shares September, August and July with the second quarter."""
    rows = [[observation(period, 10)] for period in QUARTERS]
    rows[0] = [observation(Period(date(2025, 6, 1), date(2025, 9, 30)), 14)]
    (line,) = year_lines(a_year(rows, indicator("fires", "fire")))

    assert "14 (Jun–Sep 2025)" == line.cells[0]
    assert ("–", "The figure for July to September 2025 shares days with the one before: they would count twice.") == (
        line.year.said, line.year.why_not,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"definitions": (
                Definition(version=1, holds_from=date(2023, 4, 1), text="By report."),
                Definition(version=2, holds_from=date(2026, 1, 1), text="By call."),
            )},
            "What it counts changed on 1 January 2026, so its parts are not alike.",
        ),
        ({"adds_up": False}, "What stands at one time is not added over quarters."),
        ({"unit": "out of", "out_of": 19}, "What stands at one time is not added over quarters."),
        ({"unit": "rate", "numerator": "n", "denominator": "d"}, "A rate of each quarter does not add up"),
        ({"frequency": "school term"}, "It is counted by school terms"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_has_no_sum_and_a_sentence(changes, why):
    """A changed definition, what stands on one day, a rate, terms."""
    line = the_line([10, 12, 9, 11], indicator("fires", "fire", **changes))
    assert "–" == line.year.said
    assert line.year.why_not.startswith(why)


def test_rounded_figures_say_how_far_the_year_may_lie():
    """Four figures to the nearest five: ten to either side."""
    disclosure = {"rule": "threshold with rounding", "threshold": 5, "round_to": 5}
    line = the_line([10, 15, 10, 10], indicator("fires", "fire", disclosure=disclosure))
    assert ("45", "Each figure is rounded: the year may lie 10 to either side.") == (line.year.said, line.year.note)


def test_months_make_quarters_and_the_year_and_one_hidden_month_hides_both():
    """Twelve months of two are 24; with one hidden its quarter and the year have no sum."""
    monthly = indicator("fires", "fire", frequency="month")
    months = [(2025, 4), (2025, 7), (2025, 10), (2026, 1)]
    rows = [[observation(calendar_month(year, first + n), 2) for n in range(3)] for year, first in months]
    (line,) = year_lines(a_year(rows, monthly))
    assert (("6",) * 4, "24") == (line.cells, line.year.said)

    rows[1][1] = observation(calendar_month(2025, 8), HIDDEN)
    (line,) = year_lines(a_year(rows, monthly))
    assert (("6", "–", "6", "6"), "–") == (line.cells, line.year.said)


def test_three_of_four_quarters_make_no_year():
    """They are told, and that they are three."""
    rows = [[observation(period, 10)] for period in QUARTERS]
    released = a_year(rows, indicator("fires", "fire"), gone=(3,))
    (line,) = year_lines(released)
    pack = YearlyReview(released, framework().board["board"], "Yearly review", 1, date(2026, 6, 1)).pack()

    assert (("10", "10", "10", "–"), "Only three of four quarters are published.") == (line.cells, line.year.why_not)
    assert "Version 1, 1 June 2026, three of four quarters" == pack.edition
    said = str(pack.sections[0])
    assert "This review is made from three of four quarters of 2025-26." in said
    assert "2025-26 Q4 is not in it: nothing has been published of it." in said


def test_a_target_is_held_to_what_is_told_alone():
    """Met in one of three: the hidden quarter is not judged."""
    aimed = indicator("fires", "fire", direction="lower is better", target=Target(value=10))
    (target,) = targets_of([the_line([9, HIDDEN, 12, 13], aimed)])

    assert ("met", "–", "not\u00a0met", "not\u00a0met") == target.cells
    assert "Met in 1 of 3 quarters" == target.over_the_year
    assert tally_of([target]).startswith("Of 1 target that can be judged, 0 were met every time, 1 at times, 0 never.")


def test_gaps_that_are_alike_stand_once():
    """With the quarters that they hold for; what came since says so."""
    gap = {"indicator": "fires", "partner": "fire", "why": "nobody counted them", "owner": "Head", "expected": ""}
    rows = [[observation(period, MISSING)] for period in QUARTERS]
    gaps = {f"q{number}": {"gaps": (gap,)} for number in range(4)}
    released = a_year(rows, indicator("fires", "fire"), **gaps)
    released.word[observation(QUARTERS[3], 1).key] = observation(QUARTERS[3], 8)
    review = YearlyReview(released, framework().board["board"], "Yearly review", 1, date(2026, 6, 1))

    assert [("Q1, Q2, Q3", "No date was given."), ("Q4", "It has come since.")] == [
        (each.quarters, each.since) for each in review.gaps
    ]
    assert {"Nobody counted them."} == {each.why for each in review.gaps}


ASK = {
    "ask": "A-1", "raised_on": "2025-06-01", "asker": "board", "kind": "decision", "what": "Fund it.",
    "answers": "board, 2025-08-14, passed on to board: See | above. | board, 2026-04-02, decided: Yes.",
}  # fmt: skip
ACTION = {
    "action": "X-1", "board": "board", "meeting": "2025-11-13", "ask": "", "what": "Write to schools.", "owner": "fire",
    "due": "2026-01-01", "state": "done", "told_on": "2025-12-01", "said": "Sent.", "overdue": "false",
}  # fmt: skip


def test_decisions_of_the_years_meetings_stand_with_what_became_of_them():
    """What was decided after the year tells what became of it; an action that follows from no ask stands by itself."""
    released = a_year([[]] * 4, indicator("fires", "fire"), asks=(ASK,), actions=(ACTION,))
    review = YearlyReview(released, framework().board["board"], "Yearly review", 1, date(2026, 6, 1))
    first, second = review.decisions

    assert ("Fund it.", "Passed on to The Board. See | above.") == (first.what, first.answer)
    assert "The Board, 2 April 2026: Decided. Yes." == first.became
    assert ("Write to schools.", "Done, told on 1 December 2025. Sent.") == (second.what, second.became)


def test_without_activities_asks_and_targets_there_is_no_such_part():
    """Nothing empty stands in it."""
    released = a_year([[observation(period, 10)] for period in QUARTERS], indicator("fires", "fire"))
    pack = YearlyReview(released, framework().board["board"], "Yearly review", 1, date(2026, 6, 1)).pack()

    assert [
        "what-matters", "quarters", "figures", "figures-safer-streets", "not-measured", "reading",
    ] == [each.anchor for each in pack.sections]  # fmt: skip
    (table,) = [block for block in pack.sections[3].blocks if isinstance(block, Table)]
    assert ("Fires", "10", "10", "10", "10", "40", "") == table.rows[0]
