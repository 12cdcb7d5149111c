"""`quarterday read FILE`: what quarterday sees in a file, or with `--as PARTNER` the return that it would make of it."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters.reading import Refusal, read_tables
from quarterday.adapters.reading.as_csv import write_tables

REFUSED, SENT_BACK = 2, 1


def run(
    file: Annotated[Path, typer.Argument(help="the file to read: .xlsx, .xls, .ods or .csv")],
    partner: Annotated[str | None, typer.Option("--as", help="read it as this partner's return")] = None,
    quarter: Annotated[str | None, typer.Option(help="the quarter asked for, as 2025-26Q1 (default: the last)")] = None,
) -> None:
    """Show each table found as CSV, cell for cell; or say in a sentence why the file is refused (exit 2)."""
    try:
        data = file.read_bytes()
    except OSError as unreadable:
        typer.echo(f"{file} cannot be opened: {(unreadable.strerror or 'unknown trouble').lower()}.", err=True)
        raise typer.Exit(REFUSED) from None
    if partner:
        from quarterday.commands._return_shown import show_return  # noqa: PLC0415  (the checks import slowly)

        raise typer.Exit(SENT_BACK if show_return(data, file.suffix, partner, quarter) else 0)
    result = read_tables(data, file.name)
    if isinstance(result, Refusal):
        typer.echo(result.sentence, err=True)
        raise typer.Exit(REFUSED)
    write_tables(result)
