"""Facts about what later releases say of earlier figures: what their own release said, save logged revisions."""

import csv
import io
from dataclasses import replace
from datetime import date

from quarterday.domain.framework.periods import Period, financial_quarter
from quarterday.publishing.release import make_release
from tests.publishing.dataset_example import FIRES, framework
from tests.publishing.installation_example import office, publish, row

QUARTERS = tuple(financial_quarter(2024 + number // 4, number % 4 + 1) for number in range(6))
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


def _kept(said):
    """What a figure is: how firm it is may change with time."""
    return {name: said[name] for name in ("value", "numerator", "denominator", "comparable", "comparable_why", "stale")}
