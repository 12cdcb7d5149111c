"""The boards meet two weeks earlier than planned, after the requests went out; nobody gets less time than is fair."""

from datetime import timedelta

from flows.collection_decisions import adopt_changes
from quarterday.domain.facts import GapRecorded
from rehearsal.staging.quarter import Quarter, day_of

WEEKS = 2


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    late = quarter.plays(quarter.partner("silent"), "silent")
    before = quarter.plan
    decided = quarter.workday(before.due, -4)
    quarter.until(decided)

    quarter.config.move_meetings(quarter.label, lambda on: on - timedelta(weeks=WEEKS))
    quarter.decide(adopt_changes, parts=["dates"], say_to_the_partner="The chair is away later.")
    fair = quarter.workday(decided, quarter.framework.partnership.rhythm.correction_days)
    quarter.expect("what is left for an answer", min(fair, before.due), quarter.awaited(late))

    quarter.to_the_end()
    gaps = [day_of(each) for each in quarter.facts.of(GapRecorded)]
    quarter.is_so("nobody is a gap before its date", all(each > min(fair, before.due) for each in gaps), gaps)
    quarter.expect("one version", 1, len(quarter.releases()))
    quarter.is_so("earlier than planned", day_of(quarter.releases()[0].fact) < before.publish_on)
