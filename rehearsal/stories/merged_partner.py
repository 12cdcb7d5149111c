"""A partner that was asked merges into another: its request goes on there, and nobody is asked twice."""

from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter, told


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    gone = quarter.plays(quarter.partner("wrong then right"), "silent")
    into = quarter.plays(quarter.partner("late to the last rung"), "silent")
    quarter.until(quarter.workday(quarter.plan.due, -4))
    _merge(quarter, gone, into)

    merged = quarter.today
    quarter.until(quarter.workday(quarter.plan.due, 2))
    theirs = quarter.framework.partner[into].contact.email
    after = quarter.emails(partner=gone, since=quarter.workday(merged, 1))
    quarter.expect("what is due goes to the one that goes on", {theirs}, {each.to for each in after})
    quarter.expect("to whom it is new: the request first", ["request"], [each.email for each in after][:1])
    again = [each for each in quarter.emails("request", since=quarter.workday(merged, 1)) if each not in after[:1]]
    quarter.none("nobody else gets a request again", told(again))
    quarter.is_so("the old request is answered at its page", quarter.visit(gone, Deed.SEND).sent)
    quarter.is_so("and its own", quarter.visit(into, Deed.SEND).sent)
    quarter.to_the_end()
    quarter.publishes(gone, into)


def _merge(quarter: Quarter, gone: str, into: str) -> None:
    """What an officer writes into `config/`."""
    for code in quarter.config.supplied_by(gone):
        with quarter.config.indicator(code).edit() as indicator:
            indicator["supplier"] = into
    quarter.config.leave_agreements(gone)
    quarter.config.partner(gone).remove()
    with quarter.config.partner(into).edit() as partner:
        partner["succeeds"] = [{"code": gone, "on": quarter.today}]
