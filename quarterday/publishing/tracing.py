"""From a published value back to the cell of the return that it came from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quarterday.adapters.accepted_figures import backfill_name
from quarterday.adapters.reading import FileTables, Refusal, read_tables
from quarterday.adapters.store import Damaged, NotStored, Stores
from quarterday.domain.facts import Facts, FiguresBackfilled, ReturnReceived
from quarterday.domain.figures.figure import sources
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.periods import Period, parse_quarter
from quarterday.publishing.csv_cells import read_csv
from quarterday.publishing.revising import as_published
from quarterday.publishing.rows import read_observation
from quarterday.publishing.tables import Observation

_ADDRESS = re.compile(r"^(?:(?P<sheet>.*)!)?(?P<letters>[A-Z]{1,3})(?P<row>\d+)$")


@dataclass(frozen=True)
class Wanted:
    """Which value is asked after: area by code or name, the category empty for a total.

    Without a period it is the release's own; with one it may be an earlier figure that the release repeats.
    """

    indicator: str
    area: str
    category: str
    period: Period | None = None

    @classmethod
    def parse(cls, text: str) -> "Wanted":
        """From `indicator,area,category` and perhaps `,2024-25 Q4`. Raises `ValueError` with a sentence."""
        parts = [part.strip() for part in text.split(",")]
        if len(parts) not in (2, 3, 4) or not all(parts[:2]):
            raise ValueError(f"“{text}” names no value: write indicator,area,category, the category empty for a total.")
        period = parse_quarter(parts[3]) if len(parts) == 4 else None
        return cls(parts[0], parts[1], parts[2] if len(parts) > 2 else "", period)

    def matches(self, each: Observation) -> bool:
        """Whether an observation is the one asked after."""
        area = self.area.lower() in (each.area_code.lower(), each.area_name.lower())
        category = self.category.lower() in (each.category.lower(), each.category_title.lower())
        within = self.period is None or self.period.contains(each.period)
        return each.indicator == self.indicator and area and category and within


def trace(folder: Path, wanted: Wanted, facts: Facts | None = None, stores: Stores | None = None) -> list[str]:
    """Where a published value came from, in lines for people. Raises `LookupError` where the release has none such.

    With facts and stores the returned file itself is opened, its SHA-256 checked, and the cell read again, unless the
    value is hidden: what a cell of it holds is then not told.
    """
    names = ["observations.csv", *(["history.csv"] if wanted.period else [])]
    every = [read_observation(row) for name in names for row in read_csv((folder / name).read_bytes())]
    found = [each for each in every if wanted.matches(each)]
    if not found:
        raise LookupError(
            f"The release has no figure of {wanted.indicator} for {wanted.area}"
            + (f" and {wanted.category}." if wanted.category else ".")
            + " Look in observations.csv for what it has, and in history.csv for earlier quarters."
        )
    lines = []
    for each in found:
        lines += [_headline(each), *_origin(each, every), *_cells(each, facts, stores)]
    return lines


def _headline(each: Observation) -> str:
    what = ", ".join(part for part in (each.indicator, each.area_name, each.category_title) if part)
    return f"{what}, {each.period}: {as_published(each)}"


def _origin(each: Observation, every: Sequence[Observation]) -> Iterator[str]:
    if each.source_return:
        hashed = f", SHA-256 {each.source_sha256}" if each.source_sha256 else "; its SHA-256 is not published"
        yield f"  from return {each.source_return}{hashed}"
    else:
        yield "  from no return: nothing came; gaps.csv says why"
    if each.source_cells:
        yield f"  cells {', '.join(each.source_cells)}"
    elif any(caveat.startswith("Added up") for caveat in each.caveats):
        parts = _parts(each, every)
        yield f"  added up from {len(parts)} figures of that return:"
        yield from (f"    {_headline(part)}  {', '.join(part.source_cells)}" for part in parts)
    yield from (f"  note: {caveat}" for caveat in each.caveats)


def _parts(whole: Observation, every: Sequence[Observation]) -> list[Observation]:
    """The sent figures that a total was added up from: the classes of its area, else the same over all areas."""
    sent = [each for each in every if (each.indicator, each.period) == (whole.indicator, whole.period)]
    sent = [each for each in sent if each.source_cells]
    own = [each for each in sent if each.area_code == whole.area_code]
    return own or [each for each in sent if whole.category in ("", each.category)]


def _cells(each: Observation, facts: Facts | None, stores: Stores | None) -> Iterator[str]:
    if facts is None or stores is None or not each.source_cells:
        return
    if each.marker is Marker.CONFIDENTIAL:
        yield "  the value is hidden, so its cell is not read out here"
        return
    for source, name, suffix, sha256 in _files(each, facts):
        try:
            data = stores.raw.get(name, sha256)
        except NotStored:
            yield f"  the file of {source} is no longer kept: its time under the agreement has passed"
            continue
        except Damaged as damaged:
            yield f"  {damaged}"
            continue
        yield f"  the file of {source} is kept, and its SHA-256 is right: {sha256}"
        reading = read_tables(data, f"return{suffix}")
        if isinstance(reading, Refusal):
            yield f"  it cannot be opened again: {reading.sentence}"
            continue
        yield from (f"    {cell} holds {_content(reading, cell)}" for cell in each.source_cells)


def _files(each: Observation, facts: Facts) -> Iterator[tuple[str, str, str, str]]:
    """The files that a figure was made from: which return, where it is kept, its ending and its SHA-256."""
    for partner_return in facts.of(ReturnReceived):
        if partner_return.partner_return in sources(each) and partner_return.stored_as:
            yield partner_return.partner_return, partner_return.stored_as, partner_return.suffix, partner_return.sha256
    for number, fact in enumerate(facts.of(FiguresBackfilled), start=1):
        if backfill_name(number) in sources(each):
            yield backfill_name(number), fact.stored_as, ".csv", fact.sha256


def _content(reading: FileTables, cell: str) -> str:
    place = _ADDRESS.match(cell)
    if place is None:
        return "what that line says"
    column = 0
    for letter in place["letters"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    for table in reading.tables:
        if place["sheet"] in (None, table.sheet):
            return repr(table.cell(int(place["row"]) - 1, column - 1))
    return "nothing: there is no such sheet"
