"""Recording an officer's decision: the facts, and a run named after what was decided."""

from collections.abc import Sequence

from prefect.states import Completed, State

from flows.labels import label_run
from flows.office import installation
from quarterday.facts import Fact


def record(what: str, partner: str, quarter: str, facts: Sequence[Fact], then: str = "") -> State:
    """Append the decision's facts and name the run after it; `then` says what follows, in a sentence."""
    office = installation()
    label_run(office, what, " · ".join(part for part in (partner, quarter) if part), quarter, partner)
    office.register.append(*facts)
    return Completed(name="Recorded", message=f"{what}: recorded. {then}".strip())
