"""Rows, cells and words of a Word document's tables, as WordprocessingML."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls
from docx.shared import Cm

from quarterday.publishing.charts.drawing import picture_bytes
from quarterday.publishing.pack.model import Picture

SIZE = 17  # half points
TREND_WIDTH = Cm(2.6)


def framed(caption: str, widths: Sequence[int], rows: str) -> str:
    """A table round its rows, with its columns and edges."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="B1B4B6"/>' for edge in ("top", "bottom", "insideH"))
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>'
    look = '<w:tblLook w:firstRow="1" w:firstColumn="1" w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{edges}</w:tblBorders>'
        f"{margins}{look}<w:tblCaption w:val={quoteattr(caption)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def table_row(cells: Sequence[str], *, head: bool = False, kept: bool = False) -> str:
    """A row; `kept` on the page of the next one."""
    if kept:
        cells = [cell.replace("<w:pPr>", "<w:pPr><w:keepNext/>", 1) for cell in cells]
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table_cell(content: str, width: int, *, right: bool = False, over: int = 1) -> str:
    """A cell with what stands in it, over so many columns."""
    aligned = '<w:jc w:val="right"/>' if right else ""
    span = f'<w:gridSpan w:val="{over}"/>' if over > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{aligned}</w:pPr>{content}</w:p></w:tc>'
    )


def cell_words(text: str, *, bold: bool = False, size: int = SIZE, colour: str = "") -> str:
    """Words in the size of a table; `size` is in half points, `colour` six hexadecimal digits."""
    coloured = f'<w:color w:val="{colour}"/>' if colour else ""
    look = f'{"<w:b/>" if bold else ""}{coloured}<w:sz w:val="{size}"/>'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def trend_drawing(document: Any, picture: Picture, width: int = TREND_WIDTH) -> str:
    """A small chart with its text alternative."""
    inline = document.part.new_pic_inline(BytesIO(picture_bytes(picture.svg)), width=width)
    inline.docPr.set("descr", f"{picture.title}. {picture.description}")
    inline.docPr.set("title", picture.title)
    return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
