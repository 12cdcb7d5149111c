"""How high a row must be for its wrapped words: not every spreadsheet program works that out on opening."""

from collections.abc import Iterable
from textwrap import wrap

_LINE = 15.0  # points
_CHARACTERS_PER_WIDTH = 1.1  # of the font that a column's width is counted in


def row_height(cells: Iterable[tuple[object, float]]) -> float:
    """The height in points for cells given as (what stands in it, its column's width)."""
    return _LINE * max((_lines(str(value), width) for value, width in cells if value is not None), default=1)


def _lines(text: str, width: float) -> int:
    return sum(max(1, len(wrap(line, max(1, int(width * _CHARACTERS_PER_WIDTH))))) for line in text.splitlines()) or 1
