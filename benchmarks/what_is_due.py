"""The decision at national size: 300 partnerships of 25 partners, on one chase day.

Run: `.venv/bin/python -m benchmarks.what_is_due`. Printed beside a named baseline in the same run: looking at every
request once in a bare loop over the facts.
"""

import time
from datetime import date
from pathlib import Path

from quarterday.adapters.config_files import load_framework
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.facts import Facts, RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.telling.plan import email_lines
from tests.domain.conftest import framework, indicator, person
from tests.domain.lived import days, walk

PARTNERSHIPS, PARTNERS = 300, 25
DAY = date(2025, 7, 24)
PROJECT = Path(__file__).parents[1]


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


def a_year_of_plans() -> tuple[int, float]:
    """Every working day of the worked example's collections as `quarterday plan --on` prints it: days, seconds each."""
    example = load_framework(PROJECT / "config")
    facts: Facts = Facts()
    plans = timetables(example)
    first, last = plans[0].opens, plans[4].papers_on
    working = [day for day in days(first, last) if example.calendar.is_working_day(day)]
    began = time.perf_counter()
    for day in working:
        list(email_lines(example, facts, day))
    return len(working), (time.perf_counter() - began) / len(working)


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
    count, seconds = a_year_of_plans()
    print(f"the emails of {count} working days, as `quarterday plan --on` prints them: {seconds * 1000:.1f} ms a day")


if __name__ == "__main__":
    main()
