"""Values as people write them: read where there is one way to read them, else said to be unreadable.

Nothing here guesses. `-` may mean none or unknown, `1,5` may be one and a half or a slip, the 2 of `12²` may be a
footnote: each is handed back with a problem, for the sender to settle. What a supplier's own signs mean stands in
`config/partnership.yaml`, under `markers`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from quarterday.adapters.parsing.appearances import STROKE
from quarterday.adapters.parsing.tables import Cell
from quarterday.domain.figures.returns import Marker

Markers = Mapping[str, Marker]  # what is written, as `written_key` gives it, and what it means
_NO_MARKERS: Markers = {}


@dataclass(frozen=True)
class Number:
    """A number as read: `problem` names why it could not be (a key of the catalogue), `tidied` that it was re-read."""

    value: float | None = None
    marker: Marker | None = None
    tidied: bool = False
    percent: bool = False
    problem: str = ""


ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")
_ERR_OF_LIBREOFFICE = re.compile(r"^Err:\d{3}$", re.IGNORECASE)
_LONGEST_NUMBER = 60  # characters, with everything that may stand around it
_PLAIN = re.compile(r"^[+-]?\d+(\.\d+)?$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}([, ])\d{3}(\1\d{3})*(\.\d+)?$")
_FEWER_THAN = re.compile(r"^(<|≤|⩽|less than|fewer than|under|up to|at most)\s*=?\s*\d+$", re.IGNORECASE)
_MARKED = re.compile(r"^(?P<number>[^\[\]]*?)\s*(?P<marker>\[[a-z]\])$", re.IGNORECASE)
_ESTIMATED = re.compile(
    r"^(?:(?:c\.|ca\.?|circa|approx\.?|approximately|about|around|est\.?|estimated|~)\s*(?P<before>[\d,. ]+)"
    r"|(?P<after>[\d,. ]+?)\s*(?:\((?:e|est|est\.|estimate|estimated|approx|approx\.)\)|est\.?|estimated?|approx\.?))$",
    re.IGNORECASE,
)
_IN_ROUND_BRACKETS = re.compile(r"^(?P<number>[\d,. ]+?)\s*\((?P<said>[a-z][a-z .]{0,20})\)$", re.IGNORECASE)
_FOOTNOTE = re.compile(
    r"^(?:[*†‡§¶^#]+\s*[\d,.]+|[\d,. ]*\d\s*(?:[*†‡§¶^#]+\d?|\[(?:note\s*)?\d{1,2}\]|\((?:see\s+)?note\b[^)]*\)|"
    r"\[(?:see\s+)?note\b[^\]]*\]|note\s*\d+))$",
    re.IGNORECASE,
)
_DECIMAL_COMMA = re.compile(r"^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}$")
_MULTIPLIED = re.compile(r"^[£$€]?\s*[\d,.]+\s*(k|m|mn|mln|bn|thousands?|millions?|billions?|'?000s?)$", re.IGNORECASE)
_RANGE = re.compile(
    r"^(\d{1,6})\s*(?:-|–|—|to)\s*(\d{1,6})$|^(?:[>≥]\s*=?\s*\d+|\d+\s*\+|over \d+|more than \d+)$", re.IGNORECASE
)
_THINGS = (
    "cases incidents people persons offences crimes fires referrals victims admissions calls attendances children "
    "searches clients records events reports individuals households women men adults visits arrests contacts deaths "
    "responses wards panels meetings sessions orders assaults officers staff patients attendees families in total "
    "case incident person offence crime fire referral victim admission call attendance child search client record"
)
_THING = "|".join(sorted(set(_THINGS.split()) - {"in"}, key=len, reverse=True))
_COUNTED = re.compile(rf"^(?P<number>[\d,. ]*\d)\s+(?:{_THING}|in total)$", re.IGNORECASE)
_AS_FORMULA = re.compile(r'^=\s*"(?P<inner>[^"]*)"$')
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_NIL = {"nil", "zero", "nil return", "no incidents"}
_NOT_AVAILABLE = {"n/a", "n.a.", "na", "not available", "unavailable", "not known", "unknown", "tbc", "no data"}
_NO_VALUE = {"none", "null", "nan", "<null>", "(null)", "nul", "nat", "undefined", "missing", "(blank)", "<na>"}
_CONFIDENTIAL = {"suppressed", "supp", "redacted", "confidential", "withheld"}
_UNSURE = {"-", "–", "—", "--", "~", ".", "..", "...", "*", "**", "?", ":", "x", "c", "z", "/", "\\", "#"}
_SHORT = {"rev": Marker.REVISED, "prov": Marker.PROVISIONAL, "est": Marker.ESTIMATED, "supp": Marker.CONFIDENTIAL}
_WORDS_FOR_MARKERS = {
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
    return " ".join(unicodedata.normalize("NFKC", shown(cell).translate(_UNSEEN)).split())


@lru_cache(maxsize=10_000)
def written_key(written: str) -> str:
    """How a supplier's sign is looked up: `1 – 4` and `1 to 4` are `1-4`, `≤ 5` is `<=5`."""
    text = read_text(written).lower().replace("–", "-").replace("—", "-").replace("≤", "<=").replace("⩽", "<=")
    text = re.sub(r"(?<=\d)\s*(?:-|\bto\b)\s*(?=\d)", "-", text)
    return re.sub(r"(?<=[<=])\s+", "", text)


def is_error(cell: Cell) -> bool:
    """Whether a cell shows a spreadsheet's error, such as #REF!."""
    return isinstance(cell, str) and (cell.strip().upper() in ERRORS or bool(_ERR_OF_LIBREOFFICE.match(cell.strip())))


def has_footnote_sign(text: str) -> bool:
    """Whether a text with a number also has a raised, lowered or circled character: a footnote, never a digit."""
    if text.isascii():
        return False
    signs = (unicodedata.decomposition(each).split(" ")[0] for each in text if not each.isascii())
    return any(sign in ("<super>", "<sub>", "<circle>") for sign in signs)


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
    if formula := _AS_FORMULA.match(written.strip()):
        inner = _written_number(formula["inner"], False, markers, words_for_nought)
        return inner if inner.problem else Number(inner.value, inner.marker, True, inner.percent)
    if is_error(written):
        return Number(problem="error-value")
    if STROKE in written:
        return Number(problem="struck-out")
    text = unicodedata.normalize("NFKC", written.translate(_UNSEEN)).replace("−", "-")
    text = " ".join(text.split())
    if not text:
        return Number()
    if len(text) > _LONGEST_NUMBER:
        return Number(problem="not-a-number")
    if has_footnote_sign(written):
        return Number(problem="footnote-sign")
    if _PLAIN.match(text) and text.isascii():
        return Number(float(text), tidied=not text_file or written != text)
    return _sign(text, markers) or _word(text.lower(), words_for_nought) or _decorated_number(text, markers)


def _sign(text: str, markers: Markers) -> Number | None:
    """What the suppliers' own table says of a text."""
    marker = markers.get(written_key(text)) if markers else None
    return Number(marker=marker, tidied=True) if marker else None


def _word(lowered: str, words_for_nought: bool) -> Number | None:
    """What stands instead of a number."""
    if lowered in _NIL:
        return Number(0.0, tidied=True) if words_for_nought else Number(problem="no-value-word")
    if lowered in _NO_VALUE:
        return Number(problem="no-value-word")
    if lowered in _NOT_AVAILABLE:
        return Number(marker=Marker.NOT_AVAILABLE, tidied=True)
    if lowered in _CONFIDENTIAL or _FEWER_THAN.match(lowered):
        return Number(marker=Marker.CONFIDENTIAL, tidied=True)
    return Number(problem="unsure-sign") if lowered in _UNSURE else None


def _decorated_number(text: str, markers: Markers) -> Number:
    if text.endswith("%"):
        number = _bare(text[:-1].strip())
        return Number(number, tidied=True, percent=True) if number is not None else Number(problem=_problem(text[:-1]))
    if _FOOTNOTE.match(text):
        return Number(problem="footnote-sign")
    if marked := _MARKED.match(text):
        return _with_marker(marked["number"], marked["marker"])
    if estimated := _ESTIMATED.match(text):
        return _with_marker(estimated["before"] or estimated["after"], Marker.ESTIMATED)
    if said := _IN_ROUND_BRACKETS.match(text):
        word = said["said"].lower().strip(" .")
        marker = markers.get(word) or _WORDS_FOR_MARKERS.get(word)
        return _with_marker(said["number"], marker) if marker else Number(problem="not-a-number")
    if counted := _COUNTED.match(text):
        text = counted["number"].strip()
    number = _bare(text)
    return Number(number, tidied=True) if number is not None else Number(problem=_problem(text))


def _problem(text: str) -> str:
    """Why a text is no number."""
    for pattern, problem in (
        (_DECIMAL_COMMA, "decimal-comma"),
        (_MULTIPLIED, "multiplied"),
        (_RANGE, "range-for-number"),
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
    if _PLAIN.match(text):
        return float(text)
    return float(text.replace(",", "").replace(" ", "")) if _GROUPED.match(text) else None


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
    if said := _WORDS_FOR_MARKERS.get(word) or markers.get(written_key(text)):
        return said, True, ""
    if lowered in _NOT_AVAILABLE:
        return Marker.NOT_AVAILABLE, True, ""
    if _bare(text) is not None:
        return None, False, "figure-under-marker"
    return None, False, "unknown-marker"
