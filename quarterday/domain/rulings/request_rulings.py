"""Officers' decisions, checked before they are recorded.

Who decides must be an officer, why must be said, and a decision that contradicts an earlier one is refused naming it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.decision import coming_keys
from quarterday.domain.collection.promised import as_promised
from quarterday.domain.collection.standing import london_day, standing
from quarterday.domain.facts import (
    ExtensionDecided,
    Facts,
    GapRecorded,
    LinkIssued,
    LinkRevoked,
    MessageHeld,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    VerdictGiven,
)
from quarterday.domain.figures.findings import Verdict
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import parse_quarter, say_date, slug


class RulingRefusedError(Exception):
    """A decision that cannot be recorded; the message says why and what to do."""


@dataclass(frozen=True)
class Ruling:
    """Who decides, why, and when."""

    who: str  # an officer's code
    why: str
    at: datetime

    def fields(self, framework: Framework, duty: Duty = Duty.REQUESTS) -> dict[str, Any]:
        """The fields that every decision's fact bears. Raises `RulingRefusedError`."""
        officers = {each.code: each for each in framework.partnership.officers}
        if self.who not in officers:
            raise RulingRefusedError(f"“{self.who}” is not an officer. Say who decides: {', '.join(officers)}.")
        if duty not in officers[self.who].may:
            may = [each.name for each in officers.values() if duty in each.may]
            raise RulingRefusedError(
                f"{officers[self.who].name} may not decide this. Who may: {', '.join(may) or 'nobody'} "
                "(config/partnership.yaml says so)."
            )
        if len(self.why.strip()) < 3:
            raise RulingRefusedError("Say why, in a few words: the reason is kept with the decision.")
        return {"at": self.at, "by": self.who, "reason": self.why.strip(), "partnership": framework.partnership.code}


def known_partner(framework: Framework, partner: str) -> None:
    """Raises `RulingRefusedError`, listing the partners, where there is none of that code."""
    if partner not in framework.partner:
        raise RulingRefusedError(f"There is no partner “{partner}”. The partners are: {', '.join(framework.partner)}.")


def request_of(framework: Framework, facts: Facts, quarter: str, partner: str) -> RequestMade:
    """The request of a partner in a quarter such as `2025-26 Q1`. Raises `RulingRefusedError`."""
    try:
        collection = f"{framework.partnership.code}.{slug(parse_quarter(quarter))}"
    except ValueError as problem:
        raise RulingRefusedError(str(problem)) from problem
    promised = framework_of(framework, facts, collection)
    known_partner(promised, partner)
    made = facts.about(f"{collection}.{partner}", RequestMade)
    if not made:
        raise RulingRefusedError(f"{promised.partner[partner].name} has not been asked for {quarter}.")
    return as_promised(facts, made[0])


def decide_extension(
    framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling, *, grant: bool, until: date | None
) -> ExtensionDecided:
    """Grant more time until a date, or refuse it."""
    fields = ruling.fields(framework)
    asked = [each for each in facts.about(request.request, ReplyReceived) if each.kind is ReplyKind.NEEDS_TIME]
    latest = asked[-1] if asked else None
    until = until or (latest.until if latest else None)
    if grant and until is None:
        raise RulingRefusedError("Say until when the partner has time.")
    if grant and until and until <= london_day(ruling.at):
        raise RulingRefusedError(f"{say_date(until)} is not in the future. Give a later date.")
    if not grant and latest is None:
        raise RulingRefusedError("This partner has not asked for more time, so there is nothing to refuse.")
    for before in facts.about(request.request, ExtensionDecided):
        if latest and before.reply == latest.reply:
            raise RulingRefusedError(
                f"{before.by} has already {'granted' if before.granted else 'refused'} this on "
                f"{say_date(london_day(before.at))}: “{before.reason}”."
            )
    return ExtensionDecided(
        request=request.request,
        granted=grant,
        until=until if grant else None,
        reply=latest.reply if latest else "",
        **fields,
    )


def accept_return(framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling) -> VerdictGiven:
    """Accept, with caveats, a return that the checks sent back. Personal data is never let through."""
    fields = ruling.fields(framework)
    stands = standing(framework, facts, request, london_day(ruling.at))
    given = stands.verdict
    if given is None:
        raise RulingRefusedError("There is no checked return of this partner to accept.")
    if given.verdict == Verdict.QUARANTINED:
        raise RulingRefusedError("The return holds personal data: it cannot be accepted. Ask for one without.")
    if given.verdict != Verdict.QUERIED:
        raise RulingRefusedError(f"The return is already {given.verdict}.")
    if not given.rows_stored_as:
        raise RulingRefusedError("The file could not be read as a return, so it has no figures to accept.")
    return VerdictGiven(
        request=request.request,
        partner_return=given.partner_return,
        verdict=str(Verdict.ACCEPTED_WITH_CAVEATS),
        critical=given.critical,
        warnings=given.warnings,
        notes=given.notes,
        findings_stored_as=given.findings_stored_as,
        rows_stored_as=given.rows_stored_as,
        answered=given.answered,
        left_open=given.left_open,
        overrides=ruling.who,
        **fields,
    )


def waive_request(framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling) -> RequestWaived:
    """Let a partner off for this collection."""
    for before in facts.about(request.request, RequestWaived):
        raise RulingRefusedError(f"{before.by} has already waived this request: “{before.reason}”.")
    return RequestWaived(request=request.request, **ruling.fields(framework))


def record_gap(
    framework: Framework,
    facts: Facts,
    request: RequestMade,
    ruling: Ruling,
    *,
    indicator: str,
    owner: str,
    expected: date | None,
) -> GapRecorded:
    """Record that one figure will not come, with its owner and when to expect it."""
    if indicator not in request.asked:
        raise RulingRefusedError(
            f"“{indicator}” was not asked of this partner. Asked were: {', '.join(request.asked)}."
        )
    for before in facts.of(GapRecorded):
        if (before.collection, before.indicator) == (request.collection, indicator):
            raise RulingRefusedError(f"{before.by} has already recorded this gap: “{before.reason}”.")
    if not owner.strip():
        raise RulingRefusedError("Say who owns the gap.")
    return GapRecorded(
        collection=request.collection,
        request=request.request,
        partner=request.partner,
        indicator=indicator,
        owner=owner.strip(),
        expected=expected,
        **ruling.fields(framework),
    )


def revoke_links(framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling) -> list[LinkRevoked]:
    """Stop every link of a request at once."""
    live = live_links(facts, request)
    if not live:
        raise RulingRefusedError("No link of this request works any more.")
    fields = ruling.fields(framework)
    return [LinkRevoked(request=request.request, token_hash=each.token_hash, **fields) for each in live]


def live_links(facts: Facts, request: RequestMade) -> list[LinkIssued]:
    """The links of a request that nobody has revoked."""
    revoked = {each.token_hash for each in facts.about(request.request, LinkRevoked)}
    return [each for each in facts.about(request.request, LinkIssued) if each.token_hash not in revoked]


def hold_email(framework: Framework, facts: Facts, message: str, ruling: Ruling, *, hold: bool) -> MessageHeld:
    """Hold an email back by its key, as it stands in the artifact “today-and-tomorrow”, or let it go again."""
    fields, message = ruling.fields(framework), message.strip()
    if hold and message in facts.reserved():
        raise RulingRefusedError("That email has already gone.")
    held = [each for each in facts.of(MessageHeld) if each.message == message]
    if hold and message in facts.held():
        raise RulingRefusedError(
            f"{held[-1].by} holds that email since {say_date(london_day(held[-1].at))}: “{held[-1].reason}”."
        )
    if not hold and message not in facts.held():
        raise RulingRefusedError(f"That email is not held. Held are: {', '.join(sorted(facts.held())) or 'none'}.")
    if hold and message not in (coming := coming_keys(framework, facts, london_day(ruling.at))):
        raise RulingRefusedError(
            f"No email with that key is due in the next weeks. The next are: {', '.join(coming[:5]) or 'none'}."
        )
    return MessageHeld(message=message, held=hold, **fields)
