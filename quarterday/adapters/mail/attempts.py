"""One attempt to send an email: what it says, the link that it brings, and what the register is told before it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quarterday.adapters.installation import Installation
from quarterday.adapters.links import issue_link, issue_officer_link, issue_page_link, link_url
from quarterday.adapters.mail.compose import compose, outbox_id
from quarterday.adapters.mail.kept_words import keep_words
from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.recipients import recipient_of
from quarterday.adapters.mail.templates import SAID_ONCE
from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.became import Booked
from quarterday.domain.collection.binding import framework_of, standing_of
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.collection.mailed_pages import MAILED_PAGES, answers_for
from quarterday.domain.collection.people import partner_of
from quarterday.domain.collection.pre_release import OCCASION as PRE_RELEASE
from quarterday.domain.collection.pre_release import ends, given_named
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import (
    Fact,
    Facts,
    LinkIssued,
    MessageReserved,
    MessageSettled,
    Outcome,
    RequestMade,
    Step,
)
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.rulings.officer_links import OfficerPage

WITHOUT_LINK = frozenset({"code", "thank-you"})
BY = "quarterday"


@dataclass(frozen=True)
class Attempt:
    """One attempt to send a message: the email, and what the register is told before it goes."""

    message: str
    email: Email
    claim: tuple[Fact, ...]  # the booking of the first attempt; of a further one what keeps others from making it
    fresh: tuple[LinkIssued, ...]  # the link that this email brings
    number: int = 1
    before: tuple[LinkIssued, ...] = ()  # the links of attempts that never went


def first_attempt(
    installation: Installation, facts: Facts, action: Send, at: datetime, said: Mapping[str, Any] | None
) -> Attempt:
    """The first attempt at an email, which books it. Raises `EmailTemplateError`; `said` is what is kept nowhere."""
    link, issued = _link_for(installation, facts, action, at)
    email = _compose(installation, facts, action, at, at, link, said)
    booking = _booking(installation, action, email)
    kept = () if action.email in SAID_ONCE else (keep_words(installation, action, email, link, 1),)
    return Attempt(action.key, email, (booking, *kept), issued)


def further_attempt(installation: Installation, facts: Facts, known: Booked) -> Attempt:
    """Another attempt under the same booking: the token of the first is lost, so a fresh link goes in its place.

    What was cut short and can be repeated without harm is the same attempt once more, which needs nobody's leave.
    """
    message, repeated = known.message, installation.transport.repeatable and not known.may_go_again
    number = known.attempts if repeated else known.attempts + 1
    at, action = installation.now(), _action_of(installation, facts, message)
    link, issued = _link_for(installation, facts, action, at)
    email = _compose(installation, facts, action, at, message.at, link, None)
    claim: tuple[Fact, ...] = ()
    if not repeated:
        kept = keep_words(installation, action, email, link, number)
        claim = (_begun(installation, message, number), kept)
    return Attempt(message.message, email, claim, issued, number, LiveLinks(facts).for_message(message.message))


def word_on(
    installation: Installation, message: str, outcome: Outcome, step: Step, number: int, detail: str
) -> MessageSettled:
    """A word on an attempt at an email, to be recorded."""
    return MessageSettled(
        at=installation.now(),
        by=BY,
        partnership=installation.framework.partnership.code,
        message=message,
        outcome=outcome,
        step=step,
        attempt=number,
        detail=detail,
    )


def _begun(installation: Installation, message: MessageReserved, number: int) -> MessageSettled:
    """Said before a further attempt: only one process can record it."""
    return word_on(installation, message.message, Outcome.UNCONFIRMED, Step.BEGUN, number, "sending again")


def _link_for(
    installation: Installation, facts: Facts, action: Send, at: datetime
) -> tuple[str, tuple[LinkIssued, ...]]:
    """A link for those who may answer for the partner that was asked, and for an officer's page; for nobody else."""
    if action.email in set(OfficerPage):
        token, issued = issue_officer_link(action, installation.framework.partnership.code, at)
        return link_url(installation.settings, token, OfficerPage(action.email)), (issued,)
    if action.occasion == PRE_RELEASE:
        return _early_link(installation, facts, action, at)
    if action.occasion in MAILED_PAGES:
        return _mailed_page_link(installation, facts, action, at)
    request = facts.request(action.request)
    if not request or action.email in WITHOUT_LINK or not _answers_for(request, action.recipient):
        return "", ()
    awaiting = standing_of(installation.framework, facts, request, london_day(at)).awaiting
    due = awaiting.due if awaiting else None
    token, issued = issue_link(request, action.recipient.code, action.key, at, due=due)
    return link_url(installation.settings, token), (issued,)


def _mailed_page_link(
    installation: Installation, facts: Facts, action: Send, at: datetime
) -> tuple[str, tuple[LinkIssued, ...]]:
    """A link for a board's lead, or the owner of an action or a risk; none for those who only hear of it."""
    if not answers_for(installation.framework, facts, action.occasion, action.about, action.recipient.code):
        return "", ()
    token, issued = issue_page_link(action, installation.framework.partnership.code, at)
    page = MAILED_PAGES[action.occasion]
    return f"{link_url(installation.settings, token)}/{page}", (issued,)


def _early_link(
    installation: Installation, facts: Facts, action: Send, at: datetime
) -> tuple[str, tuple[LinkIssued, ...]]:
    """A link to the packs as they would be, for as long as their reader may see them."""
    access, given = installation.framework.partnership.pre_release, given_named(facts, action.about)
    if access is None or given is None:
        return "", ()
    token, issued = issue_page_link(action, given.partnership, at, ends(access, given))
    return f"{link_url(installation.settings, token)}/{PRE_RELEASE}", (issued,)


def _answers_for(request: RequestMade, recipient: Recipient) -> bool:
    return whose_and_role(recipient.code)[0] == request.partner


def _compose(
    installation: Installation,
    facts: Facts,
    action: Send,
    at: datetime,
    booked_at: datetime,
    link: str,
    said: Mapping[str, Any] | None,
) -> Email:
    return compose(
        installation.settings, installation.framework, facts, installation.stores, action, at, booked_at, link, said
    )


def _booking(installation: Installation, action: Send, email: Email) -> MessageReserved:
    return MessageReserved(
        at=email.booked_at,
        by=BY,
        reason=action.why,
        partnership=installation.framework.partnership.code,
        collection=action.collection,
        request=action.request,
        message=action.key,
        occasion=action.occasion,
        email=action.email,
        recipient=action.recipient.code,
        subject="" if action.email in SAID_ONCE else email.heading,
        outbox_id=outbox_id(installation.framework.partnership.code, action.key),
        tells_of=action.about,
        reader=action.recipient.mark,
        diary_day=email.entry.day if email.entry else None,
        diary_number=email.entry.number if email.entry else 0,
    )


def _action_of(installation: Installation, facts: Facts, message: MessageReserved) -> Send:
    """The action behind a booking."""
    return Send(
        key=message.message,
        collection=message.collection,
        request=message.request,
        partner=partner_of(facts, message),
        occasion=message.occasion,
        email=message.email,
        recipient=recipient_of(framework_of(installation.framework, facts, message.collection), facts, message),
        on=london_day(message.at),
        why=message.reason,
        about=message.tells_of,
    )
