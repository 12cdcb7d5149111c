"""Facts about periods that overlap: what is hidden in one release is not given back by others, whatever their days."""

import os
import random
from calendar import monthrange
from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Disclosure
from quarterday.domain.framework.periods import Period
from quarterday.publishing.disclosure.grouped import in_groups
from quarterday.publishing.disclosure.protect import Published, protect
from quarterday.publishing.disclosure.risk import DisclosureRiskError
from tests.publishing.dataset_example import DETECTED, FIRES, figure, framework, indicator
from tests.publishing.series_reader import SeriesReader

MONTHS = 24
COUNTS = framework(FIRES)
ROUNDED = framework(indicator("fires", "fire", disclosure=Disclosure(rule="threshold with rounding")))
SHARES = framework(DETECTED.model_copy(update={"counts_people": False}))
SHARES_OF_PEOPLE = framework(DETECTED)
MANY = int(os.environ.get("SEEDS", "200"))


def days(first, after):
    """The months from one number to before another, as dates from April 2023 on."""
    (year, month), (end_year, end_month) = (divmod(3 + each, 12) for each in (first, after - 1))
    return Period(
        date(2023 + year, month + 1, 1),
        date(2023 + end_year, end_month + 1, monthrange(2023 + end_year, end_month + 1)[1]),
    )


def as_read(shown):
    """A release as a later one reads it back."""
    return {
        key: SimpleNamespace(
            value=each.value,
            numerator=each.numerator,
            denominator=each.denominator,
            marker=Marker.CONFIDENTIAL if each.hidden else None,
            source_return="R1",
        )
        for key, each in shown.items()
    }


def counts(*periods):
    """Figures of fires, each of some months."""
    return [figure("fires", value, period=days(*months)) for months, value in periods]


def shown(figures, places=COUNTS, past=()):
    """What is shown of each, by its months' order in the list; `[c]` where it is hidden."""
    protection = protect(places, figures, past)
    return ["[c]" if protection[each.key].hidden else protection[each.key].value for each in figures]


def test_rolling_years_do_not_give_back_a_quarter_that_begins_one_and_ends_the_other():
    """The years differ by the quarters at their ends, so a small one needs more than itself hidden."""
    figures = counts(((0, 3), 9), ((12, 15), 3), ((0, 12), 38), ((3, 15), 32))

    assert shown(figures).count("[c]") > 1


def test_months_that_a_quarter_and_a_window_share_are_not_told_by_difference():
    """June to September less July to September leaves June: two cases are hidden as a figure of two would be."""
    figures = counts(((0, 3), 20), ((3, 6), 19), ((2, 6), 21))

    assert "[c]" in shown(figures)


def test_large_pieces_leave_overlapping_periods_as_they_are():
    """Nothing is hidden where nothing that the periods give away is small."""
    figures = counts(((0, 3), 60), ((3, 6), 55), ((2, 6), 74))

    assert [60, 55, 74] == shown(figures)


def test_periods_that_contradict_one_another_are_published_all_the_same():
    """A window that is less than the quarter within it is somebody's mistake, and no reason to stop."""
    figures = counts(((3, 6), 55), ((2, 6), 50), ((0, 3), 60))

    assert [55, 50, 60] == shown(figures)


def of_any_shape(seed):
    """Three releases of one random series: each adds periods of any length, months, years and what is between."""
    chance = random.Random(seed)
    usual = chance.choice((0.5, 1.5, 4, 12))
    within = [
        chance.choices(range(4), k=1)[0] if usual < 1 else round(chance.expovariate(1 / usual)) for _ in range(MONTHS)
    ]
    others = [round(chance.expovariate(1 / (2 * usual))) for _ in range(MONTHS)]
    periods, releases = [], []
    for _ in range(3):
        for _ in range(chance.randint(2, 5)):
            length = chance.choice((1, 3, 3, 3, 4, 6, 12))
            first = chance.randrange(0, MONTHS - length + 1, chance.choice((1, 3)))
            periods.append((first, first + length))
        releases.append(list(dict.fromkeys(periods)))
    return within, others, releases


def published(seed, places, made):
    """What a random series' releases show, oldest first; those made before one that had to be stopped."""
    within, others, releases = of_any_shape(seed)
    past, told = [], []
    for periods in releases:
        figures = [made(within, others, months) for months in periods]
        try:
            protection = protect(places, figures, past)
        except DisclosureRiskError:
            break
        past.append(Published(in_groups(figures), as_read(protection)))
        told.append([(months, each, protection[each.key]) for months, each in zip(periods, figures, strict=True)])
    return told


def a_count(within, _, months):
    """A figure that counts."""
    return figure("fires", sum(within[slice(*months)]), period=days(*months))


def a_share(within, others, months):
    """A figure that is a percentage."""
    part = sum(within[slice(*months)])
    whole = part + sum(others[slice(*months)])
    value = round(100 * part / whole, 4) if whole else None
    return figure("detected", value, numerator=part, denominator=whole, period=days(*months))


def widths_of_counts(told, *, rounded=False):
    """How far a reader narrows each hidden count of a series, given all its releases."""
    reader, hidden = SeriesReader(MONTHS, enough=4), []
    for release in told:
        for months, _, seen in release:
            if seen.hidden:
                reader.hears(months, 1, 10_000)
                hidden.append(months)
            elif rounded and seen.value:
                reader.hears(months, max(seen.value - 2, 5), seen.value + 2)
            else:
                reader.hears(months, seen.value, seen.value)
    return [reader.width(reader.row(months)) for months in dict.fromkeys(hidden)]


def widths_of_shares(told, *, of_people=False):
    """How far a reader narrows each hidden part of a percentage, given all its releases.

    Of a group of fewer than ten people the part is always hidden, so that it may be nobody.
    """
    reader, hidden = SeriesReader(MONTHS, kinds=2, enough=4), []
    for release in told:
        for months, each, seen in release:
            for said, truth, kinds in (
                (seen.numerator, each.numerator, (0,)),
                (seen.denominator, each.denominator, (0, 1)),
            ):
                if said is None:
                    nobody = not truth or (of_people and kinds == (0,) and each.denominator < 10)
                    reader.hears(months, 0 if nobody else 1, 10_000, kinds)
                    hidden.append((months, kinds))
                else:
                    reader.hears(months, said, said, kinds)
    return [reader.width(reader.row(*each)) for each in dict.fromkeys(hidden)]


def hiding_the_small_alone(seed):
    """A random series of which each small count is hidden, and nothing else."""
    within, _, releases = of_any_shape(seed)
    every = [(months, sum(within[slice(*months)])) for months in releases[-1]]
    return [[(months, None, SimpleNamespace(hidden=0 < value < 5, value=value)) for months, value in every]]


KINDS = {
    "counts": lambda seed: widths_of_counts(published(seed, COUNTS, a_count)),
    "rounded counts": lambda seed: widths_of_counts(published(seed, ROUNDED, a_count), rounded=True),
    "percentages": lambda seed: widths_of_shares(published(seed, SHARES, a_share)),
    "percentages of people": lambda seed: widths_of_shares(published(seed, SHARES_OF_PEOPLE, a_share), of_people=True),
}


def narrowed(kind, seeds):
    """Of random series, how many hide anything, and those in which a hidden figure is narrower than promised."""
    found = Counter()
    for seed in seeds:
        widths = KINDS[kind](seed)
        found["hide something"] += bool(widths)
        found["narrowed"] += any(width < 4 for width in widths)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_no_hidden_figure_is_narrowed_by_periods_of_any_shape(kind):
    """A reader who adds and takes away all periods of all releases is left with five values for each hidden figure."""
    found = narrowed(kind, range(12))

    assert found["hide something"] > 5
    assert 0 == found["narrowed"]


def test_the_same_reader_narrows_series_that_hide_the_small_counts_alone():
    """It is no proof that a reader finds nothing unless it finds what is there."""
    widths = [widths_of_counts(hiding_the_small_alone(seed)) for seed in range(40)]

    assert sum(any(width < 4 for width in each) for each in widths) > 5


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", KINDS)
def test_no_hidden_figure_of_many_series_is_narrowed(kind):
    """The same for as many random series as SEEDS says: `make attack` takes thousands."""
    found = narrowed(kind, range(1000, 1000 + MANY))

    assert found["hide something"] > MANY / 5
    assert 0 == found["narrowed"]
