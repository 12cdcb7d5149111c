"""The audit listing's sentences for what officers do beside deciding about returns, time and releases."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from textwrap import shorten

from quarterday.domain.facts import (
    Fact,
    IndicatorNoted,
    LimitsSet,
    MatterPutOff,
    MessageHastened,
    OfficerWrote,
    ReleaseHeld,
)
from quarterday.domain.framework.periods import say_date


@dataclass(frozen=True)
class Names:
    """How the identifiers of facts are said, with the names that people know."""

    of_request: Callable[[str], str]
    message: Callable[[str], str]
    person: Callable[[str], str]
    period: Callable[[str], str]  # of a collection
    indicator: Callable[[str], str]


@singledispatch
def officers_sentence(fact: Fact, _names: Names) -> str:
    """What happened, in a sentence. Raises `NotImplementedError` for a fact that has none."""
    raise NotImplementedError(f"{type(fact).__name__} has no sentence")


@officers_sentence.register
def _(fact: MessageHastened, names: Names) -> str:
    return f"The email {names.message(fact.message)} is to go at once."


@officers_sentence.register
def _(fact: OfficerWrote, names: Names) -> str:
    words = shorten(fact.to_partner, 1000, placeholder=" …")
    return f"{names.of_request(fact.request)} was written to: “{words}”."


@officers_sentence.register
def _(fact: MatterPutOff, _names: Names) -> str:
    return f"“{fact.matter}” is known, and is told of again on {say_date(fact.until)}."


@officers_sentence.register
def _(fact: IndicatorNoted, names: Names) -> str:
    about = f"{fact.kind.capitalize()} on “{names.indicator(fact.indicator)}” for {names.period(fact.collection)}"
    words = shorten(fact.words, 1000, placeholder=" …")
    return f"{about}, signed {fact.signed}: “{words}”." if words else f"{about} was taken back."


@officers_sentence.register
def _(fact: LimitsSet, names: Names) -> str:
    what = f"The limits of “{names.indicator(fact.indicator)}”"
    if not fact.holds:
        return f"{what} begin anew from {say_date(fact.from_day)} no longer."
    return f"{what} begin anew from {say_date(fact.from_day)}. Readers are told: “{fact.for_readers}”."


@officers_sentence.register
def _(fact: ReleaseHeld, names: Names) -> str:
    return f"Version {fact.version} for {names.period(fact.collection)} is held back until an officer approves it."
