"""`quarterday backfill FILE`: bring in figures from before quarterday, so that a first release has a past."""

from hashlib import sha256
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from quarterday.adapters.clock import now
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import existing_register
from quarterday.adapters.settings import get_settings
from quarterday.adapters.store import open_stores
from quarterday.adapters.tidy_file import NotTidyError, tidy_file
from quarterday.domain.facts import FiguresBackfilled
from quarterday.domain.figures.backfilling import COLUMNS, NEEDED, figures_in


def run(
    file: Annotated[Path, typer.Argument(help=f"a CSV file with the columns {', '.join(COLUMNS)}")],
    by: Annotated[str, typer.Option(help="the officer who brings them in, by code")] = "quarterday",
    why: Annotated[str, typer.Option(help="where the figures come from")] = "",
    check: Annotated[bool, typer.Option("--check", help="only tell what is wrong; bring nothing in")] = False,
) -> None:
    """Bring in earlier figures, all of them or, where a row is wrong, none."""
    settings = get_settings()
    framework = load_framework(settings.config)
    try:
        data, rows = tidy_file(file, COLUMNS, NEEDED)
    except NotTidyError as unfit:
        _refuse(str(unfit))
    figures, problems = figures_in(framework, rows, source=f"backfill {file.name}", sha256=sha256(data).hexdigest())
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        _refuse(f"\n{len(problems)} of the rows in {file} cannot be taken. Put them right; nothing was brought in.")
    if not figures:
        _refuse(f"{file} holds no figures.")
    if check:
        typer.echo(f"{file} is in order: {len(figures)} figures. Nothing was brought in.")
        return
    stored = open_stores(settings).raw.put(f"backfill/{sha256(data).hexdigest()}.csv", data)
    fact = FiguresBackfilled(
        at=now(settings),
        by=by,
        reason=why,
        partnership=framework.partnership.code,
        stored_as=stored.name,
        sha256=stored.sha256,
        rows=len(figures),
    )
    new = existing_register(settings).append_new(fact)
    typer.echo(f"{len(figures)} earlier figures are in." if new else "These very figures had been brought in before.")


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
