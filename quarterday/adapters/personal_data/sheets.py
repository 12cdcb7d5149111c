"""What is about a person in a whole sheet: a cell by itself, below its title, beside others of its row and column."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypeGuard

from quarterday.adapters.parsing.tables import address
from quarterday.adapters.personal_data.documents import is_card
from quarterday.adapters.personal_data.identifiers import A_DATE, is_nhs_number
from quarterday.adapters.personal_data.known import OwnWords
from quarterday.adapters.personal_data.names import MANY, is_whole_name
from quarterday.adapters.personal_data.texts import kind_of

_PERSONS = (
    "victim|suspect|client|patient|child|offender|tenant|resident|complainant|witness|survivor|person|nominal|subject|"
    "service user|perpetrator|defendant|detainee|young person|learner|pupil|student|claimant|customer|applicant|carer|"
    "individual|participant|attendee|parent|parent/carer|alleged perpetrator|named person|referred person|guardian|"
    "person referred|next of kin"
)
_HEADINGS = {
    "personal-date-of-birth": re.compile(
        r"^\W*(?:(?:\w+\W+){0,2}?(?:d[./\s]{0,2}o[./\s]{0,2}b\.?|(?:date of )?birth(?: ?date)?|born(?: on)?|birthday|"
        r"date of birth.*)|birth ?date|b/?date|(?:d[./\s]{0,2}o[./\s]{0,2}b\.?|date of birth|birth ?date)\W+"
        r"(?:of )?(?:the )?\w+)\W*(?:\([^)]*\))?\W*$",
        re.IGNORECASE,
    ),
    "personal-name": re.compile(
        rf"^\W*(?:(?:{_PERSONS}|full|first|last|middle|fore|sur|given|family|christian|known)(?:'s|s)?[ _-]?"
        rf"(?:full |first |last |sur)?names?|names? of (?:the )?(?:{_PERSONS})s?|surname|forenames?)"
        rf"(?:\W*\([^)]*\))?\W*$|^\W*[fl] ?names?\W*$",
        re.IGNORECASE,
    ),
    "personal-phone": re.compile(
        r"^\W*(?:\w+\W+){0,2}?(?:mobile|(?:tele)?phone|tel|contact)(?: ?(?:no|num|number))?s?\.?\W*$", re.IGNORECASE
    ),
    "personal-nhs-number": re.compile(r"^\W*nhs\b.{0,20}$", re.IGNORECASE),
    "personal-document": re.compile(
        r"^\W*(?:\w+\W+){0,2}?(?:passport|driv(?:ing|er'?s?) licen[cs]e)\W*(?:no|num|number|ref|id)?s?\.?\W*$",
        re.IGNORECASE,
    ),
    "personal-card": re.compile(
        r"^\W*(?:\w+\W+){0,2}?(?:bank|credit|debit|payment) ?card\W*(?:no|num|number)?s?\.?\W*$", re.IGNORECASE
    ),
}
_NAME_HEADING = re.compile(
    rf"^\W*(?:names?|(?:{_PERSONS})s?|(?:contact|officer|reported by|person reporting|who)(?: names?)?)\W*$",
    re.IGNORECASE,
)
_PLACE_HEADING = re.compile(
    r"^\W*(?:ward|borough|area|district|neighbourhood|place|street|road|location|school|site|venue|station|premises|"
    r"organisation|provider|agency|company|shop|store|team)s?[ _-]?(?:name)?\W*$",
    re.IGNORECASE,
)
_LOOKS_LIKE_A_NAME = re.compile(r"\s*[^\W\d_][\w'’.-]+(?:,?\s+[^\W\d_][\w'’.-]*){0,4}\s*")
_JOINED = re.compile(r"_|(?<=[a-z])(?=[A-Z])")  # what systems put between the words of a title
_DOCUMENT = re.compile(r"[A-Z]{0,2}\d{7,9}|[A-Z9]{5}\d{6}[A-Z0-9]{5}(?:\s?\d{2})?", re.IGNORECASE)
_MOBILE = re.compile(r"0?7[1-9]\d{8}")
_LARGE = 10**8  # numbers from here on are of the kind of an NHS number
_SHORTEST = 5  # characters: no postcode, number or whole name is shorter
_LONGEST_NAME = 60
_BORN_BEFORE = 2013  # a date so long ago, beside a name, is a birth and no period of a return
_FIRST_BIRTH, _LAST_BIRTH = 3_654, 47_000  # as Excel counts days: 1910 to 2028


@dataclass(frozen=True)
class Text:
    """A cell, or words that stand in no cell and where they stand, and what they were found to be."""

    sheet: str
    cell: str
    personal: str | None  # the rule that it breaks
    place: str = ""


@dataclass
class _Seen:
    """What is worth remembering of a cell until its sheet is known whole."""

    row: int
    column: int
    rule: str | None
    name: str = ""  # where the cell holds a name alone
    number: str = ""  # where it is a number of ten digits


@dataclass(frozen=True)
class _Title:
    """What a text says of the column below it, were it a title: the rule that its cells break, that they are places'
    or anybody's names."""

    rule: str = ""
    of_places: bool = False
    of_names: bool = False


@lru_cache(maxsize=10_000)
def _title(text: str) -> _Title:
    """What a text says as a title. Exports say the same words thousands of times."""
    title = _JOINED.sub(" ", text)
    rule = next((rule for rule, pattern in _HEADINGS.items() if pattern.match(title)), "")
    return _Title(rule, bool(_PLACE_HEADING.match(title)), bool(_NAME_HEADING.match(title)))


_NO_TITLE = _Title()


def texts_of(
    sheet: str, rows: Iterable[Sequence[object]], known: OwnWords, coded: frozenset[str] = frozenset()
) -> Iterator[Text]:
    """Every cell of a sheet that is about a person, certainly or perhaps, with what it was found to be.

    Under a title of `coded`, or one that says ward, borough or street, stand the names of places and classes: there
    nobody's name is looked for. Numbers are looked at too: an NHS number may be one.
    """
    reader = _Sheet(known, coded)
    for number, row in enumerate(rows):
        reader.read(number, row)
    reader.strengthen()
    yield from (Text(sheet, address(seen.row, seen.column), seen.rule) for seen in reader.seen if seen.rule)


class _Sheet:
    def __init__(self, known: OwnWords, coded: frozenset[str]) -> None:
        self.known, self.coded = known, coded
        self.seen: list[_Seen] = []
        self._says_nothing: set[object] = set()
        self._under: dict[int, str] = {}
        self._places: set[int] = set()
        self._named: set[int] = set()
        self._kinds: dict[
            tuple[str, bool], tuple[str | None, bool]
        ] = {}  # exports say the same words thousands of times
        self._of_its_kind: set[tuple[str, int]] = set()  # where large numbers stand that are no NHS numbers
        self._old_dates: dict[int, list[int]] = defaultdict(list)

    def read(self, number: int, row: Sequence[object]) -> None:
        """Look at the cells of one row. What was seen before and says nothing wherever it stands is passed by."""
        if not self._under and self._says_nothing.issuperset(row):
            return
        for column, cell in enumerate(row):
            if cell in self._says_nothing and column not in self._under:
                continue
            if cell is None or _is_short_number(cell):
                self._says_nothing.add(cell)
                if isinstance(cell, str | None) or column not in self._under:
                    continue
            text = _as_text(cell)
            if _is_large(cell) and not is_nhs_number(str(int(cell))):
                self._of_its_kind |= {("row", number), ("column", column)}
            heading = self._under.get(column)
            if not text:
                if heading and heading != "personal-name" and _fits(heading, cell):
                    self.seen.append(_Seen(number, column, heading))
                continue
            is_old = _is_old_date(cell)
            if is_old:
                self._old_dates[number].append(len(self.seen))
            if len(text) >= _SHORTEST or heading or is_old:
                self.seen.append(self._look(number, column, cell, text, heading))
            self._read_title(column, text)
            if isinstance(cell, str) and self._is_nothing_anywhere(cell):
                self._says_nothing.add(cell)

    def _is_nothing_anywhere(self, text: str) -> bool:
        """Whether a text is about nobody in any column, unless its title says so, and is no such title itself."""
        is_title = text in self.coded or _title(text) != _NO_TITLE
        return not is_title and self._kind(text, names=True) == (None, False)

    def _look(self, row: int, column: int, cell: object, text: str, heading: str | None) -> _Seen:
        if heading and _fits(heading, cell):
            return _Seen(row, column, heading)
        if not isinstance(cell, str) and text.isdecimal():
            found = "personal-nhs-number" if is_nhs_number(text) else None
            return _Seen(row, column, found, number=text)
        rule, is_name = self._kind(text, names=column not in self._places)
        if is_name and rule is None and not (column in self._named or text.istitle() or text.isupper()):
            is_name = False  # two words in lower case are a name only below a title that says so
        if is_name and rule is None:
            rule = "perhaps-name"
        return _Seen(row, column, rule, name=text.lower() if is_name else "")

    def _kind(self, text: str, *, names: bool) -> tuple[str | None, bool]:
        """What a text breaks by itself, and whether it is a whole name; worked out once for each text."""
        asked = text, names
        if asked not in self._kinds:
            rule = kind_of(text, self.known, names=names)
            may_be = names and rule in ("perhaps-name", None) and len(text) <= _LONGEST_NAME
            self._kinds[asked] = rule, may_be and is_whole_name(text, self.known)
        return self._kinds[asked]

    def _read_title(self, column: int, text: str) -> None:
        title = _title(text)
        if text in self.coded or title.of_places:
            self._places.add(column)
            return
        if title.rule:
            self._under[column] = title.rule
        if title.of_names:
            self._named.add(column)

    def strengthen(self) -> None:
        """Make certain what its row or its column makes so."""
        names: dict[int, set[str]] = defaultdict(set)
        certain_rows: set[int] = {seen.row for seen in self.seen if (seen.rule or "").startswith("personal-")}
        for seen in self.seen:
            if seen.name:
                names[seen.column].add(seen.name)
        for seen in self.seen:
            is_list = seen.column in names and len(names[seen.column]) >= MANY
            beside = seen.row in certain_rows or bool(self._old_dates.get(seen.row))
            if seen.name and seen.rule == "perhaps-name" and (is_list or beside):
                seen.rule = "personal-name"
                for at in self._old_dates.get(seen.row, ()):
                    if self.seen[at].rule is None:
                        self.seen[at].rule = "personal-date-of-birth"
        for seen in self.seen:
            beside_its_kind = self._of_its_kind & {("row", seen.row), ("column", seen.column)}
            if seen.number and seen.rule and beside_its_kind:
                seen.rule = "perhaps-number"


def _is_short_number(cell: object) -> bool:
    if isinstance(cell, str):
        return len(cell) < _SHORTEST and cell.isdecimal()
    return isinstance(cell, int | float) and abs(cell) < _LARGE


def _is_large(cell: object) -> TypeGuard[int | float]:
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return is_number and _LARGE <= cell < 10**12 and float(cell).is_integer()


def _is_old_date(cell: object) -> bool:
    return isinstance(cell, date) and 1900 < cell.year < _BORN_BEFORE


def _fits(heading: str, cell: object) -> bool:
    """Whether a cell below a heading is what the heading says."""
    if heading == "personal-name":
        return isinstance(cell, str) and bool(_LOOKS_LIKE_A_NAME.fullmatch(cell))
    if heading == "personal-phone":
        return bool(_MOBILE.fullmatch(str(int(cell)) if isinstance(cell, float) else str(cell)))
    if heading == "personal-document":
        return bool(_DOCUMENT.fullmatch(_digits_or_words(cell)))
    if heading == "personal-card":
        return is_card(_digits_or_words(cell))
    if heading == "personal-nhs-number":
        digits = re.sub(r"\D", "", str(int(cell)) if isinstance(cell, float) else str(cell or ""))
        return is_nhs_number(digits)
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        return float(cell).is_integer() and (_FIRST_BIRTH <= cell <= _LAST_BIRTH or 19_000_101 <= cell <= 20_991_231)
    return isinstance(cell, (date, datetime)) or (isinstance(cell, str) and bool(A_DATE.fullmatch(cell)))


def _digits_or_words(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell or "").strip()


def _as_text(cell: object) -> str:
    """A cell as text: only numbers of ten digits can be about a person by themselves."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, (int, float)) and float(cell).is_integer() and 10**9 <= cell < 10**10:
        return str(int(cell))
    return "date" if isinstance(cell, (date, datetime)) else ""
