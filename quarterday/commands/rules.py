"""`quarterday rules`: every rule that a return is checked by, as a sentence, grouped by what it does."""

from collections.abc import Iterator

import typer

from expectations.sentences import CATALOGUE
from quarterday.adapters.reading.catalogue import RULES
from quarterday.domain.figures.findings import Severity

HEADINGS = {
    Severity.CRITICAL: "Critical: the return is sent back",
    Severity.WARNING: "Warning: we ask why; the return is accepted with caveats",
    Severity.INFORMATION: "Information: noted, nothing to do",
}


def run() -> None:
    """Print the rules by which returns are read and checked."""
    for severity, heading in HEADINGS.items():
        typer.secho(f"{heading}\n", bold=True)
        typer.echo("What a good return looks like:")
        for line in _checks(severity):
            typer.echo(f"  - {line}")
        typer.echo("\nWhat a file that we can read looks like, else we say:")
        for severe, _, safe_sentence in RULES.values():
            if severe is severity:
                typer.echo(f"  - {safe_sentence}")
        typer.echo("")


def _checks(severity: Severity) -> Iterator[str]:
    for rule in CATALOGUE.values():
        if rule.severity is severity:
            first = " This is looked at first, and stops the rest." if rule.fatal else ""
            yield f"{rule.title}.{first} [{rule.key}]"
