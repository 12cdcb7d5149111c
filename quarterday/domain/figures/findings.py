"""Findings: what a check saw, as data. Bad data is a value, never an exception."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from quarterday.domain.facts import Verdict


class Severity(StrEnum):
    """What a finding does: critical sends the return back, a warning asks why, information notes."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True)
class Finding:
    """One thing to put right, explain or know.

    `sentence` says what is wrong and what good looks like, without the cell's address; `cells` are addresses such as
    `B14`, or empty where the whole sheet or file is meant. `indicator` is set where one is concerned, so that a
    caveat may follow its figure. `sentence` never quotes a value that may be personal; `safe_sentence` quotes no
    value at all and is what emails, logs and Prefect see. `without_earlier` stands for `sentence` where that tells of
    the supplier's earlier figures and the reader has not shown who they are; empty where that reader is told nothing.
    `caveat` is what may stand beside the figure once it is published, without a value; empty where the reader of a
    pack needs no word on it.
    """

    rule: str
    severity: Severity
    sentence: str
    safe_sentence: str
    sheet: str = ""
    column: str = ""
    cells: tuple[str, ...] = ()
    indicator: str = ""
    caveat: str = ""
    without_earlier: str | None = None

    @property
    def place(self) -> str:
        """Where to look: `Sheet “Figures”, Value, cells H14 and H19`."""
        cells = ""
        if self.cells:
            shown = self.cells[:8]
            listed = " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
            more = f" and {len(self.cells) - len(shown)} more" if len(self.cells) > len(shown) else ""
            cells = f"cell{'s' if len(self.cells) > 1 else ''} {listed}{more}"
        sheet = f"Sheet “{self.sheet}”" if self.sheet else ""
        return ", ".join(part for part in (sheet, self.column, cells) if part)


def without_earlier(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings for a reader who may not know what the supplier sent before: nothing in them follows from that alone."""
    return tuple(
        each if each.without_earlier is None else replace(each, sentence=each.without_earlier)
        for each in findings
        if each.without_earlier != ""
    )


_ORDER = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that say the same of one column, joined into one that lists its cells; blocking ones first."""
    joined: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        same = (finding.rule, finding.severity, finding.sentence, finding.sheet, finding.column, finding.indicator)
        joined.setdefault(same, []).append(finding)
    return sorted(map(_joined, joined.values()), key=lambda finding: _ORDER[finding.severity])


def _joined(same: list[Finding]) -> Finding:
    cells = tuple(dict.fromkeys(cell for finding in same for cell in finding.cells))
    return replace(same[-1], cells=cells)


def verdict_on(findings: Iterable[Finding]) -> Verdict:
    """The verdict that findings amount to."""
    severities = {finding.severity for finding in findings}
    if Severity.CRITICAL in severities:
        return Verdict.QUERIED
    return Verdict.ACCEPTED_WITH_CAVEATS if Severity.WARNING in severities else Verdict.ACCEPTED
