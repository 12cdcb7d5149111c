"""Tables of a Word document as WordprocessingML: python-docx looks every cell up anew, which is slow by ward."""

from collections.abc import Sequence
from typing import Any

from quarterday.publishing.pack.docx_cells import SIZE, cell_words, framed, table_cell, table_row, trend_drawing
from quarterday.publishing.pack.docx_links import linked
from quarterday.publishing.pack.model import Glance, Glances, Table

TEXT_WIDTH = 9638  # 17 cm in twentieths of a point
CHARACTER, CELL_MARGIN = 95, 140  # twentieths of a point: a character, and what stands round a cell's words
LONGEST_HEAD, LONGEST_CELL = 16, 90  # characters
WIDE_SIGNS = "%●▲■◆○"
GLANCE_HEADS = ("Indicator", "Figure", "Trend", "What it says")
GLANCE_WIDTHS = (3300, 1500, 1750, 3088)


def table_xml(table: Table) -> str:
    """A table with a heading to each column, repeated on every page."""
    widths = _widths(table)
    head = table_row(
        [
            table_cell(cell_words(text, bold=True), width, right=table.is_numeric(index))
            for index, (text, width) in _each(table.columns, widths)
        ],
        head=True,
        kept=table.whole,
    )
    body = "".join(
        table_row(
            [
                table_cell(cell_words(text), width, right=table.is_numeric(index))
                for index, (text, width) in _each(row, widths)
            ],
            kept=table.whole and row is not table.rows[-1],
        )
        for row in table.rows
    )
    return framed(table.caption, widths, head + body)


def glances_xml(document: Any, glances: Glances) -> str:
    """Indicators in one line each, with their trend as a picture."""
    head = table_row(
        [
            table_cell(cell_words(text, bold=True), width)
            for text, width in zip(GLANCE_HEADS, GLANCE_WIDTHS, strict=True)
        ],
        head=True,
    )
    body = "".join(table_row(_glance_cells(document, each)) for each in glances.rows)
    return framed(glances.caption, GLANCE_WIDTHS, head + body)


def _glance_cells(document: Any, glance: Glance) -> list[str]:
    title = linked(glance.title, glance.anchor, SIZE) if glance.anchor else cell_words(glance.title)
    trend = trend_drawing(document, glance.trend) if glance.trend else ""
    contents = (title, cell_words(glance.figure, bold=True), trend, cell_words(glance.says))
    return [table_cell(content, width) for content, width in zip(contents, GLANCE_WIDTHS, strict=True)]


def _each(cells: Sequence[str], widths: Sequence[int]) -> enumerate[tuple[str, int]]:
    return enumerate(zip(cells, widths, strict=True))


def _widths(table: Table) -> list[int]:
    """The width of each column, by its longest words within reason; where the page is too narrow, all give."""
    columns = list(zip(table.columns, *table.rows, strict=True))
    wanted = [_wide(max(min(len(head) + 1, LONGEST_HEAD), *map(_length, cells))) for head, *cells in columns]
    heads = [[f"{word}." for word in head.split()] for head, *_ in columns]  # bold, and so wider by a little
    words = [[*head, *" ".join(cells).split(" ")] for head, (_, *cells) in zip(heads, columns, strict=True)]
    least = [min(_wide(max(map(_length, of), default=1)), most) for of, most in zip(words, wanted, strict=True)]
    excess, slack = sum(wanted) - TEXT_WIDTH, sum(wanted) - sum(least)
    if excess <= 0:
        return wanted
    share = min(excess / slack, 1) if slack else 0
    return [most - round((most - few) * share) for most, few in zip(wanted, least, strict=True)]


def _length(word: str) -> int:
    """How many characters' room a word takes: signs and shapes take that of two."""
    return len(word) + sum(each in WIDE_SIGNS for each in word)


def _wide(characters: int) -> int:
    return min(characters, LONGEST_CELL) * CHARACTER + CELL_MARGIN
