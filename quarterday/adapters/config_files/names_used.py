"""Names that must lead somewhere: a partner's, a board's, a priority's, an indicator's."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

from quarterday.adapters.config_files.configuration import AGREEMENTS, FRAMEWORK, PARTNERS, PARTNERSHIP, Configuration
from quarterday.adapters.config_files.reading import Found, Model

_WRITTEN_IN = {
    "partner": PARTNERS,
    "board": PARTNERSHIP,
    "agreement": AGREEMENTS,
    "export": "exports/",
    "priority": f"{FRAMEWORK}/",
    "plan": f"{FRAMEWORK}/",
    "breakdown": f"{FRAMEWORK}/",
    "indicator": f"{FRAMEWORK}/",
    "category": f"{FRAMEWORK}/",
    "activity": f"{FRAMEWORK}/",
    "population": f"{FRAMEWORK}/",
    "comparison": f"{FRAMEWORK}/",
    "area": PARTNERSHIP,
}


def check_names_used(read: Configuration) -> None:
    """Note every reference that leads nowhere."""
    _of_indicators(read)
    plans, boards = read.codes("plans"), read.codes("boards")
    for priority in read.priorities:
        refers(priority, "plan", priority.value.plan, plans, "plan")
        refers(priority, "board", priority.value.board, boards, "board")
    _of_boards(read)
    partners, indicators, exports = read.codes("partners"), read.codes("indicators"), _exports(read)
    for agreement in read.agreements:
        for number, party in enumerate(agreement.value.parties):
            refers(agreement, "partner", party, partners, "parties", number)
        for number, indicator in enumerate(agreement.value.indicators):
            refers(agreement, "indicator", indicator, indicators, "indicators", number)
    for partner in read.partners:
        if partner.value.export:
            refers(partner, "export", partner.value.export, exports, "export")
        _succession(partner, "partner", partners)
    for each in read.indicators:
        _succession(each, "indicator", indicators)


def _succession(found: Found[Any], kind: str, known: Collection[str] | None) -> None:
    """Nothing goes on under another code while it is still there itself."""
    for number, before in enumerate(found.value.succeeds):
        if known is not None and before.code in known:
            found.problem(
                f"The {kind} “{before.code}” is still here, so nothing can go on in its place.",
                f"Take the {kind} “{before.code}” out, or this line.",
                "succeeds",
                number,
            )


def refers(found: Found[Model], kind: str, code: str, known: Collection[str] | None, *place: str | int) -> bool:
    """Whether a code leads to something; a problem is noted where it does not. Unknowable where `known` is None."""
    if known is None or code in known:
        return True
    near = get_close_matches(code, sorted(known), n=1)
    hint = f"Perhaps “{near[0]}” is meant; else add" if near else "Correct it, or add"
    found.problem(f"There is no {kind} “{code}”.", f"{hint} the {kind} in {_WRITTEN_IN[kind]}.", *place)
    return False


def _of_indicators(read: Configuration) -> None:
    partners, priorities, boards = read.codes("partners"), read.codes("priorities"), read.codes("boards")
    breakdowns, indicators = read.codes("breakdowns"), read.codes("indicators")
    for found in read.indicators:
        indicator = found.value
        refers(found, "partner", indicator.supplier, partners, "supplier")
        for name, kind, codes, known in (
            ("priorities", "priority", indicator.priorities, priorities),
            ("boards", "board", indicator.boards, boards),
            ("breakdowns", "breakdown", indicator.breakdowns, breakdowns),
        ):
            for number, code in enumerate(codes):
                refers(found, kind, code, known, name, number)
        if indicator.no_more_than:
            refers(found, "indicator", indicator.no_more_than, indicators, "no_more_than")


def _of_boards(read: Configuration) -> None:
    """Boards report to boards, and never round in a circle (paper 2.4, 3.7)."""
    known = read.codes("boards")
    above = {each.value.code: each.value.reports_to for each in read.boards}
    for found in read.boards:
        board = found.value
        if not board.reports_to or not refers(found, "board", board.reports_to, known, "reports_to"):
            continue
        path: list[str] = [board.code]
        while (following := above.get(path[-1])) and following not in path:
            path.append(following)
        if following == board.code:
            circle = " reports to ".join(f"“{code}”" for code in [*path, board.code])
            found.problem(
                f"Boards report round in a circle: {circle}.", "Let the highest report to none.", "reports_to"
            )


def _exports(read: Configuration) -> set[str]:
    """The exports that are written. A folder without any is no unreadable one."""
    return read.codes("exports") or {each.value.code for each in read.exports}
