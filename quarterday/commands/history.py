"""`quarterday history`: what is on record of a partner or a return, for people."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from quarterday.adapters import clock
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import existing_register
from quarterday.adapters.settings import get_settings
from quarterday.domain.collection.timetable import collection_id
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import parse_quarter, say_date
from quarterday.domain.framework.spoken_days import parse_spoken_day
from quarterday.domain.telling.audit import Entry, UnknownSubjectError, history
from quarterday.domain.telling.choosing import EVERYTHING, Chosen


def run(
    subject: Annotated[str, typer.Argument(help="a partner's code, or the reference on a return's receipt")] = "",
    quarter: Annotated[str, typer.Option(help="only what concerns a quarter, such as 2025-26Q1")] = "",
    since: Annotated[str, typer.Option(help="only from a day on, such as 2026-07-14 or 14 July 2026")] = "",
    until: Annotated[str, typer.Option(help="only up to a day, which is included")] = "",
    decisions: Annotated[bool, typer.Option("--decisions", help="only what officers decided")] = False,
) -> None:
    """List what happened, when, who did it and why: of one partner, of one return, or of everything."""
    settings = get_settings()
    framework = load_framework(settings.config)
    narrowed = _narrowed(framework, quarter, since, until, decisions=decisions)
    typer.echo(f"Of {settings.home.resolve()}:", err=True)
    with existing_register(settings, framework.partnership.code) as register:
        facts = register.facts(framework.partnership.code)
    try:
        entries = history(framework, facts, subject, narrowed)
    except UnknownSubjectError as unknown:
        typer.echo(str(unknown), err=True)
        raise typer.Exit(1) from None
    if not entries:
        typer.echo(
            "Nothing of that is on record." if subject or narrowed != EVERYTHING else "Nothing is on record yet."
        )
    elif sys.stdout.isatty():
        Console().print(_table(entries))
    else:
        for each in entries:
            typer.echo(_line(each))


def _narrowed(framework: Framework, quarter: str, since: str, until: str, *, decisions: bool) -> Chosen:
    try:
        collection = collection_id(framework, parse_quarter(quarter)) if quarter else ""
        today = clock.today(get_settings())
        first, last = (parse_spoken_day(each, today) if each else None for each in (since, until))
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from problem
    if first and last and last < first:
        raise typer.BadParameter(f"--until ({say_date(last)}) is before --since ({say_date(first)}): exchange them.")
    return Chosen(collection, first, last, decisions)


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
