"""An agreement ends before the due date: officers hear before, nobody is chased, what comes then is not used."""

from datetime import timedelta

from quarterday.domain.facts import GapRecorded
from rehearsal.cast import Deed
from rehearsal.staging.editing import AGREEMENTS
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    partner = quarter.plays(quarter.partner("late after a chaser"), "silent")
    quarter.until(quarter.plan.request_on[partner])
    ends = quarter.workday(quarter.plan.due, -4)
    with quarter.config.edit(AGREEMENTS) as content:
        for agreement in content["agreements"]:
            if partner in agreement["parties"]:
                agreement["ends"] = ends
    quarter.until(quarter.workday(ends, -1))
    words = quarter.emails("agreement-ending", since=ends - timedelta(days=90))
    quarter.expect("the officer hears before it ends, and once more the day before", 2, len(words))
    quarter.until(quarter.workday(ends, 2))
    quarter.is_so("a return that comes after its end is received", quarter.visit(partner, Deed.SEND).sent)
    quarter.to_the_end()
    quarter.none("nobody is thanked for what was not used", told(quarter.emails("thank-you", partner=partner)))
    since = ends + timedelta(days=1)
    chasing = ("reminder", "chaser-1", "chaser-2", "escalation-manager", "escalation-board")
    quarter.none("nobody is chased after its end", told(quarter.emails(*chasing, partner=partner, since=since)))
    gaps = {each.indicator: each.reason for each in quarter.facts.of(GapRecorded) if each.partner == partner}
    quarter.expect("its figures are gaps", set(quarter.request(partner).asked), set(gaps))
    quarter.is_so("the reason is the agreement", all("agreement" in why for why in gaps.values()), gaps)
