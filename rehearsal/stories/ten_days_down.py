"""Nothing runs for ten working days around the due date: afterwards people hear the mildest word first, one a day."""

from collections import Counter

from rehearsal.staging.quarter import Quarter, told

LADDER = ("reminder", "chaser-1", "chaser-2", "escalation-manager", "escalation-board")
DAYS = 10


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    late = quarter.plays(quarter.partner("silent"), "silent")
    quarter.until(quarter.workday(quarter.plan.due, -4))
    back = quarter.workday(quarter.today, DAYS + 1)
    quarter.until(quarter.workday(back, -1), runs=False)
    quarter.to_the_end()

    climbed = quarter.emails(*LADDER, partner=late, since=back)
    quarter.is_so("the mildest word that had not gone comes first", climbed[0].email in LADDER[:2], told(climbed))
    quarter.expect("in the order of the ladder", sorted(climbed, key=lambda each: LADDER.index(each.email)), climbed)
    quarter.expect("one word a day at most", {1}, set(Counter(each.on for each in climbed).values()))
    first = next(iter(each for each in climbed if each.email == "chaser-1"), None)
    above = [each for each in climbed if each.email.startswith("escalation")]
    quarter.is_so("nobody above hears before a chaser has had its days", first or not above, told(climbed))
    quarter.none("none after the close", told(quarter.emails(*LADDER, since=quarter.workday(quarter.plan.last_day, 1))))
    quarter.expect("one version", 1, len(quarter.releases()))
