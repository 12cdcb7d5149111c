"""Facts about which returned figure counts, and for which days."""

from dataclasses import replace
from datetime import UTC, date, datetime

from quarterday.domain.facts import RequestMade, ReturnKind, ReturnReceived
from quarterday.domain.figures.assembling import AcceptedReturn, figures_of, summed
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.returns import Marker, PartnerReturn
from quarterday.domain.framework.indicators import Breakdown, Category
from quarterday.domain.framework.periods import Period
from quarterday.publishing.missing import missing_figures
from quarterday.publishing.totals import _classes, with_totals
from tests.publishing.dataset_example import (
    BOROUGH,
    DETECTED,
    KINDS,
    Q1,
    THEFTS,
    WARDS,
    figure,
    framework,
    ward_figures,
)
from tests.publishing.installation_example import row

HOUSE = framework()
JUNE_TO_SEPTEMBER = Period(date(2025, 6, 1), date(2025, 9, 30))
REQUEST = RequestMade(
    at=datetime(2025, 7, 1, tzinfo=UTC),
    by="quarterday",
    partnership="somewhere",
    collection="c",
    request="c.fire",
    partner="fire",
    asked=("fires",),
    withheld=(),
    due=date(2025, 7, 22),
    closes=date(2025, 8, 1),
)


def accepted(*rows, reference: str = "R1", said: Period | None = None, **more) -> AcceptedReturn:
    """An accepted return with these rows."""
    received = ReturnReceived(
        at=datetime(2025, 7, 2, tzinfo=UTC),
        by="fire/contact",
        partnership="somewhere",
        request="c.fire",
        partner_return=reference,
        kind=ReturnKind.FIGURES,
        **more,
    )
    return AcceptedReturn(received, PartnerReturn("fire", "c", said, rows, "template"))


def counted(*returns: AcceptedReturn):
    """The figures of those returns, as value and source."""
    return [(each.value, each.source_return) for each in figures_of(HOUSE, REQUEST, Q1, returns)]


def test_later_figure_replaces_the_earlier():
    """Of two accepted returns the later counts."""
    assert [(12, "R2")] == counted(accepted(row(value=10)), accepted(row(value=12), reference="R2"))


def test_blank_cell_replaces_nothing():
    """A cell left blank in a later return leaves what came before."""
    assert [(10, "R1")] == counted(accepted(row(value=10)), accepted(row(value=None), reference="R2"))


def test_withdrawn_figure_is_missing():
    """A later return that marks a figure as not available takes it back."""
    withdrawn = row(value=None, marker=Marker.NOT_AVAILABLE)

    assert [(None, "R2")] == counted(accepted(row(value=10)), accepted(withdrawn, reference="R2"))


def test_period_of_the_row_stands_before_that_of_the_whole():
    """A row that names other days than were asked covers those; else the sender's word for the whole counts."""
    own = figures_of(HOUSE, REQUEST, Q1, [accepted(row(period=JUNE_TO_SEPTEMBER))])
    said = figures_of(HOUSE, REQUEST, Q1, [accepted(row(period=Q1), said=JUNE_TO_SEPTEMBER)])
    told = [
        accepted(row(period=Q1), period_start=JUNE_TO_SEPTEMBER.start, period_end=JUNE_TO_SEPTEMBER.end, reference="R2")
    ]

    assert JUNE_TO_SEPTEMBER == own[0].period == said[0].period
    assert JUNE_TO_SEPTEMBER == figures_of(HOUSE, REQUEST, Q1, told)[0].period


def test_rates_are_never_averaged():
    """Shares of two months are joined by their parts: 1 of 2 and 10 of 98 make 11 of 100."""
    parts = [
        figure("detected", 50.0, numerator=1, denominator=2),
        figure("detected", 10.2, numerator=10, denominator=98),
    ]
    joined = summed(DETECTED, parts)

    assert joined
    assert (11.0, 11, 100) == (joined.value, joined.numerator, joined.denominator)


def test_total_with_a_missing_part_is_missing():
    """A ward whose one kind is missing has no total, nor has the borough; the other wards have theirs."""
    house = framework(THEFTS)
    rows = with_totals(house, ward_figures(((1, 2, None), (3, 4, 5), (6, 7, 8))))
    totals = {each.area_code: (each.value, each.marker) for each in rows if not each.breakdown}

    assert (None, Marker.NOT_AVAILABLE) == totals[WARDS[0]] == totals[BOROUGH]
    assert (12, None) == totals[WARDS[1]]


def test_other_days_are_an_answer_and_are_not_missing():
    """Who sends May to July for April to June has answered; who sends July to September has not."""
    house = framework(THEFTS.model_copy(update={"area": "borough", "breakdowns": (), "ask_total": True}))
    answered = figure("thefts", period=Period(date(2025, 5, 1), date(2025, 7, 31)))
    elsewhere = replace(answered, period=Period(date(2025, 7, 1), date(2025, 9, 30)))

    assert [] == missing_figures(house, Q1, [answered])
    assert 1 == len(missing_figures(house, Q1, [elsewhere]))
    assert len(WARDS) * len(KINDS) == len(missing_figures(framework(THEFTS), Q1, []))


def test_a_year_that_was_kept_as_it_was_typed_is_one_of_this_century():
    """Who once typed 1 4 25 meant 2025: nothing is published of the year 25."""
    typed = {"period_start": date(25, 4, 1), "period_end": date(25, 6, 30)}
    figures = figures_of(HOUSE, REQUEST, Q1, [accepted(row(), **typed)])

    assert {Q1} == {each.period for each in figures}


def test_a_period_out_of_reach_counts_for_nothing():
    """What was asked stands instead of the year 3025."""
    said = {"period_start": date(3025, 4, 1), "period_end": date(3025, 6, 30)}
    figures = figures_of(HOUSE, REQUEST, Q1, [accepted(row(), **said)])

    assert {Q1} == {each.period for each in figures}


def test_a_total_holds_what_is_new_and_needs_nothing_that_is_gone() -> None:
    """A class was split: what is new stands together, what is gone has [z], and the total loses nothing."""
    quarter = Period(date(2025, 4, 1), date(2025, 6, 30))
    breakdown = Breakdown(
        code="offence",
        title="Offence",
        categories=(
            Category(code="arson", title="Arson"),
            Category(code="burglary", title="Burglary"),
            Category(code="new-classes", title="New", takes_new=True),
        ),
    )
    gone = Figure("crime", 1, "E1", "offence", "burglary", quarter, None, marker=Marker.NOT_APPLICABLE)
    arson = Figure("crime", 1, "E1", "offence", "arson", quarter, 6)
    new = Figure("crime", 1, "E1", "offence", "new-classes", quarter, 60)
    found = {(each.breakdown, each.category): each for each in (gone, arson, new)}

    assert [("offence", "arson"), ("offence", "new-classes")] == _classes(breakdown, quarter, found)


def test_a_nil_return_is_nought_only_for_what_it_was_taken_for():
    """What no agreement covered any more when it came is no nought, but missing."""
    received = accepted(reference="R-nil").received
    nil = replace(received, kind=ReturnKind.NIL)

    assert [] == figures_of(HOUSE, REQUEST, Q1, [AcceptedReturn(nil, None, nil_for=())])
    taken = figures_of(HOUSE, REQUEST, Q1, [AcceptedReturn(nil, None, nil_for=("fires",))])
    assert {(0, "fires")} == {(each.value, each.indicator) for each in taken}
