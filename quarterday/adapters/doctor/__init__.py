"""What is wrong with an installation and what to do: each part is looked at as it is, and nothing is changed."""

from collections.abc import Callable, Iterator

from quarterday.adapters.breakage import is_of_the_register, says_it_itself, what_to_do
from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.doctor.deep import look_at_every_file
from quarterday.adapters.doctor.facts import look_at_facts
from quarterday.adapters.doctor.keeping import (
    look_at_backups,
    look_at_home,
    look_at_register,
    look_at_store,
)
from quarterday.adapters.doctor.optional_parts import look_at_optional_parts
from quarterday.adapters.doctor.retention import look_at_what_is_kept
from quarterday.adapters.doctor.running import look_at_portal, look_at_prefect, look_at_scanner
from quarterday.adapters.doctor.silence import look_at_heartbeat, look_at_runs
from quarterday.adapters.doctor.words import (
    look_at_configuration,
    look_at_mail,
    look_at_quarter,
    look_at_settings,
)
from quarterday.adapters.settings import Settings

__all__ = ["PARTS", "Complaint", "examine"]

FACTS = "facts"
PARTS: dict[str, Callable[[Settings], Iterator[Complaint]]] = {
    "settings": look_at_settings,
    "configuration": look_at_configuration,
    "home": look_at_home,
    "register": look_at_register,
    FACTS: look_at_facts,
    "store": look_at_store,
    "what is kept": look_at_what_is_kept,
    "backups": look_at_backups,
    "mail": look_at_mail,
    "the quarter": look_at_quarter,
    "Prefect": look_at_prefect,
    "runs": look_at_runs,
    "heartbeat": look_at_heartbeat,
    "portal": look_at_portal,
    "scanner for viruses": look_at_scanner,
    "optional parts": look_at_optional_parts,
}


DEEP_PARTS: dict[str, Callable[[Settings], Iterator[Complaint]]] = {"every file": look_at_every_file}


def examine(settings: Settings, *, deep: bool = False) -> Iterator[tuple[str, list[Complaint]]]:
    """Each part with what is wrong with it; `deep` reads every file too.

    A part that cannot even be looked at is itself wrong; why is told with the first that it kept from being looked at.
    """
    told: dict[Complaint, str] = {}
    facts_are_ill = False
    for part, look in (PARTS | (DEEP_PARTS if deep else {})).items():
        found: list[Complaint] = []
        try:
            found.extend(look(settings))
        except Exception as problem:  # a doctor does not fall ill of what the patient has
            why = _not_looked_at(problem)
            first = told.setdefault(why, part)
            if facts_are_ill and is_of_the_register(problem):
                first = FACTS
            found.append(why if first == part else _told_before(first))
        facts_are_ill |= part == FACTS and any(each.serious for each in found)
        yield part, found


def _told_before(first: str) -> Complaint:
    return Complaint(f"It could not be looked at either, for what is told of “{first}”.", "", counts=False)


def _not_looked_at(problem: Exception) -> Complaint:
    if told := what_to_do(problem):
        return Complaint("It could not be looked at.", told)
    if says_it_itself(problem):
        return Complaint(f"It could not be looked at: {problem}", "")
    return Complaint(
        f"It could not be looked at ({type(problem).__name__}: {problem}).",
        "Put right what else the doctor tells; if this stays, show it to whoever looks after quarterday: it has no "
        "words for this.",
    )
