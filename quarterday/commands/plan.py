"""`quarterday plan`: the timetable, and the emails of any day."""

from datetime import date
from typing import Annotated

import typer

from quarterday.adapters import clock
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import existing_register
from quarterday.adapters.register.engine import is_there
from quarterday.adapters.register.register import refuse_lost
from quarterday.adapters.settings import Settings, get_settings
from quarterday.domain.collection.binding import framework_of, plans
from quarterday.domain.facts import Facts
from quarterday.domain.framework.spoken_days import parse_spoken_day
from quarterday.domain.telling.plan import email_lines, timetable_lines


def run(
    on: Annotated[str, typer.Option(help="a day, such as 2026-07-14, 14 July 2026 or tomorrow: its emails")] = "",
    every: Annotated[bool, typer.Option("--all", help="every collection, not only those still to come")] = False,
) -> None:
    """Print the timetable of the collections, or exactly which emails would go on a day, to whom and why."""
    settings = get_settings()
    framework = load_framework(settings.config)
    facts = _facts(settings, framework.partnership.code)
    today = clock.today(settings)
    if on:
        typer.echo("\n".join(email_lines(framework, facts, _day(on, today))))
        return
    for plan in plans(framework, facts):
        if every or plan.papers_on >= today:
            typer.echo("\n".join(timetable_lines(framework_of(framework, facts, plan.collection), plan)))


def _day(said: str, today: date) -> date:
    try:
        return parse_spoken_day(said, today)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from problem


def _facts(settings: Settings, partnership: str) -> Facts:
    """What is on record; a partnership that has not begun yet has a plan all the same."""
    refuse_lost(settings)
    if not is_there(settings.register_url):
        typer.echo(f"There is no register in {settings.home.resolve()}: the plan is that of a first quarter.", err=True)
        return Facts()
    typer.echo(f"As things stand in {settings.home.resolve()}.", err=True)
    with existing_register(settings, partnership) as register:
        return register.facts(partnership)
