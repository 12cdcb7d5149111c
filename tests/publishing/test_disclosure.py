"""Facts about hiding small counts: what is hidden, what else has to be, and what a reader can work out."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.framework.indicators import Disclosure
from quarterday.publishing.disclosure.attack import attack
from quarterday.publishing.disclosure.cells import LinkedTables, Seen
from quarterday.publishing.disclosure.grouped import in_groups
from quarterday.publishing.disclosure.protect import Published, protect
from quarterday.publishing.disclosure.risk import DisclosureRiskError
from quarterday.publishing.disclosure.rounding import rounded, rounded_range
from quarterday.publishing.disclosure.suppression import hidden_cells
from quarterday.publishing.observations import Context, observe
from quarterday.publishing.totals import with_totals
from tests.publishing.dataset_example import (
    BOROUGH,
    DETECTED,
    FIRES,
    KINDS,
    Q1,
    THEFTS,
    WARDS,
    figure,
    framework,
    indicator,
    two_way,
    ward_figures,
)

TABLE = ((12, 3, 20), (9, 15, 30), (25, 18, 40))


def _ward(ward: str, kind: str):
    return ("thefts", ward, "kind" if kind else "", kind, Q1.start, Q1.end)


def test_small_count_alone_is_given_back_by_its_margins():
    """A lone small count in a table with both margins is known to the digit: the attack finds it."""
    tables, cells = two_way(TABLE, threshold=5)

    assert [(cells[0, 1], 3, 3)] == [(n.cell, n.low, n.high) for n in attack(tables, {cells[0, 1]})]


def test_what_would_give_a_small_count_back_is_hidden_with_it():
    """A small count is hidden together with cells of its row and its column, never alone."""
    tables, cells = two_way(TABLE, threshold=5)
    hidden = hidden_cells(tables)

    assert cells[0, 1] in hidden
    assert len(hidden) >= 4
    assert [] == attack(tables, hidden)


def test_nought_is_never_hidden():
    """A nought tells of nobody: it is published, and readers may know that hidden cells are at least one."""
    tables, cells = two_way(((0, 3, 20), (9, 15, 0), (25, 18, 40)), threshold=5)

    assert not {cells[0, 0], cells[1, 2]} & hidden_cells(tables)


def test_two_ones_that_sum_to_two_are_not_protection():
    """Two hidden ones under a published two are both known, since neither can be nought: more is hidden."""
    tables, cells = two_way(((1, 1, 0), (30, 40, 50), (60, 70, 80)), threshold=2)
    hidden = hidden_cells(tables)

    assert {cells[0, 0], cells[0, 1]} <= hidden
    assert [] == attack(tables, hidden)
    assert len(hidden) > 4


def _possible(tables: LinkedTables, hidden: set[int], rows: int, columns: int, most: int):
    """Every table of whole numbers that agrees with what is shown, by trying them all."""
    shape = columns + 1
    inner = [row * shape + column for row in range(rows) for column in range(columns)]
    choices = [range(1, most + 1) if cell in hidden else (int(tables.cells[cell].value),) for cell in inner]
    for values in product(*choices):
        every = dict(zip(inner, values, strict=True))
        for row in range(rows):
            every[row * shape + columns] = sum(every[row * shape + column] for column in range(columns))
        for column in range(shape):
            every[rows * shape + column] = sum(every[row * shape + column] for row in range(rows))
        if all(every[cell] == tables.cells[cell].value for cell in every if cell not in hidden):
            yield every


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(((2, 2), (2, 3), (3, 2))).flatmap(
        lambda shape: st.lists(
            st.lists(st.integers(0, 6), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
        )
    ),
    st.integers(2, 4),
)
def test_trying_every_table_narrows_no_hidden_cell(values, threshold):
    """On any small table, no hidden cell has fewer possible values than the threshold, all tables tried."""
    tables, _ = two_way(values, threshold)
    hidden = hidden_cells(tables)
    rows, columns = len(values), len(values[0])
    inside = [cell for cell in hidden if cell // (columns + 1) < rows and cell % (columns + 1) < columns]
    if len(inside) > 4:
        return
    found = {cell: set() for cell in hidden}
    for every in _possible(tables, hidden, rows, columns, most=10):
        for cell in hidden:
            found[cell].add(every[cell])

    assert all(len(each) >= threshold for each in found.values())


def test_history_already_published_counts_against_a_hidden_cell():
    """A cell whose neighbours were all published before cannot be hidden by them now: others are taken."""
    tables, cells = two_way(TABLE, threshold=5)
    tables.seen = {cells[1, 1]: Seen(15, 15), cells[2, 1]: Seen(18, 18)}
    hidden = hidden_cells(tables)

    assert not {cells[1, 1], cells[2, 1]} & hidden
    assert cells[None, 1] in hidden
    assert [] == attack(tables, hidden)


def test_protection_speaks_the_same_of_totals_and_parts():
    """Through figures: the hidden cells of wards and kinds, totals included, withstand the attack."""
    house = framework(THEFTS)
    figures = with_totals(house, ward_figures(TABLE))
    shown = protect(house, figures)

    assert shown[_ward(WARDS[0], "shop")].hidden
    assert shown[_ward(WARDS[0], "shop")].value is None
    assert 172 == shown[_ward(BOROUGH, "")].value


def test_suppliers_own_publication_is_respected():
    """Where the rule is none, every count is shown as it came."""
    house = framework(THEFTS.model_copy(update={"disclosure": Disclosure(rule="none")}))
    figures = with_totals(house, ward_figures(TABLE))

    assert not any(each.hidden for each in protect(house, figures).values())


def test_percentage_goes_with_its_small_numerator():
    """A percentage is hidden with its numerator; its denominator, great enough, is shown."""
    house = framework(DETECTED)
    small = figure("detected", 4.0, numerator=2, denominator=50)
    shown = protect(house, [small])[small.key]

    assert (None, None, 50, True) == (shown.value, shown.numerator, shown.denominator, shown.hidden)


def test_percentage_that_leaves_few_out_is_hidden_too():
    """49 of 50 tells of the one as surely as 1 of 50 does."""
    house = framework(DETECTED)
    nearly_all = figure("detected", 98.0, numerator=49, denominator=50)

    assert protect(house, [nearly_all])[nearly_all.key].hidden


def test_rounding_shows_multiples_and_hides_small_counts():
    """With rounding, 3 is hidden and 12 is shown as 10."""
    rule = Disclosure(rule="threshold with rounding", threshold=5, round_to=5)
    house = framework(FIRES.model_copy(update={"disclosure": rule}))
    few, many = figure(value=3), figure(value=12, area_code=WARDS[0])
    shown = protect(house, [few, many])

    assert (None, 10) == (shown[few.key].value, shown[many.key].value)


@given(st.integers(1, 500), st.sampled_from((2, 3, 5, 10)))
def test_rounded_value_lies_within_the_range_a_reader_infers(value, base):
    """What a reader infers from a rounded value always holds the truth, and is never nought for something."""
    low, high = rounded_range(value, base, threshold=1)

    assert low <= value <= high
    assert rounded(value, base) > 0
    assert {rounded(each, base) for each in (low, high)} == {rounded(value, base)}


def _released(house, figures):
    shown = protect(house, figures)
    said = observe(house, figures, shown, Context(Q1, 1))
    return Published(in_groups(figures), {each.key: each for each in said})


def test_revision_does_not_give_back_what_the_first_version_hid():
    """After a revised count, both versions together still narrow nothing: a hidden cell stays hidden."""
    house = framework(THEFTS)
    first = with_totals(house, ward_figures(TABLE))
    release = _released(house, first)
    second = with_totals(house, ward_figures(((12, 3, 21), (9, 15, 30), (25, 18, 40))))
    shown = protect(house, second, [release])

    assert shown[_ward(WARDS[0], "shop")].hidden
    assert {key for key, each in release.shown.items() if each.value is None and key[4:] == (Q1.start, Q1.end)} <= {
        key for key, each in shown.items() if each.hidden
    } | {_ward(ward, kind) for ward in WARDS for kind in KINDS}


def test_small_count_that_was_large_is_not_given_away_by_the_difference():
    """A count revised from 9 to 2 is hidden, and the totals that would tell the difference with it."""
    house = framework(THEFTS)
    release = _released(house, with_totals(house, ward_figures(((12, 8, 20), (9, 15, 30), (25, 18, 40)))))
    second = with_totals(house, ward_figures(((12, 8, 20), (2, 15, 30), (25, 18, 40))))
    shown = protect(house, second, [release])

    assert shown[_ward(WARDS[1], "bicycle")].hidden
    assert shown[_ward(WARDS[1], "")].hidden
    assert shown[_ward(BOROUGH, "bicycle")].hidden


@pytest.fixture
def tight():
    """A table of a handful of small counts, its release, and the table as it was revised."""
    house = framework(THEFTS.model_copy(update={"disclosure": Disclosure(threshold=3), "counts_people": False}))
    release = _released(house, with_totals(house, ward_figures(((0, 4, 0), (3, 1, 0), (0, 0, 0)))))
    return house, release, ((2, 4, 0), (1, 1, 0), (0, 0, 0))


def test_revision_is_not_stuck_where_all_was_sent_again(tight):
    """Where no choice is safe against any guess, figures that were public are hidden: they may have been revised."""
    house, release, revised = tight
    second = with_totals(house, ward_figures(revised, source="R2"))
    shown = protect(house, second, [release])

    assert shown[_ward(WARDS[0], "bicycle")].hidden
    assert shown[_ward(WARDS[1], "bicycle")].hidden


def test_what_was_public_protects_nothing_where_the_release_says_that_it_was_not_revised(tight):
    """A figure of the very return of the release before is known to be as it was, hidden or not: the release stops."""
    house, release, revised = tight

    with pytest.raises(DisclosureRiskError, match="send all its figures again"):
        protect(house, with_totals(house, ward_figures(revised, source="R1")), [release])


def test_rule_made_stricter_does_not_stop_for_what_is_out_already():
    """100 in all and 97 of one kind are public since a release without a rule: the 3 left cannot be hidden any more."""
    open_rule = THEFTS.model_copy(update={"disclosure": Disclosure(rule="none"), "area": "borough"})
    figures = [figure("thefts", 100), figure("thefts", 97, breakdown="kind", category="shop")]
    release = _released(framework(open_rule), figures)
    house = framework(open_rule.model_copy(update={"disclosure": Disclosure()}))

    assert [100, 97] == [each.value for each in protect(house, figures, [release]).values()]
    assert protect(house, figures)[figures[1].key].hidden


def test_the_release_stops_and_says_where():
    """Where earlier releases leave no safe choice, the error names indicator, area and category, never the value."""
    house = framework(THEFTS)
    figures = with_totals(house, ward_figures(TABLE))
    loose = framework(THEFTS.model_copy(update={"disclosure": Disclosure(threshold=2)}))
    told = _released(loose, figures)
    careless = {
        key: each if key != _ward(WARDS[0], "shop") else replace(each, value=None, marker="[c]")
        for key, each in told.shown.items()
    }

    with pytest.raises(DisclosureRiskError, match=f"thefts in {WARDS[0]}, shop") as stopped:
        protect(house, figures, [Published(in_groups(figures), {k: _confidential(v) for k, v in careless.items()})])

    assert " 3" not in str(stopped.value)


def _confidential(observation):
    from quarterday.domain.figures.returns import Marker

    return replace(observation, marker=Marker.CONFIDENTIAL) if observation.value is None else observation


def test_months_that_make_up_a_quarter_are_linked_to_it():
    """A small month is not given back by its quarter and the two other months."""
    house = framework(FIRES.model_copy(update={"frequency": "month"}))
    months = [figure(value=value, period=month) for value, month in zip((2, 30, 40), Q1.months(), strict=True)]
    shown = protect(house, [*months, figure(value=72)])
    hidden = [each for each in shown.values() if each.hidden]

    assert shown[months[0].key].hidden
    assert len(hidden) >= 2


def test_part_that_cannot_exceed_another_is_linked_to_it():
    """A bound between indicators is used by the attack: a hidden part below a published small whole is found."""
    whole = indicator("people", disclosure=Disclosure(rule="none"))
    part = indicator("of-them", no_more_than="people")
    figures = [figure("people", 3), figure("of-them", 2)]

    with pytest.raises(DisclosureRiskError, match="of-them"):
        protect(framework(whole, part), figures)
