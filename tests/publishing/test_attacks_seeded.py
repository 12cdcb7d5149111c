"""Attacks on whole releases of seeded partnerships, by what their files say: overlapping days, classes, corrections."""

import csv
import io
import os
import random
from calendar import monthrange
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from quarterday.adapters.register import Register
from quarterday.domain.facts import Facts
from quarterday.domain.framework.indicators import Disclosure
from quarterday.domain.framework.periods import Period, financial_quarter
from quarterday.domain.framework.populations import Estimate, Population, RateOf
from quarterday.publishing.disclosure.risk import DisclosureRiskError
from quarterday.publishing.release import make_release
from tests.publishing.dataset_example import BOROUGH, KINDS, THEFTS, framework
from tests.publishing.installation_example import office, publish, row
from tests.publishing.series_reader import SeriesReader

FIRST_YEAR, MONTHS = 2024, 18  # from April 2024
QUARTERS = tuple(financial_quarter(2024 + number // 4, number % 4 + 1) for number in range(4))
MANY = int(os.environ.get("SEEDS", "200"))
KEPT = ("observations", "history")
ENOUGH = 4  # a threshold of 5 promises five values for what is hidden
PEOPLE = 2000
CENSUS = Estimate(year=2021, source="Census", published=date(2022, 6, 28), counts={BOROUGH: PEOPLE})
RESIDENTS = Population(code="residents", title="residents", estimates=(CENSUS,))


def days(first, after):
    """The months from one number to before another, as dates."""
    start, end = divmod(3 + first, 12), divmod(3 + after - 1, 12)
    year, month = FIRST_YEAR + end[0], end[1] + 1
    return Period(date(FIRST_YEAR + start[0], start[1] + 1, 1), date(year, month, monthrange(year, month)[1]))


def months(said):
    """The months that a published row covers, as numbers."""
    start, end = date.fromisoformat(said["period_start"]), date.fromisoformat(said["period_end"])
    first = (start.year - FIRST_YEAR) * 12 + start.month - 4
    return first, (end.year - FIRST_YEAR) * 12 + end.month - 3


class Remembering(Register):
    """A register that knows by heart what went into it: reading it anew took two thirds of an attack's time."""

    def __init__(self, engine):
        super().__init__(engine)
        self._kept = []

    def facts(self, partnership):
        """All of them; this register has one partnership."""
        return Facts(self._kept)

    def _insert(self, connection, facts):
        new = super()._insert(connection, facts)
        self._kept += new
        return new


def a_partnership(chance, home):
    """One that counts thefts of the borough by kind, with or without rounding."""
    rule = Disclosure(rule="threshold with rounding") if chance.random() < 0.3 else Disclosure()
    counted = THEFTS.model_copy(update={"area": "borough", "ask_total": True, "disclosure": rule})
    counted = counted.model_copy(update={"rate": RateOf(population="residents")})
    found = office(home, framework(counted, populations=(RESIDENTS,)))
    found.installation = replace(found.installation, register=Remembering(found.installation.register.engine))
    return found, rule


def sent(truth, period):
    """A return's rows: the total and every kind."""
    first, after = period
    by_kind = [sum(truth[number][first:after]) for number in range(len(KINDS))]
    covered = days(*period)
    yield row("thefts", sum(by_kind), period=covered)
    for kind, value in zip(KINDS, by_kind, strict=True):
        yield row("thefts", value, breakdown="kind", category=kind, period=covered)


def released(found, collection, version=1):
    """What the release says in its tables; None where it had to be stopped."""
    try:
        fact = make_release(found.installation, publish(version, collection))
    except DisclosureRiskError:
        return None
    rows = []
    for table in KEPT:
        data = found.installation.stores.published.get(f"{fact.folder}/{table}.csv")
        rows += list(csv.DictReader(io.StringIO(data.decode())))
    rates = found.installation.stores.published.get(f"{fact.folder}/per_population.csv")
    rows += [counted_back(each) for each in csv.DictReader(io.StringIO(rates.decode())) if each["value"]]
    return [each for each in rows if each["indicator"] == "thefts" and each["marker"] != "[x]"]


def counted_back(rate):
    """The count that a published rate gives to whoever knows how many people there are."""
    return {**rate, "value": str(round(float(rate["value"]) * PEOPLE / int(rate["per"])))}


def played(seed, home):
    """What a reader has of four quarters, some of other days than were asked and some corrected, and the rule.

    A list of releases' rows for each time that a figure was corrected, as it stood then, and one of the last versions.
    """
    chance = random.Random(seed)
    found, rule = a_partnership(chance, home)
    usual = chance.choice((0.3, 1, 3))
    truth = [[round(chance.expovariate(1 / usual)) for _ in range(MONTHS)] for _ in KINDS]
    told, then, covered = [], [], 0
    for number, quarter in enumerate(QUARTERS):
        collection = f"somewhere.{quarter.start}"
        found.opened(collection, quarter)
        period = (3 * number, 3 * number + 3)
        if chance.random() < 0.4:
            period = (max(0, period[0] - chance.randint(0, 2)), min(MONTHS, period[1] + chance.randint(0, 1)))
        found.returned("police", list(sent(truth, period)), collection=collection)
        told.append(released(found, collection))
        if told[-1] and covered < period[1] and chance.random() < 0.3:
            then.append([*told])
            corrected = chance.choice(truth), chance.randrange(max(covered, period[0]), period[1])
            corrected[0][corrected[1]] = round(chance.expovariate(1 / usual))
            found.returned("police", list(sent(truth, period)), collection=collection)
            told[-1] = released(found, collection, version=2)
        covered = max(covered, period[1])
    return [*then, told], rule


def narrowest(told, rule):
    """How many values, less one, the narrowest hidden figure keeps for who reads all releases; None if none hides.

    At least so many: a reader who has seen enough looks no further.
    """
    reader, hidden = SeriesReader(MONTHS, kinds=len(KINDS), enough=ENOUGH), {}
    rounds = rule.rule == "threshold with rounding"
    for said in (each for rows in told if rows for each in rows):
        kinds = (KINDS.index(said["category"]),) if said["category"] else tuple(range(len(KINDS)))
        if said["marker"] == "[c]":
            hidden[months(said), kinds] = reader.row(months(said), kinds)
            reader.hears(months(said), 0, 10_000, kinds)
        else:
            value = float(said["value"])
            low, high = (max(value - 2, 5), value + 2) if rounds and value else (value, value)
            reader.hears(months(said), low, high, kinds)
    return min((reader.width(each) for each in hidden.values()), default=None)


def in_memory():
    """A folder that is gone afterwards; in memory where the machine has such a place: each release is made durable."""
    memory = Path("/dev/shm")
    return TemporaryDirectory(dir=memory if memory.is_dir() else None)


def attacked(seeds, monkeypatch):
    """How narrow the hidden figures of each seed are, and how many releases were stopped."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: {"packs/board.html": b"<p>x</p>"})
    for name in ("workbook", "one_file", "to_parquet", "data_package", "csvw"):  # what this reader does not open
        monkeypatch.setattr(f"quarterday.publishing.release.{name}", lambda *said: b"")
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
