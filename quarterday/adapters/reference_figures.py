"""Figures of other places as they were brought in: read back from the store, a later table before an earlier one."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

from quarterday.adapters.register import Register
from quarterday.adapters.store import Damaged, NotStored, Stores
from quarterday.domain.facts import Facts, ReferenceFiguresBroughtIn
from quarterday.domain.figures.reference_figures import ReferenceFigure, reference_figures_in
from quarterday.domain.framework.framework import Framework


def reference_figures(
    stores: Stores, framework: Framework, facts: Facts
) -> tuple[tuple[ReferenceFigure, ...], tuple[str, ...]]:
    """The figures of every table that `config/` names still, and a sentence on each that cannot be read back."""
    found: dict[tuple[object, ...], ReferenceFigure] = {}
    lost = []
    for fact in sorted(facts.of(ReferenceFiguresBroughtIn), key=lambda each: (each.published, each.at)):
        try:
            found |= {figure.key: figure for figure in _brought_in(stores, framework, fact)}
        except (NotStored, Damaged) as problem:
            lost.append(f"Figures of other places ({fact.comparison}) are left out: {problem}")
    return tuple(found.values()), tuple(lost)


def bring_in(
    stores: Stores, register: Register, data: bytes, *, at: datetime, by: str, why: str, partnership: str,
    comparison: str, published: date, rows: int,
) -> bool:  # fmt: skip
    """Keep a table that was found in order, first its file and then the fact. False where it was kept before."""
    stored = stores.raw.put(f"reference/{sha256(data).hexdigest()}.csv", data)
    fact = ReferenceFiguresBroughtIn(
        at=at,
        by=by,
        reason=why,
        partnership=partnership,
        comparison=comparison,
        published=published,
        stored_as=stored.name,
        sha256=stored.sha256,
        rows=rows,
    )
    return bool(register.append_new(fact))


def _brought_in(stores: Stores, framework: Framework, fact: ReferenceFiguresBroughtIn) -> Iterator[ReferenceFigure]:
    comparison = framework.comparison.get(fact.comparison)
    if comparison is None:
        return
    data = stores.raw.get(fact.stored_as, fact.sha256)
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    yield from reference_figures_in(framework, comparison, rows, fact.published)[0]
