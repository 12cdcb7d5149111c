"""The facts that a run acts on: it first closes each offer to take a decision back whose time is over."""

from quarterday.adapters.installation import Installation
from quarterday.domain.collection.undo import to_close
from quarterday.domain.facts import Facts


def facts_to_act_on(installation: Installation) -> Facts:
    """The facts, with every offer closed that a run may close now.

    What an officer took back at the very moment stays taken back: the register holds one end of each offer.
    """
    facts = installation.facts()
    over = to_close(facts.going_on, installation.framework.calendar, installation.now())
    if not over:
        return facts
    installation.register.append_new(*over)
    return installation.facts()
