"""A partner gets another name and code while its return waits to be sent: links, returns and figures go on."""

from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    old = quarter.plays(quarter.partner("prompt"), "silent")
    new = f"{old}-renamed"
    quarter.until(quarter.workday(quarter.plan.due, -4))
    page = quarter.page(old).url
    quarter.config.replace(old, new)
    with quarter.config.partner(new).edit() as partner:
        partner["name"] = "The Brigade under its New Name"
        partner["succeeds"] = [{"code": old, "on": quarter.today}]

    quarter.until(quarter.workday(quarter.plan.due, -2))
    quarter.expect("the link goes on", page.rpartition("/")[0], quarter.page(old).url.rpartition("/")[0])
    quarter.is_so("it reads its new name", "under its New Name" in quarter.page(old).text)
    quarter.is_so("its figures are taken", quarter.visit(old, Deed.SEND).sent)
    quarter.expect("one return is accepted", 1, len(quarter.stands(old).accepted))
    quarter.to_the_end()
    quarter.expect("asked once", 1, len(quarter.emails("request", partner=old)))
    quarter.none("nobody is asked under the new code", quarter.emails("request", partner=new))
    quarter.publishes(old)
