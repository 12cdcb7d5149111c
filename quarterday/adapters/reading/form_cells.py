"""One row of our template, cell by cell: what stands in its columns, and what is said of it."""

from dataclasses import dataclass, field

from quarterday.adapters.parsing.appearances import UNSEEN
from quarterday.adapters.parsing.tables import Cell, Table, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.columns import Column
from quarterday.adapters.reading.form_tables import Header
from quarterday.adapters.reading.merged_cells import Merged
from quarterday.adapters.reading.naming import Vocabulary
from quarterday.adapters.reading.values import shown
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import ReturnRow, Tidied

_NOT_COVERED: Cell = "not covered by a merged cell"
_MAY_BE_MERGED = (
    Column.INDICATOR,
    Column.INDICATOR_CODE,
    Column.AREA,
    Column.AREA_CODE,
    Column.BREAKDOWN,
    Column.BREAKDOWN_CODE,
    Column.PERIOD_FROM,
    Column.PERIOD_TO,
    Column.PARTNER,
    Column.COLLECTION,
)


@dataclass
class FormRead:
    """What a filled-in template said."""

    rows: list[ReturnRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tidied: list[Tidied] = field(default_factory=list)
    partners: set[str] = field(default_factory=set)
    collections: set[str] = field(default_factory=set)


class RowCells:
    """One row under a header of the template. `notes` are the notes on cells of its sheet, by address."""

    def __init__(
        self,
        table: Table,
        row: int,
        header: Header,
        vocabulary: Vocabulary,
        merged: Merged,
        form: FormRead,
        notes: dict[str, str],
    ) -> None:
        self.table, self.row, self.header = table, row, header
        self.vocabulary, self.merged, self.form, self.notes = vocabulary, merged, form, notes
        self.indicator = ""

    def cell(self, column: Column) -> Cell:
        """What stands in a column of this row; None where the table lacks the column."""
        position = self.header.position.get(column)
        if position is None:
            return None
        covered = self.merged.get((self.row, position), _NOT_COVERED)
        if covered is _NOT_COVERED:
            return self.table.cell(self.row, position)
        # One name, merged over the rows that it is for; what lies under a merged cell otherwise, nobody sees.
        return covered if column in _MAY_BE_MERGED else None

    def stands_for_several(self, column: Column) -> bool:
        """Whether a cell that was filled in is merged with those below or above: the figure of which row is it?"""
        position = self.header.position.get(column, -1)
        covered = self.merged.get((self.row, position))
        below = (self.row + 1, position) in self.merged and self.table.cell(self.row, position) is not None
        return covered is not None or (below and (self.row, position) not in self.merged)

    def at(self, column: Column) -> str:
        """The address of a column in this row."""
        return address(self.row, self.header.position[column])

    def find(self, rule: str, column: Column, **words: str | int) -> None:
        """A finding at a column of this row."""
        cells = (self.at(column),) if column in self.header.position else ()
        self.form.findings.append(found(rule, self.table.sheet, column.value, cells, self.indicator, **words))

    def find_at_title(self, rule: str, column: Column, **words: str | int) -> None:
        """A finding at the title of a column."""
        cells = (address(self.header.row, self.header.position[column]),)
        self.form.findings.append(found(rule, self.table.sheet, column.value, cells, "", **words))

    def tidied(self, column: Column, read_as: object) -> None:
        """Say that a cell was read as something else than it was written."""
        written = shown(self.cell(column))
        self.form.tidied.append(Tidied(self.table.sheet, self.at(column), column.value, written, str(read_as)))

    def doubt(self, column: Column) -> str:
        """Why a cell cannot be trusted; empty where it can."""
        return self.table.doubts.get(self.at(column), "") if column in self.header.position else ""

    def shown_as(self, column: Column) -> str:
        """How a cell looks otherwise than it is; empty where it does not."""
        if column not in self.header.position:
            return ""
        if self.header.position[column] in self.table.hidden_columns and self.cell(column) is not None:
            return UNSEEN
        return self.table.shown_as.get(self.at(column), "")
