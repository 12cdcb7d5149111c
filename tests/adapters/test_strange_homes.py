"""Homes that are not what a command expects: it is said in a sentence with what to do, and nothing is made in them."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, make_url, text

from quarterday.__main__ import app
from quarterday.adapters.doctor.facts import look_at_facts
from quarterday.adapters.doctor.words import look_at_configuration
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings, get_settings
from tests.adapters.register.examples import message
from tests.postgres import new_database, plain, postgres_server

EXAMPLE = Path(__file__).parents[2] / "config"
LOOKING = (("history",), ("keys",), ("plan", "--on", "14 July 2025"), ("verify", "2025-26Q1"), ("doctor", "--deep"))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A real PostgreSQL."""
    with postgres_server() as url:
        yield url


@pytest.fixture
def type_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """Types a command into a shell whose home is `home`."""

    def call(*words: str, **said: str) -> Result:
        monkeypatch.setenv("QUARTERDAY_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("QUARTERDAY_CONFIG", str(EXAMPLE))
        monkeypatch.setenv("QUARTERDAY_PREFECT_UI_URL", "http://127.0.0.1:9")  # where nothing answers
        for name, value in said.items():
            monkeypatch.setenv(f"QUARTERDAY_{name.upper()}", value)
        get_settings.cache_clear()
        return CliRunner().invoke(app, list(words))

    yield call
    get_settings.cache_clear()


def below(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, but for what SQLite lays beside a register that it reads."""
    files = [each for each in folder.rglob("*") if each.is_file() and not each.name.endswith(("-wal", "-shm"))]
    return {str(each.relative_to(folder)): each.read_bytes() for each in files}


@pytest.mark.parametrize("there", [False, True], ids=["missing", "empty"])
def test_looking_makes_nothing(type_in: Callable[..., Result], tmp_path: Path, there: bool) -> None:
    """Where nothing is, no command that looks begins a register; a doctor who looks deep neither."""
    home = tmp_path / "home"
    if there:
        home.mkdir()
    told = {words[0]: type_in(*words).output for words in LOOKING}

    assert there is home.exists()
    assert not there or [] == list(home.iterdir())
    assert all("no register" in each or "None was published" in each for each in told.values()), told


def another_partnership_s(home: Path) -> None:
    """The home of another partnership than `config/` is of."""
    with open_register(Settings(home=home)) as register:
        register.append(message("m", partnership="safer-borough"))


def another_program_s(home: Path) -> None:
    """A database of that name that was never a register."""
    home.mkdir()
    with closing(sqlite3.connect(home / "register.db")) as database, database:
        database.execute("CREATE TABLE songs (title)")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (another_partnership_s, "is the home of safer-borough, and the configuration in"),
        (another_program_s, "is another program's database: it holds the table songs. Nothing was written."),
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        ("history",),
        ("plan",),
        ("keys", "london-fire-brigade", "--make", "--who", "coordinator", "--why", "For their script."),
        ("revoke", "london-fire-brigade", "--who", "coordinator", "--why", "Sent to a former colleague."),
        ("up",),
        ("doctor",),
    ],
    ids=lambda words: words[0],
)
def test_what_is_another_s_is_left_alone(
    type_in: Callable[..., Result],
    tmp_path: Path,
    make: Callable[[Path], None],
    sentence: str,
    words: tuple[str, ...],
) -> None:
    """No fact of ours is written into it, and it is said whose it is."""
    make(tmp_path / "home")
    before = below(tmp_path / "home")
    refused = type_in(*words)

    assert 1 == refused.exit_code
    assert sentence in refused.output
    assert before | {"register.db.lock": b""} == below(tmp_path / "home") | {"register.db.lock": b""}


def test_check_tells_of_the_configuration_whatever_the_register_is(
    type_in: Callable[..., Result], tmp_path: Path
) -> None:
    """What is wrong with the register is a line below: the configuration is in order all the same."""
    another_partnership_s(tmp_path / "home")
    told = type_in("check")

    assert 0 == told.exit_code
    assert "is in order" in told.output
    assert "is the home of safer-borough" in told.output
    assert any("is the home of safer-borough" in each.sentence for each in look_at_configuration(get_settings()))


def test_a_prefect_that_does_not_answer_is_told(type_in: Callable[..., Result], tmp_path: Path) -> None:
    """In a sentence, before anything is started."""
    open_register(Settings(home=tmp_path / "home")).close()
    refused = type_in("deploy")

    assert 1 == refused.exit_code
    assert "No Prefect server answers at http://127.0.0.1:9/api. Start it" in refused.output


def test_a_rehearsal_takes_no_folder_that_is_not_its_own(type_in: Callable[..., Result], tmp_path: Path) -> None:
    """It clears its home as it begins: a folder with anything else in it is left as it is."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-aunt.txt").write_text("Dear aunt")
    refused = type_in("rehearse", "--home", str(tmp_path / "letters"))

    assert 2 == refused.exit_code
    assert "such as to-aunt.txt" in " ".join(refused.output.replace("│", " ").split())
    assert "Dear aunt" == (tmp_path / "letters" / "to-aunt.txt").read_text()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://somebody@127.0.0.1:9/quarterday", "See that its database runs"),
        ("postgres//quarterday", "QUARTERDAY_DATABASE_URL is no address of PostgreSQL"),
        ("mysql+nothing://quarterday@db/quarterday", "QUARTERDAY_DATABASE_URL is no address of PostgreSQL"),
    ],
)
def test_a_database_that_cannot_be_reached(type_in: Callable[..., Result], url: str, sentence: str) -> None:
    """What is wrong with its address is told by whatever command meets it, and by the doctor with what to do."""
    for words in (("history",), ("migrate",), ("doctor",)):
        told = type_in(*words, database_url=url)
        assert 1 == told.exit_code
        assert sentence in told.output
        assert "Traceback" not in told.output


def test_databases_of_postgresql_that_are_not_as_wanted(
    server: str, type_in: Callable[..., Result], tmp_path: Path
) -> None:
    """One that was not migrated, one of another program, and one that is not there are told apart."""
    new = plain(new_database(server))
    with create_engine(new.replace("postgresql://", "postgresql+psycopg://")).begin() as connection:
        unmigrated = type_in("history", database_url=new)
        connection.execute(text("CREATE TABLE alembic_version (version_num varchar)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('bfe42b7090d6')"))
    prefect_s = [type_in(command, database_url=new) for command in ("migrate", "up", "history")]
    absent = type_in("history", database_url=new.replace("/", "/x", 3).replace("/x/x", "//", 1))

    assert "run `quarterday migrate`" in unmigrated.output
    assert all("another program's database" in each.output and 1 == each.exit_code for each in prefect_s)
    assert 1 == absent.exit_code
    assert not (tmp_path / "home").exists()


def test_a_table_that_is_lost_or_not_ours_to_read_is_told_alone(server: str, type_in: Callable[..., Result]) -> None:
    """In PostgreSQL one that cannot be read spoils no other, and each is told with what to do."""
    url = new_database(server)
    type_in("migrate", database_url=plain(url))
    with create_engine(url).begin() as connection:
        connection.execute(text("DROP TABLE going_on_confirmed"))
        role = f"weak_{make_url(url).database}"
        connection.execute(text(f'CREATE ROLE "{role}" LOGIN'))
        connection.execute(text(f'GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO "{role}"'))
        connection.execute(text(f'REVOKE ALL ON key_made FROM "{role}"'))
    weak = make_url(url).set(username=role).render_as_string(hide_password=False)
    lost, kept = (list(look_at_facts(Settings(config=EXAMPLE, database_url=plain(each)))) for each in (url, weak))

    assert ["Facts in going_on_confirmed cannot be read"] == [each.sentence.partition(" (")[0] for each in lost]
    assert "another hand has changed it" in lost[0].remedy
    assert {"going_on_confirmed", "key_made"} == {each.sentence.split()[2] for each in kept}
    assert any("Give the user who runs quarterday the right to both" in each.remedy for each in kept)
    assert "another hand has changed it" in type_in("history", database_url=plain(url)).output


NOBODY_S = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]  # root, of whom permissions are asked


@pytest.mark.proof
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="permissions are NOT tested here: there is no setpriv")
@pytest.mark.parametrize(
    ("command", "register", "home", "sentence"),
    [
        (["-m", "quarterday", "history"], 0o000, 0o700, "The register's file cannot be opened."),
        (["-m", "quarterday.web", "--port", "0"], 0o000, 0o700, "The register's file cannot be opened."),
        (["-m", "quarterday", "history"], 0o444, 0o555, "The register may not be written."),
        (["-m", "quarterday", "up"], 0o444, 0o700, "The register may not be written."),
    ],
)
def test_rights_that_are_missing(tmp_path: Path, command: list[str], register: int, home: int, sentence: str) -> None:
    """A register that may not be read or written, and a home that may not; said at once, without a traceback."""
    open_register(Settings(home=tmp_path / "home")).close()
    for file in (tmp_path / "home").glob("register.db-*"):
        file.unlink()
    (tmp_path / "home" / "register.db").chmod(register)
    (tmp_path / "home").chmod(home)
    done = subprocess.run(
        [*NOBODY_S, sys.executable, *command],
        env={"QUARTERDAY_HOME": str(tmp_path / "home"), "QUARTERDAY_CONFIG": str(EXAMPLE), "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert 1 == done.returncode
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
