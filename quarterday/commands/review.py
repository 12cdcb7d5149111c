"""`quarterday review YEAR`: a yearly review of what is published, for one board, into a folder; nothing is recorded."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters.installation import open_installation
from quarterday.domain.collection.yearly import year_of
from quarterday.domain.framework.periods import parse_year


def run(
    year: Annotated[str, typer.Argument(help="a financial year, such as 2025-26")],
    folder: Annotated[Path, typer.Argument(help="where its files are written: review.html and the other formats")],
    board: Annotated[str | None, typer.Option(help="whose review, by its code; the first board’s otherwise")] = None,
    title: Annotated[str, typer.Option(help="what it is called")] = "Yearly review",
) -> None:
    """Put the published quarters of a year together. What is not published yet is said plainly."""
    from quarterday.publishing.yearly.review import review_files  # noqa: PLC0415 - slow, and not needed to refuse

    try:
        period = parse_year(year)
    except ValueError as problem:
        raise typer.BadParameter(f"{problem}.") from None
    installation = open_installation()
    boards = installation.framework.board
    if board is not None and board not in boards:
        raise typer.BadParameter(f"There is no board “{board}”. There are: {', '.join(boards)}.")
    facts = installation.facts()
    found = year_of(installation.framework, facts, period)
    if not found.published:
        raise typer.BadParameter(f"Nothing of {found.name} is published, so there is nothing to put together.")
    reader = boards[board] if board else next(iter(boards.values()))
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in review_files(installation, facts, found, reader, title, 1).items():
        (folder / name).write_bytes(data)
        typer.echo(f"{folder / name}")
    typer.echo(f"{found.name}, {found.tally}, for {reader.name}.")
