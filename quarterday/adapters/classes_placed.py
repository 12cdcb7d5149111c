"""Returns whose export named classes that `config/` did not know, and whether it places them now.

An officer places them; the sender cannot act on it and need not send again: the same bytes are read once more. That
takes a second, so it is done only where what places classes has changed since the return was read again the last time.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from quarterday.adapters.kept_returns import load_findings
from quarterday.adapters.store import Damaged, NotStored, Stores
from quarterday.domain.collection.verdicts import ACCEPTED, last_words
from quarterday.domain.facts import READ_AGAIN, Facts, RequestMade, ReturnReceived, Verdict, VerdictGiven
from quarterday.domain.figures.findings import Finding, Severity
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework

_UNKNOWN, _NEW = "export-unknown-category", "export-new-classes"
_NOTES = "read-again.json"  # below home: losing it costs one more check of each return that waits
Findings = tuple[Finding, ...]


def waiting_for_classes(stores: Stores, facts: Facts) -> Iterator[tuple[ReturnReceived, Findings]]:
    """The latest return of each request going on that names classes not placed, by the checks' own last word.

    One that was sent back is among them only where nothing else was wrong with it; what an officer said of a return
    stands.
    """
    for request in facts.going_on.of(RequestMade):
        returns = facts.about(request.request, ReturnReceived)
        given = last_words(facts, request.request).get(returns[-1].partner_return) if returns else None
        if given is None or not _may_wait(given):
            continue
        try:
            findings = load_findings(stores, given.findings_stored_as)
        except (NotStored, Damaged):
            continue
        if _waits(given, findings):
            yield returns[-1], findings


def _may_wait(given: VerdictGiven) -> bool:
    """Whether its findings, which stand in the store, are worth reading: most returns have none."""
    by_the_checks = given.overrides in ("", READ_AGAIN) and bool(given.findings_stored_as)
    found = given.critical + given.warnings + given.notes
    return by_the_checks and bool(found) and given.verdict in (*ACCEPTED, Verdict.QUERIED)


def _waits(given: VerdictGiven, findings: Findings) -> bool:
    if given.verdict in ACCEPTED:
        return any(each.rule == _NEW for each in findings)
    critical = {each.rule for each in findings if each.severity is Severity.CRITICAL}
    return given.verdict == Verdict.QUERIED and critical == {_UNKNOWN}


def are_placed(before: Iterable[Finding], verdict: Verdict, now: Iterable[Finding]) -> bool:
    """Whether a second reading knows what the first did not: it is accepted, and other classes are new, or none."""
    return verdict in ACCEPTED and _said(before) != _said(now)


def _said(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(each.rule, each.sentence) for each in findings if each.rule in (_UNKNOWN, _NEW)}


def placing_of(framework: Framework, exports: Iterable[Export], partner: str) -> str:
    """The digest of all that places the classes of a partner's export: breakdowns and the partner's mappings."""
    breakdowns = [each.model_dump(mode="json") for each in framework.breakdowns]
    mappings = [each.model_dump(mode="json") for each in exports if each.partner == partner]
    return hashlib.sha256(json.dumps([breakdowns, mappings], sort_keys=True).encode()).hexdigest()


def read_by(home: Path) -> dict[str, str]:
    """By return, what placed classes when it was read again the last time; empty where nothing was noted."""
    try:
        noted = json.loads((home / _NOTES).read_bytes())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def note_read_by(home: Path, placings: dict[str, str]) -> None:
    """Note what placed classes when the returns that still wait were read again: whole, or not at all."""
    new = home / f"{_NOTES}.new"
    new.write_text(json.dumps(placings))
    new.replace(home / _NOTES)
