"""What is odd about people and days and stops nothing: whoever would not be reached, and meetings on days off."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.contradictions import reaches_nobody
from quarterday.adapters.config_files.reading import Found
from quarterday.domain.framework.calendar import CalendarNotCoveredError
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Role
from quarterday.domain.framework.periods import say_day

_HELD_AT_A_PARTNER = (Role.CONTACT, Role.DEPUTY, Role.MANAGER)
Person = tuple[Found[Any], str, str, tuple[str | int, ...]]  # where it stands, name, address, and the place within


def note_who_and_when(read: Configuration, framework: Framework) -> None:
    """Note what deserves a look before anybody waits for an answer, or comes to a meeting."""
    people = list(_people(read))
    if not framework.partnership.synthetic:
        _placeholders(read, people)
    _shared_addresses(read, people)
    _roles_nobody_holds(read, framework)
    _meetings_on_days_off(read, framework)


def _people(read: Configuration) -> Iterator[Person]:
    for partner in read.partners:
        for role in _HELD_AT_A_PARTNER:
            if person := partner.value.person(role):
                yield partner, person.name, person.email, (role.value,)
    if read.partnership:
        for number, board in enumerate(read.partnership.value.boards):
            yield read.partnership, board.lead.name, board.lead.email, ("boards", number, "lead")
        for number, officer in enumerate(read.partnership.value.officers):
            yield read.partnership, officer.name, officer.email, ("officers", number)


def _placeholders(read: Configuration, people: list[Person]) -> None:
    for found, name, email, place in people:
        if reaches_nobody(email):
            read.notice(
                found,
                f"{email} is a placeholder: nothing that is sent to {name} reaches anybody.",
                "Write the person's address, or “synthetic: true” while nobody is to be reached.",
                *place,
            )


def _shared_addresses(read: Configuration, people: list[Person]) -> None:
    """One address for two people: whoever is written to in the one's place reads what was meant for the other."""
    known: dict[str, set[str]] = defaultdict(set)
    for found, name, email, place in people:
        others = known[email.lower()] - {name}
        if others:
            read.notice(
                found,
                f"{email} is the address of {name} and of {', '.join(sorted(others))}.",
                "Give each their own; a code for one of them would open the pages to the other.",
                *place,
            )
        known[email.lower()].add(name)


def _roles_nobody_holds(read: Configuration, framework: Framework) -> None:
    """A rung that no partner has anybody for: an officer gets all of it, and nobody who could hurry the figures."""
    if read.ladders is None:
        return
    held = {role for role in _HELD_AT_A_PARTNER for each in framework.partners if each.person(role)}
    for wait, rungs in read.ladders.value:
        for number, rung in enumerate(rungs):
            for role in dict.fromkeys((rung.to, *rung.copy_to)):
                if role in _HELD_AT_A_PARTNER and role not in held:
                    read.notice(
                        read.ladders,
                        f"The rung “{rung.code}” writes to the {role.value}, and no partner has one.",
                        f"Name them under “{role.value}:” in partners.yaml, or let the rung write to somebody else.",
                        wait,
                        number,
                    )


def _meetings_on_days_off(read: Configuration, framework: Framework) -> None:
    if read.partnership is None:
        return
    for number, board in enumerate(read.partnership.value.boards):
        for which, meeting in enumerate(board.meetings):
            try:
                works = framework.calendar.is_working_day(meeting.on)
            except CalendarNotCoveredError:
                continue  # told where the calendar ends
            if not works:
                read.notice(
                    read.partnership,
                    f"{board.name} is to meet on {say_day(meeting.on)}, a day off.",
                    "Correct the day; if it does meet then, nothing need be done.",
                    "boards",
                    number,
                    "meetings",
                    which,
                )
