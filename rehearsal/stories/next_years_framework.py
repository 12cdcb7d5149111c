"""Next year's framework comes into `config/`, then a late return: the old quarter's next version keeps its rules."""

from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    late = quarter.plays(quarter.partner("silent"), "silent")
    quarter.to_the_end()
    first = quarter.figures(1)
    left, retired, aimed = _next_year(quarter, late)
    quarter.until(quarter.workday(quarter.plan.papers_on, 8))
    quarter.is_so("a late return is taken", quarter.visit(late, Deed.SEND).sent)
    quarter.until(quarter.workday(quarter.today, 2))

    quarter.expect("the next version of the old quarter", 2, len(quarter.releases()))
    second = quarter.figures(2)
    quarter.expect("what was published stands", first, {code: second.get(code) for code in first})
    quarter.is_so("the late figures are in it", set(quarter.request(late).asked) <= set(second))
    quarter.is_so("what was retired since is in it", retired in second)
    asked = [
        code
        for each in quarter.facts.requests_of(quarter.plan.collection)
        if each.partner == left
        for code in each.asked
    ]
    quarter.is_so("so are the figures of who left since", set(asked) <= set(second), asked)
    tables = (quarter.release_folder(2) / "indicators.csv").read_text(encoding="utf-8")
    before = (quarter.release_folder(1) / "indicators.csv").read_text(encoding="utf-8")
    quarter.is_so("targets are those of the old quarter", "Plan of next year" not in tables and aimed in tables)
    quarter.expect("indicators are described as before", before, tables)


def _next_year(quarter: Quarter, late: str) -> tuple[str, str, str]:
    """What an officer writes into `config/`: a partner left, an indicator retired, a target changed. Returns which."""
    left, other = quarter.partner("prompt"), quarter.partner("needs time")
    for code in quarter.config.supplied_by(left):
        quarter.config.indicator(code).remove()
    quarter.config.leave_agreements(left)
    quarter.config.partner(left).remove()
    retired = quarter.request(other).asked[-1]
    quarter.config.indicator(retired).remove()
    aimed = next(each for each in quarter.framework.indicators if each.target and each.supplier not in (left, late))
    with quarter.config.indicator(aimed.code).edit() as indicator:
        indicator["target"] = {"value": 1, "source": "Plan of next year"}
    return left, retired, aimed.code
