"""What is edited in `config/` while quarters run: a holiday is proclaimed, an agreement ends, a figure means another.

Whether what is open takes it over is for the officers to say, now and then.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Definition, Indicator

Edit = Callable[[Framework, random.Random, date], Framework]


def edited(framework: Framework, chance: random.Random, today: date) -> tuple[str, Framework]:
    """One edit, by its name, and the framework as `config/` would then be read."""
    edit = chance.choice(EDITS)
    return edit.__name__.replace("_", " "), edit(framework, chance, today)


def a_holiday_is_proclaimed(now: Framework, chance: random.Random, today: date) -> Framework:
    """A day in the next weeks becomes a holiday."""
    off = now.calendar.bank_holidays | {today + timedelta(days=chance.randint(2, 25))}
    return _again(now, calendar=WorkingDays(off, now.calendar.years))


def an_agreement_ends(now: Framework, chance: random.Random, today: date) -> Framework:
    """One agreement ends within days: nobody is chased any more for what it alone covers."""
    ending = chance.choice([each.code for each in now.agreements])
    ends = today + timedelta(days=chance.randint(1, 20))
    agreements = (
        each.model_copy(update={"ends": min(each.ends, ends)}) if each.code == ending else each
        for each in now.agreements
    )
    return _again(now, agreements=tuple(agreements))


def a_figure_is_defined_anew(now: Framework, chance: random.Random, today: date) -> Framework:
    """What an indicator counts changes from today on."""
    changed = chance.choice([each.code for each in now.indicators])
    return _again(
        now, indicators=tuple(_anew(each, today) if each.code == changed else each for each in now.indicators)
    )


def _anew(indicator: Indicator, today: date) -> Indicator:
    if any(each.holds_from >= today for each in indicator.definitions):
        return indicator
    new = Definition(version=len(indicator.definitions) + 1, holds_from=today, text="Counted in another way.")
    return indicator.model_copy(update={"definitions": (*indicator.definitions, new)})


def _again(now: Framework, **changes: Any) -> Framework:
    """The framework as it would be read anew."""
    return Framework(**{name: getattr(now, name) for name in type(now).model_fields if name != "bound"} | changes)


EDITS: tuple[Edit, ...] = (a_holiday_is_proclaimed, an_agreement_ends, a_figure_is_defined_anew)
