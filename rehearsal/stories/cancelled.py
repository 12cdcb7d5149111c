"""No board meets after all: the officer calls the quarter off, and those who have not answered are told kindly."""

from flows.collection_decisions import adopt_changes
from quarterday.domain.facts import GapRecorded
from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter, told

WORDS = "The boards do not meet this quarter."


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    late = quarter.plays(quarter.partner("silent"), "silent")
    early = quarter.plays(quarter.partner("needs time"), "silent")
    before = quarter.plan
    quarter.until(quarter.workday(before.due, -2))

    quarter.config.move_meetings(quarter.label, lambda on: None)
    quarter.is_so("`check` says what differs", "considers" in quarter.officer.check())
    quarter.is_so("before anybody decides, figures are taken", quarter.visit(early, Deed.SEND).sent)
    quarter.expect("and accepted", 1, len(quarter.stands(early).accepted))
    quarter.decide(adopt_changes, parts=["dates"], say_to_the_partner=WORDS)
    decided = quarter.today
    quarter.until(quarter.workday(decided, 2))
    quarter.tells_once(late, "let-off", WORDS)
    quarter.is_so("a page that was open still opens", quarter.page(late).status == 200)
    quarter.is_so("what is sent all the same is taken", quarter.visit(late, Deed.SEND).sent)

    quarter.to_the_end()
    since = quarter.workday(decided, 1)
    chasing = ("reminder", "chaser-1", "chaser-2", "escalation-manager", "escalation-board")
    quarter.none("nobody is chased", told(quarter.emails(*chasing, since=since)))
    quarter.none("nothing is published", quarter.releases())
    quarter.none("nobody is a gap", quarter.facts.of(GapRecorded))
