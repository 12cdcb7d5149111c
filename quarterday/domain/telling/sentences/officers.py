"""The audit listing's sentences for what officers do beside deciding about returns, time and releases."""

from textwrap import shorten

from quarterday.domain.collection.standing import LONDON
from quarterday.domain.facts import (
    EmailKept,
    IndicatorNoted,
    LimitsSet,
    MatterPutOff,
    MessageHastened,
    OfficerWrote,
    ReleaseHeld,
    UndoClosed,
    UndoOffered,
)
from quarterday.domain.framework.periods import say_date
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import sentence


@sentence.register
def _(fact: MessageHastened, names: Names) -> str:
    return f"The email {names.message(fact.message)} is to go at once."


@sentence.register
def _(fact: OfficerWrote, names: Names) -> str:
    words = shorten(fact.to_partner, 1000, placeholder=" …")
    return f"{names.of_request(fact.request)} was written to: “{words}”."


@sentence.register
def _(fact: MatterPutOff, _names: Names) -> str:
    return f"“{fact.matter}” is known, and is told of again on {say_date(fact.until)}."


@sentence.register
def _(fact: IndicatorNoted, names: Names) -> str:
    about = f"{fact.kind.capitalize()} on “{names.indicator(fact.indicator)}” for {names.period(fact.collection)}"
    words = shorten(fact.words, 1000, placeholder=" …")
    return f"{about}, signed {fact.signed}: “{words}”." if words else f"{about} was taken back."


@sentence.register
def _(fact: LimitsSet, names: Names) -> str:
    what = f"The limits of “{names.indicator(fact.indicator)}”"
    if not fact.holds:
        return f"{what} begin anew from {say_date(fact.from_day)} no longer."
    return f"{what} begin anew from {say_date(fact.from_day)}. Readers are told: “{fact.for_readers}”."


@sentence.register
def _(fact: ReleaseHeld, names: Names) -> str:
    return f"Version {fact.version} for {names.period(fact.collection)} is held back until an officer approves it."


@sentence.register
def _(fact: EmailKept, names: Names) -> str:
    return f"The words of the email {names.message(fact.message)} were kept."


@sentence.register
def _(fact: UndoOffered, _names: Names) -> str:
    return f"Nothing follows from it before {fact.until.astimezone(LONDON):%H:%M}: until then one press takes it back."


@sentence.register
def _(fact: UndoClosed, names: Names) -> str:
    if not fact.taken_back:
        return "A run goes on to what follows from it: one press takes it back no more."
    what = " ".join(sentence(each, names) for each in names.decided(fact))
    return f"Taken back, before anything followed: {what or 'a decision.'}"
