"""A partner joins in the middle and takes a figure over from another: it is asked at once, with time to answer."""

from flows.collection_decisions import adopt_changes
from rehearsal.cast import Deed
from rehearsal.staging.editing import AGREEMENTS, PARTNERS
from rehearsal.staging.quarter import Quarter

NEW = "victim-support"


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    giver = next(
        code
        for code in reversed(quarter.plan.request_on)
        if len(quarter.framework.asked_of(code, quarter.plan.period)) > 1
    )
    quarter.plays(giver, "silent")
    quarter.until(quarter.workday(quarter.plan.due, -4))
    moved = quarter.request(giver).asked[-1]
    _join(quarter, giver, moved)
    refused = quarter.decide(adopt_changes, parts=[f"indicator {moved}"], refused=True)
    quarter.is_so("what it needs is said", f"partner {NEW}" in refused, refused)
    quarter.decide(adopt_changes, parts=["partners", "indicators"])

    quarter.until(quarter.workday(quarter.today, 1))
    days = quarter.framework.partnership.rhythm.correction_days
    quarter.expect("it is asked at once, for that alone", (moved,), quarter.request(NEW).asked)
    quarter.is_so("with time", (quarter.awaited(NEW) or quarter.today) >= quarter.workday(quarter.today, days - 1))
    quarter.tells_once(NEW, "request", quarter.promised.indicator[moved].title, quarter.awaited(NEW))
    quarter.is_so("both answer", quarter.visit(giver, Deed.SEND).sent)
    quarter.plays(NEW, "prompt")
    quarter.to_the_end()
    quarter.publishes(giver, NEW)


def _join(quarter: Quarter, giver: str, moved: str) -> None:
    """What an officer writes into `config/`."""
    with quarter.config.edit(PARTNERS) as content:
        contact = {"name": "Vic Tor", "email": f"vic.tor@{NEW}.example"}
        content["partners"].append({"code": NEW, "name": "Victim Support", "lead_time": 10, "contact": contact})
    with quarter.config.edit(AGREEMENTS) as content:
        for agreement in content["agreements"]:
            if giver in agreement["parties"]:
                agreement["parties"].append(NEW)
    with quarter.config.indicator(moved).edit() as indicator:
        indicator["supplier"] = NEW
