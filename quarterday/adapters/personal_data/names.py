"""Names of people in running words, and whether the words say that something happened to them."""

import re
from collections.abc import Iterator

from quarterday.adapters.personal_data.known import OwnWords

_TITLES = frozenset("Mr Mrs Ms Miss Mx Dr Prof Rev Sgt PC DC DS DI DCI DCS Insp Supt Cllr Councillor PCSO WPC".split())
_TITLED = re.compile(
    rf"\b(?:{'|'.join(sorted(_TITLES, key=len, reverse=True))})\.?\s+"
    r"(?:[A-Z]\.?\s+)?((?:O['’]|Mc|Mac)?[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*)"
)
_WORD = re.compile(r"[A-Za-z]+")
_SURNAME = r"(?:(?:de|van|von|al|bin|Mc|Mac|O['’])\s?)?[A-Z][a-z]+(?:[-'’][A-Za-z]+)*"
# Looked at from every word on: in “Victim Danielle Whitcombe” the first two words are no name, the last two are one.
_GIVEN_FIRST = re.compile(rf"\b(?=(?P<whole>(?P<given>[A-Z][a-z]+)\s+(?:[A-Z]\.?\s+)?(?P<surname>{_SURNAME})))")
_SURNAME_FIRST = re.compile(rf"\b(?=(?P<whole>(?P<surname>{_SURNAME}),\s+(?P<given>[A-Z][a-z]+)\b))")
# Whoever is called somebody's daughter, or the victim, needs no given name that we know.
_CALLED = re.compile(
    r"\b(?:(?:mother|father|son|daughter|wife|husband|brother|sister) of|victim|suspect|patient|client|offender|"
    rf"witness|complainant|survivor|defendant|nominal)\W{{1,3}}(?P<whole>[A-Z][a-z]+\s+(?P<surname>{_SURNAME}))",
    re.IGNORECASE,
)
# A given name or a surname with an initial for the other: people, where the words say that something happened to them.
_GIVEN_AND_INITIAL = re.compile(r"\b(?P<name>[A-Z][a-z]+)\s+[A-Z]\b(?!['’&])\.?")
_INITIAL_AND_SURNAME = re.compile(rf"(?<![\w.])(?:[A-Z]\.\s?){{1,2}}(?P<name>{_SURNAME})\b")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
# What follows or ends a name that people gave to a street, a building, a law or an inquiry.
_PLACES = frozenset(
    "road street avenue lane close park ward green hill gardens grove square terrace way drive place court house "
    "estate school college academy university hospital surgery centre center common station bridge cross town village "
    "rise row mews crescent borough council library church market north south east west central heath wood fields gate "
    "law hall palace vale manor quay wharf pond pub arms hotel theatre gallery memorial statue bank shop stadium "
    "inquiry review report act protocol commission foundation trust fund award programme project scheme charity "
    "lodge day days week month aid world cottage cottages villa building block tower mansions hostel refuge nursery "
    "leisure festival cup hub unit team partnership service services helpline line ltd limited plc llp solicitors "
    "clinic practice pharmacy supermarket store stores studios society institute association club united city rovers "
    "ambulance hospice campaign initiative operation model toolkit framework strategy plan index scale questionnaire "
    "primary secondary infant junior boys girls street roundabout tavern inn bar cafe restaurant gym pool walk yard "
    "passage alley path approach parade broadway circus embankment dock island farm meadow meadows playground "
    "committee board panel tribunal lecture prize medal fellowship scholarship chambers associates consulting "
    "insurance motors garage works factory industrial retail shopping arcade plaza point view heights keep fort".split()
)
_NO_SURNAMES = frozenset(
    "and or of the for in on at to by with from was were is are has had will would may figures data team street "
    "reported said asked counted revised total totals count counts january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday police "
    "council surgery surgeries questions enquiries members visits briefing briefings".split()
)
_HAPPENED = re.compile(
    r"\b(?:victims?|suspects?|patients?|clients?|perpetrators?|offenders?|complain(?:ants?|ts?)|witness(?:es)?|survivors?|"
    r"deceased|nominals?|defendants?|detainees?|tenants?|residents?|service users?|(?:mother|father|son|daughter|wife|"
    r"husband|partner|sister|brother|child|children) of|lives? (?:at|in|with)|living at|aged? \d+|year[ -]old|yrs? old|"
    r"stabbed|assaulted|attacked|arrested|raped|burgled|robbed|murdered|killed|injured|admitted to|sectioned|evicted|"
    r"charged with|convicted|sentenced|bailed|pregnant|self[ -]harm\w*|overdos\w*|suicid\w*|died|missing person|"
    r"withdrew|(?:his|her|their) (?:mother|mum|father|dad|wife|"
    r"husband|sons?|daughters?|child|children|baby|sister|brother|address)|case (?:no|number|ref)|custody|"
    r"safeguarded)\b",
    re.IGNORECASE,
)
MANY = 3  # names make a list


def in_text(text: str, known: OwnWords) -> str | None:
    """The rule that the names in a text break: certain where there are many or something happened, else perhaps."""
    found = {name.lower() for name in names(text, known)}
    if not found:
        return "perhaps-name" if _HAPPENED.search(text) and _has_half_a_name(text, known) else None
    return "personal-name" if len(found) >= MANY or _HAPPENED.search(text) else "perhaps-name"


def _has_half_a_name(text: str, known: OwnWords) -> bool:
    given = any(each["name"].lower() in known.given for each in _GIVEN_AND_INITIAL.finditer(text))
    surnames = (each for each in _INITIAL_AND_SURNAME.finditer(text))
    return given or any(
        each["name"].lower() not in _PLACES | _NO_SURNAMES
        and not known.says(each[0])
        and not _HAPPENED.match(each["name"])
        and not _is_place(each["name"], text[each.end() :])
        for each in surnames
    )


def names(text: str, known: OwnWords) -> Iterator[str]:
    """The names of people in a text, as far as a title or a given name shows them."""
    words = _WORD.findall(text)
    if not _TITLES.isdisjoint(words):
        for match in _TITLED.finditer(text):
            title_and_name = text[match.start() : match.end()]
            is_said = known.says(title_and_name) or known.is_called(match[1]) or match[1].lower() in _NO_SURNAMES
            if not is_said and not _is_place(match[1], text[match.end() :]):
                yield match[1]
    for match in _CALLED.finditer(text):
        first = match["whole"].split()[0].lower()
        is_name = match["whole"].istitle() or (first in known.given and len(match["surname"]) > 2)
        is_name = is_name and match["surname"].lower() not in _NO_SURNAMES
        if is_name and not known.says(match["whole"]) and not _is_place(match["surname"], text[match.end() :]):
            yield match["whole"]
    if known.given.isdisjoint(word.lower() for word in words):
        return
    text = _CAPITALS.sub(lambda word: word.group().title(), text)
    for pattern in (_GIVEN_FIRST, _SURNAME_FIRST):
        for match in pattern.finditer(text):
            named_after = _is_place(match["surname"], text[match.end("whole") :])
            is_word = match["surname"].lower() in _NO_SURNAMES
            name = f"{match['given']} {match['surname']}"
            is_said = known.says(name) or known.says(match["whole"])
            if match["given"].lower() in known.given and not named_after and not is_word and not is_said:
                yield name


def _is_place(surname: str, following: str) -> bool:
    """Whether a name is part of a street's, a building's, a law's."""
    if re.match(r"['’]s\s+(?:team|unit|service|plan|report|review|project|club|bar|lane)\b", following):
        return False  # somebody's own
    after = re.match(r"(?:['’]s)?\s+([A-Za-z]+)(?:\s+([A-Za-z]+))?", following)
    second = after is not None and after[1][:1].isupper() and (after[2] or "").lower() in _PLACES
    return surname.lower() in _PLACES or (after is not None and (after[1].lower() in _PLACES or second))


def is_whole_name(text: str, known: OwnWords) -> bool:
    """Whether a cell holds a name and nothing else, in any case: `Jane Smith`, `smith, jane`."""
    parts = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    if not 2 <= len(parts) <= 4 or re.search(r"[\d:;/@]", text):
        return False
    given = known.given
    is_named = any(part.lower() in given for part in (parts[0], parts[-1])) or parts[0] in _TITLES
    return is_named and not any(part.lower() in _PLACES | _NO_SURNAMES for part in parts) and not known.says(text)
