"""What an officer does on a page behind an emailed link, since a form of the Prefect UI is read by everybody.

Files, figures, names and addresses go that way. The link is a partner's kind of link: unguessable, kept as a hash,
soon over, and stopped at will.
"""

from datetime import timedelta
from enum import StrEnum

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, LinkIssued, LinkRevoked, MessageReserved, RequestMade, SignedOut
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.facts.recipients import is_officer, officer_code
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Officer
from quarterday.domain.rulings.officer_sessions import live_sessions
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError

DAYS = 3  # that an officer's link works
AT_ONCE = "at-once"  # what a link's `message` begins with that was made on the officers' pages, and mailed to nobody
AT_ONCE_FOR = timedelta(hours=2)


class OfficerPage(StrEnum):
    """What for, by the name of the email that brings the link."""

    HAND_IN = "officer-hand-in"
    CONTACT = "officer-contact"
    PREVIEW = "officer-preview"


def officer_page_send(
    framework: Framework,
    ruling: Ruling,
    officer_page: OfficerPage,
    *,
    collection: str = "",
    request: str = "",
    about: str = "",
) -> Send:
    """The email that brings the officer who decides a link for an officer's page; each deciding brings another."""
    ruling.fields(framework)
    officer = next(each for each in framework.partnership.officers if each.code == ruling.who)
    to = Recipient(officer_code(officer.code), officer.name, officer.email)
    subject = request or collection or framework.partnership.code
    return Send(
        key=message_key(subject, officer_page, f"{ruling.at:%Y%m%d%H%M%S%f}", to.code),
        collection=collection,
        request=request,
        partner="",
        occasion=officer_page,
        email=officer_page,
        recipient=to,
        on=london_day(ruling.at),
        why=ruling.why.strip(),
        about=about,
    )


def hand_in_link(framework: Framework, request: RequestMade, ruling: Ruling, token_hash: str) -> LinkIssued:
    """A link on which the officer who decides hands in for a partner at once: it came with no email."""
    return LinkIssued(
        request=request.request,
        token_hash=token_hash,
        recipient=officer_code(ruling.who),
        message=f"{AT_ONCE}/{request.request}",
        expires=ruling.at + AT_ONCE_FOR,
        **ruling.fields(framework),
    )


def message_of(facts: Facts, link: LinkIssued) -> MessageReserved | None:
    """The email that brought a link."""
    return next((each for each in facts.of(MessageReserved) if each.message == link.message), None)


def holder_of(framework: Framework, link: LinkIssued) -> Officer | None:
    """The officer whose link it is; None for a partner's, and for that of somebody who is no officer any more."""
    officers = framework.partnership.officers
    return next((each for each in officers if link.recipient == officer_code(each.code)), None)


def opens(framework: Framework, facts: Facts, link: LinkIssued, officer_page: OfficerPage) -> bool:
    """Whether a link opens an officer's page. A partner's own opens the page on which is handed in."""
    if not is_officer(link.recipient):
        return officer_page is OfficerPage.HAND_IN
    if link.message.startswith(f"{AT_ONCE}/"):
        return officer_page is OfficerPage.HAND_IN and holder_of(framework, link) is not None
    message = message_of(facts, link)
    return message is not None and message.email == officer_page and holder_of(framework, link) is not None


def stop_officer_links(
    framework: Framework, facts: Facts, officer: str, ruling: Ruling
) -> list[LinkRevoked | SignedOut]:
    """Stop every link that still works and was mailed to an officer, and sign them out everywhere.

    They need be no officer any more.
    """
    fields = ruling.fields(framework)
    live = [each for each in LiveLinks(facts).at(ruling.at) if each.recipient == officer_code(officer)]
    stopped: list[LinkRevoked | SignedOut] = [
        LinkRevoked(request=each.request, token_hash=each.token_hash, **fields) for each in live
    ]
    if live_sessions(framework, facts, officer, ruling.at):
        stopped.append(SignedOut(officer=officer, **fields))
    if not stopped:
        known = ", ".join(each.code for each in framework.partnership.officers)
        raise RulingRefusedError(f"No link or session of “{officer}” works any more. The officers are: {known}.")
    return stopped
