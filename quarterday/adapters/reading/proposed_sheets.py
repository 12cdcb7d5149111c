"""One proposal from those of a file's sheets: a sheet a month, an area or a class, or sheets that belong together."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from quarterday.domain.framework.periods import Period

Entry = dict[str, Any]


@dataclass(frozen=True)
class Proposal:
    """A mapping as `config/exports/` would hold it, without its partner's code, and what to look at before use.

    `figures` is empty where nothing can be proposed.
    """

    sheet: str
    figures: tuple[Entry, ...]
    periods: tuple[Period, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class TableProposal(Proposal):
    """What one sheet gives. Whether it says its time, and whether its name says its area or its class."""

    timed: bool = True
    area_of_sheet: bool = False
    class_of_sheet: bool = False

    @property
    def is_by_sheet(self) -> bool:
        """Whether its name says what it is of, so that other sheets are of others."""
        return self.area_of_sheet or self.class_of_sheet


def joined(proposals: Sequence[TableProposal]) -> Proposal:
    """One proposal for a file; without figures where none of its sheets gives any."""
    whole = [each for each in proposals if each.figures and each.timed] or [each for each in proposals if each.figures]
    if not whole:
        remarks = tuple(dict.fromkeys(remark for each in proposals for remark in each.remarks))
        return Proposal("", (), (), remarks or ("No sheet has a row of titles with values below it.",))
    if len(whole) == 1:
        return whole[0]
    alike = [each for each in whole if _layout(each) == _layout(whole[0])]
    if len(alike) == len(whole) and all(each.is_by_sheet for each in whole):
        return _told_by_sheets(whole)
    if len(alike) > 1:
        others = [each for each in whole if each not in alike]
        return _with_remark(_one_table(alike), _not_read(others)) if others else _one_table(alike)
    return _of_several(whole)


def _layout(proposal: TableProposal) -> list[Entry]:
    """What must be the same for sheets to be one table: everything but what a sample may not show."""
    entries = deepcopy(list(proposal.figures))
    for entry in entries:
        category = entry.get("category", {})
        category.pop("leave_out", None)
        category.pop("written_as", None)
        entry["area"].pop("leave_out", None)
        if proposal.class_of_sheet:
            category.pop("always", None)
        if proposal.area_of_sheet:
            entry["area"].pop("always", None)
    return entries


def _one_table(sheets: list[TableProposal]) -> Proposal:
    """Sheets with the same columns, read as one table; where each is for a time of its own, its name says so."""
    entries = deepcopy(list(sheets[0].figures))
    for at, entry in enumerate(entries):
        for other in sheets[1:]:
            _take_in(entry, other.figures[at])
        if entry["when"] != {"period_in": "sheet"}:
            entry["joined_sheets"] = True
    periods = tuple(sorted({period for each in sheets for period in each.periods}))
    remarks = tuple(dict.fromkeys(remark for each in sheets for remark in each.remarks))
    proposal = Proposal(sheets[0].sheet, tuple(_in_order(each) for each in entries), periods, remarks)
    if all("joined_sheets" not in entry for entry in entries):
        return proposal
    names = " and ".join(f"“{each.sheet}”" for each in sheets[:4])
    return _with_remark(proposal, f"The sheets {names} have the same columns and are read as one table: is that right?")


def _take_in(entry: Entry, other: Entry) -> None:
    """What another sheet of the same table shows besides."""
    for part in ("category", "area"):
        if left_out := other.get(part, {}).get("leave_out"):
            entry[part]["leave_out"] = list(dict.fromkeys([*entry[part].get("leave_out", []), *left_out]))
    if "slug" in (entry.get("category", {}).get("written_as"), other.get("category", {}).get("written_as")):
        entry["category"]["written_as"] = "slug"


def _in_order(entry: Entry) -> Entry:
    """An entry with what it says of sheets in front, as people read one."""
    first: Entry = {name: entry[name] for name in ("indicator", "gives", "sheet", "joined_sheets") if name in entry}
    return {**first, **{name: each for name, each in entry.items() if name not in first}}


def _told_by_sheets(sheets: list[TableProposal]) -> Proposal:
    """A sheet for each area, or for each class: an entry each."""
    entries = tuple(_in_order({**entry, "sheet": each.sheet}) for each in sheets for entry in each.figures)
    remarks = tuple(dict.fromkeys(remark for each in sheets for remark in each.remarks))
    periods = tuple(sorted({period for each in sheets for period in each.periods}))
    names = " and ".join(f"“{each.sheet}”" for each in sheets[:4])
    said = "area" if sheets[0].area_of_sheet else "category"
    told = Proposal(sheets[0].sheet, entries, periods, remarks)
    return _with_remark(told, f"The sheets {names} are each of the {said} that they are called after: is that right?")


def _of_several(sheets: list[TableProposal]) -> Proposal:
    """Sheets of different tables: those that are of different indicators, an entry each."""
    taken: list[TableProposal] = []
    for each in sorted(sheets, key=lambda sheet: "category" not in sheet.figures[0]):
        given = {(entry["indicator"], entry["gives"]) for one in taken for entry in one.figures}
        if not given & {(entry["indicator"], entry["gives"]) for entry in each.figures}:
            taken.append(each)
    taken.sort(key=sheets.index)
    entries = tuple(_in_order({**entry, "sheet": each.sheet}) for each in taken for entry in each.figures)
    periods = tuple(sorted({period for each in taken for period in each.periods}))
    remarks = tuple(dict.fromkeys(remark for each in taken for remark in each.remarks))
    proposal = Proposal(taken[0].sheet, entries if len(taken) > 1 else taken[0].figures, periods, remarks)
    return _with_remark(proposal, _not_read([each for each in sheets if each not in taken]))


def _not_read(others: list[TableProposal]) -> str:
    names = ", ".join(f"“{each.sheet}”" for each in others)
    return f"Other sheets look like figures as well and are not read: {names}." if others else ""


def _with_remark(proposal: Proposal, remark: str) -> Proposal:
    remarks = (*proposal.remarks, remark) if remark else proposal.remarks
    return Proposal(proposal.sheet, proposal.figures, proposal.periods, remarks)
