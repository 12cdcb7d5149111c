"""`python -m flows.installation.prefect_server …`: Prefect's own command, on an SQLite whose writers take turns.

On SQLite a transaction that has read may not write any more once another has written meanwhile: it is refused at once,
however long a writer may wait. Prefect begins most transactions by reading, so a few runs at a time refuse one another
(“database is locked”), and whoever asked comes again. Here each transaction takes its turn when it begins, and waits
for it as long as Prefect lets a writer wait. PostgreSQL has no such turns and is left as it is.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from prefect.cli import app
from prefect.server.database.configurations import AioSqliteConfiguration
from prefect.server.database.dependencies import set_database_config
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction


class InTurn(AioSqliteConfiguration):
    """Prefect's SQLite, where each transaction begins as one that will write; what only reads begins none."""

    @asynccontextmanager
    async def begin_transaction(
        self, session: AsyncSession, with_for_update: bool = False
    ) -> AsyncGenerator[AsyncSessionTransaction, None]:
        """Begin in turn, whatever is asked for."""
        async with super().begin_transaction(session, with_for_update=True) as begun:
            yield begun


def main() -> None:
    """Run Prefect's command."""
    url = os.environ.get("PREFECT_API_DATABASE_CONNECTION_URL", "")
    if url.startswith("sqlite"):
        set_database_config(InTurn(connection_url=url))
    app()


if __name__ == "__main__":
    main()
