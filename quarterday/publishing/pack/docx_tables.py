"""Tables of a Word document as WordprocessingML: python-docx looks every cell up anew, which is slow by ward."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls
from docx.shared import Cm

from quarterday.publishing.charts.drawing import picture_bytes
from quarterday.publishing.pack.docx_links import linked
from quarterday.publishing.pack.model import Glance, Glances, Picture, Table

TEXT_WIDTH = 9638  # 17 cm in twentieths of a point
CHARACTER, CELL_MARGIN = 95, 140  # twentieths of a point: a character, and what stands round a cell's words
LONGEST_HEAD, LONGEST_CELL = 16, 90  # characters
SIZE = 17  # half points
TREND_WIDTH = Cm(2.6)
GLANCE_HEADS = ("Indicator", "Figure", "Trend", "What it says")
GLANCE_WIDTHS = (3300, 1500, 1750, 3088)


def table_xml(table: Table) -> str:
    """A table with a heading to each column, repeated on every page."""
    widths = _widths(table)
    head = _row(
        [
            _cell(_run(text, bold=True), width, right=table.is_numeric(index))
            for index, (text, width) in _each(table.columns, widths)
        ],
        head=True,
        kept=table.whole,
    )
    body = "".join(
        _row(
            [_cell(_run(text), width, right=table.is_numeric(index)) for index, (text, width) in _each(row, widths)],
            kept=table.whole and row is not table.rows[-1],
        )
        for row in table.rows
    )
    return _framed(table.caption, widths, head + body)


def glances_xml(document: Any, glances: Glances) -> str:
    """Indicators in one line each, with their trend as a picture."""
    head = _row(
        [_cell(_run(text, bold=True), width) for text, width in zip(GLANCE_HEADS, GLANCE_WIDTHS, strict=True)],
        head=True,
    )
    body = "".join(_row(_glance_cells(document, each)) for each in glances.rows)
    return _framed(glances.caption, GLANCE_WIDTHS, head + body)


def _glance_cells(document: Any, glance: Glance) -> list[str]:
    title = linked(glance.title, glance.anchor, SIZE) if glance.anchor else _run(glance.title)
    trend = _drawing(document, glance.trend) if glance.trend else ""
    contents = (title, _run(glance.figure, bold=True), trend, _run(glance.says))
    return [_cell(content, width) for content, width in zip(contents, GLANCE_WIDTHS, strict=True)]


def _drawing(document: Any, picture: Picture) -> str:
    inline = document.part.new_pic_inline(BytesIO(picture_bytes(picture.svg)), width=TREND_WIDTH)
    inline.docPr.set("descr", f"{picture.title}. {picture.description}")
    inline.docPr.set("title", picture.title)
    return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"


def _each(cells: Sequence[str], widths: Sequence[int]) -> enumerate[tuple[str, int]]:
    return enumerate(zip(cells, widths, strict=True))


def _framed(caption: str, widths: Sequence[int], rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="B1B4B6"/>' for edge in ("top", "bottom", "insideH"))
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>'
    look = '<w:tblLook w:firstRow="1" w:firstColumn="1" w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{edges}</w:tblBorders>'
        f"{margins}{look}<w:tblCaption w:val={quoteattr(caption)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _widths(table: Table) -> list[int]:
    """The width of each column, by its longest words within reason; where the page is too narrow, all give."""
    columns = list(zip(table.columns, *table.rows, strict=True))
    wanted = [_wide(max(min(len(head), LONGEST_HEAD), *map(len, cells), 1)) for head, *cells in columns]
    heads = [[f"{word}." for word in head.split()] for head, *_ in columns]  # bold, and so wider by a little
    words = [[*head, *" ".join(cells).split()] for head, (_, *cells) in zip(heads, columns, strict=True)]
    least = [min(_wide(max(map(len, of), default=1)), most) for of, most in zip(words, wanted, strict=True)]
    excess, slack = sum(wanted) - TEXT_WIDTH, sum(wanted) - sum(least)
    if excess <= 0:
        return wanted
    share = min(excess / slack, 1) if slack else 0
    return [most - round((most - few) * share) for most, few in zip(wanted, least, strict=True)]


def _wide(characters: int) -> int:
    return min(characters, LONGEST_CELL) * CHARACTER + CELL_MARGIN


def _row(cells: Sequence[str], *, head: bool = False, kept: bool = False) -> str:
    """A row; `kept` on the page of the next one."""
    if kept:
        cells = [cell.replace("<w:pPr>", "<w:pPr><w:keepNext/>", 1) for cell in cells]
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _cell(content: str, width: int, *, right: bool = False) -> str:
    aligned = '<w:jc w:val="right"/>' if right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{aligned}</w:pPr>{content}</w:p></w:tc>'
    )


def _run(text: str, *, bold: bool = False) -> str:
    heavy = "<w:b/>" if bold else ""
    return f'<w:r><w:rPr>{heavy}<w:sz w:val="{SIZE}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
