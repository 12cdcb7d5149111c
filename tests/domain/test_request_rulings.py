"""Officers' decisions: who and why are required, and what contradicts is refused."""

from datetime import date

import pytest

from quarterday.domain.collection.decision import coming_keys
from quarterday.domain.facts import ReplyKind, ReplyReceived
from quarterday.domain.rulings.request_rulings import (
    Ruling,
    RulingRefusedError,
    hold_email,
    record_gap,
    request_of_quarter,
    waive_request,
)
from quarterday.domain.rulings.return_rulings import accept_return
from quarterday.domain.rulings.time_rulings import decide_extension
from tests.domain.lived import a_return, a_verdict, at, days, walk

FIRE = "somewhere.2025-26-q1.fire"


@pytest.fixture
def asked(small):
    """The facts once both partners were asked."""
    return walk(small, days(date(2025, 6, 30), date(2025, 7, 9)))[0]


def ruling(day: int = 16) -> Ruling:
    """Jo decides on a day of July."""
    return Ruling("jo", "they told us early", at(date(2025, 7, day)))


def needs_time() -> ReplyReceived:
    """“We need until the 29th.”"""
    return ReplyReceived(
        partnership="somewhere",
        request=FIRE,
        reply="P1",
        kind=ReplyKind.NEEDS_TIME,
        until=date(2025, 7, 29),
        at=at(date(2025, 7, 15)),
        by="fire/contact",
    )


def test_granting_takes_the_date_the_partner_named(small, asked):
    """Without a date of the officer's own, the partner's holds."""
    facts = asked.plus(needs_time())
    granted = decide_extension(
        small, facts, request_of_quarter(small, facts, "2025-26 Q1", "fire"), ruling(), grant=True, until=None
    )

    assert (True, date(2025, 7, 29), "P1") == (granted.granted, granted.until, granted.reply)


def test_only_officers_decide_and_they_say_why(small, asked):
    """Neither a stranger nor silence is recorded."""
    request = request_of_quarter(small, asked, "2025-26 Q1", "fire")

    with pytest.raises(RulingRefusedError, match="is not an officer"):
        waive_request(small, asked, request, Ruling("sam", "because", at(date(2025, 7, 16))))
    with pytest.raises(RulingRefusedError, match="Say why"):
        waive_request(small, asked, request, Ruling("jo", " ", at(date(2025, 7, 16))))


def test_personal_data_is_never_accepted(small, asked):
    """A quarantined return stays out whoever asks."""
    received = a_return(FIRE, date(2025, 7, 15))
    facts = asked.plus(received, a_verdict(received, "quarantined", rows_stored_as="x"))

    with pytest.raises(RulingRefusedError, match="personal data"):
        accept_return(small, facts, request_of_quarter(small, facts, "2025-26 Q1", "fire"), ruling())


def test_a_queried_return_may_be_accepted_with_caveats(small, asked):
    """The officer's word comes after the checks' and bears their name."""
    received = a_return(FIRE, date(2025, 7, 15))
    facts = asked.plus(received, a_verdict(received, "queried", rows_stored_as="rows"))
    given = accept_return(small, facts, request_of_quarter(small, facts, "2025-26 Q1", "fire"), ruling())

    assert ("accepted with caveats", "jo") == (given.verdict, given.overrides)


@pytest.mark.parametrize(
    ("quarter", "partner", "said"),
    [("2025 Q1", "fire", "2025-26 Q1"), ("2025-26 Q1", "navy", "no partner"), ("2025-26 Q2", "fire", "not been asked")],
)
def test_a_mistyped_quarter_or_partner_says_what_would_do(small, asked, quarter, partner, said):
    """The form is flat text, so mistakes are told in words."""
    with pytest.raises(RulingRefusedError, match=said):
        request_of_quarter(small, asked, quarter, partner)


def test_a_gap_needs_an_indicator_that_was_asked_and_an_owner(small, asked):
    """Neither can be made up."""
    request = request_of_quarter(small, asked, "2025-26 Q1", "fire")

    with pytest.raises(RulingRefusedError, match="was not asked"):
        record_gap(small, asked, request, ruling(), indicator="robberies", owner="Jo", expected=None)
    with pytest.raises(RulingRefusedError, match="who owns"):
        record_gap(small, asked, request, ruling(), indicator="deliberate-fires", owner=" ", expected=None)


def test_an_email_that_has_gone_cannot_be_held(small, asked):
    """Holding comes before sending."""
    key = next(iter(asked.reserved()))

    with pytest.raises(RulingRefusedError, match="already gone"):
        hold_email(small, asked, key, ruling(), hold=True)


def test_an_email_is_held_by_its_key_and_let_go(small, asked):
    """A key that is no email's names those that are; who holds it is named where it is held again."""
    with pytest.raises(RulingRefusedError, match=r"The next are: somewhere\.2025-26-q1\.police"):
        hold_email(small, asked, "reminder", ruling(), hold=True)
    (key, *_) = coming_keys(small, asked, date(2025, 7, 16))
    held = asked.plus(hold_email(small, asked, f" {key} ", ruling(), hold=True))

    with pytest.raises(RulingRefusedError, match="jo holds that email since 16 July 2025"):
        hold_email(small, held, key, ruling(), hold=True)
    with pytest.raises(RulingRefusedError, match=f"Held are: {key}"):
        hold_email(small, held, "another", ruling(), hold=False)
    assert key not in coming_keys(small, held, date(2025, 7, 16))
    assert not hold_email(small, held, key, ruling(), hold=False).held
