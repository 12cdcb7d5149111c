"""Values as people write them: read where there is one way to read them, else said to be unreadable.

Nothing here guesses. `-` may mean none or unknown, `1,5` may be one and a half or a slip, the 2 of `12²` may be a
footnote: each is handed back with a problem, for the sender to settle. What a supplier's own signs mean stands in
`config/partnership.yaml`, under `markers`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from quarterday.adapters.parsing.appearances import STROKE
from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.number_words import (
    AS_FORMULA,
    BETWEEN,
    BROKEN_WITHIN,
    CONFIDENTIAL,
    COUNTED,
    DECIMAL_COMMA,
    ERROR,
    ESTIMATED,
    FEWER_THAN,
    FOOTNOTE,
    GROUPED,
    IN_ROUND_BRACKETS,
    LIKE_A_DATE,
    LONGEST_NUMBER,
    MARKED,
    MARKED_BEFORE,
    MULTIPLIED,
    NIL,
    NO_VALUE,
    NOT_AVAILABLE,
    PER_CENT,
    PLAIN,
    POINT_FOR_THOUSANDS,
    QUOTED,
    RANGE,
    STATE_AFTER,
    UNSEEN,
    UNSURE,
)
from quarterday.domain.figures.returns import Marker

_DASHES = re.compile(r"[‐‑‒–—―−﹘]")
Markers = Mapping[str, Marker]  # what is written, as `written_key` gives it, and what it means
_NO_MARKERS: Markers = {}


@dataclass(frozen=True)
class Number:
    """A number as read: `problem` names why it could not be (a key of the catalogue), `tidied` that it was re-read.

    `may_be_thousands` is true of `12.000`: twelve here, twelve thousand where a point parts the thousands. Of a count
    it is asked about; a rate may have three decimals.
    """

    value: float | None = None
    marker: Marker | None = None
    tidied: bool = False
    percent: bool = False
    problem: str = ""
    may_be_thousands: bool = False


_SHORT = {"rev": Marker.REVISED, "prov": Marker.PROVISIONAL, "est": Marker.ESTIMATED, "supp": Marker.CONFIDENTIAL}
WORDS_FOR_MARKERS = {
    **{marker.name.lower().replace("_", " "): marker for marker in Marker},
    **{marker.value[1]: marker for marker in Marker},
    **_SHORT,
}


def shown(cell: Cell) -> str:
    """A cell as a person would see it."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return f"{cell:.15g}"
        case datetime():
            return cell.isoformat(sep=" ")
    return str(cell)


def read_text(cell: Cell) -> str:
    """A cell's words, with runs of white space as one space and without characters that nobody sees."""
    return " ".join(unicodedata.normalize("NFKC", shown(cell).translate(UNSEEN)).split())


@lru_cache(maxsize=10_000)
def written_key(written: str) -> str:
    """How a supplier's sign is looked up: `1 – 4` and `1 to 4` are `1-4`, `≤ 5` is `<=5`."""
    text = _DASHES.sub("-", read_text(written).lower()).replace("≤", "<=").replace("⩽", "<=")
    text = re.sub(r"(?<=\d)\s*(?:-|\bto\b)\s*(?=\d)", "-", BETWEEN.sub(r"\1-\2", text))
    return re.sub(r"(?<=[<=])\s+", "", text)


def is_error(cell: Cell) -> bool:
    """Whether a cell shows a spreadsheet's error, such as #REF!."""
    return isinstance(cell, str) and ERROR.match(cell.strip()) is not None


def has_footnote_sign(text: str) -> bool:
    """Whether a text with a number also has a raised, lowered or circled character: a footnote, never a digit."""
    if text.isascii():
        return False
    return any(_is_footnote_sign(each) for each in text if not each.isascii())


def without_footnote_signs(text: str) -> str:
    """A text without the raised, lowered or circled characters that stand for notes."""
    if not has_footnote_sign(text):
        return text
    return "".join(each for each in text if each.isascii() or not _is_footnote_sign(each))


@lru_cache(maxsize=10_000)
def _is_footnote_sign(character: str) -> bool:
    """Raised, lowered, circled, in a disc, with a point of its own: a number that is no digit and no fraction."""
    sign = unicodedata.decomposition(character).split(" ")[0]
    is_number = unicodedata.category(character) == "No" and sign != "<fraction>"
    return is_number or sign in ("<super>", "<sub>", "<circle>")


def read_number(
    cell: Cell, *, text_file: bool = False, markers: Markers = _NO_MARKERS, words_for_nought: bool = True
) -> Number:
    """The number that a cell holds. In a text file a plain number written as text is no tidying.

    `markers` are the suppliers' own signs. `words_for_nought` is false for exports: what a system writes there instead
    of a number is no nought.
    """
    match cell:
        case None:
            return Number()
        case bool():
            return Number(problem="not-a-number")
        case int() | float():
            return Number(float(cell))
        case date():
            return Number(problem="date-for-number")
    return _written_number(cell, text_file, markers, words_for_nought)


def _written_number(written: str, text_file: bool, markers: Markers, words_for_nought: bool) -> Number:
    if wrapped := AS_FORMULA.match(written.strip()) or QUOTED.match(written.strip()):
        inner = _written_number(wrapped["inner"], False, markers, words_for_nought)
        return inner if inner.problem else replace(inner, tidied=True)
    if is_error(written):
        return Number(problem="error-value")
    if STROKE in written:
        return Number(problem="struck-out")
    text = unicodedata.normalize("NFKC", written.translate(UNSEEN)).replace("−", "-")
    text = " ".join(text.split())
    if not text:
        return Number()
    if len(text) > LONGEST_NUMBER:
        return Number(problem="not-a-number")
    if has_footnote_sign(written):
        return Number(problem="footnote-sign")
    if BROKEN_WITHIN.search(written.strip()):
        return Number(problem="several-numbers")
    if PLAIN.match(text) and text.isascii():
        tidied = not text_file or written != text
        return Number(float(text), tidied=tidied, may_be_thousands=bool(POINT_FOR_THOUSANDS.match(text)))
    return _sign(text, markers) or _word(text.lower(), words_for_nought) or _decorated_number(text, markers)


def _sign(text: str, markers: Markers) -> Number | None:
    """What the suppliers' own table says of a text."""
    if not markers:
        return None
    said = written_key(text)
    counted = COUNTED.match(said)
    marker = markers.get(said) or (counted and markers.get(counted["number"]))
    return Number(marker=marker, tidied=True) if marker else None


def _word(lowered: str, words_for_nought: bool) -> Number | None:
    """What stands instead of a number."""
    if lowered in NIL:
        return Number(0.0, tidied=True) if words_for_nought else Number(problem="no-value-word")
    if lowered in NO_VALUE:
        return Number(problem="no-value-word")
    if lowered in NOT_AVAILABLE:
        return Number(marker=Marker.NOT_AVAILABLE, tidied=True)
    if lowered in CONFIDENTIAL or FEWER_THAN.match(lowered):
        return Number(marker=Marker.CONFIDENTIAL, tidied=True)
    if lowered == "not applicable":
        return Number(marker=Marker.NOT_APPLICABLE, tidied=True)
    return Number(problem="unsure-sign") if lowered in UNSURE else None


def _decorated_number(text: str, markers: Markers) -> Number:
    if (number := _bare(text)) is not None:
        return Number(number, tidied=True)
    if percent := PER_CENT.search(text):
        number = _bare(text[: percent.start()])
        if number is not None:
            return Number(number, tidied=True, percent=True)
        return Number(problem=_problem(text[: percent.start()]))
    if MULTIPLIED.match(text):
        return Number(problem="multiplied")
    if stated := STATE_AFTER.match(text):
        said = (stated["said"] or stated["said_before"]).lower().strip(".")
        return _with_marker(stated["number"] or stated["number_after"], WORDS_FOR_MARKERS[said])
    if marked := MARKED.match(text) or MARKED_BEFORE.match(text):
        return _with_marker(marked["number"], marked["marker"])
    if estimated := ESTIMATED.match(text):
        return _with_marker(estimated["before"] or estimated["after"], Marker.ESTIMATED)
    if (said := IN_ROUND_BRACKETS.match(text)) and (marker := _meant_in_brackets(said["said"], markers)):
        return _with_marker(said["number"], marker)
    if FOOTNOTE.match(text):
        return Number(problem="footnote-sign")
    if counted := COUNTED.match(text):
        text = counted["number"].strip()
    number = _bare(text)
    return Number(number, tidied=True) if number is not None else Number(problem=_problem(text))


def _meant_in_brackets(said: str, markers: Markers) -> Marker | None:
    """The marker that a word in brackets behind a number means, as `12 (r)`."""
    word = said.lower().strip(" .")
    return markers.get(word) or WORDS_FOR_MARKERS.get(word)


def _problem(text: str) -> str:
    """Why a text is no number."""
    for pattern, problem in (
        (DECIMAL_COMMA, "decimal-comma"),
        (RANGE, "range-for-number"),
        (LIKE_A_DATE, "date-for-number"),
    ):
        if pattern.match(text.strip()):
            return problem
    return "not-a-number"


def _with_marker(number: str, marker: str) -> Number:
    if marker.lower() not in set(Marker):
        return Number(problem="unknown-marker")
    value = _bare(number.strip())
    if value is None and number.strip():
        return Number(problem="not-a-number")
    return Number(value, Marker(marker.lower()), tidied=True)


def _bare(text: str) -> float | None:
    if not text.isascii():
        return None
    if PLAIN.match(text):
        return float(text)
    return float(text.replace(",", "").replace(" ", "")) if GROUPED.match(text) else None


def read_marker(cell: Cell, markers: Markers = _NO_MARKERS) -> tuple[Marker | None, bool, str]:
    """The marker that a cell names, whether that was tidied, and the problem if it names none."""
    text = read_text(cell)
    if not text:
        return None, False, ""
    lowered = text.lower()
    for marker in Marker:
        if lowered.startswith(marker.value):
            return marker, lowered != text, ""
    word = lowered.strip("() .")
    if said := WORDS_FOR_MARKERS.get(word) or markers.get(written_key(text)):
        return said, True, ""
    if lowered in NOT_AVAILABLE:
        return Marker.NOT_AVAILABLE, True, ""
    if _bare(text) is not None:
        return None, False, "figure-under-marker"
    return None, False, "unknown-marker"
