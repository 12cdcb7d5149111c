"""A partner says that one figure is not available and sends the rest: nobody chases it, and the reason is the gap's."""

from quarterday.domain.facts import GapRecorded
from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter, told

LADDER = ("reminder", "chaser-1", "chaser-2", "chaser-rest", "escalation-manager", "escalation-board")


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    partner = quarter.plays(quarter.partner("needs time"), "silent")
    quarter.until(quarter.workday(quarter.plan.request_on[partner], 2))
    *rest, missing = quarter.request(partner).asked
    quarter.is_so("the answer is taken", quarter.visit(partner, Deed.SAY_NOT_AVAILABLE).sent)
    quarter.is_so("the rest is still awaited", quarter.awaited(partner))
    quarter.until(quarter.workday(quarter.plan.due, -1))
    quarter.is_so("the rest is taken", quarter.visit(partner, Deed.SEND_ALL_BUT_LAST).sent)
    quarter.expect("nothing is awaited any more", None, quarter.awaited(partner))
    answered = quarter.today

    quarter.to_the_end()
    quarter.none("nobody is chased", told(quarter.emails(*LADDER, partner=partner, since=answered)))
    unheard = [each for each in quarter.emails(partner=partner, since=answered) if "not heard" in each.text]
    quarter.none("nobody says that it was not heard from", told(unheard))
    gaps = {each.indicator: each.reason for each in quarter.facts.of(GapRecorded) if each.partner == partner}
    quarter.expect("one gap", {missing}, set(gaps))
    quarter.is_so("with the reason that it gave", "not available" in gaps.get(missing, ""), gaps)
    there = {each.indicator for each in quarter.releases()[-1].observations if each.value is not None or each.marker}
    quarter.none("what came and is not published", sorted(set(rest) - there))
