"""Facts about what later releases say of earlier figures: what their own release said, save logged revisions."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from quarterday.domain.framework.periods import Period, financial_quarter
from quarterday.publishing.release import make_release
from tests.publishing.dataset_example import FIRES, framework
from tests.publishing.installation_example import office, publish, row

QUARTERS = tuple(financial_quarter(2024 + number // 4, number % 4 + 1) for number in range(4))
OTHER_DAYS = Period(date(2024, 9, 1), date(2024, 12, 31))


def code(period: Period) -> str:
    """The collection of a quarter."""
    return f"somewhere.{period.start}"


def read(found, fact, table):
    """The rows of a table of a release, by what tells them apart."""
    data = found.installation.stores.published.get(f"{fact.folder}/{table}.csv")
    rows = csv.DictReader(io.StringIO(data.decode()))
    return {(r["indicator"], r["period_start"], r["period_end"]): r for r in rows}


def test_history_says_of_each_figure_what_its_own_release_said(tmp_path, monkeypatch):
    """Six quarters are played; in the third the supplier sent September to December."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: {"packs/board.html": b"<p>x</p>"})
    monkeypatch.setattr("quarterday.publishing.release.workbook", lambda *said: b"")
    found = office(tmp_path, framework(FIRES))
    said: dict[tuple[str, str, str], dict[str, str]] = {}
    for number, quarter in enumerate(QUARTERS):
        found.opened(code(quarter), quarter)
        figure = row(value=20 + number, period=OTHER_DAYS if number == 2 else quarter)
        found.returned("fire", [figure], collection=code(quarter))
        fact = make_release(found.installation, replace(publish(), collection=code(quarter)))
        history = read(found, fact, "history")

        assert {key: _kept(each) for key, each in said.items()} == {key: _kept(each) for key, each in history.items()}
        said |= read(found, fact, "observations")

    other = said["fires", OTHER_DAYS.start.isoformat(), OTHER_DAYS.end.isoformat()]
    assert "false" == other["comparable"]


@pytest.mark.parametrize("seed", range(4))
def test_history_keeps_what_was_said_over_random_quarters(tmp_path, monkeypatch, seed):
    """Figures of other days, of none, corrected in a second version: later releases repeat the last word on each."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: {"packs/board.html": b"<p>x</p>"})
    monkeypatch.setattr("quarterday.publishing.release.workbook", lambda *said: b"")
    chance, found = Random(seed), office(tmp_path, framework(FIRES))
    said: dict[tuple[str, str, str], dict[str, str]] = {}
    for quarter in QUARTERS:
        collection, days = code(quarter), other_days(quarter, chance)
        found.opened(collection, quarter)
        for version in (1, 2)[: chance.randint(1, 2)]:
            if chance.random() < 0.85:
                found.returned("fire", [row(value=chance.randint(0, 40), period=days)], collection=collection)
            fact = make_release(found.installation, publish(version, collection))
            history, now = read(found, fact, "history"), read(found, fact, "observations")

            assert {key: _kept(each) for key, each in said.items()} == {
                key: _kept(each) for key, each in history.items()
            }
        said |= {key: each for key, each in now.items() if each["value"] or each["marker"] == "[c]"}


def other_days(quarter, chance):
    """The quarter, or days that share some with it."""
    start = quarter.start - timedelta(days=chance.choice((0, 0, 31, 61)))
    return Period(start.replace(day=1), quarter.end) if start != quarter.start else quarter


def _kept(said):
    """What a figure is: how firm it is may change with time."""
    return {name: said[name] for name in ("value", "numerator", "denominator", "comparable", "comparable_why", "stale")}
