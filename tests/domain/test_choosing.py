"""Facts about narrowing a listing: to a quarter, to days in London, to what officers decided."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from quarterday.domain.facts import (
    Fact,
    Facts,
    FileDeleted,
    LinkIssued,
    LinkRevoked,
    MessageHeld,
    ReleaseWithdrawn,
    SignedIn,
    WordsRead,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.telling.audit import history
from quarterday.domain.telling.choosing import Chosen
from tests.domain.test_audit import ASKED, BOOKED, COLLECTION, CONTEXT, FIRE, WHO

NEXT = "somewhere.2025-26-q2"
JO = {**WHO, "by": "jo"}
NEXT_ASKED = replace(ASKED, collection=NEXT, request=f"{NEXT}.fire")
LINK = LinkIssued(request=FIRE, token_hash="aa", recipient="fire/contact", message=BOOKED.message, expires=None, **WHO)


@pytest.mark.parametrize(
    "fact",
    [
        MessageHeld(message=f"{FIRE}/first/2025-07-08/chase-1/fire/contact", **JO),
        FileDeleted(stored_as="uploads/u1", sha256="", **WHO),
        WordsRead(collection=COLLECTION, partner_return="R-1", indicator="deliberate-fires", publish=True, **JO),
        ReleaseWithdrawn(collection=COLLECTION, version=1, **JO),
        LinkRevoked(request=FIRE, token_hash="aa", **JO),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_of_a_quarter(small: Framework, fact: Fact) -> None:
    """What names a quarter's request, email, file or return is of that quarter and of no other."""
    facts = Facts([*CONTEXT, LINK, NEXT_ASKED, fact])

    assert [*CONTEXT, LINK, fact] == sorted(Chosen(COLLECTION).of(small, facts), key=[*CONTEXT, LINK, fact].index)
    assert [NEXT_ASKED] == Chosen(NEXT).of(small, facts)


def test_days_are_londons(small: Framework) -> None:
    """Half an hour before a summer's midnight in UTC it is the next day in London; both days named are included."""
    late = replace(ASKED, at=datetime(2025, 7, 8, 23, 30, tzinfo=UTC))
    facts = Facts([late])

    assert [late] == Chosen(since=date(2025, 7, 9), until=date(2025, 7, 9)).of(small, facts)
    assert [] == Chosen(until=date(2025, 7, 8)).of(small, facts)
    assert [] == Chosen(since=date(2025, 7, 10)).of(small, facts)


def test_only_what_officers_decided(small: Framework) -> None:
    """Neither what the machinery does nor an officer's signing in is a decision."""
    held = MessageHeld(message=f"{FIRE}/first/2025-07-08/chase-1/fire/contact", **JO)
    signed_in = SignedIn(officer="jo", session="s", let_in_by="code", expires=datetime(2025, 7, 9, tzinfo=UTC), **JO)
    facts = Facts([*CONTEXT, signed_in, held])

    assert [held] == Chosen(decisions=True).of(small, facts)
    assert ["Jo Officer"] == [each.who for each in history(small, facts, "fire", Chosen(decisions=True))]
