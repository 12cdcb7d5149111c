"""`quarterday plan`: the timetable, and the emails of any day."""

from datetime import date, datetime
from typing import Annotated

import typer

from quarterday.adapters import clock
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import get_settings
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.facts import Facts
from quarterday.domain.telling.plan import email_lines, timetable_lines


def run(
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="a day: its emails")] = None,
    every: Annotated[bool, typer.Option("--all", help="every collection, not only those still to come")] = False,
) -> None:
    """Print the timetable of the collections, or exactly which emails would go on a day, to whom and why."""
    settings = get_settings()
    framework = load_framework(settings.config)
    if on is None:
        today = clock.today(settings)
        for plan in timetables(framework):
            if every or plan.papers_on >= today:
                typer.echo("\n".join(timetable_lines(framework, plan)))
        return
    day: date = on.date()
    register = open_register(settings)
    facts: Facts = register.facts(framework.partnership.code)
    typer.echo("\n".join(email_lines(framework, facts, day)))
