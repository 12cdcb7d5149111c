"""Who is let in as an officer, for how long, and what ends it; and what each may decide."""

from datetime import UTC, datetime, timedelta

import pytest

from quarterday.domain.facts import Facts, SignedOut, SignInAsked
from quarterday.domain.framework.partners import Duty, Officer
from quarterday.domain.rulings import officer_sessions as sessions
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.domain.conftest import framework

NOON = datetime(2025, 7, 15, 12, 0, tzinfo=UTC)
ASKED = SignInAsked(
    at=NOON,
    by="jo",
    partnership="somewhere",
    officer="jo",
    asked="asked",
    code_hash="code",
    expires=NOON + timedelta(minutes=10),
)


def begun(small, at=NOON, session="session", let_in_by="asked"):
    return sessions.begin_session(
        small.partnership.officers[0], "somewhere", session=session, let_in_by=let_in_by, now=at
    )


def test_an_asking_lets_in_once_within_ten_minutes(small):
    """Used, run out, or tried five times in vain: it lets nobody in."""
    facts = Facts([ASKED])
    tried = facts
    for _ in range(sessions.TRIES):
        tried = tried.plus(sessions.next_try(tried, ASKED, NOON))

    assert ASKED == sessions.open_asking(facts, "asked", NOON)
    assert sessions.open_asking(facts, "asked", NOON + timedelta(minutes=10)) is None
    assert sessions.open_asking(facts.plus(begun(small)), "asked", NOON) is None
    assert sessions.open_asking(tried, "asked", NOON) is None
    assert sessions.open_asking(facts, "another", NOON) is None


def test_a_session_lasts_a_working_day(small):
    """Whoever comes back the next morning signs in again."""
    facts = Facts([begun(small)])

    assert sessions.session_of(small, facts, "session", NOON + timedelta(hours=9, minutes=59))
    assert sessions.session_of(small, facts, "session", NOON + timedelta(hours=10)) is None
    assert sessions.session_of(small, facts, "somebody else's", NOON) is None


def test_a_session_ends_when_its_officer_signs_out_or_is_signed_out_everywhere(small):
    """One sign-out ends one session; one without a session ends all that had begun by then, and no later one."""
    facts = Facts([begun(small), begun(small, session="other", let_in_by="other")])
    out = SignedOut(at=NOON, by="jo", partnership="somewhere", officer="jo", session="session")
    everywhere = SignedOut(at=NOON + timedelta(minutes=1), by="jo", partnership="somewhere", officer="jo")
    later = NOON + timedelta(minutes=2)
    again = begun(small, later, "again", "again")

    assert ["other"] == [each.session for each in sessions.live_sessions(small, facts.plus(out), "jo", NOON)]
    assert [] == sessions.live_sessions(small, facts.plus(everywhere), "jo", later)
    assert sessions.session_of(small, facts.plus(everywhere, again), "again", later)


def test_a_session_ends_when_its_officer_leaves_the_configuration(small):
    """Nobody need remember to sign them out."""
    someone_else = Officer(code="sam", name="Sam Officer", email="sam@somewhere.example")
    left = framework(partnership=small.partnership.model_copy(update={"officers": (someone_else,)}))

    assert sessions.session_of(left, Facts([begun(small)]), "session", NOON) is None


def test_codes_are_mailed_five_times_an_hour_at_most(small):
    """Nobody fills an officer's mailbox."""
    jo = small.partnership.officers[0]
    asked = [
        SignInAsked(**{**vars(ASKED), "asked": str(number), "at": NOON + timedelta(minutes=number)})
        for number in range(sessions.ASKED_AT_MOST)
    ]

    assert sessions.may_ask(Facts(asked[:-1]), jo, NOON + timedelta(minutes=9))
    assert not sessions.may_ask(Facts(asked), jo, NOON + timedelta(minutes=9))
    assert sessions.may_ask(Facts(asked), jo, NOON + timedelta(minutes=61))


def test_an_officer_is_known_by_their_address_however_it_is_written(small):
    """Capitals and blanks are no reason to turn an officer away."""
    assert "jo" == sessions.officer_at(small, " Jo@Somewhere.Example ").code
    assert sessions.officer_at(small, "nobody@somewhere.example") is None


def test_an_officer_decides_what_the_configuration_says(small):
    """The refusal names who may; an officer without duties looks and decides nothing."""
    jo = small.partnership.officers[0]
    looker = Officer(code="lou", name="Lou Looker", email="lou@somewhere.example", may=())
    known = framework(partnership=small.partnership.model_copy(update={"officers": (jo, looker)}))

    assert "jo" == Ruling("jo", "They rang.", NOON).fields(known, Duty.RELEASES)["by"]
    with pytest.raises(RulingRefusedError, match=r"Lou Looker may not decide this\. Who may: Jo Officer"):
        Ruling("lou", "They rang.", NOON).fields(known)
