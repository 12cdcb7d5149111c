"""Facts about figures that a rule hides only since they were corrected, and about those that contradict one another."""

import math
from datetime import date

import pytest

from quarterday.domain.framework.periods import Period
from quarterday.publishing.disclosure.attack import attack
from quarterday.publishing.disclosure.cells import Cell, LinkedTables, Place
from quarterday.publishing.disclosure.grouped import in_groups
from quarterday.publishing.disclosure.protect import Published, protect
from quarterday.publishing.disclosure.suppression import hidden_cells
from quarterday.publishing.observations import Context, observe
from tests.publishing.dataset_example import BOROUGH, DETECTED, FIRES, KINDS, Q1, figure, framework, indicator

VICTIMS = framework(indicator("victims", breakdowns=("kind",)))
NEXT = Period(date(2025, 7, 1), date(2025, 9, 30))


def victims(*by_kind, source, period=Q1):
    """A return's victims: the total, and those of each kind."""
    more = {"source_return": source, "period": period}
    kinds = zip(KINDS, by_kind, strict=True)
    return [
        figure("victims", sum(by_kind), **more),
        *(figure("victims", each, breakdown="kind", category=kind, **more) for kind, each in kinds),
    ]


def releases(house, *figures):
    """What each of some releases shows, by its figures' order; each takes the ones before it into account."""
    past, seen = [], []
    for each in figures:
        shown = protect(house, each, past)
        said = observe(house, each, shown, Context(Q1, 1))
        past.append(Published(in_groups(each), {one.key: one for one in said}))
        seen.append([shown[one.key] for one in each])
    return seen


def values(shown):
    """The values as readers see them."""
    return ["[c]" if each.hidden else each.value for each in shown]


def test_two_of_one_kind_where_there_was_nobody_do_not_stand_beside_the_noughts_of_before():
    """That there were none of any kind was public; now two are of one, and a nought is hidden with them."""
    before, after = releases(VICTIMS, victims(0, 0, 0, source="R1"), victims(0, 0, 2, source="R2"))

    assert [0, 0, 0, 0] == values(before)
    assert 2 <= values(after)[1:].count("[c]")


def test_a_nought_that_a_correction_hid_stays_hidden_when_the_next_quarter_tells_it_again():
    """The first version had told it, but who read the second does not know whether it is still so."""
    corrected = victims(0, 0, 2, source="R2")
    *_, now = releases(
        VICTIMS, victims(0, 0, 0, source="R1"), corrected, [*corrected, *victims(20, 30, 40, source="R3", period=NEXT)]
    )

    assert 2 <= values(now)[1:4].count("[c]")
    assert [90, 20, 30, 40] == values(now)[4:]


@pytest.mark.parametrize(("first", "second"), [((46, 60), (46, 48)), ((0, 12), (0, 6)), ((12, 40), (12, 12 + 2))])
def test_part_that_was_public_is_hidden_where_its_whole_shrank(first, second):
    """46 of 60 becomes 46 of 48, which tells of two; 0 of 12 becomes 0 of 6, which tells of each."""
    (before,), (after,) = releases(
        framework(DETECTED),
        *(
            [figure("detected", 100 * part / whole, numerator=part, denominator=whole, source_return=source)]
            for source, (part, whole) in zip(("R1", "R2"), (first, second), strict=True)
        ),
    )

    assert first == (before.numerator, before.denominator)
    assert None in (after.numerator, after.denominator)


def a_total_below_its_parts():
    """3 and 33 that come to 30 in all: what is left of the total is six below nought, and nobody's figure."""
    tables = LinkedTables()
    for name, value, offered in (("few", 3, True), ("many", 33, True), ("rest", -6, False), ("all", 30, True)):
        place = Place("fires", "value", BOROUGH, "kind" if name != "all" else "", name, Q1)
        tables.cells.append(Cell(place, value, threshold=5, small=name == "few", offered=offered, least=0))
    tables.relate([(0, 1), (1, 1), (2, 1), (3, -1)])
    return tables


def test_what_is_left_below_nought_costs_nothing_and_stops_no_release():
    """The square root of a negative count is no number: a choice that weighs one is no choice."""
    tables = a_total_below_its_parts()
    hidden = hidden_cells(tables)

    assert 0 in hidden
    assert [] == attack(tables, hidden)


@pytest.mark.parametrize("seed", range(8))
def test_contradicting_figures_of_overlapping_days_stop_no_release(seed):
    """Windows below the quarters within them, parts above their wholes: whatever was accepted can be published."""
    chance = [math.floor(abs(math.sin(seed * 31 + number)) * 12) for number in range(12)]
    spans = [(4, 6), (5, 8), (4, 9), (6, 7), (4, 12), (8, 9)]
    periods = [Period(date(2025, first, 1), date(2025, last, 28)) for first, last in spans]
    counts = [figure("fires", value, period=period) for value, period in zip(chance, periods, strict=False)]
    shares = [
        figure("detected", 50, numerator=part, denominator=whole, period=period)
        for part, whole, period in zip(chance, chance[6:], periods, strict=False)
    ]

    assert len(periods) == sum(
        each.hidden or each.value is not None for each in protect(framework(FIRES), counts).values()
    )
    assert len(periods) == len(protect(framework(DETECTED), shares))
