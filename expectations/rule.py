"""A rule, and everything that is ever said about it.

`says` may quote figures, for the sender's own page; `safe` quotes none, for emails, logs and Prefect; `without_earlier`
quotes what was sent now and nothing that was sent before, since a forwarded link opens the page too. `good` says what
good looks like and is added to each. Fields in braces are filled in by `expectations.findings`.
"""

from dataclasses import dataclass
from typing import Protocol

from quarterday.domain.figures.findings import Finding, Severity

CRITICAL, WARNING, INFORMATION = Severity.CRITICAL, Severity.WARNING, Severity.INFORMATION


class Told(Protocol):
    """A row on which something is told: on which sheet, and each field (by its name) in which cell."""

    @property
    def sheet(self) -> str: ...  # noqa: D102

    @property
    def cells(self) -> tuple[tuple[str, str], ...]: ...  # noqa: D102


@dataclass(frozen=True)
class Rule:
    """A rule as people read it. A fatal one stops all others."""

    key: str
    severity: Severity
    title: str
    says: str
    good: str
    safe: str = ""  # where `says` quotes a figure
    without_earlier: str | None = None  # where `says` follows from earlier figures; empty: not to be told at all
    fatal: bool = False
    caveat: str = ""  # what may stand beside the figure once it is published

    def sentence(self, **said: object) -> str:
        """The whole sentence, for the sender's own page."""
        return f"{self.says} {self.good}".format(**said).strip()

    def sentence_without_earlier(self, **said: object) -> str | None:
        """The whole sentence without what follows from earlier figures; None where it tells nothing of them."""
        return (
            f"{self.without_earlier} {self.good}".format(**said).strip()
            if self.without_earlier
            else self.without_earlier
        )

    def safe_sentence(self, **said: object) -> str:
        """The whole sentence without a figure in it."""
        return f"{self.safe or self.says} {self.good}".format(**said).strip()

    def at_field(self, field: str, column: str, row: Told, **said: object) -> Finding:
        """What stands against a field of a row on which something is told, at its cell."""
        return Finding(
            self.key,
            self.severity,
            self.sentence(**said),
            self.safe_sentence(**said),
            sheet=row.sheet,
            column=column,
            cells=tuple(cell for name, cell in row.cells if name == field),
        )
