"""`python -m rehearsal`: one whole quarter of the partnership in `config/`, with nothing outside this machine."""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from ruamel.yaml import YAML

from flows.installation.leftovers import AlreadyRunningError, alone_in
from quarterday.adapters import clock
from quarterday.adapters.breakage import sentence_of
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.settings import Settings
from quarterday.adapters.shipped import shipped
from quarterday.domain.collection.timetable import Timetable, timetable, timetables
from quarterday.domain.framework.periods import Period, parse_quarter, say_day
from rehearsal.stage import HOME, NotAStageError, Stage, clear, set_stage, stage_in
from rehearsal.staging import book
from rehearsal.staging.shared_prefect import prefect_server

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def rehearse(
    quarter: Annotated[
        str, typer.Option(help="the quarter to play, such as 2025-26Q1; else the first that works")
    ] = "",
    returns: Annotated[
        list[str] | None, typer.Option("--return", help="PARTNER=FILE puts a file of yours in that partner's hands")
    ] = None,
    resume: Annotated[bool, typer.Option(help="go on with a rehearsal that was cut short")] = False,
    home: Annotated[Path, typer.Option(help="where everything is kept, apart from what is real")] = HOME,
    config: Annotated[
        Path | None, typer.Option(help="the partnership; else the one here, or the worked example")
    ] = None,
    story: Annotated[str, typer.Option(help="a quarter in which something happens; an unknown name lists all")] = "",
    formats: Annotated[str, typer.Option(help="of the packs: html, or html pdf docx pptx (slower)")] = "html",
) -> None:
    """Play one quarter, from the first request to the board's papers. Exit code 0 only if all ended as expected."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    if story:
        raise typer.Exit(_play_story(story, home.resolve(), config or shipped("config"), formats, console))
    config = config or _here()
    began = time.monotonic()
    plan = _plan(config, quarter)
    files = _files(returns or [])
    os.environ["QUARTERDAY_PACK_FORMATS"] = formats
    try:
        with alone_in(home):
            clear(home, keep=resume)
            console.print(f"Rehearsing {plan.label}: {say_day(plan.opens)} to {say_day(plan.papers_on)}.")
            with set_stage(home.resolve(), config.resolve()) as stage:
                disappointed = _play(stage, plan, config, files, console)
    except (NotAStageError, AlreadyRunningError) as problem:
        raise typer.BadParameter(str(problem)) from problem
    console.print(f"{time.monotonic() - began:.0f} seconds.")
    for each in disappointed:
        console.print(f"Not as expected: {each}")
    raise typer.Exit(1 if disappointed else 0)


def _play_story(name: str, home: Path, config: Path, formats: str, console: Console) -> int:
    """Play one story, day by day. Returns the exit code."""
    try:
        console.print(f"{book.known(name)}: {book.sentence(name)}")
        with alone_in(home):
            clear(home, keep=False)
            with prefect_server(home, stage_in(home).prefect_port):
                from rehearsal.staging.telling import tell_story  # noqa: PLC0415 - its flows take their server now

                told = tell_story(name, home, config.resolve(), _teller(console), formats)
    except LookupError as unknown:
        console.print(unknown.args[0])
        return 2
    except (NotAStageError, AlreadyRunningError) as problem:
        raise typer.BadParameter(str(problem)) from problem
    for each in told.unmet:
        console.print(f"Not as expected: {each}")
    console.print(f"{told.emails} emails, as the mail server took them: {home / 'outbox'}")
    console.print("All ended as expected." if not told.unmet else "Look at it: quarterday look (or make look)")
    return 1 if told.unmet else 0


def _teller(console: Console) -> Callable[[date, str], None]:
    return lambda day, what: console.print(f"{day:%a %d %b}  {what}")


def _play(stage: Stage, plan: Timetable, config: Path, files: dict[str, Path], console: Console) -> list[str]:
    """Play on the stage that is set. The flows are imported only now: they take their Prefect server from the stage.

    It starts meanwhile: what needs no server is done first, and takes as long.
    """
    from flows.performing.process import close_installation, for_many_runs  # noqa: PLC0415
    from rehearsal.curtain import disappointments, show_rates, show_where, show_who_answered  # noqa: PLC0415
    from rehearsal.others import bring_in_others  # noqa: PLC0415
    from rehearsal.play import Play, bring_in_earlier_figures  # noqa: PLC0415

    first = clock.today(Settings(clock_file=stage.clock_file)) if stage.clock_file.exists() else plan.opens
    stage.set_clock(first, 8)
    play = Play(stage, plan, _parts(config), files, _teller(console))
    try:
        bring_in_earlier_figures(play)
        bring_in_others(play.installation, play.plan.period)
        stage.wait()
        with for_many_runs():
            play.run(first)
    finally:
        close_installation()
    show_who_answered(play, console)
    show_rates(play, console)
    show_where(play, console)
    return disappointments(play)


def _here() -> Path:
    """The configuration of the settings where there is one; else the worked example."""
    ours = Settings().config  # not kept: the stage has settings of its own
    return ours if ours.is_dir() else shipped("config")


def _plan(config: Path, quarter: str) -> Timetable:
    """The timetable of the quarter that was asked for. Raises `typer.BadParameter`."""
    framework = load_framework(config)
    plans = timetables(framework)
    if not quarter:
        return plans[1] if len(plans) > 1 else plans[0]
    try:
        period: Period = parse_quarter(quarter)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from problem
    found = timetable(framework, period)
    if found is None:
        known = ", ".join(plan.label for plan in plans)
        raise typer.BadParameter(f"No board's meeting considers {quarter}. There are meetings for: {known}.")
    return found


def _parts(config: Path) -> dict[str, str]:
    """Who plays which part, as the partnership's `rehearsal.yaml` has it; whoever it does not name answers promptly."""
    cast = config / "rehearsal.yaml"
    told = YAML(typ="safe").load(cast.read_text(encoding="utf-8")) if cast.is_file() else None
    return dict((told or {}).get("parts", {}))


def _files(given: list[str]) -> dict[str, Path]:
    """PARTNER=FILE pairs. Raises `typer.BadParameter` where one is no pair or the file is not there."""
    files: dict[str, Path] = {}
    for each in given:
        partner, equals, name = each.partition("=")
        if not equals or not Path(name).is_file():
            raise typer.BadParameter(f"“{each}” must be PARTNER=FILE with a file that is there")
        files[partner] = Path(name).resolve()
    return files


if __name__ == "__main__":
    try:
        app()
    except Exception as problem:
        if told := sentence_of(problem):
            sys.exit(told)
        raise
