"""`quarterday check`, `init` and `schemas` as an officer meets them."""

from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.__main__ import app
from quarterday.adapters.bank_holidays import working_days
from quarterday.adapters.config_files import check_configuration
from quarterday.adapters.config_files.starting import CannotStartError, first_meetings, start_partnership
from quarterday.adapters.settings import get_settings
from quarterday.adapters.settings_page import unknown
from quarterday.adapters.shipped import shipped

from .conftest import EXAMPLE

EMAILS = EXAMPLE / "emails"


def test_check_says_that_all_is_in_order() -> None:
    """The example is, and the summary tells what it holds and how far the calendar reaches."""
    result = CliRunner().invoke(app, ["check", str(EXAMPLE)])

    assert 0 == result.exit_code
    assert "is in order" in result.output
    assert "2023 to 2028" in result.output


@pytest.mark.parametrize(("today", "told"), [("2026-11-30", False), ("2026-12-01", True)])
def test_check_says_what_runs_out_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: str, told: bool
) -> None:
    """The example's meetings consider what ends on 31 March 2027: 120 days before, check says what to add."""
    (tmp_path / "clock").write_text(f"{today}T09:00:00+00:00")
    monkeypatch.setenv("QUARTERDAY_CLOCK_FILE", str(tmp_path / "clock"))
    get_settings.cache_clear()
    result = CliRunner().invoke(app, ["check", str(EXAMPLE)])
    get_settings.cache_clear()

    assert 0 == result.exit_code
    assert told is ("No meeting considers a period after 31 March 2027" in result.output)
    assert told is ("Add the boards' next meetings in config/partnership.yaml." in result.output)


def test_check_tells_every_problem_and_fails(folder: Path) -> None:
    """File and line first, as an editor's terminal makes a link of them; the remedy below."""
    (folder / "partners.yaml").write_text("partners: 12\n")
    (folder / "agreements.yaml").write_text("agreements:\n  - code: A\n")

    result = CliRunner().invoke(app, ["check", str(folder)])

    assert 1 == result.exit_code
    assert f"{folder}/partners.yaml:1: problem: “partners” is to be a list.\n    Begin each entry" in result.output
    assert f"{folder}/agreements.yaml:2: problem: “code” is not a code (it says “A”)." in result.output
    assert "problems to put right" in result.output


def test_any_command_tells_a_broken_configuration(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a traceback, whichever command meets it."""
    (folder / "partners.yaml").write_text("")
    monkeypatch.setenv("QUARTERDAY_CONFIG", str(folder))
    get_settings.cache_clear()
    result = CliRunner().invoke(app, ["plan"])
    get_settings.cache_clear()

    assert 1 == result.exit_code
    assert "partners.yaml, line 1: The file is empty." in result.output


def test_init_makes_what_check_passes(tmp_path: Path) -> None:
    """A new partnership is complete from the first minute."""
    made = CliRunner().invoke(app, ["init", str(tmp_path / "ours"), "--name", "Safer Elsewhere"])
    checked = CliRunner().invoke(app, ["check", str(tmp_path / "ours")])

    assert (0, 0) == (made.exit_code, checked.exit_code)
    assert "Safer Elsewhere: 2 partners, 1 board" in checked.output


def test_init_that_was_cut_short_begins_anew(tmp_path: Path) -> None:
    """What it had written stands aside, never half in place; typed again it is whole."""
    with patch("quarterday.adapters.config_files.starting.write_schemas", side_effect=KeyboardInterrupt):
        CliRunner().invoke(app, ["init", str(tmp_path / "ours")])
    assert not (tmp_path / "ours").exists()
    again = CliRunner().invoke(app, ["init", str(tmp_path / "ours")])

    assert 0 == again.exit_code, again.output
    assert ["ours"] == [each.name for each in tmp_path.iterdir() if each.is_dir()]
    assert "QUARTERDAY_CONFIG=ours" in (tmp_path / ".env").read_text()


def test_init_overwrites_nothing(folder: Path) -> None:
    """A folder that holds something is left as it is."""
    result = CliRunner().invoke(app, ["init", str(folder)])

    assert 1 == result.exit_code
    assert "is not empty" in result.output


def test_a_new_partnership_needs_email_templates(tmp_path: Path) -> None:
    """Without any to copy, nothing is half made."""
    with pytest.raises(CannotStartError, match="no email templates"):
        start_partnership(tmp_path / "new", "Safer Somewhere", date(2025, 6, 2), tmp_path / "none")

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("month", range(1, 25))
def test_a_new_partnership_is_in_order_whenever_it_is_made(tmp_path: Path, month: int) -> None:
    """In any month of 2025 and 2026 the first meetings have room: no problem and no clash."""
    today = date(2025 + (month - 1) // 12, (month - 1) % 12 + 1, 28)
    start_partnership(tmp_path / "new", "Safer Somewhere", today, EMAILS)
    read = check_configuration(tmp_path / "new")

    assert ((), []) == (read.problems, read.notices)


def test_first_meetings_stop_where_the_calendar_does() -> None:
    """No meeting is planned into a year whose bank holidays nobody knows."""
    assert [] == first_meetings(date(2030, 1, 1), working_days())


@settings(max_examples=20, deadline=None)
@given(
    name=st.one_of(st.text(max_size=60), st.sampled_from(["null", "2025", "no", "1.5", "O'Brien: #1", "{{ name }}"]))
)
def test_any_name_makes_a_partnership(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Quotes, colons, numbers and nothing at all."""
    folder = tmp_path_factory.mktemp("named") / "config"
    start_partnership(folder, name, date(2025, 6, 2), EMAILS)

    assert () == check_configuration(folder).problems


def test_schemas_are_written_once_and_checked(folder: Path) -> None:
    """Stale ones fail the check, are written, and then are current."""
    (folder / "schemas/partners.schema.json").write_text("{}")
    runs = [["schemas", str(folder), "--check"], ["schemas", str(folder)], ["schemas", str(folder), "--check"]]

    assert [1, 0, 0] == [CliRunner().invoke(app, each).exit_code for each in runs]


def test_init_explains_the_usual_settings_beside_the_new_folder(tmp_path: Path) -> None:
    """Only its reader may open the file, since passwords will stand in it; one that is there is left alone."""
    CliRunner().invoke(app, ["init", str(tmp_path / "ours")])
    env = tmp_path / ".env"
    first = env.read_text()
    env.write_text("QUARTERDAY_HOME=/srv/ours\n")
    again = CliRunner().invoke(app, ["init", str(tmp_path / "theirs")])

    assert 0o600 == env.stat().st_mode & 0o777
    assert "QUARTERDAY_CONFIG=ours\n" in first
    assert [] == list(unknown(dict(line.lstrip("# ").split("=", 1) for line in first.splitlines() if "=" in line)))
    assert "QUARTERDAY_HOME=/srv/ours\n" == env.read_text()
    assert f"put QUARTERDAY_CONFIG={tmp_path / 'theirs'} into your .env" in again.output


def test_what_is_shipped_is_in_a_checkout_at_its_root() -> None:
    """The example's configuration and what runs when; a wheel carries both inside the package."""
    assert [EXAMPLE, EXAMPLE.parent / "prefect.yaml"] == [shipped("config"), shipped("prefect.yaml")]
