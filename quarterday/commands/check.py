"""`quarterday check`: everything that is wrong or odd in a configuration, with file, line and remedy."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DatabaseError

from quarterday.adapters import clock
from quarterday.adapters.bank_holidays import shipped
from quarterday.adapters.breakage import sentence_of
from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.load import build_framework, check_configuration
from quarterday.adapters.config_files.problems import Problem
from quarterday.adapters.register import RegisterNotReadyError, existing_register
from quarterday.adapters.register.engine import is_there
from quarterday.adapters.settings import get_settings
from quarterday.domain.collection.definitions import begin_within
from quarterday.domain.collection.differences import differences
from quarterday.domain.collection.ending import ends_before_the_close
from quarterday.domain.collection.horizon import running_out
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date


def run(
    folder: Annotated[
        Path | None, typer.Argument(help="the configuration's folder (default: QUARTERDAY_CONFIG)")
    ] = None,
) -> None:
    """Tell every problem of the configuration at once, each with its file, its line and what to do."""
    folder = folder or get_settings().config
    read = check_configuration(folder)
    for problem in read.problems:
        typer.echo(_told(folder, problem), err=True)
    for notice in sorted(read.notices):
        typer.echo(_told(folder, notice))
    if read.problems:
        typer.echo(f"\n{_count(len(read.problems), 'problem')} to put right in {folder}.", err=True)
        raise typer.Exit(1)
    framework = build_framework(read)
    today = clock.today(get_settings())
    ending = [f"  {each}" for each in (*running_out(framework, today), *_to_mind(framework, today))]
    for line in (*_summary(folder, read, framework), *ending, *_differences(folder, framework)):
        typer.echo(line)


def _to_mind(framework: Framework, today: date) -> Iterator[str]:
    """The agreements that end, and the definitions that begin, in the middle of a quarter that has not closed."""
    for plan in timetables(framework):
        if plan.closes >= today:
            yield from ends_before_the_close(framework, plan)
            yield from begin_within(framework, plan)


def _differences(folder: Path, framework: Framework) -> list[str]:
    """What it says otherwise than the quarters that are open here promised, where it is this installation's own."""
    settings = get_settings()
    if folder.resolve() != settings.config.resolve() or not is_there(settings.register_url):
        return []
    try:
        with existing_register(settings, framework.partnership.code) as register:
            facts = register.facts(framework.partnership.code)
    except (RegisterNotReadyError, DatabaseError) as problem:
        return [
            "What it says otherwise than an open quarter promised cannot be told, as the register cannot be read.",
            f"  {sentence_of(problem)}",
        ]
    found = differences(framework, facts, clock.today(settings))
    told = [f"  {each.differs}\n    Adopting “{each.part}”: {each.adopting}" for each in found]
    return (
        ["What it says otherwise than an open quarter promised (nothing changes until it is adopted):", *told]
        if told
        else []
    )


def _told(folder: Path, problem: Problem) -> str:
    return f"{folder / problem.file}:{problem.line}: {problem.weight}: {problem.sentence}\n    {problem.remedy}"


def _summary(folder: Path, read: Configuration, framework: Framework) -> list[str]:
    as_of, years, _ = shipped()
    shared = sum(len(each.priorities) > 1 for each in framework.indicators)
    plans = sum(len({framework.priority[code].plan for code in each.priorities}) > 1 for each in framework.indicators)
    return [
        f"{folder} is in order"
        + (f", with {_count(len(read.notices), 'notice')} worth a look." if read.notices else "."),
        f"  {framework.partnership.name}: {_count(len(framework.partners), 'partner')}, "
        f"{_count(len(framework.partnership.boards), 'board')}, {_count(len(framework.agreements), 'agreement')}, "
        f"{_count(len(framework.indicators), 'indicator')}{_activities(framework)}.",
        f"  Asked once, used many times: {shared} of them serve several priorities, {plans} several plans.",
        f"  Bank holidays: England, {min(years)} to {max(years)}, as of {say_date(as_of)}.",
    ]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _activities(framework: Framework) -> str:
    count = len(framework.activities)
    said = f", {count} {'activity' if count == 1 else 'activities'}" if count else ""
    others = ((len(framework.risks), "risk"), (len(framework.bids), "bid"), (len(framework.submissions), "submission"))
    return said + "".join(f", {_count(number, noun)}" for number, noun in others if number)
