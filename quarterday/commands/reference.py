"""`quarterday reference TABLE FILE`: bring in figures of other places, which packs set beside ours."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters.clock import now
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.reference_figures import bring_in
from quarterday.adapters.register import existing_register
from quarterday.adapters.settings import get_settings
from quarterday.adapters.store import open_stores
from quarterday.adapters.tidy_file import NotTidyError, tidy_file
from quarterday.commands.backfill import is_to_be_brought_in, refuse
from quarterday.domain.figures.reference_figures import COLUMNS, reference_figures_in


def run(
    table: Annotated[str, typer.Argument(help="the table's code, as config/ has it under “comparisons”")],
    file: Annotated[Path, typer.Argument(help=f"a CSV file with the columns {', '.join(COLUMNS)}")],
    published: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="the day on which it was published")],
    by: Annotated[str, typer.Option(help="the officer who brings them in, by code")] = "quarterday",
    why: Annotated[str, typer.Option(help="where the figures come from")] = "",
    check: Annotated[bool, typer.Option("--check", help="only tell what is wrong; bring nothing in")] = False,
) -> None:
    """Bring in figures of other places, all of them or, where a row is wrong, none."""
    settings = get_settings()
    framework = load_framework(settings.config)
    comparison = framework.comparison.get(table)
    if comparison is None:
        known = ", ".join(framework.comparison) or "none: add one under “comparisons” in config/framework"
        refuse(f"There is no table of reference figures “{table}”. Known: {known}.")
    try:
        data, rows = tidy_file(file, COLUMNS, COLUMNS)
    except NotTidyError as unfit:
        refuse(str(unfit))
    figures, problems = reference_figures_in(framework, comparison, rows, published.date())
    if not is_to_be_brought_in(file, figures, problems, check=check):
        return
    new = bring_in(
        open_stores(settings),
        existing_register(settings, framework.partnership.code),
        data,
        at=now(settings),
        by=by,
        why=why,
        partnership=framework.partnership.code,
        comparison=table,
        published=published.date(),
        rows=len(figures),
    )
    told = f"{len(figures)} figures of {comparison.title} are in: releases made from now on have them."
    typer.echo(told if new else "These very figures had been brought in before.")
