"""`quarterday reference`, as typed: a table is brought in whole with its day of publication, and a release has it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quarterday.__main__ import app
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.reference_figures import reference_figures
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings, get_settings
from quarterday.adapters.store import open_stores

CONFIG = Path(__file__).parents[2] / "config"
HEADING = "indicator,area,period_start,period_end,value\n"
ROW = "disorder-incidents,london,2025-04-01,2025-06-30,19.4\n"
PUBLISHED = ("--published", "2025-08-01")


@pytest.fixture
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """The command with a file's rows, in a home of the example's."""
    monkeypatch.setenv("QUARTERDAY_CONFIG", str(CONFIG))
    monkeypatch.setenv("QUARTERDAY_HOME", str(tmp_path))
    get_settings.cache_clear()
    open_register(Settings(home=tmp_path)).close()

    def typed(rows: str, *words: str, table: str = "police-force-area") -> Result:
        (tmp_path / "others.csv").write_text(rows)
        return CliRunner().invoke(app, ["reference", table, str(tmp_path / "others.csv"), *PUBLISHED, *words])

    yield typed
    get_settings.cache_clear()


def test_a_table_is_kept_once_and_read_back(reference: Callable[..., Result], tmp_path: Path) -> None:
    """The fact says which table and when it was published, a later table goes before an earlier one."""
    checked = reference(HEADING + ROW, "--check")
    first = reference(HEADING + ROW, "--by", "coordinator")
    again = reference(HEADING + ROW)
    corrected = reference(HEADING + ROW.replace("19.4", "19.6"), "--published", "2025-09-01")
    settings, framework = Settings(home=tmp_path, config=CONFIG), load_framework(CONFIG)
    with open_register(settings) as register:
        facts = register.facts("safer-lewisham")
        figures, lost = reference_figures(open_stores(settings), framework, facts)
        (tmp_path / "store" / "raw").rename(tmp_path / "gone")
        without, told = reference_figures(open_stores(settings), framework, facts)

    assert "is in order: 1 figures. Nothing was brought in." in checked.output
    assert "1 figures of The police's own tables of boroughs are in" in first.output
    assert "brought in before" in again.output
    assert 0 == corrected.exit_code
    assert [(19.6, date(2025, 9, 1))] == [(each.value, each.published) for each in figures]
    assert ((), ()) == (lost, without)
    assert ["Figures of other places (police-force-area) are left out"] * 2 == [each.split(":")[0] for each in told]


@pytest.mark.parametrize(
    ("rows", "table", "told"),
    [
        (HEADING + ROW, "polis", "There is no table of reference figures “polis”. Known: police-force-area."),
        (HEADING, "police-force-area", "holds no figures"),
        ("indicator,value\n", "police-force-area", "lacks the columns area, period_start, period_end"),
        (HEADING + ROW.replace("london", "E09000023"), "police-force-area", "Line 2: “E09000023” is no place"),
    ],
)
def test_what_cannot_be_taken_is_refused_whole(
    reference: Callable[..., Result], rows: str, table: str, told: str
) -> None:
    """With a sentence and exit code 1."""
    result = reference(rows, table=table)

    assert 1 == result.exit_code
    assert told in result.output
