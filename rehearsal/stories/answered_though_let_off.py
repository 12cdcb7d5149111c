"""A partner that was let off answers all the same: what the page promises happens, and its answer is published."""

from flows.request_decisions import waive_request
from quarterday.domain.collection.standing import State
from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    partner = quarter.plays(quarter.partner("silent"), "silent")
    quarter.until(quarter.workday(quarter.plan.due, -2))
    quarter.decide(waive_request, partner, why="they lost their worker")
    quarter.until(quarter.workday(quarter.plan.due, 1))
    quarter.expect("it is let off", None, quarter.awaited(partner))
    quarter.none(
        "nobody tells it why", [each for each in quarter.emails(partner=partner) if "their worker" in each.text]
    )
    page = quarter.page(partner)
    quarter.is_so("its page says so and takes an answer", "let off" in page.text or "need not" in page.text, page.text)

    quarter.is_so("its answer is taken", quarter.visit(partner, Deed.SAY_NIL).sent)
    quarter.expect("it counts", State.NIL, quarter.stands(partner).state)
    quarter.to_the_end()
    quarter.none(
        "nobody is chased", told(quarter.emails("chaser-1", "chaser-2", "escalation-manager", partner=partner))
    )
    quarter.publishes(partner)
    quarter.expect("it is thanked", 1, len(quarter.emails("thank-you", partner=partner)))
