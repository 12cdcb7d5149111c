"""What disclosure control costs on a real ward table, beside hiding each row's next smallest cell.

`python benchmarks/disclosure.py EXPORT.csv [--quarter "2025-26 Q1"] [--threshold 5] [--months]`

EXPORT.csv is a supplier's own export that `config/exports/` maps to the framework's ward indicator. Two releases are
made of it: the first, and a second in which some counts were revised. Each is attacked over all that was published.
With `--months` the quarter's months are published beside it and linked to it: four times the cells.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from quarterday.adapters.config_files import load_exports, load_framework
from quarterday.adapters.reading import Refusal, as_return, read_tables
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Disclosure, DisclosureRule
from quarterday.domain.framework.periods import Period, parse_quarter
from quarterday.publishing.disclosure.attack import attack
from quarterday.publishing.disclosure.cells import LinkedTables, Seen
from quarterday.publishing.disclosure.linking import Linking, parts_of, place_of
from quarterday.publishing.disclosure.sums import CellsSeen
from quarterday.publishing.disclosure.suppression import hidden_cells
from quarterday.publishing.totals import with_totals

REVISED = 0.05  # of the cells, in the second release


@dataclass
class Outcome:
    """What one method did to one release."""

    method: str
    release: str
    small: int
    hidden: int
    value_lost: float
    narrowed: int
    exact: int
    seconds: float


def main() -> None:
    """Print the comparison."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("export", type=Path)
    asked.add_argument("--quarter", default="2025-26 Q1")
    asked.add_argument("--threshold", type=int, default=5)
    asked.add_argument("--months", action="store_true")
    asked.add_argument("--config", type=Path, default=Path(__file__).parents[1] / "config")
    told = asked.parse_args()
    framework = _with_threshold(load_framework(told.config), told.threshold)
    quarter = parse_quarter(told.quarter)
    figures = [
        figure
        for period in (*(quarter.months() if told.months else ()), quarter)
        for figure in ward_figures(framework, told.config, told.export, period)
    ]
    releases = [with_totals(framework, figures), with_totals(framework, _revised(figures))]
    print(
        f"{told.export.name}, {told.quarter}, threshold {told.threshold}: {len(releases[0])} cells with their margins"
    )
    print(f"{'method':<28}{'release':<9}{'small':>6}{'hidden':>8}{'lost':>8}{'narrowed':>10}{'exact':>7}{'seconds':>9}")
    for method, choose in METHODS.items():
        for outcome in _both(framework, releases, method, choose):
            print(
                f"{outcome.method:<28}{outcome.release:<9}{outcome.small:>6}{outcome.hidden:>8}"
                f"{outcome.value_lost:>8.0f}{outcome.narrowed:>10}{outcome.exact:>7}{outcome.seconds:>9.2f}"
            )
    print("lost: the sum of what is hidden although it is not small. narrowed: hidden cells that a reader can bound to")
    print("fewer values than the threshold, of which exact: to one value. seconds: of one core.")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def ward_figures(framework: Framework, config: Path, export: Path, quarter: Period) -> list[Figure]:
    """The ward figures that an export holds for a quarter, by the first mapping that fits it."""
    reading = read_tables(export.read_bytes(), export.name)
    if isinstance(reading, Refusal):
        sys.exit(reading.sentence)
    for partner in framework.partners:
        supplied = framework.supplied_by(partner.code)
        asked = tuple(each.code for each in supplied if each.area == "ward" and each.breakdowns)
        if not asked or not partner.export:
            continue
        request = _request(framework, partner.code, asked)
        read = as_return(reading, framework, request, quarter, load_exports(config))
        rows = [row for row in read.partner_return.rows if row.value is not None]
        if rows:
            return [
                Figure(row.indicator, 1, row.area_code, row.breakdown, row.category, row.period or quarter, row.value)
                for row in rows
            ]
    sys.exit(f"No mapping in {config / 'exports'} reads a ward table out of {export}.")


def _request(framework: Framework, partner: str, asked: tuple[str, ...]) -> RequestMade:
    return RequestMade(
        at=datetime.now(UTC),
        by="benchmark",
        partnership=framework.partnership.code,
        collection="benchmark",
        request="benchmark",
        partner=partner,
        asked=asked,
        withheld=(),
        due=date.max,
        closes=date.max,
    )


def _with_threshold(framework: Framework, threshold: int) -> Framework:
    rule = Disclosure(rule=DisclosureRule.THRESHOLD, threshold=threshold)
    indicators = [each.model_copy(update={"disclosure": rule}) for each in framework.indicators]
    return framework.model_copy(update={"indicators": tuple(indicators)})


def _revised(figures: Sequence[Figure]) -> list[Figure]:
    """The same, with some counts a little higher or lower, as after late records."""
    chance = Random(1)  # noqa: S311 - the same revisions on every run
    return [
        replace(each, value=max(0, (each.value or 0) + chance.choice((-2, -1, 1, 2, 3))))
        if chance.random() < REVISED
        else each
        for each in figures
    ]


def _both(
    framework: Framework,
    releases: Sequence[Sequence[Figure]],
    method: str,
    choose: Callable[[LinkedTables], set[int]],
) -> list[Outcome]:
    outcomes = []
    before: tuple[Sequence[Figure], set[tuple[object, ...]]] | None = None
    for name, figures in zip(("first", "revised"), releases, strict=True):
        linking = Linking(framework)
        known = linking.add(figures, offered=True)
        linking.tie_all(known, [_publish_before(framework, linking, *before)] if before else [])
        tables = linking.tables
        start = time.process_time()
        hidden = choose(tables)
        seconds = time.process_time() - start
        narrowed = attack(tables, hidden | {cell for cell, seen in tables.seen.items() if seen.hidden})
        offered = {cell for cell in hidden if tables.cells[cell].offered}
        outcomes.append(
            Outcome(
                method,
                name,
                sum(tables.cells[cell].small for cell in known.values()),
                len(offered),
                sum(tables.cells[cell].value for cell in offered if not tables.cells[cell].small),
                len(narrowed),
                sum(each.high - each.low < 0.5 for each in narrowed),
                seconds,
            )
        )
        before = figures, {figure.key for figure in figures if _is_hidden(framework, figure, known, hidden)}
    return outcomes


def _is_hidden(framework: Framework, figure: Figure, known: dict, hidden: set[int]) -> bool:
    return any(known.get(place_of(figure, part)) in hidden for part in parts_of(framework, figure))


def _publish_before(
    framework: Framework, linking: Linking, figures: Sequence[Figure], hidden: set[tuple[object, ...]]
) -> CellsSeen:
    known = linking.add(figures, offered=False)
    for figure in figures:
        for part in parts_of(framework, figure):
            cell = known[place_of(figure, part)]
            value = linking.tables.cells[cell].value
            taken = figure.key in hidden
            linking.tables.seen[cell] = Seen(1.0, float("inf"), hidden=True) if taken else Seen(value, value)
    return known


def only_small(tables: LinkedTables) -> set[int]:
    """Hide what is small and nothing else."""
    return {cell for cell in tables.must_hide() if tables.cells[cell].small}


def next_smallest(tables: LinkedTables) -> set[int]:
    """Hide what is small, and in each sum with one hidden cell the next smallest of it."""
    hidden = only_small(tables)
    for relation in tables.relations:
        cells = [cell for cell, _ in relation.terms]
        if len([cell for cell in cells if cell in hidden]) == 1:
            others = [cell for cell in cells if cell not in hidden and tables.cells[cell].may_be_hidden]
            hidden |= set(sorted(others, key=lambda cell: tables.cells[cell].value)[:1])
    return hidden


METHODS: dict[str, Callable[[LinkedTables], set[int]]] = {
    "small cells only": only_small,
    "the row's next smallest": next_smallest,
    "optimised and attacked": hidden_cells,
}

if __name__ == "__main__":
    main()
