"""`quarterday COMMAND`: each command is a module of `commands/`, imported only when it is called."""

from collections.abc import Callable
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
        return _HandedOver(cmd_name, module.run)


class _HandedOver(click.Command):
    """A command that typer runs from its arguments to its exit code: its exceptions are none that click knows."""

    def __init__(self, name: str, run: Callable[..., None]) -> None:
        super().__init__(name, help=run.__doc__, add_help_option=False)
        self._typer_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        self._typer_app.command(name=name)(run)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.args = args
        return args

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what its user can put right is told in sentences, not as a traceback."""
        try:
            return self._typer_app(args=ctx.args, prog_name=ctx.command_path)
        except Exception as error:
            from quarterday.adapters.breakage import sentence_of  # noqa: PLC0415 - slow, and seldom needed

            if told := sentence_of(error):
                raise click.ClickException(told) from error
            raise


@click.group(cls=_OneModuleACommand)
def app() -> None:
    """Run a community safety partnership's quarter."""


if __name__ == "__main__":
    app()
