"""`quarterday migrate`: bring the register's database to this version of quarterday."""

import typer

from quarterday.adapters.register import RegisterNotReadyError
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import current_version, migrate
from quarterday.adapters.register.register import refuse_lost
from quarterday.adapters.settings import get_settings


def run() -> None:
    """Make or change the register's tables. All of it happens or nothing; several may run it at once."""
    settings = get_settings()
    try:
        refuse_lost(settings)
        engine = open_engine(settings.register_url)
        before = current_version(engine)
        migrate(engine)
    except RegisterNotReadyError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    after = current_version(engine)
    was = f", was {before}" if before and before != after else ""
    typer.echo(f"The register is at version {after}{was or (' already' if before else '')}.")
