"""`quarterday verify FOLDER`: whether a release is whole, and where a value of it came from."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import existing_register
from quarterday.adapters.register.engine import is_there
from quarterday.adapters.settings import get_settings
from quarterday.adapters.store import Stores, open_stores
from quarterday.domain.facts import Facts
from quarterday.publishing.tracing import Wanted, trace
from quarterday.publishing.verify import problems, register_problems, withdrawal_told


def run(
    folder: Annotated[Path, typer.Argument(help="the release's folder, which holds manifest.json")],
    trace_value: Annotated[
        str | None,
        typer.Option("--trace", help="indicator,area,category and perhaps ,2024-25 Q4: tell its return and cell"),
    ] = None,
    alone: Annotated[bool, typer.Option("--alone", help="look at the folder only, not at register and store")] = False,
) -> None:
    """Prove a release whole: hashes, description and tables. With --trace, follow a value to its return."""
    found = problems(folder)
    facts, stores = (None, None) if alone else _at_hand()
    found += [] if found or facts is None else register_problems(folder, facts)
    for sentence in found:
        typer.echo(sentence, err=True)
    if found:
        typer.echo(f"\n{folder} is not whole: {len(found)} problem{'s' if len(found) > 1 else ''}.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{folder} is whole: every file is as its manifest says, and the tables agree.")
    typer.echo(
        "No register was asked: who changed every file and the manifest with them would not be found out here."
        if facts is None
        else "Its manifest is the one that the register names."
    )
    if facts is not None and (told := withdrawal_told(folder, facts)):
        typer.echo(told)
    if trace_value is None:
        return
    try:
        lines = trace(folder, Wanted.parse(trace_value), facts, stores)
    except (ValueError, LookupError) as unknown:
        typer.echo(str(unknown), err=True)
        raise typer.Exit(2) from unknown
    typer.echo("\n".join(lines))


def _at_hand() -> tuple[Facts | None, Stores | None]:
    """The register's facts and the stores of this installation; nothing where it has no register."""
    settings = get_settings()
    if not is_there(settings.register_url):
        return None, None
    code = load_framework(settings.config).partnership.code
    return existing_register(settings).facts(code), open_stores(settings)
