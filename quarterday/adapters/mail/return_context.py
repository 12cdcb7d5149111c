"""What an email about a return may name: its receipt and what the checks saw, never a figure of it."""

import re
from dataclasses import replace
from typing import Any

from quarterday.adapters.kept_returns import load_findings, load_rows
from quarterday.adapters.mail.templates import one_line
from quarterday.adapters.store import Stores
from quarterday.domain.collection.binding import period_of
from quarterday.domain.collection.covered import nothing_usable
from quarterday.domain.collection.standing import Standing, london_day
from quarterday.domain.collection.verdicts import accepted_returns, last_word, missing_after
from quarterday.domain.facts import Facts, RequestMade, ReturnReceived, VerdictGiven
from quarterday.domain.figures.brought import brought
from quarterday.domain.figures.findings import Finding, Severity, merged
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_day

SHOWN = 20  # findings in an email; the partner's page lists all of them


def return_context(
    framework: Framework,
    facts: Facts,
    stores: Stores,
    partner_return: ReturnReceived | None,
    stands: Standing,
    part: tuple[str, ...] = (),
) -> dict[str, Any] | None:
    """The names under `returned`, for the whole request or a colleague's part; None where the request has no return."""
    if partner_return is None:
        return None
    verdict, (request,) = last_word(facts, partner_return), facts.about(partner_return.request, RequestMade)
    findings = _findings(stores, verdict)
    read = load_rows(stores, verdict.rows_stored_as) if verdict and verdict.rows_stored_as else None
    blocking = [each for each in findings if each.severity is Severity.CRITICAL]
    unusual = [each for each in findings if each.severity is Severity.WARNING]
    return {
        "receipt": partner_return.partner_return,
        "kind": partner_return.kind.value,
        "received_on": say_day(london_day(partner_return.at)),
        "before": _before(facts, partner_return),
        "sha256": partner_return.sha256,
        "rest_by_day": say_day(partner_return.rest_by) if partner_return.rest_by else "",
        "period": _said_period(partner_return),
        "verdict": verdict.verdict if verdict else "",
        "not_used": nothing_usable(framework, request, london_day(partner_return.at)),
        "words": one_line(verdict.to_partner) if verdict else "",
        "rows": len(read.rows) if read else None,
        "brought": _brought(framework, facts, stands, part, read),
        "told": _told(framework, read),
        "reviewed": _reviewed(framework, read),
        "only_tells": bool(read and read.tells and not read.rows),
        "missing": _missing(framework, facts, partner_return),
        "blocking": [_say(each) for each in blocking[:SHOWN]],
        "more_blocking": max(0, len(blocking) - SHOWN),
        "unusual": [_say(each) for each in unusual[:SHOWN]],
        "noticed": [_without_asking(_say(each)) for each in unusual[:SHOWN]],
        "explained": bool(partner_return.explanations.strip()),
        "more_unusual": max(0, len(unusual) - SHOWN),
    }


def _brought(
    framework: Framework, facts: Facts, stands: Standing, part: tuple[str, ...], read: PartnerReturn | None
) -> dict[str, Any] | None:
    """How many of the figures asked for came with a return, as its page says; None before it was read."""
    if read is None or not read.rows:
        return None
    request = stands.request
    asked = replace(request, asked=tuple(code for code in request.asked if not part or code in part))
    period = period_of(framework, facts, request.collection)
    came = brought(framework, asked, period, read.rows, stands.still_open)
    lacking = [framework.indicator[code].title for code in came.lacking]
    return {"answered": came.answered, "asked": came.asked, "whole": came.whole, "lacking": lacking}


def _told(framework: Framework, read: PartnerReturn | None) -> list[str]:
    """The activities that a workbook tells of, by title."""
    codes = [each.answer.activity for each in read.activities] if read else []
    return [framework.activity[code].title for code in codes if code in framework.activity]


def _reviewed(framework: Framework, read: PartnerReturn | None) -> list[str]:
    """The risks at which a workbook looks again, by title."""
    titles = {each.code: each.title for each in framework.risks}
    return [titles[each.risk] for each in read.reviews if each.risk in titles] if read else []


def _before(facts: Facts, partner_return: ReturnReceived) -> str:
    """The reference of the return that somebody else had sent just before; empty where nobody had."""
    returns = facts.about(partner_return.request, ReturnReceived)
    at = next(n for n, each in enumerate(returns) if each.partner_return == partner_return.partner_return)
    return returns[at - 1].partner_return if at and returns[at - 1].by != partner_return.by else ""


def _findings(stores: Stores, verdict: VerdictGiven | None) -> list[Finding]:
    """What the checks saw, blocking things first; nothing where no check was needed."""
    if not verdict or not verdict.findings_stored_as:
        return []
    return merged(load_findings(stores, verdict.findings_stored_as))


def _say(finding: Finding) -> str:
    """A finding as an email tells it: where to look, and the sentence that quotes no value."""
    sentence = one_line(finding.safe_sentence)
    return f"{one_line(finding.place)}: {sentence}" if finding.place else sentence


def _without_asking(said: str) -> str:
    """A finding as it is told once nothing is asked any more: its sentences before the first question."""
    kept = re.split(r"(?<=[.?!])\s+", said)
    asks = next((n for n, each in enumerate(kept) if each.endswith("?")), len(kept))
    return " ".join(kept[:asks]) or said


def _said_period(partner_return: ReturnReceived) -> str:
    return str(partner_return.says_period or "")


def _missing(framework: Framework, facts: Facts, partner_return: ReturnReceived) -> list[str]:
    """The indicators asked for that have not come, or not wholly, in all that was accepted; by title."""
    (request,) = facts.about(partner_return.request, RequestMade)
    codes = missing_after(facts, request, accepted_returns(facts, request.request))
    return [framework.indicator[code].title for code in codes if code in framework.indicator]
