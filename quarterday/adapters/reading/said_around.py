"""What stands around a table about its numbers: that they are thousands, or rounded. A title is not its only place."""

import re
from collections.abc import Iterator

from quarterday.adapters.parsing.tables import FileTables, Table, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.values import read_text
from quarterday.domain.figures.findings import Finding

_MANY = r"(?:tens|hundreds|thousands|millions|billions|'?0{3}'?s?)"
_NUMBERS = r"(?:figures?|numbers?|values?|counts?|data|amounts?|totals?|all|everything|columns?|rows?|cells?)"
_SCALE = re.compile(
    rf"\bin\s+(?:units of\s+)?{_MANY}\b(?!\s+of\s+(?:cases|wards))|[(\[]\s*(?:in\s+|x\s*|£|gbp\s*)?{_MANY}\s*[)\]]"
    rf"|£\s?{_MANY}|\b{_NUMBERS}\b[^.;:]{{0,30}}[:=-]\s*{_MANY}\b|^\W*(?:units?|scale|multiplier)\W+{_MANY}\b"
    r"|^\W*'?0{3}'?s?\W*$"
    r"|(?:^|[\s(])(?:[x×]|multipl\w+ by|divided by|times)\s?1[, ]?0{3,}\b|\b(?:rates?\s+)?per\s+1[, ]?0{2,}\b"
    rf"|\b{_NUMBERS}\b[^.;]{{0,30}}\b(?:are|as|in|shown as|given as)\s+(?:per ?cent(?:ages)?|%)",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"\bround(?:ed|ing)\b[^.;]{0,40}\b(?:nearest|to|base|multiples?)\b\D{0,20}\d", re.IGNORECASE)
_MOST_CELLS_OF_A_NOTE = 2
_AROUND = ("words around the table", "a header or footer")


def doubts_around(reading: FileTables, table: Table, header: int) -> list[Finding]:
    """What a file says around a table, whose titles stand in row `header`, that makes its numbers other ones.

    It may stand above or below the table, in the sheet's name or the file's, in a header or footer.
    """
    findings = []
    for cell, text in _words(reading, table, header):
        at = (cell,) if cell else ()
        if _SCALE.search(text.replace("’", "'")):
            findings.append(found("scale-around", table.sheet, "", at))
        elif _ROUNDED.search(text):
            findings.append(found("rounded", table.sheet, "", at))
    return findings


def _words(reading: FileTables, table: Table, header: int) -> Iterator[tuple[str, str]]:
    """The words that stand around a table, each with its cell; those of names and footers have none."""
    for row, cells in enumerate(table.rows):
        if row < header or (row > header and len(cells) - cells.count(None) <= _MOST_CELLS_OF_A_NOTE):
            said = [(at, cell) for at, cell in enumerate(cells) if cell is not None]
            yield from ((address(row, at), read_text(cell)) for at, cell in said if isinstance(cell, str))
    yield "", table.sheet.replace("_", " ")
    yield "", re.sub(r"[_-]", " ", reading.name.rpartition(".")[0])
    for aside in reading.asides:
        if aside.place in _AROUND and aside.sheet in ("", table.sheet):
            yield "", aside.text
