"""An indicator is retired after the templates went out: a return that still has it is read, and nobody waits for it."""

from flows.collection_decisions import adopt_changes
from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    sender = quarter.plays(quarter.partner("needs time"), "silent")
    quarter.until(quarter.workday(quarter.plan.due, -4))
    quarter.prepare(sender)
    kept, *_, retired = quarter.request(sender).asked
    quarter.config.retire(retired)
    quarter.is_so("`check` says what differs", f"indicator {retired}" in quarter.officer.check())
    quarter.decide(adopt_changes, parts=[f"indicator {retired}"])

    quarter.until(quarter.workday(quarter.today, 1))
    quarter.is_so("its page opens", quarter.page(sender).status == 200)
    quarter.is_so("the template of before is taken", quarter.visit(sender, Deed.SEND).sent)
    quarter.expect("and accepted", 1, len(quarter.stands(sender).accepted))
    quarter.expect("nothing is awaited any more", None, quarter.awaited(sender))
    quarter.to_the_end()
    quarter.none("nobody is chased", told(quarter.emails("chaser-1", "chaser-rest", partner=sender)))
    there = {each.indicator for each in quarter.releases()[-1].observations}
    quarter.is_so("what was not retired is published", kept in there)
