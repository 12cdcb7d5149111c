"""The audit listing tells every fact in a sentence, with names that people know."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from quarterday.domain.facts import (
    FACT_KINDS,
    CollectionOpened,
    ExtensionDecided,
    Fact,
    Facts,
    FileDeleted,
    LinkIssued,
    MessageHeld,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReleaseMade,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    Step,
    UploadKept,
    VerdictGiven,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.telling.audit import Teller, UnknownSubjectError, history
from tests.adapters.register.examples import plain_fact

WHO: dict[str, Any] = {"at": datetime(2025, 7, 8, 8, 0, tzinfo=UTC), "by": "quarterday", "partnership": "somewhere"}
COLLECTION = "somewhere.2025-26-q1"
FIRE, POLICE = f"{COLLECTION}.fire", f"{COLLECTION}.police"
OPENED = CollectionOpened(collection=COLLECTION, period_start=date(2025, 4, 1), period_end=date(2025, 6, 30), **WHO)
ASKED = RequestMade(
    collection=COLLECTION,
    request=FIRE,
    partner="fire",
    asked=("deliberate-fires",),
    withheld=(),
    due=date(2025, 7, 22),
    closes=date(2025, 8, 1),
    **WHO,
)
POLICE_ASKED = replace(ASKED, request=POLICE, partner="police")
BOOKED = MessageReserved(
    collection=COLLECTION,
    request=FIRE,
    message=f"{FIRE}/request/fire/contact",
    occasion="request",
    email="request",
    recipient="fire/contact",
    subject="Figures for April to June 2025",
    outbox_id="1",
    **WHO,
)
UPLOADED = UploadKept(
    request=FIRE,
    upload="u1",
    sha256="",
    size=12345,
    suffix=".xlsx",
    stored_as="uploads/u1",
    said_name="q1.xlsx",
    **{**WHO, "by": "fire/contact"},
)
RETURNED = ReturnReceived(request=FIRE, partner_return="R-1", kind=ReturnKind.FIGURES, upload="u1", **WHO)
RELEASED = ReleaseMade(
    collection=COLLECTION,
    version=1,
    kind="provisional",
    folder="",
    manifest_sha256="",
    returns=("R-1",),
    **WHO,
)
CONTEXT = (OPENED, ASKED, POLICE_ASKED, BOOKED, UPLOADED, RETURNED, RELEASED)


def told(framework: Framework, fact: Fact) -> str:
    """The sentence for a fact among the others."""
    return Teller(framework, Facts([*CONTEXT, fact])).what(fact)


@pytest.mark.parametrize("kind", FACT_KINDS)
def test_every_kind_of_fact_has_its_sentence(small: Framework, kind: type[Fact]) -> None:
    """Nothing on record is left untold, even with nothing known around it."""
    assert Teller(small, Facts()).what(plain_fact(kind)).endswith(".")


def test_sentences(small: Framework) -> None:
    """Facts are told as an officer would tell them."""
    reply = ReplyReceived(request=FIRE, reply="p1", kind=ReplyKind.NEEDS_TIME, until=date(2025, 8, 4), **WHO)
    verdict = VerdictGiven(
        request=FIRE,
        partner_return="R-1",
        verdict="queried",
        critical=2,
        warnings=1,
        notes=0,
        findings_stored_as="",
        **WHO,
    )
    link = LinkIssued(
        request=FIRE,
        token_hash="secret",
        recipient="fire/contact",
        message="m",
        expires=datetime(2025, 9, 12, 22, 59, tzinfo=UTC),
        **WHO,
    )
    sent = MessageSettled(message=BOOKED.message, outcome=Outcome.DELIVERED, step=Step.REPORTED, event="1", **WHO)
    more = ExtensionDecided(request=FIRE, granted=True, until=date(2025, 8, 4), reply="p1", **WHO)
    pairs = {
        "The collection for April to June 2025 was opened.": OPENED,
        "Fire Service was asked for 1 figure for April to June 2025, due 22 July 2025.": ASKED,
        "An email to the contact of Fire Service was booked: “Figures for April to June 2025” (request).": BOOKED,
        "The email “Figures for April to June 2025” to the contact of Fire Service arrived.": sent,
        "A link was made for the contact of Fire Service, good until 12 September 2025.": link,
        "Fire Service uploaded “q1.xlsx” (12 kB).": UPLOADED,
        "Fire Service sent its return R-1.": RETURNED,
        "Fire Service said that it needs more time, until 4 August 2025.": reply,
        "Fire Service was given time until 4 August 2025.": more,
        "Return R-1 of Fire Service was sent back by the checks (2 critical, 1 warning, 0 notes).": verdict,
        "Version 1 (provisional) for April to June 2025 was published from 1 return.": RELEASED,
    }

    assert list(pairs) == [told(small, fact) for fact in pairs.values()]


def test_who_and_why_and_when(small: Framework) -> None:
    """Each line has its moment in London, a name and a reason."""
    fact = ExtensionDecided(request=FIRE, granted=False, **{**WHO, "by": "jo", "reason": "the board meets on Thursday"})
    (entry,) = history(small, Facts([fact]))

    assert ("Tue 8 Jul 2025 09:00", "Jo Officer", "the board meets on Thursday") == (entry.when, entry.who, entry.why)


def test_one_partner(small: Framework) -> None:
    """A partner's listing has its requests, emails, files, returns and the releases they went into, and no other's."""
    held = MessageHeld(message=f"{FIRE}/first/2025-07-08/chase-1/fire/contact", **{**WHO, "by": "jo"})
    others = MessageHeld(message=f"{POLICE}/first/2025-07-01/chase-1/police/contact", **{**WHO, "by": "jo"})
    settled = MessageSettled(message=BOOKED.message, outcome=Outcome.SENT, step=Step.ANSWERED, attempt=1, **WHO)
    deleted = FileDeleted(stored_as="uploads/u1", sha256="", **WHO)
    facts = Facts([*CONTEXT, held, others, settled, deleted])
    expected = {Teller(small, facts).what(each) for each in (*CONTEXT[1:2], *CONTEXT[3:], held, settled, deleted)}

    assert expected == {each.what for each in history(small, facts, "fire")}
    assert 2 == len(history(small, facts, "police"))


def test_one_return(small: Framework) -> None:
    """A return's listing has its file, itself, its verdict, the emails about it and the releases it went into."""
    receipt = replace(BOOKED, message="receipt", occasion="receipt", subject="Your receipt", tells_of="R-1")
    facts = Facts([*CONTEXT, receipt])
    expected = {Teller(small, facts).what(each) for each in (UPLOADED, RETURNED, RELEASED, receipt)}

    assert expected == {each.what for each in history(small, facts, "R-1")}


def test_an_unknown_subject(small: Framework) -> None:
    """A name that nothing is filed under is told so, with what may be asked for."""
    with pytest.raises(UnknownSubjectError, match="The partners are: fire, police"):
        history(small, Facts(CONTEXT), "fier")


def test_no_token_and_no_address(small: Framework) -> None:
    """A listing may be passed on: neither a link's hash nor a colleague's address is in it."""
    link = LinkIssued(
        request=FIRE,
        token_hash="5e884898",
        recipient="fire/contact",
        message="m",
        expires=WHO["at"],
        **WHO,
    )
    colleague = ReplyReceived(
        request=FIRE,
        reply="p1",
        kind=ReplyKind.COLLEAGUE,
        colleague_name="Cy",
        colleague_email="cy@partner.example",
        **WHO,
    )
    text = " ".join(each.what for each in history(small, Facts([*CONTEXT, link, colleague])))

    assert "5e884898" not in text
    assert "@" not in text
