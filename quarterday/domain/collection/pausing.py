"""What a run asks before it does: after a restore nothing goes out, and across a leap in time nothing closes.

A clock that is far ahead would close a quarter that is going on and publish it without figures, which nobody can take
back; and a restored register does not know what went out after its backup was made.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from quarterday.domain.collection.actions import Action, CloseCollection, Publish, RecordGap
from quarterday.domain.collection.promised import binding_of
from quarterday.domain.facts import CollectionOpened, Facts, GoingOnConfirmed, RegisterRestored

A_WEEK = timedelta(days=7)
FAR = timedelta(days=45)  # longer than a collection is quiet from its opening to its close where nobody can be asked


def restored_and_not_looked_at(facts: Facts) -> RegisterRestored | None:
    """The last restoring, where no officer has confirmed since that runs may go on."""
    restored = facts.of(RegisterRestored)
    if not restored or any(each.at > restored[-1].at for each in facts.of(GoingOnConfirmed)):
        return None
    return restored[-1]


def leap(facts: Facts, collection: str, today: date) -> datetime | None:
    """When the last was recorded before weeks without a record in a collection; None where an officer knows.

    What was recorded of others does not count: once they are at rest most runs read nothing of them, and all must see
    the same leap. Nor do weeks for which nothing was planned: whoever is asked long before the rest waits for them.
    """
    opened = facts.about(collection, CollectionOpened)
    if not opened:
        return None
    now = datetime.combine(today, time(), UTC)
    moments = sorted(each.at for each in facts.by_collection()[collection] if each.at >= opened[0].at)
    confirmed = [each.at for each in facts.of(GoingOnConfirmed)]
    for before, after in pairwise([*moments, max(now, moments[-1])]):
        quiet = after - before > FAR and _passed_over(facts, collection, before, after)
        if quiet and not any(each > before for each in confirmed):
            return before
    return None


def _passed_over(facts: Facts, collection: str, before: datetime, after: datetime) -> bool:
    """Whether a request, a due date or the close lay between two records, and no run came in the week after it."""
    bound = binding_of(facts, collection)
    if bound is None:
        return True
    planned = (bound.due, bound.closes, *(day for _, day in (*bound.request_on, *bound.due_on)))
    return any(before.date() < day and day + A_WEEK < after.date() for day in planned)


def let_through(facts: Facts, due: Iterable[Action], today: date) -> list[Action]:
    """What of the actions due may be done without an officer's word."""
    if restored_and_not_looked_at(facts):
        return []
    actions = list(due)
    ending = {str(getattr(each, "collection", "")) for each in actions if _ends(each)}
    leapt = {each for each in ending if leap(facts, each, today)}
    return [each for each in actions if not (_ends(each) and getattr(each, "collection", "") in leapt)]


def _ends(action: Action) -> bool:
    """Whether an action closes a collection or publishes it for the first time."""
    return isinstance(action, RecordGap | CloseCollection) or (isinstance(action, Publish) and action.version == 1)
