"""The actions that boards set: who does what until when, how it goes, and which are overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from quarterday.domain.facts import ActionSet, ActionState, ActionTold, Facts


@dataclass(frozen=True)
class AgreedAction:
    """An action as it stands: what was set, and everything that was told of it, oldest first."""

    set: ActionSet
    told: tuple[ActionTold, ...] = ()

    @property
    def state(self) -> ActionState | None:
        """How it goes in the last word; None where there is none."""
        return self.told[-1].state if self.told else None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (None, ActionState.GOING_ON)

    def overdue(self, today: date) -> bool:
        """Whether its day has passed and nobody has told that it is done."""
        return self.open and self.set.due < today


def agreed_actions(facts: Facts) -> dict[str, AgreedAction]:
    """Every action as it stands, by its id, the oldest first."""
    told: dict[str, list[ActionTold]] = {}
    for each in facts.going_on.of(ActionTold):
        told.setdefault(each.action, []).append(each)
    found = (AgreedAction(each, tuple(told.get(each.action, ()))) for each in facts.going_on.of(ActionSet))
    return {each.set.action: each for each in found}


def open_actions(actions: Iterable[AgreedAction], owners: Iterable[str] = ()) -> tuple[AgreedAction, ...]:
    """The actions still to be done, of some owners where any are named, the earliest due first."""
    codes = frozenset(owners)
    wanted = (each for each in actions if each.open and (not codes or each.set.owner in codes))
    return tuple(sorted(wanted, key=lambda each: (each.set.due, each.set.action)))
