"""`quarterday schemas`: JSON Schemas of the configuration, for editors."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters.config_files.configuration import SCHEMAS
from quarterday.adapters.config_files.schemas import stale_schemas, write_schemas
from quarterday.adapters.settings import get_settings


def run(
    folder: Annotated[
        Path | None, typer.Argument(help="the configuration's folder (default: QUARTERDAY_CONFIG)")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="write nothing; fail where they are not current")] = False,
) -> None:
    """Write the JSON Schemas that let an editor complete and check the configuration as one types."""
    target = (folder or get_settings().config) / SCHEMAS
    stale = stale_schemas(target)
    if not stale:
        typer.echo(f"{target}: the schemas are current.")
    elif check:
        typer.echo(f"{target}: not current: {', '.join(stale)}. Run “quarterday schemas”.", err=True)
        raise typer.Exit(1)
    else:
        write_schemas(target)
        typer.echo(f"{target}: wrote {', '.join(stale)}.")
