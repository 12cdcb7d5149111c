"""`quarterday migrate`, `history`, `backup` and `restore`, as typed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quarterday.__main__ import app
from quarterday.adapters.register import open_register
from quarterday.adapters.register.heads import record_head
from quarterday.adapters.settings import Settings, get_settings
from tests.adapters.register.examples import message
from tests.adapters.register.test_heads import behind_its_back
from tests.adapters.test_backups import uploaded

ROOT = Path(__file__).parents[3]


@pytest.fixture
def type_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command of an installation with the example's configuration."""
    monkeypatch.setenv("QUARTERDAY_CONFIG", str(ROOT / "config"))

    def run(*words: str, home: str = "home") -> Result:
        monkeypatch.setenv("QUARTERDAY_HOME", str(tmp_path / home))
        get_settings.cache_clear()
        return CliRunner().invoke(app, list(words))

    yield run
    get_settings.cache_clear()


def test_from_first_to_last(type_in: Callable[..., Result], tmp_path: Path) -> None:
    """Tables are made, a fact is listed, and the listing after a restore says that it was one."""
    assert "The register is at version" in type_in("migrate").output
    assert "already" in type_in("migrate").output
    assert "Nothing is on record yet." in type_in("history").output

    framework_code = "safer-lewisham"
    with open_register(Settings(home=tmp_path / "home")) as register:
        register.append(message("m", partnership=framework_code, reason="it is\ntime"))
    listed = type_in("history").stdout

    assert listed.startswith("Tue 8 Jul 2025 09:00  An email to")
    assert listed.endswith("quarterday (it is time)\n")
    assert 0 == type_in("backup", str(tmp_path / "b.tar.gz")).exit_code
    assert "are back" in type_in("restore", str(tmp_path / "b.tar.gz"), home="elsewhere").output
    put_back = type_in("history", home="elsewhere").stdout
    assert put_back.startswith(listed)
    assert "The register was put back from the backup of" in put_back.removeprefix(listed)


def test_a_register_that_was_lost_is_not_begun_anew(type_in: Callable[..., Result], tmp_path: Path) -> None:
    """An empty file is no register; beside what partners sent none is made in its place, and no backup of nothing."""
    home = tmp_path / "home"
    sent = home / "store" / "raw" / "uploads" / "a-request"
    sent.mkdir(parents=True)
    (home / "register.db").touch()
    for words in (("history",), ("plan",), ("backup", str(tmp_path / "b.tar.gz")), ("migrate",), ("up",)):
        refused = type_in(*words)
        assert (1, True) == (refused.exit_code, "its register is gone or empty" in refused.output)
    assert 0 == (home / "register.db").stat().st_size
    assert not (tmp_path / "b.tar.gz").exists()


def test_a_backup_without_the_files_that_are_on_record_is_told(type_in: Callable[..., Result], tmp_path: Path) -> None:
    """It is written, names what it lacks, and ends as something went wrong: the store may not be mounted."""
    with open_register(Settings(home=tmp_path / "home")) as register:
        register.append(uploaded("u1"))
    told = type_in("backup", str(tmp_path / "b.tar.gz"))

    assert (1, True) == (told.exit_code, (tmp_path / "b.tar.gz").exists())
    assert "uploads/u1 is on record and is not in the store, so not in this backup." in told.output


def test_a_backup_of_facts_that_were_changed_is_told(type_in: Callable[..., Result], tmp_path: Path) -> None:
    """It is written, since nothing else holds what came after, and never as if all were as it was recorded."""
    with open_register(Settings(home=tmp_path / "home")) as register:
        register.append(message("m", partnership="somewhere"))
        record_head(register, "somewhere", datetime(2025, 7, 9, 1, 0, tzinfo=UTC))
        behind_its_back(register, "UPDATE message_reserved SET subject = 'Another'")
    told = type_in("backup", str(tmp_path / "b.tar.gz"))

    assert (1, True) == (told.exit_code, (tmp_path / "b.tar.gz").exists())
    assert "what at least one of them says was changed. This backup holds them as they stand now." in told.output


def test_a_backup_takes_the_place_of_an_empty_file(type_in: Callable[..., Result], tmp_path: Path) -> None:
    """What a full disk left of a register's beginning is none, and in no backup's way."""
    type_in("migrate")
    type_in("backup", str(tmp_path / "b.tar.gz"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "register.db").touch()

    assert "are back" in type_in("restore", str(tmp_path / "b.tar.gz"), home="elsewhere").output


def test_mistakes_are_told(type_in: Callable[..., Result], tmp_path: Path) -> None:
    """An unknown partner, a missing file and a register in the way each get a sentence and exit code 1."""
    type_in("migrate")
    for words, sentence in (
        (("history", "nobody"), "neither a partner nor a return called “nobody”"),
        (("restore", str(tmp_path / "missing")), "There is no file"),
        (("backup", str(tmp_path / "no" / "folder")), "Make it first"),
        (("backup", str(tmp_path)), "is a folder. Name a new file in it"),
        (("backup", "."), "is a folder. Name a new file in it"),
    ):
        result = type_in(*words)

        assert 1 == result.exit_code
        assert sentence in result.stderr


BESIDE_UP = [("history",), ("backup", "b.tar.gz"), ("plan", "--on", "14 July 2026"), ("doctor",)]


@pytest.mark.parametrize("command", BESIDE_UP)
def test_no_command_begins_a_register(type_in: Callable[..., Result], tmp_path: Path, command: tuple[str, ...]) -> None:
    """In a home without one nothing is made, and what is said names that home."""
    result = type_in(*command, home="nowhere")

    assert str(tmp_path / "nowhere") in result.output
    assert not (tmp_path / "nowhere").exists()
    assert not Path("b.tar.gz").exists()


def test_a_register_of_an_earlier_version_is_not_forgotten(type_in: Callable[..., Result], tmp_path: Path) -> None:
    """Where `up` once kept it within the home, `up` says so, and begins no empty one beside it."""
    type_in("migrate", home="home/live")
    result = type_in("up")

    assert 2 == result.exit_code
    assert "an earlier version kept it" in " ".join(result.output.replace("│", " ").split())
    assert not (tmp_path / "home" / "register.db").exists()
