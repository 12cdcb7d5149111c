"""Findings as Markdown for pages of the Prefect UI: no value of the return is in them."""

from collections.abc import Iterable
from dataclasses import replace

from quarterday.domain.figures.findings import Finding, Severity, merged
from quarterday.domain.telling.markdown import escaped

HEADINGS = {
    Severity.CRITICAL: "To put right before we can use it",
    Severity.WARNING: "To explain, where you can",
    Severity.INFORMATION: "To know",
}


def as_markdown(findings: Iterable[Finding]) -> str:
    """Findings for an artifact that everybody with the login sees; what a file called its sheets is left out too."""
    parts = [
        f"### {heading}\n\n" + "\n".join(f"- {escaped(line)}" for line in lines)
        for heading, lines in _told(replace(each, sheet="") for each in findings)
    ]
    return "\n\n".join(parts) or "Nothing was found."


def _told(findings: Iterable[Finding]) -> list[tuple[str, list[str]]]:
    """Headings with their lines. What is said of several indicators in the same words is said once, with all places."""
    told: dict[Severity, dict[str, list[str]]] = {severity: {} for severity in HEADINGS}
    for finding in merged(findings):
        places = told[finding.severity].setdefault(_one_line(finding.safe_sentence), [])
        if finding.place and (place := _one_line(finding.place)) not in places:
            places.append(place)
    return [
        (HEADINGS[severity], [f"{'; '.join(places)}: {said}" if places else said for said, places in lines.items()])
        for severity, lines in told.items()
        if lines
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
