"""An officer's ruling that a person's name and address are taken out of the register, or put right in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any

from quarterday.domain.asks.climbing import ask_of_activity
from quarterday.domain.collection.people import change_now
from quarterday.domain.facts import (
    ActionSet,
    ActionTold,
    ActivityRuled,
    ActivityTold,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BidTold,
    BoardSaid,
    CollectionsAtRest,
    ContactChanged,
    ExtensionDecided,
    Fact,
    Facts,
    FiguresHeld,
    GapRecorded,
    IndicatorNoted,
    LimitsSet,
    MessageReserved,
    MessageSettled,
    OfficerWrote,
    PersonErased,
    PreReleaseGiven,
    ReferenceFiguresBroughtIn,
    ReleaseWithdrawn,
    ReplyReceived,
    RequestWaived,
    ReturnReceived,
    RiskReviewed,
    UploadKept,
    VerdictGiven,
    WaiverLifted,
)
from quarterday.domain.framework.addresses import is_address
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty, Role
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError

TAKEN_OUT = "(name taken out)"
# The columns that hold a person whole: where one of them is theirs, both go.
WHOLE: dict[type[Fact], tuple[str, ...]] = {
    ContactChanged: ("name", "email"),
    ReplyReceived: ("colleague_name", "colleague_email"),
    UploadKept: ("said_name",),
    PreReleaseGiven: ("name",),
}
_WORDS: dict[type[Fact], tuple[str, ...]] = {  # beside the reason, which every fact has
    ActivityTold: ("done", "next_milestone", "in_the_way", "asks"),
    ActivityRuled: ("for_readers",),
    AskRaised: ("what", "consequence", "options"),
    AskAnswered: ("for_readers",),
    AskWithdrawn: ("for_readers",),
    ActionSet: ("what",),
    ActionTold: ("said",),
    BoardSaid: ("words",),
    RiskReviewed: ("mitigation",),
    BidTold: ("for_readers",),
    ExtensionDecided: ("to_partner",),
    FiguresHeld: ("for_readers",),
    GapRecorded: ("owner", "for_readers"),
    IndicatorNoted: ("words", "signed"),
    LimitsSet: ("for_readers",),
    MessageReserved: ("subject",),
    MessageSettled: ("detail",),
    OfficerWrote: ("to_partner",),
    PreReleaseGiven: ("post",),
    ReleaseWithdrawn: ("for_readers",),
    ReplyReceived: ("reference",),
    RequestWaived: ("to_partner",),
    ReturnReceived: ("explanations",),
    VerdictGiven: ("to_partner",),
    WaiverLifted: ("to_partner",),
}


def table_of(kind: type[Fact]) -> str:
    """The record in which a kind of fact is kept, as a ruling names it."""
    return _NOT_AS_CALLED.get(kind) or re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def words_of(kind: type[Fact]) -> tuple[str, ...]:
    """The fields of a kind of fact in which a name may stand among other words, which stay."""
    return ("reason", *_WORDS.get(kind, ()))


_NOT_AS_CALLED: dict[type[Fact], str] = {
    CollectionsAtRest: "collections_settled",
    ReferenceFiguresBroughtIn: "reference_figures",
}


@dataclass(frozen=True)
class Instead:
    """What stands in the place of a name and an address that were wrong."""

    name: str
    email: str


def rule_on_person(
    framework: Framework, facts: Facts, ruling: Ruling, person: str, instead: Instead | None
) -> list[PersonErased]:
    """The rulings that take a person out, or put them right where it is said what is to stand there instead."""
    if _plain(person) and as_written(person).search(ruling.why):
        raise RulingRefusedError("Name nobody in the reason: it stays on record with the ruling.")
    if instead is None:
        return erase_person(framework, facts, ruling, person)
    return put_person_right(framework, facts, ruling, person, instead)


def erase_person(framework: Framework, facts: Facts, ruling: Ruling, person: str) -> list[PersonErased]:
    """Take a person, by name or address, out of every fact that names them. The facts stay, with all else they say.

    Refused where nothing names them, and where they are still written to: another is named first.
    """
    fields = ruling.fields(framework, Duty.PERSONAL_DATA)
    _refuse_in_use(framework, facts, person)
    return _rulings(facts, person, fields, put_right=False)


def put_person_right(
    framework: Framework, facts: Facts, ruling: Ruling, person: str, instead: Instead
) -> list[PersonErased]:
    """Put a person's name and address right in every fact that names them; what files were called stays as it was."""
    fields = ruling.fields(framework, Duty.PERSONAL_DATA)
    if not instead.name.strip() or not is_address(instead.email):
        raise RulingRefusedError("Say both as they should be: the name, and an address to which mail can go.")
    return _rulings(facts, person, fields, put_right=True)


def _rulings(facts: Facts, person: str, fields: dict[str, Any], *, put_right: bool) -> list[PersonErased]:
    asks = {each.fact: each.ask for each in facts.of(PersonErased) if each.ask}  # by an earlier ruling
    found = [
        PersonErased(
            table=table_of(type(each)),
            fact=each.key,
            put_right=put_right,
            ask=asks.get(each.key) or _ask_of(each),
            **fields,
        )
        for each in naming(facts, person)
        if not (put_right and isinstance(each, UploadKept))
    ]
    if not found:
        raise RulingRefusedError(
            f"Nothing in the register names “{person}”. Write the name, or the address, as `quarterday history` does."
        )
    return found


def naming(facts: Facts, person: str) -> Iterator[Fact]:
    """The facts that name a person: as a contact or colleague, in what a file was called, or among somebody's words."""
    if not _plain(person):
        return
    named = as_written(person)
    for each in facts:
        if named_whole(each, person) or any(named.search(said) for said in _said(each)):
            yield each


def named_whole(fact: Fact, person: str) -> bool:
    """Whether a fact is about a person: by name or by address, or, of a file, by all parts of the name in any order."""
    wanted = _plain(person)
    if isinstance(fact, UploadKept):
        return set(wanted.split()) <= set(_plain(fact.said_name).split())
    return any(wanted == _plain(getattr(fact, column)) for column in WHOLE.get(type(fact), ()))


def _said(fact: Fact) -> Iterator[str]:
    return (said for name in words_of(type(fact)) if (said := getattr(fact, name)))


def as_written(person: str) -> re.Pattern[str]:
    """How a name or an address may stand among other words: in any case, whatever parts its words."""
    together = r"[\W_]+".join(re.escape(each) for each in _plain(person).split())
    return re.compile(rf"(?<!\w){together}(?!\w)", re.IGNORECASE)


def in_its_place(person: str, instead: Instead | None) -> str:
    """What stands among words where a person stood: nobody, or the name or the address as it should be."""
    if instead is None:
        return TAKEN_OUT
    return instead.email if is_address(person.strip()) else instead.name


def _ask_of(fact: Fact) -> str:
    """The id of what a lead asked with its words, which follows from them."""
    if isinstance(fact, ActivityTold) and fact.asks:
        return ask_of_activity(fact.activity, fact.asks_board, fact.asks)
    return ""


def mentioning(facts: Facts, person: str) -> list[Fact]:
    """The facts that mention a person where nobody writes freely, such as a kept framework: they are not changed.

    Whoever takes a person out is told how many there are.
    """
    wanted = _plain(person)
    named = {id(each) for each in naming(facts, person)}
    return [each for each in facts if id(each) not in named and wanted and _mentions(each, wanted)]


def _mentions(fact: Fact, wanted: str) -> bool:
    said = (getattr(fact, field.name) for field in dataclass_fields(fact))
    return any(f" {wanted} " in f" {_plain(words)} " for words in said if isinstance(words, str) and " " in words)


def _refuse_in_use(framework: Framework, facts: Facts, person: str) -> None:
    wanted = _plain(person)
    for partner in framework.partners:
        for role in Role:
            changed = change_now(framework, facts, partner.code, role)
            if changed and wanted in (_plain(changed.name), _plain(changed.email)):
                raise RulingRefusedError(
                    f"{person} is still the {role} of {partner.name}: name somebody else first (change-contact), then "
                    "take the name out."
                )


def _plain(said: str) -> str:
    """As names are compared: letters and digits in small, words apart by one space."""
    return " ".join("".join(each if each.isalnum() else " " for each in said.casefold()).split())
