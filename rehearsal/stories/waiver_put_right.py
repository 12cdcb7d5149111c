"""An officer lets the wrong partner off, it is told so, and the officer puts it right: it is asked again, with time."""

from flows.request_decisions import lift_waiver, waive_request
from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    wrong = quarter.plays(quarter.partner("silent"), "silent")
    quarter.until(quarter.workday(quarter.plan.due, -4))
    quarter.decide(waive_request, wrong, say_to_the_partner="We manage without your figures this time.")
    quarter.until(quarter.workday(quarter.today, 1))
    quarter.tells_once(wrong, "let-off", "We manage without your figures this time.")

    quarter.decide(lift_waiver, wrong, say_to_the_partner="We meant somebody else. We are sorry.")
    days = quarter.framework.partnership.rhythm.correction_days
    quarter.is_so(
        "it has time again", (quarter.awaited(wrong) or quarter.today) >= quarter.workday(quarter.today, days)
    )
    quarter.until(quarter.workday(quarter.today, 1))
    quarter.tells_once(wrong, "asked-after-all", "We meant somebody else. We are sorry.", quarter.awaited(wrong))
    quarter.is_so("its page takes the figures", quarter.visit(wrong, Deed.SEND).sent)
    accepted = [each.email for each in quarter.emails(partner=wrong, since=quarter.today)]
    quarter.is_so("and it gets its receipt", "receipt" in accepted or "accepted" in accepted, accepted)

    answered = quarter.partner("nothing to report")
    refused = quarter.decide(waive_request, answered, refused=True)
    title = quarter.promised.indicator[quarter.request(answered).asked[0]].title
    quarter.is_so("whose figures are accepted is not let off", title in refused, refused)
    quarter.to_the_end()
    quarter.none("nobody is chased", told(quarter.emails("chaser-1", "chaser-2", "escalation-manager")))
    quarter.publishes(wrong)
