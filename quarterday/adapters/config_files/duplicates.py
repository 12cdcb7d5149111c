"""Codes that stand twice: two things with one name cannot be told apart."""

from collections.abc import Iterable, Sequence
from typing import Any

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.reading import Found

_ONCE = "Give one of them another code, or take it out."


def check_duplicates(read: Configuration) -> None:
    """Note every code that is used twice for the same kind of thing."""
    for kind, found in (
        ("partner", read.partners),
        ("agreement", read.agreements),
        ("plan", read.plans),
        ("priority", read.priorities),
        ("breakdown", read.breakdowns),
        ("indicator", read.indicators),
        ("activity", read.activities),
        ("risk", read.risks),
        ("bid", read.bids),
        ("submission", read.submissions),
        ("population", read.populations),
        ("comparison", read.comparisons),
        ("DHIS2 system", read.dhis2),
        ("export", read.exports),
    ):
        _among_entries(kind, found)
    _within_the_partnership(read)
    for breakdown in read.breakdowns:
        _within(breakdown, ("categories",), "category", (each.code for each in breakdown.value.categories))
    for indicator in read.indicators:
        versions = (str(each.version) for each in indicator.value.definitions)
        _within(indicator, ("definitions",), "version", versions, "version")
    for activity in read.activities:
        titles = (each.title.casefold() for each in activity.value.milestones)
        _within(activity, ("milestones",), "milestone", titles, "title")
    if read.ladders:
        for wait, rungs in read.ladders.value:
            _within(read.ladders, (wait,), "rung", (each.code for each in rungs))


def _among_entries(kind: str, entries: Sequence[Found[Any]]) -> None:
    first: dict[str, Found[Any]] = {}
    for entry in entries:
        code = str(entry.value.code)
        if code in first:
            earlier = first[code]
            where = f"{earlier.document.file}, line {earlier.document.line((*earlier.place, 'code'))}"
            entry.problem(f"“{code}” is the code of another {kind} too (see {where}).", _ONCE, "code")
        first.setdefault(code, entry)


def _within_the_partnership(read: Configuration) -> None:
    if read.partnership is None:
        return
    partnership = read.partnership.value
    _within(read.partnership, ("boards",), "board", (each.code for each in partnership.boards))
    _within(read.partnership, ("officers",), "officer", (each.code for each in partnership.officers))
    _within(read.partnership, ("areas",), "area", (each.code for each in partnership.areas))
    early = partnership.pre_release.readers if partnership.pre_release else ()
    _within(read.partnership, ("pre_release", "readers"), "early reader", (each.code for each in early))
    for number, board in enumerate(partnership.boards):
        days = (f"{each.on}" for each in board.meetings)
        _within(read.partnership, ("boards", number, "meetings"), "meeting", days, "on")


def _within(
    found: Found[Any], place: tuple[str | int, ...], kind: str, codes: Iterable[str], name: str = "code"
) -> None:
    first: dict[str, int] = {}
    for number, code in enumerate(codes):
        if code in first:
            line = found.document.line((*found.place, *place, first[code]))
            found.problem(f"“{code}” stands for another {kind} too (see line {line}).", _ONCE, *place, number, name)
        first.setdefault(code, number)
