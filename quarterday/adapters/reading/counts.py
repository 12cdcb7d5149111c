"""One number of a partner's own export and what it counts, and all that an entry of the mapping gave."""

from dataclasses import dataclass, field
from itertools import pairwise

from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import Marker, Tidied
from quarterday.domain.framework.periods import Period


@dataclass(frozen=True)
class Count:
    """One number of the export and what it counts. `written` is the class as the export names it, where it is new."""

    area: str
    category: str
    period: Period
    value: float | None
    marker: Marker | None
    cell: str
    sheet: str = ""
    written: str = ""


@dataclass
class Counts:
    """What one entry of the mapping gave: numbers of the span asked for, and every period that the file covers."""

    inside: list[Count] = field(default_factory=list)
    periods: set[Period] = field(default_factory=set)
    outside: dict[tuple[str, str], Period] = field(default_factory=dict)  # by sheet and cell that says the time
    classes: set[str] = field(default_factory=set)  # the categories of which any row speaks, whatever its period
    findings: list[Finding] = field(default_factory=list)
    tidied: list[Tidied] = field(default_factory=list)

    def add(self, other: "Counts") -> None:
        """Join what another sheet of the same entry gave."""
        self.inside += other.inside
        self.periods |= other.periods
        self.outside |= other.outside
        self.classes |= other.classes
        self.findings += other.findings
        self.tidied += other.tidied


def tiling(periods: set[Period], asked: Period) -> set[Period]:
    """The periods that together make up the one asked, without gap or overlap; none where they do not."""
    if asked in periods:
        return {asked}
    inside = sorted(each for each in periods if asked.start <= each.start and each.end <= asked.end)
    joined = all(one.end.toordinal() + 1 == two.start.toordinal() for one, two in pairwise(inside))
    whole = bool(inside) and joined and (inside[0].start, inside[-1].end) == (asked.start, asked.end)
    return set(inside) if whole else set()
