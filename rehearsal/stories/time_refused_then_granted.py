"""More time is refused, then granted on a better word: each is told in turn, and the date that was granted holds."""

from flows.request_decisions import decide_extension
from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    busy = quarter.plays(quarter.partner("needs time"), "silent")
    quarter.play.officer_grants = False
    due = quarter.plan.due
    quarter.until(quarter.workday(due, -3))
    quarter.visit(busy, Deed.ASK_FOR_TIME)
    quarter.decide(decide_extension, busy, decide="refuse", say_to_the_partner="The board needs them that week.")
    quarter.until(quarter.workday(due, -2))
    quarter.tells_once(busy, "extension-refused", "The board needs them that week.", due)
    quarter.expect("what is awaited stays", due, quarter.awaited(busy))

    until = quarter.workday(due, 3)
    quarter.decide(
        decide_extension, busy, decide="grant", until=until, say_to_the_partner="The chair agrees after all."
    )
    quarter.until(quarter.workday(due, -1))
    quarter.tells_once(busy, "extension-granted", "The chair agrees after all.", until)
    quarter.expect("the date granted holds", until, quarter.awaited(busy))
    quarter.until(until)
    chasers = quarter.emails("chaser-1", "chaser-2", "escalation-manager", partner=busy)
    quarter.none("not chased by the date before", chasers)
    quarter.visit(busy, Deed.SEND)
    quarter.to_the_end()
    quarter.publishes(busy)
