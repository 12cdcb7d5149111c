"""Prefect's writers wait for one another on SQLite, where Prefect alone would refuse one of them at once."""

import asyncio
from pathlib import Path

import pytest
from prefect.server.database.configurations import AioSqliteConfiguration
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from flows.installation.prefect_server import InTurn

WRITERS = 10


async def _counted(configuration: AioSqliteConfiguration) -> int:
    """How many of ten writers got in that all read first, as Prefect's do."""
    engine = await configuration.engine()
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE counted (number INTEGER)"))

    async def write() -> None:
        async with await configuration.session(engine) as session, configuration.begin_transaction(session):
            number = (await session.execute(text("SELECT count(*) FROM counted"))).scalar_one()
            await session.execute(text("INSERT INTO counted VALUES (:number)"), {"number": number})

    await asyncio.gather(*(write() for _ in range(WRITERS)))
    async with await configuration.session(engine) as session:
        return int((await session.execute(text("SELECT count(DISTINCT number) FROM counted"))).scalar_one())


async def _overtaken(configuration: AioSqliteConfiguration) -> None:
    """One reads, another writes meanwhile, then the first writes."""
    engine = await configuration.engine()
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE counted (number INTEGER)"))
    async with await configuration.session(engine) as first, configuration.begin_transaction(first):
        await first.execute(text("SELECT count(*) FROM counted"))
        async with await configuration.session(engine) as second, configuration.begin_transaction(second):
            await second.execute(text("INSERT INTO counted VALUES (1)"))
        await first.execute(text("INSERT INTO counted VALUES (2)"))


def test_each_writer_reads_what_the_one_before_it_wrote(tmp_path: Path) -> None:
    """Ten at once are ten, one after the other."""
    assert WRITERS == asyncio.run(_counted(InTurn(connection_url=f"sqlite+aiosqlite:///{tmp_path}/prefect.db")))


def test_prefect_alone_refuses_one_that_was_overtaken(tmp_path: Path) -> None:
    """Which is why its server is started by us. Where this fails, Prefect has mended it: then start it as it comes."""
    with pytest.raises(OperationalError, match="database is locked"):
        asyncio.run(_overtaken(AioSqliteConfiguration(connection_url=f"sqlite+aiosqlite:///{tmp_path}/prefect.db")))
