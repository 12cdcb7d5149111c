"""England's bank holidays as shipped with quarterday: a dated list, and an error for a year that it does not hold."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from quarterday.domain.framework.calendar import WorkingDays

SHIPPED = Path(__file__).with_name("bank_holidays.yaml")


@lru_cache
def shipped() -> tuple[date, frozenset[int], frozenset[date]]:
    """The day on which the list was made, the years it covers, and its days."""
    content = YAML(typ="safe").load(SHIPPED)
    years = content["england"]
    return content["as_of"], frozenset(years), frozenset(day for days in years.values() for day in days)


def working_days(extra: Iterable[date] = ()) -> WorkingDays:
    """England's working days, less any days that the partnership adds (one proclaimed at short notice)."""
    _, years, days = shipped()
    return WorkingDays(days | frozenset(extra), years)
