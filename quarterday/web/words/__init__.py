"""Every sentence of the pages, by name, from a few files a language: another language is other files, no template.

Partners' sentences stand in two of them, those of boards' leads and officers in one each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from quarterday.domain.collection.standing import LONDON
from quarterday.domain.framework.periods import Period, calendar_month

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """The sentences of one language. A name that is not in the file raises `KeyError`: nothing is silently empty."""

    language: str
    sentences: Mapping[str, str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]

    def say(self, name: str, /, **values: object) -> str:
        """The sentence of that name with its values put in. Values are plain text: the page escapes the whole."""
        return self.sentences[name].format_map(values)

    def count(self, name: str, /, number: int, **values: object) -> str:
        """The sentence for one or for many: `name.one` or `name.many`, with `{number}`."""
        return self.say(f"{name}.{'one' if number == 1 else 'many'}", number=f"{number:,}", **values)

    def date_of(self, day: date) -> str:
        """`5 August 2025`."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def day(self, day: date) -> str:
        """`Tuesday 5 August 2025`: how a deadline is told."""
        return f"{self.weekdays[day.weekday()]} {self.date_of(day)}"

    def moment(self, at: datetime) -> str:
        """`5 August 2025 at 14:02`, by the clock in London."""
        local = at.astimezone(LONDON)
        return self.say("dates.moment", day=self.date_of(local.date()), time=f"{local:%H:%M}")

    def period(self, period: Period) -> str:
        """`April to June 2025`, or both dates where it is not whole months."""
        start, end = period.start, period.end
        first, last = self.months[start.month - 1], self.months[end.month - 1]
        if start.day != 1 or end != calendar_month(end.year, end.month).end:
            return self.say("dates.between", start=self.date_of(start), end=self.date_of(end))
        if (start.year, start.month) == (end.year, end.month):
            return f"{first} {start.year}"
        begun = first if start.year == end.year else f"{first} {start.year}"
        return self.say("dates.between", start=begun, end=f"{last} {end.year}")

    def both_dates(self, period: Period) -> str:
        """`1 April 2025 to 30 June 2025`: never only a quarter's name."""
        return self.say("dates.between", start=self.date_of(period.start), end=self.date_of(period.end))


@lru_cache
def words_in(language: str = "en") -> Words:
    """The words of a language, read once."""
    said: dict[str, Any] = {}
    for part in ("", "-partners", "-boards", "-officers"):
        said |= YAML(typ="safe").load((_FOLDER / f"{language}{part}.yaml").read_text(encoding="utf-8"))
    months, weekdays = said["dates"].pop("months"), said["dates"].pop("weekdays")
    return Words(said.pop("language"), dict(_flat(said)), tuple(months), tuple(weekdays))


def _flat(said: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in said.items():
        place = f"{before}{name}"
        found += _flat(value, f"{place}.") if isinstance(value, Mapping) else [(place, str(value).strip())]
    return found
