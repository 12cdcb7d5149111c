"""Where a row of a return belongs in the grid that was asked for, and what is wrong with one that has no place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from expectations.checking import Job
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.keys import key_as_text
from quarterday.domain.figures.returns import GridRow, ReturnRow, grid
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period


class Asked:
    """The grid of one request, by series."""

    def __init__(self, framework: Framework, request: RequestMade, period: Period) -> None:
        indicators = tuple(framework.indicator[code] for code in request.asked if code in framework.indicator)
        self._framework = framework
        self.grid = grid(framework, indicators, period)
        self._series: dict[tuple[str, str, str, str], list[GridRow]] = defaultdict(list)
        for place in self.grid:
            self._series[place.series].append(place)

    def place_of(self, row: ReturnRow) -> GridRow | None:
        """The place that a row answers.

        A row of another period answers the place of its series where there is but one; among several (months) it must
        say which.
        """
        places = self._series.get(row.series, [])
        if not places and (new := self._new_class(row)):
            return new
        exact = [place for place in places if place.period == row.period]
        if exact:
            return exact[0]
        return places[0] if len(places) == 1 else None

    def _new_class(self, row: ReturnRow) -> GridRow | None:
        """A place for what a supplier's export names and nobody has placed: asked for by nobody, and part of totals."""
        breakdown = self._framework.breakdown.get(row.breakdown)
        new = breakdown.for_new if breakdown else None
        if new is None or new.code != row.category or row.period is None:
            return None
        beside = [each for each in self.grid if (each.indicator, each.area_code) == (row.indicator, row.area_code)]
        if not any(each.breakdown == row.breakdown for each in beside):
            return None
        return replace(
            beside[0], period=row.period, breakdown=row.breakdown, category=new.code, category_title=new.title
        )

    def answered_by(self, rows: Iterable[ReturnRow]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The asked indicators that rows have a word on, and the keys of those indicators' figures without one.

        Whoever leaves a figure blank and says why in a comment leaves it open no more.
        """
        placed = [(row, place) for row in rows if (place := self.place_of(row))]
        told = {place.indicator for row, place in placed if row.tells}
        spoken_of = {place for row, place in placed if row.tells or row.comment.strip()}
        indicators = tuple(dict.fromkeys(place.indicator for place in self.grid if place.indicator in told))
        left = (place for place in self.grid if place.indicator in told and place not in spoken_of)
        return indicators, tuple(key_as_text(place.key) for place in left)

    @cached_property
    def every(self) -> frozenset[GridRow]:
        """The places of the grid."""
        return frozenset(self.grid)

    @cached_property
    def areas(self) -> frozenset[tuple[str, str]]:
        """The (indicator, area code) that were asked."""
        return frozenset((place.indicator, place.area_code) for place in self.grid)

    @cached_property
    def classes(self) -> frozenset[tuple[str, str, str]]:
        """The (indicator, breakdown, category) that were asked."""
        return frozenset((place.indicator, place.breakdown, place.category) for place in self.grid)


def misplaced(job: Job, row: ReturnRow, asked: Asked) -> str:
    """The rule that a row without a place breaks."""
    if row.indicator in job.request.withheld:
        return "withheld"
    if row.indicator not in job.framework.indicator:
        return "unknown-indicator"
    if row.indicator not in job.request.asked:
        return "not-asked"
    if row.indicator not in job.taken.asked:
        return "agreement-over"
    if (row.indicator, row.area_code) not in asked.areas:
        return "unknown-area"
    if (row.indicator, row.breakdown, row.category) not in asked.classes:
        return "unknown-category" if row.breakdown or row.category else "total-not-asked"
    return "which-period"
