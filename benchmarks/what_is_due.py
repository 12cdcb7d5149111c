"""The decision at national size: 300 partnerships of 25 partners, on one chase day.

Run: `.venv/bin/python -m benchmarks.what_is_due`. Printed beside a named baseline in the same run: looking at every
request once in a bare loop over the facts.
"""

import time
from datetime import date

from quarterday.decision import what_is_due
from quarterday.facts import Facts, RequestMade
from quarterday.framework import Framework
from tests.core.conftest import framework, indicator, person
from tests.core.history import days, walk

PARTNERSHIPS, PARTNERS = 300, 25
DAY = date(2025, 7, 24)


def national_partnership() -> tuple[Framework, Facts]:
    """One partnership of 25 silent partners, with everything that happened until the day before."""
    small = framework()
    partners = tuple(
        small.partners[0].model_copy(update={"code": f"partner-{n}", "contact": person(f"Person {n}")})
        for n in range(PARTNERS)
    )
    setting = framework(
        partners=partners,
        indicators=tuple(indicator(f"indicator-{n}", f"partner-{n}") for n in range(PARTNERS)),
        agreements=(small.agreements[0].model_copy(update={"parties": tuple(each.code for each in partners)}),),
    )
    facts, _ = walk(setting, days(date(2025, 7, 1), date(2025, 7, 23)))
    return setting, facts


def main() -> None:
    """Print the seconds for all partnerships, and the ratio to the baseline."""
    setting, facts = national_partnership()
    everywhere = [setting.model_copy() for _ in range(PARTNERSHIPS)]
    began = time.perf_counter()
    seen = sum(1 for _ in everywhere for fact in facts if isinstance(fact, RequestMade))
    baseline = time.perf_counter() - began
    began = time.perf_counter()
    actions = sum(len(what_is_due(each, facts, DAY)) for each in everywhere)
    decided = time.perf_counter() - began
    print(f"{PARTNERSHIPS} partnerships x {PARTNERS} partners: {seen} requests, {actions} actions due on {DAY}")
    print(
        f"what_is_due {decided:.2f} s; a bare loop over the same facts {baseline:.3f} s; ratio {decided / baseline:.0f}"
    )


if __name__ == "__main__":
    main()
