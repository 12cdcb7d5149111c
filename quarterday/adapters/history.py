"""The earlier quarters of a partner's own export, brought in as history: by a command or by an officer's press."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from quarterday.adapters.reading import FileTables, exports_of
from quarterday.adapters.reading.export_history import Quarter, as_tidy, earlier_quarters
from quarterday.adapters.reading.export_sheets import fits
from quarterday.adapters.tidy_file import tidy_rows
from quarterday.domain.facts import Facts, FiguresBackfilled
from quarterday.domain.figures.backfilling import BackfillProblem, figures_in
from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period


@dataclass(frozen=True)
class History:
    """What an export says of the quarters before one: each with its figures or why not, and all as a tidy table."""

    framework: Framework
    quarters: tuple[Quarter, ...]
    source: str

    @cached_property
    def data(self) -> bytes:
        """The tidy table of everything that can be taken."""
        return as_tidy(row for quarter in self.quarters for row in quarter.rows)

    @property
    def sha256(self) -> str:
        """What the table is known by."""
        return sha256(self.data).hexdigest()

    @cached_property
    def read(self) -> tuple[list[Figure], list[BackfillProblem]]:
        """Its figures, and what is wrong with rows of it: then nothing is taken."""
        return figures_in(self.framework, tidy_rows(self.data), source=self.source, sha256=self.sha256)

    def brought_in(self, facts: Facts) -> FiguresBackfilled | None:
        """The fact that these very figures were brought in before, where there is one."""
        return next((each for each in facts.of(FiguresBackfilled) if each.sha256 == self.sha256), None)


def history_in(
    reading: FileTables, partner: str, framework: Framework, exports: Mapping[str, Export], before: Period
) -> History | None:
    """The quarters before one in a partner's own export; None where no mapping knows the file."""
    known = exports_of(partner, framework, exports) if partner in framework.partner else []
    export = next((each for each in known if fits(reading, each)), None)
    if export is None:
        return None
    quarters = earlier_quarters(reading, export, framework, before)
    return History(framework, tuple(quarters), f"backfill {reading.name}")
