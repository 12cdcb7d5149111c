"""`quarterday history`: what is on record of a partner or a return, for people."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import existing_register
from quarterday.adapters.settings import get_settings
from quarterday.domain.telling.audit import Entry, UnknownSubjectError, history


def run(
    subject: Annotated[str, typer.Argument(help="a partner's code, or the reference on a return's receipt")] = "",
) -> None:
    """List what happened, when, who did it and why: of one partner, of one return, or of everything."""
    settings = get_settings()
    framework = load_framework(settings.config)
    typer.echo(f"Of {settings.home.resolve()}:", err=True)
    with existing_register(settings) as register:
        facts = register.facts(framework.partnership.code)
    try:
        entries = history(framework, facts, subject)
    except UnknownSubjectError as unknown:
        typer.echo(str(unknown), err=True)
        raise typer.Exit(1) from None
    if not entries:
        typer.echo("Nothing is on record yet.")
    elif sys.stdout.isatty():
        Console().print(_table(entries))
    else:
        for each in entries:
            typer.echo(_line(each))


def _table(entries: list[Entry]) -> Table:
    """Two columns, so that sentences have room on a narrow screen; who and why stand below what."""
    table = Table("When (London)", "What happened, who did it and why", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.columns[0].no_wrap = True
    for each in entries:
        by = f"{each.who}: {each.why}" if each.why else each.who
        table.add_row(each.when, f"{escape(each.what)}\n[dim]{escape(by)}[/dim]")
    return table


def _line(entry: Entry) -> str:
    """One line an entry, whatever was written by hand: it may be searched and counted."""
    why = f" ({' '.join(entry.why.split())})" if entry.why else ""
    return f"{entry.when}  {' '.join(entry.what.split())}  {entry.who}{why}"
