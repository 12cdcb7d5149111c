"""Four quarters of a seeded partnership, some for other days than asked and some corrected, and what readers get."""

import os
import random
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from quarterday.adapters.register import Register
from quarterday.domain.facts import Facts
from quarterday.domain.figures.returns import ReturnRow
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, financial_quarter
from quarterday.publishing.disclosure.risk import DisclosureRiskError
from quarterday.publishing.past import rows_published
from quarterday.publishing.release import make_release
from tests.publishing.installation_example import Office, office, publish
from tests.publishing.series_reader import Months

FIRST_YEAR, MONTHS = 2024, 18  # from April 2024
QUARTERS = tuple(financial_quarter(2024 + number // 4, number % 4 + 1) for number in range(4))
MANY = int(os.environ.get("SEEDS", "200"))
ENOUGH = 4  # a threshold of 5 promises five values for what is hidden
TABLES = ("observations", "history", "per_population")
UNOPENED = ("workbook", "one_file", "to_parquet", "data_package", "csvw")

Row = dict[str, str]
Counts = list[list[int]]  # a list of months for each sort
Released = list[Row] | None  # what a release says; None where it had to be stopped


def days(first: int, after: int) -> Period:
    """The months from one number to before another, as dates."""
    start, end = divmod(3 + first, 12), divmod(3 + after - 1, 12)
    year, month = FIRST_YEAR + end[0], end[1] + 1
    return Period(date(FIRST_YEAR + start[0], start[1] + 1, 1), date(year, month, monthrange(year, month)[1]))


def months(said: Row) -> Months:
    """The months that a published row covers, as numbers."""
    start, end = date.fromisoformat(said["period_start"]), date.fromisoformat(said["period_end"])
    first = (start.year - FIRST_YEAR) * 12 + start.month - 4
    return first, (end.year - FIRST_YEAR) * 12 + end.month - 3


def in_memory() -> TemporaryDirectory[str]:
    """A folder that is gone afterwards; in memory where the machine has such a place: each release is made durable."""
    memory = Path("/dev/shm")
    return TemporaryDirectory(dir=memory if memory.is_dir() else None)


def unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave packs empty, and the files that a reader of tables does not open."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *_: {"packs/board.html": b"<p>x</p>"})
    for name in UNOPENED:
        monkeypatch.setattr(f"quarterday.publishing.release.{name}", lambda *_: b"")


class Remembering(Register):
    """A register that knows by heart what went into it: reading it anew took two thirds of an attack's time."""

    def __init__(self, engine):
        super().__init__(engine)
        self._kept = []

    def facts(self, partnership: str) -> Facts:
        """All of them; this register has one partnership."""
        return Facts(self._kept)

    def _insert(self, connection, facts):
        new = super()._insert(connection, facts)
        self._kept += new
        return new


def remembering_office(home: Path, house: Framework) -> Office:
    """An installation whose register need not be read."""
    found = office(home, house)
    found.installation = replace(found.installation, register=Remembering(found.installation.register.engine))
    return found


def told(found: Office, collection: str, version: int = 1) -> Released:
    """The figures of a release in each of its tables, each row with its `table`; None where it had to be stopped."""
    try:
        fact = make_release(found.installation, publish(version, collection))
    except DisclosureRiskError:
        return None
    stores = found.installation.stores
    return [
        {**each, "table": table}
        for table in TABLES
        for each in rows_published(stores, fact, table)
        if each["marker"] != "[x]"
    ]


def four_quarters(
    found: Office,
    chance: random.Random,
    sent: Callable[[Months], Iterable[ReturnRow]],
    correct: Callable[[int, int], None],
) -> Iterator[list[Released]]:
    """What is out each time that a figure was corrected, as it stood then, and at last the latest versions of all.

    Only months that no earlier quarter told of are corrected, so that each state can have one truth.
    """
    out: list[Released] = []
    covered = 0
    for number, quarter in enumerate(QUARTERS):
        collection = f"somewhere.{quarter.start}"
        found.opened(collection, quarter)
        period = (3 * number, 3 * number + 3)
        if chance.random() < 0.4:
            period = (max(0, period[0] - chance.randint(0, 2)), min(MONTHS, period[1] + chance.randint(0, 1)))
        found.returned("police", list(sent(period)), collection=collection)
        out.append(told(found, collection))
        if out[-1] and covered < period[1] and chance.random() < 0.3:
            yield [*out]
            correct(max(covered, period[0]), period[1])
            found.returned("police", list(sent(period)), collection=collection)
            out[-1] = told(found, collection, version=2)
        covered = max(covered, period[1])
    yield out
