"""The working day's run: reminders, chasers, escalations, answers, gaps and closes.

Wraps `quarterday.domain.collection.decision.what_is_due`. Alone: `python -m flows.chase_returns`
"""

from flows.performing.acting import act_on
from flows.performing.coming_back import come_back
from flows.performing.failing import watched
from flows.performing.process import this_installation
from flows.showing.artifacts import show_standing
from flows.showing.labels import label_work
from quarterday.adapters.heartbeat import beat
from quarterday.adapters.mail.dispatch import settle_unfinished
from quarterday.adapters.undo_offers import facts_to_act_on
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.runs import Run, run_of


@watched("chase-returns")
def chase_returns() -> int:
    """Send what the ladder and the correspondence call for, and close what is over. Returns how many actions.

    Last, whoever listens outside hears that it succeeded.
    """
    installation = this_installation()
    today = installation.today()
    facts = facts_to_act_on(installation)
    if settle_unfinished(installation):
        facts = installation.facts()
    due = [action for action in what_is_due(installation.framework, facts, today) if run_of(action) is Run.CHASE]
    label_work(installation, "Chase returns", due, today)
    done = act_on(installation, due)
    come_back(installation, Run.CHASE)
    show_standing(installation)
    beat(installation.settings)
    return len(done)


if __name__ == "__main__":
    chase_returns()
