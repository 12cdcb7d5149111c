"""Sending exactly once: say it in the register, send, record what became of it. Killed anywhere, nothing repeats.

An email is composed whole before it is booked, so that a template that cannot be filled in books nothing. The booking
and the link go into the register in one transaction. Whoever finds a booking without an outcome settles it: the outbox
knows for sure; of any other transport the register is told just before the message is handed over. Before that it
certainly did not go and is tried again; after it nobody can know, and it is recorded unconfirmed and left alone.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from quarterday.adapters.installation import Installation
from quarterday.adapters.links import revoke_link
from quarterday.adapters.mail.attempts import BY, Attempt, first_attempt, further_attempt, word_on
from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.one_by_one import nobody_notes
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.mail.templates import SAID_ONCE, EmailTemplateError
from quarterday.adapters.register import AlreadyRecorded
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.became import Booked
from quarterday.domain.collection.booked import booked, booked_messages
from quarterday.domain.collection.pausing import restored_and_not_looked_at
from quarterday.domain.collection.trying_again import Then, overtakable, still_due, what_then
from quarterday.domain.collection.undo import email_waits
from quarterday.domain.facts import Fact, Facts, MessageSettled, Outcome, Step
from quarterday.domain.framework.addresses import is_address

IN_FLIGHT = timedelta(minutes=15)  # longer than any transport takes over one call, its retries included
APART = timedelta(days=1)  # further ahead than the clock of any machine beside this one

_LOG = logging.getLogger(__name__)


def perform_send(
    installation: Installation, action: Send, facts: Facts | None = None, said: Mapping[str, Any] | None = None
) -> Outcome | None:
    """Send one email, once. None where someone else has booked it and settled it, or is about to.

    `facts` saves reading them again; `said` holds what only this email may know, such as a code. Raises
    `EmailTemplateError` before anything is booked, and `OSError` where the outbox cannot be written, which leaves the
    booking to `settle_unfinished`.
    """
    return perform_sends(installation, [action], facts, said)[action.key]


def perform_sends(
    installation: Installation,
    actions: Sequence[Send],
    facts: Facts | None = None,
    said: Mapping[str, Any] | None = None,
) -> dict[str, Outcome | None]:
    """Send emails, each once, in as few calls as the transport can; by their keys, what `perform_send` says of each.

    All are composed before the first is booked, so none may build on another: no two about the same request.
    """
    facts = installation.facts() if facts is None else facts
    at = installation.now()
    attempts = [first_attempt(installation, facts, each, at, said) for each in actions]
    return {key: outcome for call in _calls(installation, attempts) for key, outcome in _go(installation, call).items()}


def settle_unfinished(installation: Installation) -> list[tuple[str, Outcome]]:
    """Settle every message that was booked and not heard of again, and try again what certainly did not go.

    Gives the keys of the messages and what became of them. For the daily run; harmless at any time. After a restore
    it waits until an officer has looked: what the backup knows as unfinished may have gone since it was made.
    """
    known = installation.facts().going_on
    facts = known.firm
    if restored_and_not_looked_at(facts):
        return []
    done: dict[str, Outcome | None] = {}
    again: list[Attempt] = []
    unsettled = (each for each in booked_messages(facts) if each.outcome is None or each.may_go_again)
    open_ones = [each for each in unsettled if not email_waits(known, each.message)]
    due = _still_due(installation, facts, open_ones)
    for each in open_ones:
        try:
            found = _settle(installation, facts, each, due)
        except EmailTemplateError as problem:
            # One template that cannot be filled in must not hold up the others; the message stays to be settled.
            _LOG.warning("Message %s waits: %s", each.message.message, problem)
            continue
        if isinstance(found, Attempt):
            again.append(found)
        else:
            done[each.message.message] = found
    for call in _calls(installation, again):
        done |= _go(installation, call)
    return [(message, outcome) for message, outcome in done.items() if outcome is not None]


def _calls(installation: Installation, attempts: Sequence[Attempt]) -> list[list[Attempt]]:
    """The attempts by the call that makes them; one whose address is none is no part of any other's."""
    by_id = {each.email.outbox_id: each for each in attempts}
    reachable = [each.email for each in attempts if is_address(each.email.to_email)]
    shared = [[by_id[email.outbox_id] for email in call] for call in installation.transport.calls(reachable)]
    return [*shared, *([each] for each in attempts if not is_address(each.email.to_email))]


def _go(installation: Installation, call: Sequence[Attempt]) -> dict[str, Outcome | None]:
    """Say it in the register, make the call, record what became of each: by the keys of the messages."""
    ours = _claimed(installation, call)
    outcomes: dict[str, Outcome | None] = {each.message: None for each in call}
    outcomes |= _made(installation, ours) if ours else {}
    for each in call:
        if each not in ours and each.number == 1:
            outcomes[each.message] = _settled_now(installation, each.message)
    return outcomes


def _claimed(installation: Installation, call: Sequence[Attempt]) -> list[Attempt]:
    """The attempts that are ours to make, booked all or none; those that others were first to book are not."""
    ours = list(call)
    while ours:
        try:
            installation.register.append(*(fact for each in ours for fact in (*each.claim, *each.fresh)))
        except AlreadyRecorded as known:
            ours = [each for each in ours if not {*each.claim, *each.fresh} & set(known.facts)]
        else:
            break
    return ours


def _made(installation: Installation, attempts: Sequence[Attempt]) -> dict[str, Outcome | None]:
    """Make the call and record what came of it. One refused for good has carried nothing: each then goes by itself."""

    def handing_over() -> None:
        _append(installation, *(_about_to_go(installation, each) for each in attempts))

    sent = _carry(installation, [each.email for each in attempts], handing_over)
    if len(attempts) > 1 and sent.outcome is Outcome.FAILED and not sent.again:
        return {key: outcome for each in attempts for key, outcome in _made(installation, [each]).items()}
    _append(installation, *(fact for each in attempts for fact in _became(installation, each, sent)))
    return {each.message: sent.outcome for each in attempts}


def _about_to_go(installation: Installation, made: Attempt) -> MessageSettled:
    """Said just before a message is handed over: only from here on is it in doubt until the transport has answered."""
    detail = "about to be handed over"
    return word_on(installation, made.message, Outcome.UNCONFIRMED, Step.HANDED_OVER, made.number, detail)


def _settled_now(installation: Installation, message: str) -> Outcome | None:
    """What becomes of a message that somebody else has booked."""
    facts = installation.facts()
    known = booked(facts, message)
    if known is None or known.may_go_again:
        return None  # when it is tried again is for `settle_unfinished` to say
    found = _settle(installation, facts, known, frozenset({message}))  # whoever asks for it knows that it is due
    return _go(installation, [found])[message] if isinstance(found, Attempt) else found


def _still_due(installation: Installation, facts: Facts, waiting: Sequence[Booked]) -> frozenset[str]:
    """Which of the emails that wait are still wanted: asked only where that matters, since it takes a decision."""
    repeated = installation.transport.repeatable
    keys = {each.message.message for each in waiting if not repeated or overtakable(each.message)}
    return still_due(installation.framework, facts, keys, installation.today()) if keys else frozenset()


def _settle(installation: Installation, facts: Facts, known: Booked, due: frozenset[str]) -> Outcome | Attempt | None:
    """What a booking's outcome turns out to be, or the attempt to make again.

    None where it was settled before, may still be on its way, or is to be tried later.
    """
    if known.outcome is not None and not known.may_go_again:
        return None
    message, transport = known.message, installation.transport
    if outcome := transport.outcome_of(message.outbox_id):
        return _say(installation, known, outcome, Step.ANSWERED, "found by its id")
    if transport.repeatable and overtakable(message) and message.message not in due:
        return _overtaken(installation, known)
    if transport.repeatable:
        return _again(installation, facts, known)
    if not known.may_go_again and -APART < installation.now() - known.last_word < IN_FLIGHT:
        return None
    if known.handed_over and not known.may_go_again:
        detail = "sending was interrupted: whether it went is not known, so it is not sent again"
        return _say(installation, known, Outcome.UNCONFIRMED, Step.INTERRUPTED, detail)
    return _tried_again(installation, facts, known, due)


def _again(installation: Installation, facts: Facts, known: Booked) -> Outcome | Attempt:
    """Another attempt, but where the email said what is kept nowhere."""
    if known.message.email in SAID_ONCE:
        return _say(installation, known, Outcome.FAILED, Step.RUN_OUT, "what it said has run out")
    return further_attempt(installation, facts, known)


def _tried_again(
    installation: Installation, facts: Facts, known: Booked, due: frozenset[str]
) -> Outcome | Attempt | None:
    """The next attempt at an email that certainly did not go, as long as that makes sense."""
    match what_then(installation.framework, known, due, installation.now()):
        case Then.TRY:
            return _again(installation, facts, known)
        case Then.OVERTAKEN:
            return _overtaken(installation, known)
        case Then.GIVE_UP:
            detail = f"given up after {known.reached} attempts: {known.detail}"
            return _say(installation, known, Outcome.FAILED, Step.GIVEN_UP, detail)
    return None


def _overtaken(installation: Installation, known: Booked) -> Outcome:
    """An email that did not go, and that nobody needs any more."""
    detail = "it did not go in time, and nobody needs it any more"
    return _say(installation, known, Outcome.FAILED, Step.OVERTAKEN, detail)


def _carry(installation: Installation, emails: Sequence[Email], handing_over: Callable[[], None]) -> Sent:
    if not all(is_address(each.to_email) for each in emails):
        return Sent(Outcome.BOUNCED, "no mail can go to the address as it is written")
    return installation.transport.send_together(
        emails, nobody_notes if installation.transport.repeatable else handing_over
    )


def _became(installation: Installation, made: Attempt, sent: Sent) -> Iterator[Fact]:
    """What became of an attempt, and the end of every link for its message but the one that was mailed."""
    yield word_on(installation, made.message, sent.outcome, _step_of(sent), made.number, sent.detail)
    reason = "its email never went: another one went in its place"
    for lost in made.fresh if sent.already else made.before:
        yield revoke_link(lost, installation.now(), BY, reason)


def _step_of(sent: Sent) -> Step:
    if not sent.again:
        return Step.ANSWERED
    return Step.NOT_SENT if sent.reached else Step.NOT_REACHED


def _say(installation: Installation, known: Booked, outcome: Outcome, step: Step, detail: str) -> Outcome:
    """Record a word on the attempts made so far, and give it back."""
    _append(installation, word_on(installation, known.message.message, outcome, step, known.attempts, detail))
    return outcome


def _append(installation: Installation, *facts: Fact) -> None:
    installation.register.append_new(*facts)
