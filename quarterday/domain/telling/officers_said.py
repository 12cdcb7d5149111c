"""The audit listing's sentences for what officers do beside deciding about returns, time and releases."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch
from textwrap import shorten

from quarterday.domain.facts import Fact, MatterPutOff, MessageHastened, OfficerWrote
from quarterday.domain.framework.periods import say_date


@dataclass(frozen=True)
class Names:
    """How the identifiers of facts are said, with the names that people know."""

    of_request: Callable[[str], str]
    message: Callable[[str], str]
    person: Callable[[str], str]


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
