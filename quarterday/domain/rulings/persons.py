"""An officer's ruling that a person's name and address are taken out of the register, or put right in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields

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
    ContactChanged,
    Fact,
    Facts,
    PersonErased,
    PreReleaseGiven,
    ReplyReceived,
    RiskReviewed,
    UploadKept,
)
from quarterday.domain.framework.addresses import is_address
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty, Role
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError

TAKEN_OUT = "(name taken out)"
_WORDS: dict[type[Fact], tuple[str, tuple[str, ...]]] = {  # the table, and the fields in which people write freely
    ActivityTold: ("activity_told", ("done", "next_milestone", "in_the_way", "asks")),
    ActivityRuled: ("activity_ruled", ("for_readers",)),
    AskRaised: ("ask_raised", ("what", "consequence", "options")),
    AskAnswered: ("ask_answered", ("for_readers",)),
    AskWithdrawn: ("ask_withdrawn", ("for_readers",)),
    ActionSet: ("action_set", ("what",)),
    ActionTold: ("action_told", ("said",)),
    BoardSaid: ("board_said", ("words",)),
    RiskReviewed: ("risk_reviewed", ("mitigation",)),
    BidTold: ("bid_told", ("for_readers",)),
}
_TABLES: dict[type[Fact], str] = {
    ContactChanged: "contact_changed",
    ReplyReceived: "reply_received",
    UploadKept: "upload_kept",
    PreReleaseGiven: "pre_release_given",
    **{kind: table for kind, (table, _) in _WORDS.items()},
}
IN_WORDS = dict(_WORDS.values())
"""The fields of each table in which a name may stand among other words, which stay."""


@dataclass(frozen=True)
class Instead:
    """What stands in the place of a name and an address that were wrong."""

    name: str
    email: str


def rule_on_person(
    framework: Framework, facts: Facts, ruling: Ruling, person: str, instead: Instead | None
) -> list[PersonErased]:
    """The rulings that take a person out, or put them right where it is said what is to stand there instead."""
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


def _rulings(facts: Facts, person: str, fields: dict[str, object], *, put_right: bool) -> list[PersonErased]:
    asks = {each.fact: each.ask for each in facts.of(PersonErased) if each.ask}  # by an earlier ruling
    found = [
        PersonErased(
            table=_TABLES[type(each)],
            fact=each.key,
            put_right=put_right,
            ask=asks.get(each.key) or _ask_of(each),
            **fields,  # type: ignore[arg-type]
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
    wanted = _plain(person)
    if not wanted:
        return
    for changed in facts.of(ContactChanged):
        if wanted in (_plain(changed.name), _plain(changed.email)):
            yield changed
    for reply in facts.of(ReplyReceived):
        if wanted in (_plain(reply.colleague_name), _plain(reply.colleague_email)):
            yield reply
    for upload in facts.of(UploadKept):
        if set(wanted.split()) <= set(_plain(upload.said_name).split()):
            yield upload
    yield from (each for each in facts.of(PreReleaseGiven) if wanted == _plain(each.name))
    named = as_written(person)
    for kind, (_, written) in _WORDS.items():
        yield from (each for each in facts.of(kind) if any(named.search(getattr(each, name)) for name in written))


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
    """The facts in whose other words, such as a reason, a person is mentioned by name or address: they are not changed.

    They are part of what was decided; whoever takes a person out is told how many there are.
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
