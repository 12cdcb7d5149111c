"""What a return brings of what was asked: which of its rows answers which figure, and how many figures that is.

The one count of the page before sending, of the receipt, of its email and of the answer to a script.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.keys import Series
from quarterday.domain.figures.returns import GridRow, ReturnRow, grid
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period


class Answers:
    """The rows that answer what was asked. What came for other days is that figure, where one period is asked for."""

    def __init__(self, asked: Sequence[GridRow], rows: Iterable[ReturnRow]) -> None:
        periods: dict[str, set[Period]] = {}
        for place in asked:
            periods.setdefault(place.indicator, set()).add(place.period)
        self._one_period = frozenset(code for code, of in periods.items() if len(of) == 1)
        self._rows = {self._key(row.series, row.period): row for row in rows if row.tells}

    def to(self, place: GridRow) -> ReturnRow | None:
        """The row that answers a figure; None where none does."""
        series = place.indicator, place.area_code, place.breakdown, place.category
        return self._rows.get(self._key(series, place.period))

    def _key(self, series: Series, period: Period | None) -> tuple[Series, Period | None]:
        return series, None if series[0] in self._one_period else period


@dataclass(frozen=True)
class Brought:
    """How many of the figures asked for a return brings, and the indicators of which something is still to come."""

    asked: int
    answered: int
    lacking: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether it brings all that was asked."""
        return self.answered == self.asked


def brought(
    framework: Framework,
    request: RequestMade,
    period: Period,
    rows: Iterable[ReturnRow],
    still_open: Collection[str],
) -> Brought:
    """What rows bring of a request, of which some indicators are still open but for them."""
    known = tuple(framework.indicator[code] for code in request.asked if code in framework.indicator)
    asked = grid(framework, known, period)
    answers = Answers(asked, rows)
    without = [place for place in asked if answers.to(place) is None]
    lacking = dict.fromkeys(place.indicator for place in without if place.indicator in still_open)
    return Brought(len(asked), len(asked) - len(without), tuple(lacking))


def still_wanted(request: RequestMade, missing: Collection[str], rows: Iterable[ReturnRow]) -> RequestMade:
    """A request narrowed to what no accepted return has brought, and to what rows bring anew: a correction is shown.

    The whole of it where that is nothing.
    """
    told = {row.indicator for row in rows if row.tells}
    wanted = tuple(code for code in request.asked if code in missing or code in told)
    return replace(request, asked=wanted) if wanted else request
