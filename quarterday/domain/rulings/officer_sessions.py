"""Officers who sign in: who may be let in by what, how long a session lasts, and what ends it everywhere at once.

Pure: tokens come in as hashes. All of it is on record, so that every process that serves pages knows the same.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from quarterday.domain.facts import Facts, SignedIn, SignedOut, SignInAsked, SignInTried
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Officer

CODE_LIFE = timedelta(minutes=10)
SESSION_LIFE = timedelta(hours=10)  # a working day: whoever comes in the next morning signs in
IDLE_LIFE = timedelta(hours=1)  # as long as a partner's code shows what was sent before
TRIES = 5  # codes typed after which an asking is over
ASKED_AT_MOST = 5  # askings of one officer in an hour


def officer_at(framework: Framework, email: str) -> Officer | None:
    """The officer whose address it is, however it is written."""
    said = email.strip().casefold()
    return next((each for each in framework.partnership.officers if each.email.casefold() == said), None)


def officer_with_account(framework: Framework, names: Collection[str], addresses: Sequence[str]) -> Officer | None:
    """The officer whose account at work it is: by what its provider calls it for ever, else by its first known address.

    An officer whose account is named in `config/` is found by no address.
    """
    officers = framework.partnership.officers
    if named := next((each for each in officers if each.account and each.account in names), None):
        return named
    found = (officer_at(framework, each) for each in addresses)
    return next((each for each in found if each and not each.account), None)


def officer_called(framework: Framework, code: str) -> Officer | None:
    """The officer of that code; None for one who has left `config/`."""
    return next((each for each in framework.partnership.officers if each.code == code), None)


def may_ask(facts: Facts, officer: Officer, now: datetime) -> bool:
    """Whether another code may be mailed: nobody fills an officer's mailbox, nor guesses for ever."""
    lately = [each for each in facts.of(SignInAsked) if each.officer == officer.code]
    return sum(now - each.at < timedelta(hours=1) for each in lately) < ASKED_AT_MOST


def open_asking(facts: Facts, asked: str, now: datetime) -> SignInAsked | None:
    """The asking that a link's token belongs to, while it can still let somebody in."""
    found = facts.about(asked, SignInAsked)
    if not found or now >= found[0].expires or len(facts.about(asked, SignInTried)) >= TRIES:
        return None
    return None if any(each.let_in_by == asked for each in facts.of(SignedIn)) else found[0]


def next_try(facts: Facts, asking: SignInAsked, now: datetime) -> SignInTried:
    """The try to record before a code is compared."""
    number = len(facts.about(asking.asked, SignInTried)) + 1
    return SignInTried(at=now, by=asking.officer, partnership=asking.partnership, asked=asking.asked, number=number)


def begin_session(officer: Officer, partnership: str, *, session: str, let_in_by: str, now: datetime) -> SignedIn:
    """The session of whoever was let in."""
    return SignedIn(
        at=now,
        by=officer.code,
        partnership=partnership,
        officer=officer.code,
        session=session,
        let_in_by=let_in_by,
        expires=now + SESSION_LIFE,
    )


def session_of(framework: Framework, facts: Facts, session: str, now: datetime) -> tuple[SignedIn, Officer] | None:
    """The session and its officer, while neither the day, a sign-out nor `config/` has ended it."""
    found = facts.about(session, SignedIn)
    if not found or now >= found[0].expires:
        return None
    begun = found[0]
    ended = any(
        each.session == session or (not each.session and each.at >= begun.at)
        for each in facts.about(begun.officer, SignedOut)
    )
    officer = officer_called(framework, begun.officer)
    return (begun, officer) if officer and not ended else None


def live_sessions(framework: Framework, facts: Facts, officer: str, now: datetime) -> list[SignedIn]:
    """The sessions of an officer, whether or not they are one still, that nothing has ended."""
    begun = [each for each in facts.of(SignedIn) if each.officer == officer]
    return [each for each in begun if session_of(framework, facts, each.session, now)]
