"""The scorecard of a Word document."""

from collections.abc import Sequence
from typing import Any

from docx.shared import Cm

from quarterday.publishing.pack.docx_cells import cell_words, framed, table_cell, table_row, trend_drawing
from quarterday.publishing.pack.docx_links import linked
from quarterday.publishing.pack.model import CHANGED, Scorecard, ScoreLine, Sign

SIZE = 15  # half points
TREND = Cm(1.4)
PAGE = 9865  # twentieths of a point between the margins: what is wider is cut off at the edge
TITLE, LATEST, FIGURE, DRAWING, SIGN = 3000, 1400, 760, 1000, 1450  # widths in twentieths of a point
COLOURS = {"hoped": "0B4F8A", "unhoped": "A23B00"}


def scorecard_xml(document: Any, card: Scorecard) -> str:
    """Its lines under the headings of their groups; the columns' headings are repeated on each page."""
    widths = _widths(len(card.columns))
    heads = ("Indicator", *card.columns, "Trend", "Sign")
    rows = [table_row([_words(head, width, bold=True) for head, width in zip(heads, widths, strict=True)], head=True)]
    for title, lines in card.groups:
        if title:
            rows.append(table_row([_words(title, sum(widths), bold=True, over=len(widths))], kept=True))
        rows += [table_row(_line(document, line, widths)) for line in lines]
    return framed(card.caption, widths, "".join(rows))


def _line(document: Any, line: ScoreLine, widths: Sequence[int]) -> Sequence[str]:
    of_title, *of_figures, of_trend, of_sign = widths
    title = linked(line.title, line.anchor, SIZE) if line.anchor else cell_words(line.title, size=SIZE)
    trend = trend_drawing(document, line.trend, TREND) if line.trend else ""
    figures = (
        _words(cell, width, bold=n == 0) for n, (cell, width) in enumerate(zip(line.cells, of_figures, strict=True))
    )
    return [table_cell(title, of_title), *figures, table_cell(trend, of_trend), table_cell(_sign(line.sign), of_sign)]


def _widths(figures: int) -> list[int]:
    """The first figure may say its period, and so needs more room than those that it is read against."""
    wanted = (TITLE, *(LATEST if place == 0 else FIGURE for place in range(figures)), DRAWING, SIGN)
    narrower = min(1.0, PAGE / sum(wanted))
    return [int(each * narrower) for each in wanted]


def _sign(sign: Sign) -> str:
    return cell_words(str(sign), bold=sign.kind in CHANGED, size=SIZE, colour=COLOURS.get(sign.kind, ""))


def _words(text: str, width: int, *, bold: bool = False, over: int = 1) -> str:
    return table_cell(cell_words(text, bold=bold, size=SIZE), width, over=over)
