"""The working day's run: reminders, chasers, escalations, answers, gaps and closes.

Wraps `quarterday.domain.collection.decision.what_is_due`. Alone: `python -m flows.chase_returns`
"""

from flows.performing.acting import act_on
from flows.performing.failing import watched
from flows.performing.process import installation
from flows.showing.artifacts import show_standing, show_today
from flows.showing.labels import collection_label, current_collection, label_run
from quarterday.adapters.mail.dispatch import settle_unfinished
from quarterday.domain.collection.actions import Action, CloseCollection, RecordGap, Send, SettleCollections
from quarterday.domain.collection.decision import what_is_due

OTHER_FLOWS = ("request", "thank-you", "pack-ready")


def chases_or_closes(action: Action) -> bool:
    """Whether an action is this flow's to perform."""
    if isinstance(action, Send):
        return action.rung not in OTHER_FLOWS
    return isinstance(action, RecordGap | CloseCollection | SettleCollections)


@watched("chase-returns")
def chase_returns() -> int:
    """Send what the ladder and the correspondence call for, and close what is over. Returns how many actions."""
    office = installation()
    today = office.today()
    plan = current_collection(office, office.open_facts(), today)
    label_run(office, "Chase returns", collection_label(plan), collection_label(plan))
    settle_unfinished(office)
    due = [action for action in what_is_due(office.framework, office.open_facts(), today) if chases_or_closes(action)]
    done = act_on(office, due)
    show_today(office, office.open_facts(), done, today)
    show_standing(office)
    return len(done)


if __name__ == "__main__":
    chase_returns()
