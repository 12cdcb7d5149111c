"""`python -m rehearsal.stories`: plays stories one after another, side by side in lanes, and says how each ended."""

from pathlib import Path
from typing import Annotated

import typer

from flows.installation.leftovers import alone_in
from quarterday.adapters.shipped import shipped
from rehearsal.staging import book
from rehearsal.staging.lanes import Told, side_by_side
from rehearsal.staging.shared_prefect import prefect_server

HOME = Path("var/stories")
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def play_stories(
    names: Annotated[list[str] | None, typer.Argument(help="which; else all")] = None,
    lanes: Annotated[int, typer.Option(help="so many side by side")] = 2,
    home: Annotated[Path, typer.Option(help="where each has a home of its own")] = HOME,
) -> None:
    """Play stories, a line each. Exit code 0 only if each ended with what was expected."""
    failed, wanted = 0, _wanted(names or [])
    with alone_in(home), prefect_server(home):
        for told, seconds in side_by_side(wanted, home.resolve(), shipped("config").resolve(), lanes):
            failed += bool(told.unmet)
            typer.echo(_line(told, seconds))
    typer.echo(f"{len(wanted) - failed} of {len(wanted)} stories ended with what was expected.")
    raise typer.Exit(1 if failed else 0)


def _wanted(names: list[str]) -> list[str]:
    try:
        return [book.known(each) for each in names] or book.names()
    except LookupError as unknown:
        typer.echo(unknown.args[0], err=True)
        raise typer.Exit(2) from unknown


def _line(told: Told, seconds: float) -> str:
    ended = "not as expected" if told.unmet else "as expected"
    line = f"{ended:15}  {told.name:28} {told.emails:4} emails, {told.releases} version(s), {seconds:.0f} s"
    return "\n    ".join([line, *told.unmet])


if __name__ == "__main__":
    app()
