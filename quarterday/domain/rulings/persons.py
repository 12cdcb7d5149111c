"""An officer's ruling that a person's name and address are taken out of the register, or put right in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields

from quarterday.domain.collection.people import change_now
from quarterday.domain.facts import ContactChanged, Fact, Facts, PersonErased, ReplyReceived, UploadKept
from quarterday.domain.framework.addresses import is_address
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty, Role
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError

TAKEN_OUT = "(name taken out)"
_TABLES: dict[type[Fact], str] = {
    ContactChanged: "contact_changed",
    ReplyReceived: "reply_received",
    UploadKept: "upload_kept",
}


@dataclass(frozen=True)
class Instead:
    """What stands in the place of a name and an address that were wrong."""

    name: str
    email: str


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
    found = [
        PersonErased(table=_TABLES[type(each)], fact=each.key, put_right=put_right, **fields)  # type: ignore[arg-type]
        for each in naming(facts, person)
        if not (put_right and isinstance(each, UploadKept))
    ]
    if not found:
        raise RulingRefusedError(
            f"Nothing in the register names “{person}”. Write the name, or the address, as `quarterday history` does."
        )
    return found


def naming(facts: Facts, person: str) -> Iterator[Fact]:
    """The facts that name a person: as a contact or colleague, or in what a file was called."""
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


def mentioning(facts: Facts, person: str) -> list[Fact]:
    """The facts in whose free words a person is mentioned by name or address: those words are not changed.

    They are part of what was decided or said; whoever takes a person out is told how many there are.
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
