"""Whether the rows of a text keep their cells in their columns; a row that does not makes the file unsure."""

import re
from collections import Counter

from quarterday.adapters.parsing.refusals import Refused

Rows = list[list[str]]
Kinds = dict[int, Counter[str]]  # how often each kind of cell stands in a column

_LONGEST_VALUE = 40  # characters
_NUMBER = re.compile(r"^\s*[-+£$€(]*[\d,. ]*\d[\d,. %)]*$")
_DATE = re.compile(r"^\s*(\d{1,4}[-/.](\d{1,2}|[A-Za-z]{3,9})[-/.]\d{2,4}|\d{1,2} [A-Za-z]{3,9} \d{2,4})(\s.*)?$")
_FEW_KINDS = 0.98


def check_shape(rows: Rows) -> None:
    """Raise `Refused` where a row has cells too many, or lacks one in its middle.

    A title above the table, notes and totals below it, a second table, and rows that leave out their last, empty cells
    are all left as they are: in these every cell stands where its writer put it.
    """
    width = _usual(rows)
    kinds: Kinds = {}  # worked out when the first short row asks for it
    whole = [index for index, row in enumerate(rows) if len(row) == width]
    if not whole:
        return
    for index in range(whole[0], len(rows)):
        row = rows[index]
        if not any(row) or len(row) == width:
            continue
        if len(row) > width and any(row[width:]) and not _another_table(rows, index):
            raise _ragged(index)
        if len(row) < width and index < whole[-1] and not _another_table(rows, index):
            _check_short_row(rows, index, width, kinds or _kinds(rows, width, kinds))


def _ragged(index: int) -> Refused:
    return Refused("ragged", f"Look at row {index + 1}.")


def _usual(rows: Rows) -> int:
    counts = Counter(len(row) for row in rows if any(row))
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _another_table(rows: Rows, index: int) -> bool:
    """Whether the row belongs to a run of rows of its own width, which ends at a blank row or with the file."""
    first = last = index
    while first and len(rows[first - 1]) == len(rows[index]):
        first -= 1
    while last + 1 < len(rows) and len(rows[last + 1]) == len(rows[index]):
        last += 1
    ends = last + 1 == len(rows) or not any(rows[last + 1]) or not any(rows[first - 1])
    return last > first and ends


def _kind(cell: str) -> str:
    if not cell.strip():
        return "empty"
    if len(cell) > _LONGEST_VALUE:
        return "words"
    if _DATE.match(cell):
        return "date"
    return "number" if _NUMBER.match(cell) else "words"


def _kinds(rows: Rows, width: int, kinds: Kinds) -> Kinds:
    kinds.update({column: Counter() for column in range(width)})
    for row in rows:
        if len(row) == width:
            for column, cell in enumerate(row):
                kinds[column][_kind(cell)] += 1
    return kinds


def _check_short_row(rows: Rows, index: int, width: int, kinds: Kinds) -> None:
    """A short row may leave out last cells. It may not have lost a delimiter, nor be half of a row broken in two."""
    following = rows[index + 1] if index + 1 < len(rows) else []
    if any(following) and len(following) < width <= len(rows[index]) + len(following) <= width + 1:
        raise _ragged(index)
    if len(rows[index]) == 1:  # a heading or a note between rows
        return
    for column, cell in enumerate(rows[index]):
        if (kind := _kind(cell)) != "empty" and not _usual_there(kinds[column], kind):
            raise _ragged(index)


def _usual_there(seen: Counter[str], kind: str) -> bool:
    """Whether such a cell is no surprise in its column. Words above numbers are the header's own."""
    others = sum(count for other, count in seen.items() if other not in (kind, "empty"))
    return seen[kind] > 1 or others == 0 or others < (1 - _FEW_KINDS) * sum(seen.values())
