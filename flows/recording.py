"""Recording an officer's decision: the facts, and a run named after what was decided."""

from collections.abc import Sequence
from typing import NamedTuple

from prefect.states import Completed, State

from flows.artifacts import show_standing
from flows.labels import label_run
from flows.office import installation
from quarterday.facts import Fact, Facts, RequestMade
from quarterday.framework import Framework
from quarterday.rulings import Ruling, request_of


class AtHand(NamedTuple):
    """What a decision about a request is taken on, in the order in which `quarterday.rulings` asks for it."""

    framework: Framework
    facts: Facts
    request: RequestMade
    ruling: Ruling


def at_hand(quarter: str, partner: str, who: str, why: str) -> AtHand:
    """The request that is decided about, the facts as they are now, and who decides. Raises `RulingRefusedError`."""
    office = installation()
    framework, facts = office.framework, office.facts()
    return AtHand(framework, facts, request_of(framework, facts, quarter, partner), Ruling(who, why, office.now()))


def record(what: str, partner: str, quarter: str, facts: Sequence[Fact], then: str = "") -> State:
    """Append the decision's facts and name the run after it; `then` says what follows, in a sentence."""
    office = installation()
    label_run(office, what, " · ".join(part for part in (partner, quarter) if part), quarter, partner)
    office.register.append(*facts)
    show_standing(office)
    return Completed(name="Recorded", message=f"{what}: recorded. {then}".strip())
