"""A bank holiday is proclaimed on the due date, days before it: nobody is asked, reminded or told anything twice."""

from collections import Counter

from rehearsal.staging.editing import PARTNERSHIP
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    late = quarter.plays(quarter.partner("silent"), "silent")
    before = quarter.plan
    quarter.until(quarter.workday(before.due, -2))
    went = len(quarter.emails(partner=late))
    with quarter.config.edit(PARTNERSHIP) as partnership:
        partnership["bank_holidays"].append(before.due)
    quarter.expect("what was promised stands", before.due, quarter.plan.due)
    quarter.is_so("`check` says what differs", "would be due on" in quarter.officer.check())

    quarter.until(quarter.workday(before.due, 1))
    quarter.none("nobody is written to on the holiday", told(e for e in quarter.emails() if e.on == before.due))
    again = told(quarter.emails("request", "reminder", partner=late)[went:])
    quarter.none("no email again", again)
    quarter.to_the_end()
    counted = Counter((each.email, each.recipient) for each in quarter.emails(partner=late))
    quarter.expect("each rung once", {1}, set(counted.values()))
    quarter.expect("one version", 1, len(quarter.releases()))
