"""Opens collections and asks partners: wraps `quarterday.domain.collection.decision.what_is_due`.

Alone: `python -m flows.open_collection`
"""

from flows.performing.acting import act_on
from flows.performing.failing import watched
from flows.performing.process import this_installation
from flows.showing.artifacts import show_standing
from flows.showing.labels import label_work
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.runs import Run, run_of


@watched("open-collection")
def open_collection() -> int:
    """Open each collection on its day and send each partner its one request. Returns how many actions it performed."""
    installation = this_installation()
    today = installation.today()
    due = [
        action
        for action in what_is_due(installation.framework, installation.facts(), today)
        if run_of(action) is Run.OPEN
    ]
    label_work(installation, "Open collection", due, today)
    done = act_on(installation, due)
    show_standing(installation)
    return len(done)


if __name__ == "__main__":
    open_collection()
