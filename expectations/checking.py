"""Read a file and check it: the very same for the portal's preview and for the flow's verdict.

The caller's process stays light and safe: it imports neither great_expectations nor pandas, the file is read in the
reading process, and the checks run in a fresh child of a warm process (`expectations.warm_process`) with limits on
memory and time. Whatever a child does costs its own check and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from expectations.warm import CheckDiedError, WarmProcess
from quarterday.adapters.scanning import Scanner
from quarterday.domain.collection.covered import as_covered
from quarterday.domain.facts import ActivityTold, RequestMade, Verdict
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.findings import Finding, Severity
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from quarterday.domain.risks.reviewing import RiskStands

if TYPE_CHECKING:
    from quarterday.adapters.reading import FileTables
    from quarterday.domain.framework.exports import Export


VIRUS = "refused:virus"  # the rule of the one finding that a file with a virus in it has
FOUND = (
    "A virus was found in this file ({virus}). It is set apart, and nobody has read it. Tell whoever looks after your "
    "computers, then send a file that is clean."
)
MANY_CELLS = 100_000  # a whole borough's return has some thousands
TOO_MUCH = (
    "This file holds so much that we could not check it in a minute. Send only the table of figures that we asked for, "
    "without the records that they were counted from."
)


@dataclass(frozen=True)
class Job:
    """One file to read and check against the request that it answers.

    `says_period` is the period the sender said on the page that the figures cover, where it is not what was asked;
    `part` says that the sender sends only part now; `explanations` is what the sender wrote about the warnings;
    `told_before` holds last time's word on each activity that is asked about, by its code; `risks_owned` those that the
    sender may look at again, by theirs;
    `already` names the indicators on which there is a word already, which this one may leave empty; `no_more` those
    that were asked for when the request went out and are no longer, whose rows are left out; `limits_anew` the
    days from which an officer had an indicator's limits begin anew.
    """

    data: bytes
    suffix: str
    framework: Framework
    request: RequestMade
    period: Period
    exports: Mapping[str, "Export"]
    earlier: tuple[Figure, ...]
    today: date
    says_period: Period | None = None
    part: bool = False
    explanations: str = ""
    already: tuple[str, ...] = ()
    told_before: Mapping[str, ActivityTold] = field(default_factory=dict)
    risks_owned: Mapping[str, RiskStands] = field(default_factory=dict)
    no_more: tuple[str, ...] = ()
    name: str = ""  # what the sender calls the file; a period may stand in it
    limits_anew: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    came_on: date | None = None  # the day on which it came, where that is not today

    @cached_property
    def taken(self) -> RequestMade:
        """The request without what no agreement covered any more when the file came."""
        return as_covered(self.framework, self.request, self.came_on or self.today)


@dataclass(frozen=True)
class Checked:
    """What a check made of a file. `partner_return` holds what was asked for and is None where nothing may be kept."""

    partner_return: PartnerReturn | None
    findings: tuple[Finding, ...]
    verdict: Verdict


Point = tuple[str, str, str, str, int, Period, float]  # a figure's series, its definition's version, period and value


@dataclass(frozen=True)
class ToCheck:
    """What crosses to the child: a job without its bytes and its history, what of that is looked at, and the tables.

    A history holds thousands of figures; as plain points they cross many times faster.
    """

    job: Job
    points: tuple[Point, ...] = field(repr=False)
    reading: "FileTables" = field(repr=False)

    @classmethod
    def of(cls, job: Job, reading: "FileTables") -> "ToCheck":
        """A job ready to cross, with the history of what was asked and of nothing else."""
        periods: dict[Period, Period] = {}  # the same period crosses once
        points = tuple(
            (*each.series, each.definition_version, periods.setdefault(each.period, each.period), each.value)
            for each in job.earlier
            if each.value is not None and each.indicator in job.request.asked
        )
        return cls(replace(job, data=b"", earlier=()), points, reading)

    @property
    def whole_job(self) -> Job:
        """The job with its history again."""
        earlier = (
            Figure(indicator, version, area, breakdown, category, period, value)
            for indicator, area, breakdown, category, version, period, value in self.points
        )
        return replace(self.job, earlier=tuple(earlier))


@dataclass(frozen=True)
class ToMark:
    """What crosses to the child to mark the sender's own workbook."""

    data: bytes = field(repr=False)
    findings: tuple[Finding, ...]


class Checker:
    """Checks returns in a warm, limited process. Safe to share between threads; a context manager.

    Each check may take so much memory and time, and so many run at once; others wait for their turn.
    The first check waits some seconds for the process to warm unless `start` was called before, or another checker of
    the same installation `lends` its own at the place from which this one `borrows`.
    """

    def __init__(
        self,
        *,
        memory_bytes: int = 2 * 1024**3,
        seconds: int = 60,
        at_once: int = 4,
        lends: Path | None = None,
        borrows: Path | None = None,
        scanner: Scanner | None = None,
    ) -> None:
        self._scanner = scanner
        self._warm = WarmProcess(
            memory_bytes=memory_bytes, seconds=seconds, at_once=at_once, lends=lends, borrows=borrows
        )

    def start(self) -> None:
        """Begin to warm the process, without waiting for it."""
        self._warm.start()

    def check(self, job: Job) -> Checked:
        """Read and check one file, once a scanner, where there is one, has found nothing in it.

        Raises `NotScannedError` where the scanner has no answer, and `CheckFailedError` where the machinery, not the
        file, is at fault.
        """
        from quarterday.adapters.reading import Refusal, read_tables  # noqa: PLC0415  (engines only when needed)

        if self._scanner and (virus := self._scanner.virus_in(job.data)):
            return infected(virus)
        self.start()
        read = read_tables(job.data, job.name or f"return{job.suffix}")
        if isinstance(read, Refusal):
            return refused(read.reason, read.sentence)
        try:
            answer = self._warm.ask(ToCheck.of(job, read))
        except CheckDiedError:
            if sum(len(row) for table in read.tables for row in table.rows) < MANY_CELLS:
                raise
            return refused("too-much", TOO_MUCH)
        assert isinstance(answer, Checked)
        return answer

    def mark(self, data: bytes, suffix: str, findings: tuple[Finding, ...]) -> bytes | None:
        """The sender's own workbook with the failing cells filled and commented; None where it is no .xlsx."""
        if suffix.lower() != ".xlsx":
            return None
        answer = self._warm.ask(ToMark(data, findings))
        assert isinstance(answer, bytes)
        return answer

    def close(self) -> None:
        """End the warm process."""
        self._warm.close()

    def __enter__(self) -> "Checker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def refused(reason: str, sentence: str) -> Checked:
    """A file that is no return at all: one critical finding that says why."""
    finding = Finding(f"refused:{reason}", Severity.CRITICAL, sentence, sentence)
    return Checked(None, (finding,), Verdict.QUERIED)


def infected(virus: str) -> Checked:
    """A file in which a virus was found: one critical finding that names it, and nothing of the file."""
    sentence = FOUND.format(virus=virus)
    return Checked(None, (Finding(VIRUS, Severity.CRITICAL, sentence, sentence),), Verdict.INFECTED)
