"""Finds what is about one person in a file that should hold counts alone. Says which kind, never what it says."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Contact, Officer

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+44[\s(-]*0?\)?|\(?0)\s?[1-9](?:[\s()-]*\d){8,9}(?![\w/-])")
_NHS = re.compile(r"(?<![\w.,/-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\w/-]|\.\d)")
_NI = re.compile(
    r"(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D](?![A-Za-z0-9])",
    re.IGNORECASE,
)
# The areas of the United Kingdom's postcodes (Royal Mail), so that “Table B1 2nd” or a reference is none.
_POSTCODE_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY "
    "G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR "
    "NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA "
    "WC WD WF WN WR WS WV YO ZE"
).split()
_POSTCODE = re.compile(
    rf"(?<![A-Za-z0-9])(?:{'|'.join(sorted(_POSTCODE_AREAS, key=len, reverse=True))})"
    r"\d[A-Z\d]?\s?\d(?!st\b|nd\b|rd\b|th\b)[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_DATE = (
    r"(?:\d{1,2}[./ -]\d{1,2}[./ -](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Za-z]{3,9},?\s+\d{4})"
)
_BIRTH = re.compile(r"born|birth|d\.?\s?o\.?\s?b", re.IGNORECASE)
_BORN = re.compile(
    rf"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth ?date|born)\W{{0,3}}(?:on\s+)?(?:the\s+)?{_DATE}", re.IGNORECASE
)
_TITLES = frozenset("Mr Mrs Ms Miss Mx Dr Prof Rev Sgt PC DC DS DI Insp Cllr".split())
_TITLED = re.compile(rf"\b(?:{'|'.join(sorted(_TITLES))})\.?\s+(?:[A-Z]\.?\s+)?([A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*)")
_WORD = re.compile(r"[A-Za-z]+")
_SURNAME = r"(?:(?:de|van|von|al|bin|Mc|Mac|O['’])\s?)?[A-Z][a-z]+(?:[-'’][A-Za-z]+)*"
_GIVEN_FIRST = re.compile(rf"\b(?P<given>[A-Z][a-z]+)\s+(?P<surname>{_SURNAME})")
_SURNAME_FIRST = re.compile(rf"\b(?P<surname>{_SURNAME}),\s+(?P<given>[A-Z][a-z]+)\b")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
# What follows or ends a name that people gave to a street, a building, a law or an inquiry.
_PLACES = frozenset(
    "road street avenue lane close park ward green hill gardens grove square terrace way drive place court house "
    "estate school college academy university hospital surgery centre center common station bridge cross town village "
    "rise row mews crescent borough council library church market north south east west central heath wood fields gate "
    "law hall palace vale manor quay wharf pond pub arms hotel theatre gallery memorial statue bank shop stadium "
    "inquiry review report act protocol commission foundation trust fund award programme project scheme charity".split()
)
_HEADINGS = {
    "personal-date-of-birth": re.compile(
        r"^\W*(?:d\.?o\.?b\.?|(?:date of )?birth(?: ?date)?|date of birth.*)\W*$", re.IGNORECASE
    ),
    "personal-name": re.compile(
        r"^\W*(?:(?:victim|suspect|client|patient|child|offender|full|first|last|fore|sur|given|family)"
        r"(?:'s)?[ _-]?name|name of (?:victim|suspect|client|patient|child|offender))\W*$",
        re.IGNORECASE,
    ),
}


_SHORTEST = 5  # characters: no postcode, number or whole name is shorter
_PLACE_HEADING = re.compile(
    r"^\W*(?:ward|borough|area|district|neighbourhood|place|street|road|location|school|site)s?[ _-]?(?:name)?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Text:
    """A cell of text that was looked at."""

    sheet: str
    cell: str
    personal: str | None  # the rule that it breaks


class OwnWords:
    """What looks personal and is not: the people and places of the framework itself."""

    def __init__(self, framework: Framework) -> None:
        people: list[Contact | Officer] = [
            person
            for partner in framework.partners
            for person in (partner.contact, partner.deputy, partner.manager)
            if person is not None
        ]
        people += [person for board in framework.partnership.boards for person in (board.lead, *board.co_leads)]
        people += framework.partnership.officers
        partnership = framework.partnership
        self.emails = {person.email.lower() for person in people} | {
            partnership.sender.lower(),
            partnership.reply_to.lower(),
        }
        names = (person.name for person in people)
        places = (area.name for area in partnership.areas)
        self._words = f" {' | '.join(_words(said) for said in (*names, *places, *self._said(framework)))} "

    def says(self, name: str) -> bool:
        """Whether a name is one of the framework's own words: a contact, a ward, a title."""
        return f" {_words(name)} " in self._words

    @staticmethod
    def _said(framework: Framework) -> Iterator[str]:
        """Everything that our own forms say."""
        for indicator in framework.indicators:
            yield from (indicator.title, indicator.numerator, indicator.denominator, indicator.purpose)
            yield from (each.text for each in indicator.definitions)
            yield from (*indicator.caveats, *indicator.readings)
        for breakdown in framework.breakdowns:
            yield from (breakdown.title, *(each.title for each in breakdown.categories))
        yield from (each.name for each in framework.partners)
        yield from (each.name for each in framework.partnership.boards)
        yield from (each.title for each in framework.priorities)
        yield from (each.title for each in framework.plans)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower().replace("’", "").replace("'", "")))


def kind_of(text: str, known: OwnWords, *, names: bool = True) -> str | None:
    """The rule that a text breaks, None where it is about nobody.

    Cheap questions come first: an export holds a million cells, and next to none is about anybody.
    """
    if "@" in text and any(found.lower() not in known.emails for found in _EMAIL.findall(text)):
        return "personal-email"
    if (digits := sum(map(str.isdigit, text))) > 1 and (numbered := _numbered(text, digits)):
        return numbered
    return "personal-name" if names and any(_names(text, known)) else None


def _numbered(text: str, digits: int) -> str | None:
    """The rule that the numbers in a text break."""
    if digits >= 10 and any(is_nhs_number(a + b + c) for a, _, b, c in _NHS.findall(text)):
        return "personal-nhs-number"
    if digits >= 6 and _NI.search(text):
        return "personal-ni-number"
    if digits >= 9 and _PHONE.search(text):
        return "personal-phone"
    if _BIRTH.search(text) and _BORN.search(text):
        return "personal-date-of-birth"
    return "personal-postcode" if _POSTCODE.search(text) else None


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS number's check digit (NHS Data Dictionary: modulus 11)."""
    if len(digits) != 10 or digits[0] == "0" or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check != 10 and check % 11 == int(digits[9])


def _names(text: str, known: OwnWords) -> Iterator[str]:
    words = _WORD.findall(text)
    if not _TITLES.isdisjoint(words):
        for surname in _TITLED.findall(text):
            if surname.lower() not in _PLACES and not known.says(surname):
                yield surname
    if given_names().isdisjoint(word.lower() for word in words):
        return
    text = _CAPITALS.sub(lambda word: word.group().title(), text)
    for pattern in (_GIVEN_FIRST, _SURNAME_FIRST):
        for match in pattern.finditer(text):
            named_after = _is_place(match["surname"], text[match.end() :])
            if match["given"].lower() in given_names() and not named_after and not known.says(match.group()):
                yield match.group()


def _is_place(surname: str, following: str) -> bool:
    """Whether a name is part of a street's, a building's, a law's."""
    next_word = re.match(r"(?:['’]s)?\s+([A-Za-z]+)", following)
    return surname.lower() in _PLACES or (next_word is not None and next_word[1].lower() in _PLACES)


@lru_cache
def given_names() -> frozenset[str]:
    """Given names common in England, in lower case, without those that are also ordinary words."""
    lines = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def texts_of(
    sheet: str, rows: Iterable[Iterable[object]], known: OwnWords, coded: frozenset[str] = frozenset()
) -> Iterator[Text]:
    """Every cell of a sheet that could be about a person, with what it was found to be.

    Under a title of `coded`, or one that says ward, borough or street, stand the names of places and classes: there
    nobody's name is looked for. Numbers are looked at too: an NHS number may be one.
    """
    under: dict[int, str] = {}
    places: set[int] = set()
    kinds: dict[tuple[str, bool], str | None] = {}  # exports say the same words thousands of times
    for row_number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if not (text := _as_text(cell)):
                continue
            asked = text, column not in places
            if asked not in kinds:
                kinds[asked] = kind_of(text, known, names=column not in places)
            heading = under.get(column)
            if len(text) >= _SHORTEST or heading:
                found = heading if heading and _fits(heading, cell) else kinds[asked]
                yield Text(sheet, address(row_number, column), found)
            if text in coded or _PLACE_HEADING.match(text):
                places.add(column)
            elif heads := [rule for rule, pattern in _HEADINGS.items() if pattern.match(text)]:
                under[column] = heads[0]


def _fits(heading: str, cell: object) -> bool:
    """Whether a cell below a heading is what the heading says."""
    if heading == "personal-name":
        return isinstance(cell, str) and bool(re.fullmatch(r"\s*[A-Z][\w'’-]+(?:,?\s+[A-Z][\w'’-]*\.?)*\s*", cell))
    return isinstance(cell, (date, datetime)) or (isinstance(cell, str) and bool(re.fullmatch(rf"\s*{_DATE}\s*", cell)))


def _as_text(cell: object) -> str:
    """A cell as text: only numbers of ten digits can be about a person."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, (int, float)) and float(cell).is_integer() and 10**9 <= cell < 10**10:
        return str(int(cell))
    return "date" if isinstance(cell, (date, datetime)) else ""


def address(row: int, column: int) -> str:
    """A cell's address: row counted from 1, column from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
