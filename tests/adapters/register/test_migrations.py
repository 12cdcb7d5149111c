"""Migrations alone make the tables, the same on both databases, however many processes begin at once."""

import multiprocessing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from quarterday.adapters.register import Register, RegisterNotReadyError, marking, open_register
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import MIGRATIONS, current_version, latest_version, migrate
from quarterday.adapters.register.tables import METADATA
from quarterday.adapters.settings import Settings
from tests.postgres import new_database


def test_the_tables_are_what_the_migrations_make(register: Register) -> None:
    """What the code believes of the tables is what the migrations made."""
    with register.engine.connect() as connection:
        opts = {
            "compare_type": True,
            "compare_server_default": True,
            "include_name": lambda name, kind, _: (kind, name) != ("table", marking.TABLE),  # no fact's
        }
        context = MigrationContext.configure(connection, opts=opts)

        assert [] == compare_metadata(context, METADATA)


def test_migrations_are_numbered_plainly() -> None:
    """Files are 0001, 0002 and so on, without a gap."""
    numbers = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("*.py"))

    assert [f"{n:04}" for n in range(1, len(numbers) + 1)] == numbers
    assert numbers[-1] == latest_version()


def test_an_embedded_register_migrates_itself(tmp_path: Path) -> None:
    """Opening an installation for the first time is enough, and write-ahead logging is on."""
    with open_register(Settings(home=tmp_path / "new" / "home")) as register, register.engine.connect() as connection:
        assert latest_version() == current_version(register.engine)
        assert "wal" == connection.execute(text("PRAGMA journal_mode")).scalar()
        assert 1 == connection.execute(text("PRAGMA foreign_keys")).scalar()
        assert 0o600 == (tmp_path / "new" / "home" / "register.db").stat().st_mode & 0o777


def test_a_shared_register_is_migrated_on_purpose(server: str, tmp_path: Path) -> None:
    """PostgreSQL is not migrated behind anybody's back: the message says which command does it."""
    settings = Settings(home=tmp_path, database_url=new_database(server))
    with pytest.raises(RegisterNotReadyError, match="quarterday migrate"):
        open_register(settings)

    engine = open_engine(settings.register_url)
    migrate(engine)
    engine.dispose()
    open_register(settings).close()


def test_migrating_again_is_harmless(register: Register) -> None:
    """A register that is up to date stays as it is."""
    migrate(register.engine)

    assert latest_version() == current_version(register.engine)


def test_a_later_quarterday_s_register_is_left_alone(register: Register, settings: Settings) -> None:
    """An older program does not touch what a newer one has migrated."""
    with register.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(RegisterNotReadyError, match="later quarterday"):
        open_register(settings)


def _open(settings: Settings, start: "multiprocessing.synchronize.Barrier") -> None:
    start.wait(30)
    migrate(open_engine(settings.register_url))
    open_register(settings).facts("somewhere")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_several_processes_begin_at_once(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Portal, worker and command may all be the first: each finds the register ready."""
    url = new_database(request.getfixturevalue("server")) if database == "postgresql" else ""
    settings = Settings(home=tmp_path, database_url=url)
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(3)
    processes = [spawn.Process(target=_open, args=(settings, start)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [0, 0, 0] == [process.exitcode for process in processes]
