"""Officers' decisions as flows: recorded in a run named after what was decided, or refused in a sentence."""

import inspect
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import NamedTuple, ParamSpec

from prefect import Flow
from prefect.states import Cancelled, Completed, State

from flows.performing.failing import REFUSED, watched
from flows.performing.process import this_installation
from flows.showing.artifacts import show_standing
from flows.showing.labels import label_run
from quarterday.adapters.register import AlreadyRecorded, Register
from quarterday.domain.collection.binding import framework_of, plan_for
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Fact, Facts, RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, request_of_quarter
from quarterday.domain.rulings.time_rulings import what_the_date_means
from quarterday.domain.telling.decided_before import decided_before

P = ParamSpec("P")

# What each form says of what most of them ask; a form's own docstring describes the rest, or says these in its own way.
_ASKED_BY_MOST = {
    "quarter": "such as 2025-26 Q1",
    "partner": "the partner's code, as in config/partners.yaml",
    "who": "who decides: an officer's code, as in config/partnership.yaml",
    "why": "the reason, in a few words; it is kept with the decision and stays inside",
    "say_to_the_partner": "goes into the email to the partner; empty for nothing beside the decision",
}


def decision(name: str) -> Callable[[Callable[P, State]], Flow[P, State]]:
    """A flow that takes a decision. One that cannot be taken ends as “Refused”, its message the sentence that says why.

    No stack of calls is shown for it and no dashboard turns red: nothing is broken.
    """

    def made(decide: Callable[P, State]) -> Flow[P, State]:
        @wraps(decide)
        def take(*args: P.args, **kwargs: P.kwargs) -> State:
            try:
                return decide(*args, **kwargs)
            except RulingRefusedError as refused:
                label_run(this_installation(), f"Refused · {name}", "")
                return Cancelled(name=REFUSED, message=str(refused))

        take.__doc__ = described(decide)
        return watched(name)(take)

    return made


def described(decide: Callable[..., State]) -> str:
    """A form's docstring with all that it asks, in order. Raises `KeyError` for what nobody describes."""
    said, _, args = (inspect.getdoc(decide) or "").partition("\n\nArgs:\n")
    own = dict(line.strip().split(": ", 1) for line in args.splitlines())
    asked = [f"    {each}: {own.get(each) or _ASKED_BY_MOST[each]}" for each in inspect.signature(decide).parameters]
    return f"{said}\n\nArgs:\n" + "\n".join(asked)


class AtHand(NamedTuple):
    """What a decision about a request is taken on, in the order in which `request_rulings` asks for it."""

    framework: Framework
    facts: Facts
    request: RequestMade
    ruling: Ruling


def at_hand(quarter: str, partner: str, who: str, why: str, say: str = "") -> AtHand:
    """The request that is decided about, the facts as they are now, and who decides. Raises `RulingRefusedError`."""
    installation = this_installation()
    facts = installation.facts()
    request = request_of_quarter(installation.framework, facts, quarter, partner)
    return AtHand(
        framework_of(installation.framework, facts, request.collection),
        facts,
        request,
        Ruling(who, why, installation.now(), say),
    )


def what_it_means(on: AtHand, until: date | None) -> str:
    """What follows from a date that a partner was given, for the officer who gave it."""
    plan = plan_for(on.framework, on.facts, on.request.collection)
    if until is None or plan is None:
        return ""
    return " ".join(what_the_date_means(on.framework, plan, on.request, until, london_day(on.ruling.at)))


def record(what: str, partner: str, quarter: str, facts: Sequence[Fact], then: str = "") -> State:
    """Append the decision's facts and name the run after it; `then` says what follows, in a sentence.

    Raises `RulingRefusedError` where the very same stands already: somebody was quicker, or it was asked for twice.
    """
    installation = this_installation()
    label_run(installation, what, " · ".join(part for part in (partner, quarter) if part), quarter, partner)
    try:
        installation.register.append(*facts)
    except AlreadyRecorded as known:
        raise RulingRefusedError(_said_already(installation.register, known.facts[0])) from known
    show_standing(installation)
    before = _before(facts)
    said = " ".join(each for each in (f"{what}: recorded.", then, before) if each)
    return Completed(name="Recorded", message=said)


def _before(decided: Sequence[Fact]) -> str:
    """Who had decided otherwise, and when: the latest decision holds, and whoever takes it should know of the last."""
    house, known = this_installation().framework, this_installation().facts()
    return next((said for each in decided if (said := decided_before(house, known, each))), "")


def _said_already(register: Register, fact: Fact) -> str:
    """Who decided the same before, and when, so that whoever decides now knows that nothing is left to do."""
    stands = register.find(type(fact), fact.key)
    assert stands, "the register refused a fact that it does not hold"
    return (
        f"{stands.by} has already decided exactly this, on {say_date(london_day(stands.at))}. It holds; nothing was "
        "recorded a second time. If you meant something else, run this again with what should hold now."
    )
