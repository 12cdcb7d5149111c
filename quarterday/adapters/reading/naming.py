"""From names as people write them to codes: areas, indicators, breakdowns and categories of one request."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.values import read_text
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Breakdown, Indicator

_JOINING = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=50_000)
def key(written: str) -> str:
    """What two ways of writing one name have in common: `St. Mary’s & Park` and `st marys and park`."""
    text = read_text(written).lower().replace("&", " and ").replace("’", "").replace("'", "")
    return _JOINING.sub(" ", text).strip()


class Names:
    """One-to-one names: a name that two codes share means neither."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._code: dict[str, str | None] = {}
        self.name: dict[str, str] = {}
        for code, name in pairs:
            self.name[code] = name
            for written in {key(code), key(name)}:
                self._code[written] = code if self._code.get(written, code) == code else None

    def code(self, cell: Cell) -> str | None:
        """The code that a cell means, whether it holds the code or the name."""
        return self._code.get(key(cell)) if isinstance(cell, str) else None


class Vocabulary:
    """The names that may stand in the return of one request."""

    def __init__(self, framework: Framework, asked: Iterable[str]) -> None:
        self._framework = framework
        self._asked = tuple(framework.indicator[code] for code in asked if code in framework.indicator)

    @property
    def asked(self) -> tuple[Indicator, ...]:
        """The indicators that were asked for."""
        return self._asked

    def asked_for(self, code: str) -> Indicator | None:
        """The indicator of a code, where it was asked for."""
        return next((each for each in self._asked if each.code == code), None)

    @cached_property
    def indicators(self) -> Names:
        """Indicators asked for."""
        return Names((each.code, each.title) for each in self._asked)

    @cached_property
    def areas(self) -> dict[str, Names]:
        """Areas by level."""
        levels = ("borough", "ward")
        return {level: Names((a.code, a.name) for a in self._framework.areas(level)) for level in levels}

    def breakdowns(self, indicator: Indicator) -> Names:
        """The breakdowns of an indicator."""
        return Names((code, self._framework.breakdown[code].title) for code in indicator.breakdowns)

    def categories(self, breakdown: str) -> Names:
        """The categories of a breakdown."""
        if breakdown not in self._category_names:
            found: Breakdown = self._framework.breakdown[breakdown]
            self._category_names[breakdown] = Names((each.code, each.title) for each in found.categories)
        return self._category_names[breakdown]

    @cached_property
    def _category_names(self) -> dict[str, Names]:
        return {}
