"""A partner sends half of its figures early: its date never moves earlier, and the rest ends the matter."""

from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    half = quarter.plays(quarter.partner("wrong then right"), "silent")
    due = quarter.plan.due
    quarter.until(quarter.workday(quarter.plan.request_on[half], 1))
    quarter.visit(half, Deed.SEND_PART)
    quarter.expect("one part is accepted", 1, len(quarter.stands(half).accepted))
    awaited = quarter.awaited(half)
    quarter.is_so("the rest is awaited no earlier than was told", awaited and awaited >= due, awaited)
    open_title = quarter.promised.indicator[quarter.request(half).asked[-1]].title
    quarter.tells_once(half, "receipt", open_title, awaited)

    quarter.until(due)
    quarter.none("no reminder of what has come", told(quarter.emails("reminder", "chaser-1", partner=half)))
    quarter.visit(half, Deed.SEND_REST)
    quarter.expect("nothing is awaited any more", None, quarter.awaited(half))
    quarter.to_the_end()
    quarter.publishes(half)
