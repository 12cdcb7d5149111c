"""A contact leaves after the request: whoever takes over gets the request and time, not a reminder of the other's."""

from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    partner = quarter.plays(quarter.partner("silent"), "silent")
    quarter.until(quarter.workday(quarter.plan.due, -4))
    before = quarter.framework.partner[partner].contact
    domain = before.email.partition("@")[2]
    with quarter.config.partner(partner).edit() as entry:
        entry["contact"] = {"name": "Nia New", "email": f"nia.new@{domain}"}
    changed = quarter.today
    quarter.until(quarter.workday(quarter.plan.due, 2))

    after = quarter.emails(partner=partner, since=quarter.workday(changed, 1))
    quarter.none("nothing more goes to who left", told(each for each in after if each.to == before.email))
    quarter.expect("the first word to the new contact is the request", ["request"], [each.email for each in after][:1])
    quarter.is_so("in their name", "Nia" in after[0].text, after[0].text)
    days = quarter.framework.partnership.rhythm.correction_days
    chasers = [each for each in after if each.email.startswith("chaser")]
    soon = quarter.workday(changed, days)
    quarter.none("nobody is chased before they had time", told(each for each in chasers if each.on < soon))
    quarter.is_so("they answer", quarter.visit(partner, Deed.SEND).sent)
    quarter.to_the_end()
    quarter.publishes(partner)
