"""Registers to test with: one on SQLite and one on a real PostgreSQL, under the same tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from quarterday.adapters.register import Register, open_register
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import migrate
from quarterday.adapters.settings import Settings
from tests.postgres import new_database, postgres_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server for the session."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """The name of a migrated PostgreSQL database, to be copied."""
    url = new_database(server)
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
    name = make_url(url).database
    assert name
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The settings of an installation whose register is ready to use."""
    if request.param == "sqlite":
        return Settings(home=tmp_path)
    template = request.getfixturevalue("template")
    return Settings(home=tmp_path, database_url=new_database(request.getfixturevalue("server"), template))


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    """An empty register."""
    with open_register(settings) as opened:
        yield opened
