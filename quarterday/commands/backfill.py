"""`quarterday backfill FILE`: bring in figures from before quarterday, so that a first release has a past."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from quarterday.adapters.brought_in import keep_earlier_figures
from quarterday.adapters.clock import now
from quarterday.adapters.config_files import load_exports, load_framework
from quarterday.adapters.register import existing_register
from quarterday.adapters.settings import get_settings
from quarterday.adapters.store import open_stores
from quarterday.adapters.tidy_file import NotTidyError, tidy_file, tidy_rows
from quarterday.domain.figures.backfilling import COLUMNS, NEEDED, figures_in
from quarterday.domain.framework.periods import describe, parse_quarter

if TYPE_CHECKING:
    from quarterday.adapters.history import History
    from quarterday.adapters.settings import Settings
    from quarterday.domain.framework.framework import Framework


def run(
    file: Annotated[
        Path, typer.Argument(help=f"a CSV file with the columns {', '.join(COLUMNS)}; with --as a partner's own export")
    ],
    by: Annotated[str, typer.Option(help="the officer who brings them in, by code")] = "quarterday",
    why: Annotated[str, typer.Option(help="where the figures come from")] = "",
    partner: Annotated[str | None, typer.Option("--as", help="read the file as this partner's own export")] = None,
    before: Annotated[str | None, typer.Option(help="with --as: the quarter before which to look")] = None,
    check: Annotated[bool, typer.Option("--check", help="only tell what is wrong; bring nothing in")] = False,
) -> None:
    """Bring in earlier figures, all of them or, where a row is wrong, none."""
    settings = get_settings()
    framework = load_framework(settings.config)
    if partner:
        data = _history(file, partner, before, settings, framework).data
        rows = tidy_rows(data)
    else:
        try:
            data, rows = tidy_file(file, COLUMNS, NEEDED)
        except NotTidyError as unfit:
            refuse(str(unfit))
    figures, problems = figures_in(framework, rows, source=f"backfill {file.name}", sha256=sha256(data).hexdigest())
    if not is_to_be_brought_in(file, figures, problems, check=check):
        return
    new = keep_earlier_figures(
        open_stores(settings),
        existing_register(settings, framework.partnership.code),
        data,
        at=now(settings),
        by=by,
        why=why,
        partnership=framework.partnership.code,
        rows=len(figures),
    )
    typer.echo(f"{len(figures)} earlier figures are in." if new else "These very figures had been brought in before.")


def _history(file: Path, partner: str, before: str | None, settings: "Settings", framework: "Framework") -> "History":
    """The earlier quarters of a partner's own export, each told on the way."""
    from quarterday.adapters.history import history_in  # noqa: PLC0415  (engines only when needed)
    from quarterday.adapters.reading import Refusal, bytes_of, read_tables  # noqa: PLC0415

    if not before:
        refuse("Say before which quarter to look, for example --before 2025-26Q1: that one comes as a return.")
    try:
        asked, data = parse_quarter(before), bytes_of(file)
    except (ValueError, OSError) as unreadable:
        refuse(f"{unreadable}.")
    reading = read_tables(data, file.name)
    if isinstance(reading, Refusal):
        refuse(reading.sentence)
    history = history_in(reading, partner, framework, load_exports(settings.config), asked)
    if history is None:
        refuse(f"{file} is no export that config/exports/ knows of “{partner}”. `quarterday map` proposes a mapping.")
    for quarter in history.quarters:
        told = f"{len(quarter.rows)} figures" if not quarter.why_not else f"left out. {' '.join(quarter.why_not)}"
        typer.echo(f"{describe(quarter.period)}: {told}")
    return history


def refuse(sentence: str) -> NoReturn:
    """Say why nothing was brought in, and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def is_to_be_brought_in(file: Path, figures: Sequence[object], problems: Sequence[object], *, check: bool) -> bool:
    """Whether the figures found in a file go in; not where somebody only checks, and refused where a row is wrong."""
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        refuse(f"\n{len(problems)} of the rows in {file} cannot be taken. Put them right; nothing was brought in.")
    if not figures:
        refuse(f"{file} holds no figures.")
    if check:
        typer.echo(f"{file} is in order: {len(figures)} figures. Nothing was brought in.")
    return not check
