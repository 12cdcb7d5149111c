"""The audit listing's sentences for officers who sign in."""

from quarterday.domain.facts import SignedIn, SignedOut, SignInAsked, SignInTried
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import ordinal, sentence


@sentence.register
def _(fact: SignInAsked, names: Names) -> str:
    return f"A link and a code for {names.person(fact.officer)} to sign in were asked for."


@sentence.register
def _(fact: SignInTried, _names: Names) -> str:
    return f"A code to sign in was typed, for the {ordinal(fact.number)} time."


@sentence.register
def _(fact: SignedIn, names: Names) -> str:
    return f"{names.person(fact.officer)} signed in."


@sentence.register
def _(fact: SignedOut, names: Names) -> str:
    where = "" if fact.session else " everywhere"
    return f"{names.person(fact.officer)} was signed out{where}."
