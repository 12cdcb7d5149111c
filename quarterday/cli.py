"""`quarterday COMMAND`: each command is a module of `commands/`, imported only when it is called."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click
import typer

from quarterday import commands


class _OneModuleACommand(click.Group):
    """Finds commands by file name, so that a slow import is paid only by the command that needs it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name.replace("_", "-") for module in iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"quarterday.commands.{cmd_name.replace('-', '_')}")
        typer_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        typer_app.command(name=cmd_name)(module.run)
        return typer.main.get_command(typer_app)


@click.group(cls=_OneModuleACommand)
def app() -> None:
    """Run a community safety partnership's quarter."""


if __name__ == "__main__":
    app()
