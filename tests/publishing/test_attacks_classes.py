"""Attacks on whole releases by who wants to know of each person in a small group: is everybody, or nobody, in a class?

The reader knows nothing of the product's rules but that a hidden count may be nought in a group of fewer than ten. It
takes all that four quarters' releases say of people by kind and of a share of people, some of it for other days than
were asked and some corrected, and asks of each group that a release tells of, or that follows from others by taking one
from another, whether one answer alone is possible.
"""

import random
from pathlib import Path

import pytest

from quarterday.domain.framework.indicators import Disclosure
from tests.publishing.dataset_example import KINDS, framework, indicator
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

FEW = 10  # twice the threshold: a group below it is protected from being told to be of one kind
ANY = 10_000
SORTS = {"victims": len(KINDS), "helped": 2}


def of_people(*, protected):
    """Victims by kind, and the share of clients who were helped, with the rule for groups in one class or without."""
    rule = Disclosure(whole_groups=None if protected else False)
    victims = indicator("victims", breakdowns=("kind",), ask_total=True, disclosure=rule)
    return framework(victims, indicator("helped", unit="percentage", numerator="H", denominator="C", disclosure=rule))


def a_truth(chance):
    """For each indicator its people of each sort, month by month: few, and often all of one sort for a while."""
    usual, truth, long = chance.choice((0.5, 1, 2, 4)), {}, chance.choice((1, 3))
    for code, sorts in SORTS.items():
        only = [chance.randrange(sorts) if chance.random() < 0.5 else None for _ in range(MONTHS // long)]
        truth[code] = [
            [round(chance.expovariate(1 / usual)) if only[at // long] in (None, each) else 0 for at in range(MONTHS)]
            for each in range(sorts)
        ]
    return truth


def people(truth, code, period):
    """How many of each sort there were."""
    return [sum(each[slice(*period)]) for each in truth[code]]


def sent(truth, period, left_out=None):
    """A return's rows: all victims, those of each kind but one, and the share of the clients who were helped."""
    victims, (helped, others), covered = (
        people(truth, "victims", period),
        people(truth, "helped", period),
        days(*period),
    )
    yield row("victims", sum(victims), period=covered)
    for kind, value in zip(KINDS, victims, strict=True):
        if kind != left_out:
            yield row("victims", value, breakdown="kind", category=kind, period=covered)
    if helped + others:
        yield row("helped", None, numerator=helped, denominator=helped + others, period=covered)


def played(seed, home, house):
    """The people there were, and all rows that are out, each time that a figure was corrected and at last."""
    chance = random.Random(seed)
    truth, left_out = a_truth(chance), chance.choice((None, None, *KINDS))

    def correct(first, after):
        sort = chance.choice(truth[chance.choice(list(SORTS))])
        sort[chance.randrange(first, after)] = chance.randint(0, 3)

    found = remembering_office(home, house)
    for out in four_quarters(found, chance, lambda period: sent(truth, period, left_out), correct):
        yield truth, [each for rows in out if rows for each in rows]


def numbers(said):
    """What a row says: of which sorts, and how many there were; nothing where it is hidden."""
    if said["indicator"] == "victims":
        yield (KINDS.index(said["category"]),) if said["category"] else (0, 1, 2), said["value"]
    else:
        yield from (((0,), said["numerator"]), ((0, 1), said["denominator"]))


def heard(code, truth, rows):
    """A reader of all that is out on an indicator, the days whose number of people is told, and the hidden counts."""
    reader, hidden, periods = SeriesReader(MONTHS, kinds=SORTS[code], enough=ENOUGH), {}, set()
    for said in (each for each in rows if each["indicator"] == code):
        period = months(said)
        by_sort = people(truth, code, period)
        for sorts, value in numbers(said):
            if value and len(sorts) == len(by_sort):
                periods.add(period)
            if value:
                reader.hears(period, float(value), float(value), sorts)
            else:
                count = sum(by_sort[sort] for sort in sorts)
                open_nought = not count or (sum(by_sort) < FEW and len(sorts) < len(by_sort))
                reader.hears(period, 0 if open_nought else 1, ANY, sorts)
                hidden[period, sorts] = reader.row(period, sorts)
    return reader, periods, hidden


def by_difference(periods):
    """The days from any month to any later one, where a chain of periods tells how many there were in them."""
    known = {(first, after) for first, after in periods} | {(after, first) for first, after in periods}
    while more := {(one, other) for one, at in known for then, other in known if at == then and one != other} - known:
        known |= more
    return sorted((first, after) for first, after in known if first < after)


def of_one_sort(code, truth, reader, periods):
    """The days in which a reader knows that all people of a small group are of one sort."""
    for period in by_difference(periods):
        by_sort = people(truth, code, period)
        if 0 < sum(by_sort) < FEW and max(by_sort) == sum(by_sort):
            others = tuple(each for each in range(len(by_sort)) if not by_sort[each])
            if reader.most(reader.row(period, others)) < 1:
                yield period


def attacked(seeds, monkeypatch, *, protected=True):
    """The small groups that are told to be all of one sort, and the hidden counts of fewer than five values."""
    unopened(monkeypatch)
    found = []
    for seed in seeds:
        with in_memory() as home:
            for truth, rows in played(seed, Path(home), of_people(protected=protected)):
                for code in SORTS:
                    reader, periods, hidden = heard(code, truth, rows)
                    found += [(code, seed, each) for each in of_one_sort(code, truth, reader, periods)]
                    found += [(code, seed, *each) for each in hidden if reader.width(hidden[each]) < ENOUGH]
    return found


def test_no_small_group_of_a_few_partnerships_is_told_to_be_of_one_sort(monkeypatch):
    """None of six, six of six, nine of nine: whatever is put side by side, another answer stays possible."""
    assert [] == attacked(range(2), monkeypatch)


def test_the_same_reader_finds_the_groups_that_releases_without_the_rule_give_away(monkeypatch):
    """It is no proof that a reader finds nothing unless it finds what is there."""
    assert {"victims", "helped"} == {code for code, *_ in attacked(range(3, 5), monkeypatch, protected=False)}


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_no_small_group_of_many_partnerships_is_told_to_be_of_one_sort(monkeypatch):
    """A quarter of SEEDS, a quarter of a second each: `make attack` takes hundreds."""
    assert [] == attacked(range(1000, 1000 + MANY // 4), monkeypatch)
