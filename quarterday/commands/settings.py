"""`quarterday settings`: every setting, its value here and its meaning."""

from typing import Annotated

import typer
from pydantic import SecretStr

from quarterday.adapters.settings import PREFIX, Settings, get_settings
from quarterday.adapters.settings_page import page as page_of_all
from quarterday.adapters.settings_page import unknown


def run(
    page: Annotated[bool, typer.Option("--page", help="the page of docs/reference, in Markdown")] = False,
) -> None:
    """Print every setting that is set here and what the others would be; secrets are not shown."""
    if page:
        typer.echo(page_of_all(), nl=False)
        return
    settings = get_settings()
    for name, field in Settings.model_fields.items():
        mark = "*" if name in settings.model_fields_set else " "
        typer.echo(f"{mark} {PREFIX}{name.upper()} = {_shown(getattr(settings, name))}")
        typer.echo(f"      {' '.join((field.description or '').split())}")
    typer.echo("\n* is set here, in the environment or in .env.")
    for sentence in unknown():
        typer.echo(sentence, err=True)


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "(set)" if value.get_secret_value() else ""
    return "" if value is None else str(value)
