"""What could not be measured in a year: what never came, what is hidden, and why, quarter by quarter."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quarterday.domain.framework.periods import say_date
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.yearly.figures import YearLine, is_hidden
from quarterday.publishing.yearly.released import ReleasedYear

CAME_SINCE = "It has come since."


@dataclass(frozen=True)
class Unmeasured:
    """An indicator of which something is missing in one quarter or several: why, whose gap, whether it came since."""

    title: str
    quarters: str
    why: str
    owner: str
    since: str


@dataclass(frozen=True)
class HiddenFigures:
    """How many of an indicator's published figures of the year are hidden, its parts included."""

    title: str
    hidden: int
    of: int


def unmeasured_in(released: ReleasedYear, lines: Iterable[YearLine]) -> tuple[Unmeasured, ...]:
    """Every gap of the year, by indicator, then by quarter."""
    return tuple(each for line in lines for each in _of_line(released, line))


def _of_line(released: ReleasedYear, line: YearLine) -> Iterator[Unmeasured]:
    alike: dict[tuple[str, str, str], list[str]] = {}
    for of, figures, label in zip(released.quarters, line.quarters, released.year.labels, strict=True):
        for gap in (each for each in of.gaps if each["indicator"] == line.indicator.code):
            came = any(each.value is not None for each in figures)
            said = _sentence(gap["why"]), gap["owner"], CAME_SINCE if came else _expected(gap["expected"])
            alike.setdefault(said, []).append(label)
    for (why, owner, since), quarters in alike.items():
        yield Unmeasured(line.indicator.title, ", ".join(quarters), why, owner, since)


def _expected(day: str) -> str:
    return f"Expected by {say_date(date.fromisoformat(day))}." if day else "No date was given."


def hidden_in(released: ReleasedYear, lines: Iterable[YearLine]) -> tuple[HiddenFigures, ...]:
    """The indicators of which anything is hidden, with how many of their figures."""
    told = [
        released.word[each.key] for of in released.quarters for each in of.observations if each.key in released.word
    ]
    found = []
    for line in lines:
        rows = [
            each
            for each in told
            if each.indicator == line.indicator.code and each.period.end <= released.year.period.end
        ]
        if hidden := sum(map(is_hidden, rows)):
            found.append(HiddenFigures(line.indicator.title, hidden, len(rows)))
    return tuple(found)


def tally_of(unmeasured: Collection[Unmeasured], hidden: Sequence[HiddenFigures]) -> str:
    """How much could not be measured, in a sentence."""
    open_now = len({each.title for each in unmeasured if each.since != CAME_SINCE})
    gaps = f"Still missing: figures of {_indicators(open_now)}" if open_now else "No figure is still missing"
    return f"{gaps}. Small counts are hidden in {_indicators(len(hidden))}." if hidden else f"{gaps}."


def _indicators(count: int) -> str:
    return f"{say_number(count)} {'indicator' if count == 1 else 'indicators'}"


def _sentence(why: str) -> str:
    return f"{why[:1].upper()}{why[1:].rstrip('.')}."
