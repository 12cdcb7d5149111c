"""A contact's address is dead: the deputy is asked the same day; where there is no deputy, the manager."""

from flows.housekeeping import housekeeping
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    people = quarter.framework.partner
    with_deputy = next(code for code in quarter.plan.request_on if people[code].deputy)
    without = quarter.partner("silent")
    for dead in (with_deputy, without):
        quarter.house.mail.gone.add(people[dead].contact.email)
    for asked in (with_deputy, without):
        quarter.until(quarter.plan.request_on[asked])
        housekeeping()
    asked_instead = [
        (each.recipient, each.on) for each in quarter.emails("request") if "/contact" not in each.recipient
    ]
    expected = [
        (f"{with_deputy}/deputy", quarter.plan.request_on[with_deputy]),
        (f"{without}/manager", quarter.plan.request_on[without]),
    ]
    quarter.expect("somebody else is asked the same day", sorted(expected), sorted(asked_instead))
    quarter.to_the_end()
    quarter.expect("the officer hears of each", 2, len(quarter.emails("officer-undelivered")))
    quarter.none(
        "nothing more goes to a dead address",
        told(each for each in quarter.emails() if each.to in quarter.house.mail.gone),
    )
    quarter.publishes(with_deputy, without)
