"""The boards meet three weeks later than planned, after the requests went out; the officer adopts the new dates."""

from datetime import timedelta

from flows.collection_decisions import adopt_changes
from rehearsal.staging.quarter import Quarter, told

WEEKS = 3


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    late = quarter.plays(quarter.partner("silent"), "silent")
    before = quarter.plan
    quarter.until(quarter.workday(before.due, -5))

    quarter.config.move_meetings(quarter.label, lambda on: on + timedelta(weeks=WEEKS))
    quarter.is_so("`check` says what differs", "would be due on" in quarter.officer.check())
    quarter.until(quarter.workday(before.due, -4))
    quarter.none("nobody hears of it before it is adopted", told(quarter.emails("date-moved")))
    quarter.is_so(
        "the dates are adopted", quarter.officer.decides(adopt_changes, quarter.label, parts=["dates"]).recorded
    )

    after = quarter.plan
    quarter.to_the_end()
    quarter.tells_once(late, "date-moved", after.due)
    chasers = quarter.emails("chaser-1", "chaser-2", "escalation-manager", "escalation-board", partner=late)
    quarter.expect("it is chased by the new date", quarter.workday(after.due, 2), chasers and chasers[0].on)
    quarter.expect("one version, on the new day", [after.publish_on], [r.fact.at.date() for r in quarter.releases()])
