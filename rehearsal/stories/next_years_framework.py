"""Next year's framework comes into `config/`, then a late return: the old quarter's next version keeps its rules."""

import csv

from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter

NEXT_YEAR = "Plan of next year"


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    late = quarter.plays(quarter.partner("silent"), "silent")
    quarter.to_the_end()
    left, retired, aimed = _next_year(quarter, late)
    quarter.until(quarter.workday(quarter.plan.papers_on, 8))
    quarter.is_so("a late return is taken", quarter.visit(late, Deed.SEND).sent)
    quarter.until(quarter.workday(quarter.today, 2))

    quarter.expect("the next version of the old quarter", 2, len(quarter.releases()))
    quarter.none("figures that changed", quarter.changed(1, 2))
    quarter.publishes(late, left)
    second = {each.indicator for each in quarter.releases()[-1].observations}
    quarter.is_so("what was retired since is in it", retired in second)
    before, after = (_described(quarter, version) for version in (1, 2))
    quarter.is_so("targets are those of the old quarter", after[aimed]["target_source"] != NEXT_YEAR)
    quarter.none("what is described otherwise", [code for code in before if before[code] != after.get(code)])


def _described(quarter: Quarter, version: int) -> dict[str, dict[str, str]]:
    """What a version says of its indicators, but for who owns each: people are today's."""
    with (quarter.release_folder(version) / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return {row["indicator"]: {**row, "owner": ""} for row in csv.DictReader(file)}


def _next_year(quarter: Quarter, late: str) -> tuple[str, str, str]:
    """What an officer writes into `config/`: a partner left, an indicator retired, a target changed. Returns which."""
    left, other = quarter.partner("prompt"), quarter.partner("needs time")
    for code in quarter.config.supplied_by(left):
        quarter.config.retire(code)
    quarter.config.leave_agreements(left)
    quarter.config.partner(left).remove()
    retired = quarter.request(other).asked[-1]
    quarter.config.retire(retired)
    aimed = next(each for each in quarter.framework.indicators if each.target and each.supplier not in (left, late))
    with quarter.config.indicator(aimed.code).edit() as indicator:
        indicator["target"] = {"value": 1, "source": NEXT_YEAR}
    return left, retired, aimed.code
