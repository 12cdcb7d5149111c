"""Officers' decisions on a return: accepted though the checks sent it back, or sent back with a question."""

from dataclasses import replace

from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.verdicts import last_words
from quarterday.domain.facts import (
    Facts,
    FileDeleted,
    FileKept,
    RequestMade,
    ReturnReceived,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError


def accept_return(framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling) -> VerdictGiven:
    """Accept, with caveats, a return that was sent back. Personal data is never let through."""
    fields = ruling.fields(framework)
    given = _word_on(facts, request, "")
    if given.verdict == Verdict.QUARANTINED:
        raise RulingRefusedError("The return holds personal data: it cannot be accepted. Ask for one without.")
    if given.verdict == Verdict.INFECTED:
        raise RulingRefusedError("A virus was found in the file: it cannot be accepted. Ask for a clean one.")
    if given.verdict != Verdict.QUERIED:
        raise RulingRefusedError(f"The return is already {given.verdict}.")
    if not given.rows_stored_as:
        raise RulingRefusedError("The file could not be read as a return, so it has no figures to accept.")
    accepted = Verdict.ACCEPTED_WITH_CAVEATS
    return replace(given, verdict=accepted, overrides=ruling.who, to_partner=ruling.say.strip(), **fields)


def keep_file(
    framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling, *, partner_return: str = ""
) -> FileKept:
    """Keep the file of a return that holds personal data: it would go the day after its sender was told."""
    fields = ruling.fields(framework, Duty.PERSONAL_DATA)
    given = _word_on(facts, request, partner_return)
    if given.verdict != Verdict.QUARANTINED:
        raise RulingRefusedError(
            f"Return {given.partner_return} is not set apart for personal data: its file is kept as its agreement says."
        )
    stored = next(each.stored_as for each in facts.about(request.request, ReturnReceived) if _is(each, given))
    if any(each.stored_as == stored for each in facts.of(FileDeleted)):
        raise RulingRefusedError(f"The file of return {given.partner_return} was deleted already.")
    return FileKept(request=request.request, partner_return=given.partner_return, **fields)


def _is(received: ReturnReceived, given: VerdictGiven) -> bool:
    return received.partner_return == given.partner_return


def send_back(
    framework: Framework,
    facts: Facts,
    request: RequestMade,
    ruling: Ruling,
    *,
    partner_return: str = "",
    indicator: str = "",
    where: str = "",
) -> VerdictGiven:
    """Send an accepted return back with a question, which the partner is asked in the officer's words.

    `indicator` and `where` (an area, a cell) say at which figure: they stand before the question.
    """
    fields = ruling.fields(framework)
    if indicator and indicator not in request.asked:
        raise RulingRefusedError(
            f"“{indicator}” was not asked of this partner. Asked were: {', '.join(request.asked)}."
        )
    given = _word_on(facts, request, partner_return)
    name = framework.partner[request.partner].name
    if len(ruling.say.strip()) < 3:
        raise RulingRefusedError(f"Say to {name} what the question is: it is sent in your words.")
    if given.verdict == Verdict.QUARANTINED:
        raise RulingRefusedError(f"Return {given.partner_return} is set apart for personal data: {name} was told so.")
    if given.verdict == Verdict.INFECTED:
        raise RulingRefusedError(f"A virus was found in return {given.partner_return}: {name} was told so.")
    known = framework.indicator.get(indicator)
    figure = ", ".join(each for each in (known.title if known else indicator, where.strip()) if each)
    question = f"{figure}: {ruling.say.strip()}" if figure else ruling.say.strip()
    return replace(given, verdict=Verdict.QUERIED, overrides=ruling.who, to_partner=question, **fields)


def _word_on(facts: Facts, request: RequestMade, partner_return: str) -> VerdictGiven:
    """The last word on a return: on the one that is named, else on the latest. Raises `RulingRefusedError`."""
    returns = facts.about(request.request, ReturnReceived)
    named = [each for each in returns if partner_return in (each.partner_return, "")]
    if not named:
        there = ", ".join(f"{each.partner_return} of {say_date(london_day(each.at))}" for each in returns)
        raise RulingRefusedError(
            f"There is no return {partner_return} of this partner. There is: {there}."
            if returns
            else "There is no checked return of this partner: nothing has come from it yet."
        )
    given = last_words(facts, request.request).get(named[-1].partner_return)
    if given is None:
        raise RulingRefusedError(f"There is no checked return: {named[-1].partner_return} is still being checked.")
    return given
