"""`quarterday verify FOLDER`: whether a release is whole, and where a value of it came from."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import get_settings
from quarterday.adapters.store import open_stores
from quarterday.publishing.tracing import Wanted, trace
from quarterday.publishing.verify import problems


def run(
    folder: Annotated[Path, typer.Argument(help="the release's folder, which holds manifest.json")],
    trace_value: Annotated[
        str | None, typer.Option("--trace", help="indicator,area,category: tell the return and cell of that value")
    ] = None,
    alone: Annotated[bool, typer.Option("--alone", help="look at the folder only, not at register and store")] = False,
) -> None:
    """Prove a release whole: hashes, description and tables. With --trace, follow a value to its return."""
    found = problems(folder)
    for sentence in found:
        typer.echo(sentence, err=True)
    if found:
        typer.echo(f"\n{folder} is not whole: {len(found)} problem{'s' if len(found) > 1 else ''}.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{folder} is whole: every file is as it was published, and the tables agree.")
    if trace_value is None:
        return
    try:
        wanted = Wanted.parse(trace_value)
        if alone:
            lines = trace(folder, wanted)
        else:
            settings = get_settings()
            code = load_framework(settings.config).partnership.code
            lines = trace(folder, wanted, open_register(settings).facts(code), open_stores(settings))
    except (ValueError, LookupError) as unknown:
        typer.echo(str(unknown), err=True)
        raise typer.Exit(2) from unknown
    typer.echo("\n".join(lines))
