"""Periods that overlap, cut into pieces: what a reader gets by adding and taking away the periods of one series.

A count over days grows with the days, so each published period says how far it grew from one date to another. Dates
that a chain of periods joins are therefore known from one another, whether the periods nest, touch or merely overlap:
June to September and July to October give June and October by difference, once either of them is public.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog

from quarterday.domain.framework.periods import Period

_NEARLY = 1e-6
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """Pieces whose sum periods give away, though nobody published it: what is in `span` and not in `without`."""

    span: Period
    without: tuple[Period, ...]
    pieces: tuple[Period, ...]

    def is_within(self, periods: Collection[Period]) -> bool:
        """Whether all its days lie in some of those periods: nobody in them is nobody in it."""
        return all(any(period.contains(piece) for period in periods) for piece in self.pieces)


@dataclass(frozen=True)
class Cut:
    """A series cut wherever one of its periods begins or ends. `counts` holds one count that fits all that is told."""

    counts: Mapping[Period, float]
    made_of: Mapping[Period, tuple[Period, ...]]  # each period that fits the others, by its pieces
    told: tuple[Told, ...]
    contradicted: frozenset[Period]  # periods that no counts of the pieces can come to


def clusters(periods: Collection[Period]) -> Iterator[tuple[Period, ...]]:
    """The periods that share days with one another, directly or through others; one that stands alone is left out."""
    together: list[Period] = []
    reach = date.min
    for period in sorted(periods):
        if together and period.start > reach:
            if len(together) > 1:
                yield tuple(together)
            together = []
        reach = max(reach, period.end) if together else period.end
        together.append(period)
    if len(together) > 1:
        yield tuple(together)


def cut(values: Mapping[Period, float], known: Mapping[Period, float] | None = None) -> Cut:
    """Cut the periods of one cluster, given what each came to and, where it is `known`, what each piece did."""
    pieces = _pieces(values)
    made_of = {period: tuple(each for each in pieces if period.contains(each)) for period in values}
    counts, contradicted = _counts(pieces, made_of, values)
    if known and not contradicted and all(_adds_up(known, made_of[period], values[period]) for period in values):
        counts = {piece: known[piece] for piece in pieces}
    fitting = {period: made_of[period] for period in values if period not in contradicted}
    return Cut(counts, fitting, tuple(_told(pieces, fitting)), contradicted)


def joined_by(periods: Collection[Period], span: Period) -> bool:
    """Whether periods give away how far a count grew over a span, by adding and taking away."""
    group = _groups(periods)
    return span.start in group and group.get(span.start) == group.get(span.end + _DAY)


def _pieces(periods: Collection[Period]) -> list[Period]:
    dates = sorted({day for each in periods for day in (each.start, each.end + _DAY)})
    every = [Period(first, after - _DAY) for first, after in pairwise(dates)]
    return [piece for piece in every if any(period.contains(piece) for period in periods)]


def _counts(
    pieces: Sequence[Period], made_of: Mapping[Period, tuple[Period, ...]], values: Mapping[Period, float]
) -> tuple[dict[Period, float], frozenset[Period]]:
    """Counts of the pieces that come to the periods, and the periods that none come to.

    The rows are runs of pieces, so the corners of the programme are whole numbers where the periods are.
    """
    place = {piece: index for index, piece in enumerate(pieces)}
    periods = list(values)
    sums = np.zeros((len(periods), len(pieces)))
    for row, period in enumerate(periods):
        sums[row, [place[piece] for piece in made_of[period]]] = 1.0
    off = np.eye(len(periods))
    answer = linprog(
        np.concatenate((np.zeros(len(pieces)), np.ones(2 * len(periods)))),
        A_eq=np.hstack((sums, off, -off)),
        b_eq=np.array([values[period] for period in periods], dtype=np.float64),
        bounds=(0, None),
        method="highs-ds",
    )
    assert answer.status == 0, "counts that may be off by anything always fit"
    found = answer.x[: len(pieces)]
    missed = answer.x[len(pieces) :].reshape(2, -1).sum(axis=0)
    counts = {piece: _whole(float(count)) for piece, count in zip(pieces, found, strict=True)}
    return counts, frozenset(period for period, by in zip(periods, missed, strict=True) if by > _NEARLY)


def _adds_up(counts: Mapping[Period, float], pieces: Sequence[Period], value: float) -> bool:
    return all(piece in counts for piece in pieces) and sum(counts[piece] for piece in pieces) == value


def _whole(count: float) -> float:
    return float(round(count)) if abs(count - round(count)) < _NEARLY else count


def _told(pieces: Sequence[Period], periods: Collection[Period]) -> Iterator[Told]:
    """The least spans that the periods give away, and what is left of each when the spans within it are taken out."""
    spans = _spans(periods)
    for span in spans:
        inside = tuple(piece for piece in pieces if span.contains(piece))
        if span not in periods:
            yield Told(span, (), inside)
        within = [each for each in spans if each != span and span.contains(each)]
        for without in dict.fromkeys((_apart(within), _apart(within[::-1]))):
            left = tuple(piece for piece in inside if not any(each.contains(piece) for each in without))
            if without and left:
                yield Told(span, without, left)


def _spans(periods: Collection[Period]) -> list[Period]:
    """From each date to the next one that is known from it."""
    dates: dict[date, list[date]] = {}
    for day, leader in sorted(_groups(periods).items()):
        dates.setdefault(leader, []).append(day)
    return sorted(Period(first, after - _DAY) for known in dates.values() for first, after in pairwise(known))


def _apart(spans: Sequence[Period]) -> tuple[Period, ...]:
    """The longest spans, of two that share days the one that comes first in the order given."""
    longest = [each for each in spans if not any(each != other and other.contains(each) for other in spans)]
    chosen: list[Period] = []
    for span in longest:
        if not any(span.overlap_days(other) for other in chosen):
            chosen.append(span)
    return tuple(sorted(chosen))


def _groups(periods: Collection[Period]) -> dict[date, date]:
    """Each date at which a period begins or ends, with one that stands for all that are known from it."""
    leader: dict[date, date] = {}

    def root(day: date) -> date:
        leader.setdefault(day, day)
        while leader[day] != day:
            day = leader[day]
        return day

    for period in periods:
        leader[root(period.end + _DAY)] = root(period.start)
    return {day: root(day) for day in list(leader)}
