"""Attacks on whole releases of seeded partnerships, by what their files say: overlapping days, classes, corrections."""

import random
from datetime import date
from pathlib import Path

import pytest

from quarterday.domain.framework.indicators import Disclosure
from quarterday.domain.framework.populations import Estimate, Population, RateOf
from tests.publishing.dataset_example import BOROUGH, KINDS, THEFTS, framework
from tests.publishing.installation_example import row
from tests.publishing.seeded_partnerships import (
    ENOUGH,
    MANY,
    MONTHS,
    days,
    four_quarters,
    in_memory,
    months,
    remembering_office,
    unopened,
)
from tests.publishing.series_reader import SeriesReader

PEOPLE = 2000
CENSUS = Estimate(year=2021, source="Census", published=date(2022, 6, 28), counts={BOROUGH: PEOPLE})
RESIDENTS = Population(code="residents", title="residents", estimates=(CENSUS,))


def a_partnership(chance, home):
    """One that counts thefts of the borough by kind, with or without rounding."""
    rule = Disclosure(rule="threshold with rounding") if chance.random() < 0.3 else Disclosure()
    counted = THEFTS.model_copy(update={"area": "borough", "ask_total": True, "disclosure": rule})
    counted = counted.model_copy(update={"rate": RateOf(population="residents")})
    return remembering_office(home, framework(counted, populations=(RESIDENTS,))), rule


def sent(truth, period):
    """A return's rows: the total and every kind."""
    first, after = period
    by_kind = [sum(truth[number][first:after]) for number in range(len(KINDS))]
    covered = days(*period)
    yield row("thefts", sum(by_kind), period=covered)
    for kind, value in zip(KINDS, by_kind, strict=True):
        yield row("thefts", value, breakdown="kind", category=kind, period=covered)


def as_counts(rows):
    """The rows of thefts as counts: a published rate gives the count to whoever knows how many people there are."""
    for each in rows:
        if each["table"] != "per_population":
            yield each
        elif each["value"]:
            yield {**each, "value": str(round(float(each["value"]) * PEOPLE / int(each["per"])))}


def played(seed, home):
    """What a reader has of four quarters, some of other days than were asked and some corrected, and the rule.

    A list of releases' rows for each time that a figure was corrected, as it stood then, and one of the last versions.
    """
    chance = random.Random(seed)
    found, rule = a_partnership(chance, home)
    usual = chance.choice((0.3, 1, 3))
    truth = [[round(chance.expovariate(1 / usual)) for _ in range(MONTHS)] for _ in KINDS]

    def correct(first, after):
        kind, month = chance.choice(truth), chance.randrange(first, after)
        kind[month] = round(chance.expovariate(1 / usual))

    return list(four_quarters(found, chance, lambda period: sent(truth, period), correct)), rule


def narrowest(told, rule):
    """How many values, less one, the narrowest hidden figure keeps for who reads all releases; None if none hides.

    At least so many: a reader who has seen enough looks no further.
    """
    reader, hidden = SeriesReader(MONTHS, kinds=len(KINDS), enough=ENOUGH), {}
    rounds = rule.rule == "threshold with rounding"
    for said in (each for rows in told if rows for each in as_counts(rows)):
        kinds = (KINDS.index(said["category"]),) if said["category"] else tuple(range(len(KINDS)))
        if said["marker"] == "[c]":
            hidden[months(said), kinds] = reader.row(months(said), kinds)
            reader.hears(months(said), 0, 10_000, kinds)
        else:
            value = float(said["value"])
            low, high = (max(value - 2, 5), value + 2) if rounds and value else (value, value)
            reader.hears(months(said), low, high, kinds)
    return min((reader.width(each) for each in hidden.values()), default=None)


def attacked(seeds, monkeypatch):
    """How narrow the hidden figures of each seed are, and how many releases were stopped."""
    unopened(monkeypatch)
    widths, stopped = [], 0
    for seed in seeds:
        with in_memory() as home:
            told, rule = played(seed, Path(home))
        stopped += told[-1].count(None)
        widths += [narrowest(each, rule) for each in told]
    return [each for each in widths if each is not None], stopped


def test_nothing_hidden_in_releases_of_a_few_partnerships_can_be_worked_out(monkeypatch):
    """Four quarters each, some for other days than asked, by kind of theft, with and without rounding."""
    widths, _ = attacked(range(4), monkeypatch)

    assert widths
    assert ENOUGH <= min(widths)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_nothing_hidden_in_releases_of_many_partnerships_can_be_worked_out(monkeypatch):
    """As many as SEEDS says: `make attack` takes thousands. Minutes: each hidden count is attacked."""
    widths, stopped = attacked(range(1000, 1000 + MANY), monkeypatch)

    assert len(widths) > MANY / 3
    assert ENOUGH <= min(widths)
    assert stopped < MANY / 5
