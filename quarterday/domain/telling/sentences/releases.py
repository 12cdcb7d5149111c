"""The audit listing's sentences for releases."""

from quarterday.domain.facts import PreReleaseGiven, ReleaseApproved, ReleaseMade, ReleaseWithdrawn
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import said, sentence


@sentence.register
def _(fact: ReleaseMade, names: Names) -> str:
    made_from = names.made_from(fact)
    return f"Version {fact.version} ({fact.kind}) for {names.period(fact.collection)} was published from {made_from}."


@sentence.register
def _(fact: ReleaseApproved, names: Names) -> str:
    made_from = names.made_from(fact)
    return f"Version {fact.version} for {names.period(fact.collection)} was approved, made from {made_from}."


@sentence.register
def _(fact: ReleaseWithdrawn, names: Names) -> str:
    told = said(fact.for_readers, "Readers are told")
    return f"Version {fact.version} for {names.period(fact.collection)} was withdrawn.{told}"


@sentence.register
def _(fact: PreReleaseGiven, names: Names) -> str:
    whom = f"{fact.name} ({fact.post})"
    return f"{whom} was given access to version {fact.version} for {names.period(fact.collection)} before publication."
