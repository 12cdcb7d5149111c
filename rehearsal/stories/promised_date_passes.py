"""A partner is given time past the close and lets the day pass: it is asked once, then the officer hears."""

from flows.request_decisions import decide_extension
from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    busy = quarter.plays(quarter.partner("needs time"), "silent")
    quarter.until(quarter.workday(quarter.plan.due, -2))
    until = quarter.workday(quarter.plan.papers_on, 4)
    means = quarter.decide(decide_extension, busy, decide="grant", until=until)
    quarter.is_so("the officer reads what a day past the close means", "next version" in means, means)
    quarter.to_the_end()
    quarter.expect("published without it", 1, len(quarter.releases()))

    quarter.until(quarter.workday(until, 6))
    after = quarter.emails(partner=busy, since=until)
    ladder = [("chaser-owed", quarter.workday(until, 1)), ("officer-owed", quarter.workday(until, 5))]
    quarter.expect("asked once, then the officer hears", ladder, [(each.email, each.on) for each in after])
    quarter.is_so("the link still works", quarter.visit(busy, Deed.SEND).sent)
    quarter.until(quarter.workday(quarter.today, 2))
    quarter.expect("and its figures make the next version", 2, len(quarter.releases()))
    quarter.publishes(busy)
    owed = [each for each in quarter.emails("chaser-owed", "officer-owed") if each.on > quarter.workday(until, 5)]
    quarter.none("nobody is asked again", told(owed))
