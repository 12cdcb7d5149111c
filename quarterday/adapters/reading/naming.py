"""From names as people write them to codes: areas, indicators, breakdowns and categories of one request."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.values import read_text, shown, without_footnote_signs, written_key
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.codes import as_code
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Breakdown, Indicator

_CODE = re.compile(r"\b[A-Z]\d{8}\b")  # of an area, as the Office for National Statistics writes it
_JOINING = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=50_000)
def key(written: str) -> str:
    """What two ways of writing one name have in common: `St. Mary’s & Park` and `st marys and park`."""
    text = read_text(written).lower().replace("&", " and ").replace("’", "").replace("'", "")
    return _JOINING.sub(" ", text).strip()


def meant_by(written: Cell, means: dict[str, str]) -> str:
    """The code that a mapping's `means` gives for a cell; empty where it says nothing of it."""
    if not means:
        return ""
    return {key(said): code for said, code in means.items()}.get(key(shown(written)), "")


class Names:
    """One-to-one names: a name that two codes share means neither.

    `earlier` are codes and names of an earlier edition with what took their place: they mean nothing, but can be told.
    `ending` is a word that people put behind a name, as `Ward`. `asks_names` says that a name beside a known code must
    be known too: it may be another place's.
    """

    def __init__(
        self,
        pairs: Iterable[tuple[str, str]],
        earlier: Iterable[tuple[str, str]] = (),
        ending: str = "",
        asks_names: bool = False,
    ) -> None:
        self._code: dict[str, str | None] = {}
        self.name: dict[str, str] = {}
        self.asks_names = asks_names
        self._ending = f" {ending}" if ending else ""
        self._now: dict[str, list[str]] = {}
        for was, now in earlier:
            self._now.setdefault(key(was), []).append(now)
        for code, name in pairs:
            self.name.setdefault(code, name)
            for written in {key(code), key(name)}:
                self._code[written] = code if self._code.get(written, code) == code else None

    def own_code(self, cell: Cell) -> str | None:
        """A cell that holds a code itself."""
        return cell if isinstance(cell, str) and cell in self.name else None

    def code_or_made(self, cell: Cell) -> str | None:
        """The code that a cell means by code, by name, or by the code that its words would make."""
        made = as_code(shown(cell)) if isinstance(cell, str) else ""
        return self.code(cell) or (made if made in self.name else None)

    def code(self, cell: Cell) -> str | None:
        """The code that a cell means, whether it holds the code or the name."""
        if not isinstance(cell, str):
            return None
        written = key(without_footnote_signs(cell))
        code = self._code.get(written) or self._of_both(cell)
        if code is None and self._ending and written.endswith(self._ending):
            return self._code.get(written.removesuffix(self._ending))
        return code

    def _of_both(self, cell: str) -> str | None:
        """The code of a cell that holds the code and the name together, as `North Park (E05000001)`."""
        for code in _CODE.findall(cell):
            rest = key(cell.replace(code, " "))
            if code in self.name and self._code.get(rest.removesuffix(self._ending)) == code:
                return code
        return None

    def now(self, cell: Cell) -> str:
        """What took the place of an area of an earlier edition, by name; empty where `config/` does not say."""
        return " and ".join(self._now.get(key(cell), ())) if isinstance(cell, str) else ""


class Vocabulary:
    """The names that may stand in the return of one request."""

    def __init__(self, framework: Framework, asked: Iterable[str], no_more: Iterable[str] = ()) -> None:
        self._framework = framework
        self._asked = tuple(framework.indicator[code] for code in asked if code in framework.indicator)
        self._no_more = {code: framework.indicator.get(code) for code in no_more}

    @property
    def asked(self) -> tuple[Indicator, ...]:
        """The indicators that were asked for."""
        return self._asked

    def asked_for(self, code: str) -> Indicator | None:
        """The indicator of a code, where it was asked for."""
        return next((each for each in self._asked if each.code == code), None)

    @cached_property
    def indicators(self) -> Names:
        """Indicators asked for, and those that no longer are: their rows are known for what they are."""
        no_more = ((code, known.title if known else code) for code, known in self._no_more.items())
        return Names([*((each.code, each.title) for each in self._asked), *no_more])

    def asked_no_more(self, code: str) -> bool:
        """Whether an indicator was asked for when the request went out, and no longer is."""
        return code in self._no_more

    @cached_property
    def areas(self) -> dict[str, Names]:
        """Areas by level."""
        return {level: self._names_of(level) for level in ("borough", "ward")}

    def _names_of(self, level: str) -> Names:
        areas = self._framework.areas(level)
        earlier = [(was, f"{area.name} ({area.code})") for area in areas for was in area.succeeds]
        return Names(((area.code, area.name) for area in areas), earlier, level, asks_names=True)

    @cached_property
    def markers(self) -> dict[str, Marker]:
        """What this partnership's suppliers write instead of a number or beside one."""
        return {written_key(said): Marker(marker) for said, marker in self._framework.partnership.markers.items()}

    def breakdowns(self, indicator: Indicator) -> Names:
        """The breakdowns of an indicator."""
        return Names((code, self._framework.breakdown[code].title) for code in indicator.breakdowns)

    def breakdown(self, code: str) -> Breakdown:
        """A breakdown by its code."""
        return self._framework.breakdown[code]

    def categories(self, breakdown: str) -> Names:
        """The categories of a breakdown."""
        if breakdown not in self._category_names:
            found: Breakdown = self._framework.breakdown[breakdown]
            self._category_names[breakdown] = Names(
                ((each.code, name) for each in found.categories for name in (each.title, *each.also)),
                asks_names=True,
            )
        return self._category_names[breakdown]

    @cached_property
    def _category_names(self) -> dict[str, Names]:
        return {}
