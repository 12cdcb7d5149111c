"""An officer's word that runs may go on: after a restore, or where the clock stands far ahead of the last record."""

from datetime import date

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import would_be_due
from quarterday.domain.collection.pausing import let_through, restored_and_not_looked_at
from quarterday.domain.facts import Facts, GoingOnConfirmed
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_day
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError


def confirm_going_on(framework: Framework, facts: Facts, ruling: Ruling, today: date) -> GoingOnConfirmed:
    """Let runs go on. Refused where nothing waits for it."""
    fields = ruling.fields(framework)
    if not what_waits(framework, facts, today):
        raise RulingRefusedError(f"Nothing waits for this on {say_day(today)}: runs go on by themselves.")
    return GoingOnConfirmed(**fields)


def what_waits(framework: Framework, facts: Facts, today: date) -> str:
    """Why runs wait for an officer, and for how much, in a sentence; empty where they do not."""
    due = would_be_due(framework, facts, today)
    waiting = len(due) - len(let_through(facts, due, today))
    emails = sum(isinstance(each, Send) for each in due)
    if restored := restored_and_not_looked_at(facts):
        return (
            f"The register was put back from the backup of {restored.taken_at}, and what went out since is not on "
            f"record. Nothing goes out until somebody has looked: {emails} email(s) and {len(due) - emails} other "
            "action(s) would."
        )
    if waiting:
        return (
            f"The clock says {say_day(today)}, and nothing was recorded for weeks before. Is that the date? Nothing is "
            f"closed or published before somebody says so: {waiting} action(s) wait."
        )
    return ""
