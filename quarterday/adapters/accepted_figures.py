"""Accepted figures, read from the register and the store: what releases and checks are made from."""

import csv
import io
import logging
from collections.abc import Collection as AnyOf
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from quarterday.adapters.installation import Installation
from quarterday.adapters.kept_returns import load_findings, load_rows
from quarterday.adapters.store import Damaged, NotStored
from quarterday.domain.collection.binding import framework_of, period_of
from quarterday.domain.collection.held_figures import held_in
from quarterday.domain.collection.verdicts import accepted_returns, last_word
from quarterday.domain.facts import (
    CollectionOpened,
    Facts,
    FiguresBackfilled,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    VerdictGiven,
)
from quarterday.domain.figures.assembling import AcceptedReturn, figures_of
from quarterday.domain.figures.backfilling import BACKFILL, figures_in
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.keys import Key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lost:
    """A source of earlier figures that cannot be read back, and what it answered, as far as that is known."""

    source: str  # the return's reference, or the backfill's name
    collection: str  # empty for a backfill
    indicators: tuple[str, ...]
    why: str


def accepted_figures(
    installation: Installation,
    facts: Facts,
    collection: str,
    only: AnyOf[str] | None = None,
    of: AnyOf[str] | None = None,
    caveats: bool = True,
    lost: list[Lost] | None = None,
) -> Sequence[Figure]:
    """The accepted figures of a collection, by the framework that it promised, before disclosure control.

    What an officer holds back is not among them.

    `only` narrows to the returns an earlier release was made from, `of` to some indicators; without `caveats` the
    findings that bind them to figures are left unread. Raises `NotStored` or `Damaged` where a kept return cannot be
    read back as it was; with a list of what is `lost` it is noted there and left out.
    """
    framework = framework_of(installation.framework, facts, collection)
    parts: list[Sequence[Figure]] = []
    for request in _requests(facts, collection):
        if of is not None and not set(of) & set(request.asked):
            continue
        asked = period_of(installation.framework, facts, collection)
        accepted = [
            kept
            for each in accepted_returns(facts, request.request)
            if (only is None or each.partner_return in only)
            and (kept := _kept_or_lost(installation, facts, request, each, caveats, lost))
        ]
        parts.append(_figures_of(installation, framework, request, asked, accepted))
    held = frozenset(indicator.code for code in held_in(facts, collection) if (indicator := framework.series_of(code)))
    return _in_order(installation, parts, held, of)


def _in_order(
    installation: Installation, parts: list[Sequence[Figure]], held: frozenset[str], of: AnyOf[str] | None
) -> Sequence[Figure]:
    """The figures of a collection's requests: the very same ones where the same was put together before."""

    def put_together() -> tuple[list[Sequence[Figure]], tuple[Figure, ...]]:
        wanted = (each for part in parts for each in part if each.indicator not in held)
        ours = (each for each in wanted if of is None or each.indicator in of)
        return parts, tuple(sorted(ours, key=lambda figure: figure.key))

    key = ("accepted", tuple(map(id, parts)), held, None if of is None else frozenset(of))
    return installation.stores.known.get(key, put_together)[1]


def earlier_figures(
    installation: Installation,
    framework: Framework,
    facts: Facts,
    before: Period,
    partner: str = "",
    caveats: bool = True,
    lost: list[Lost] | None = None,
) -> list[Figure]:
    """Backfilled figures and those accepted in collections that began before a period, oldest first.

    Each is read by the framework of its own time; what `framework`, the reader's, knows no more is left out.

    A figure accepted through quarterday stands before a backfilled one of the same days. Where a partner is named,
    those of its own indicators alone: a page or a check of one partner does not read all that everybody ever sent.
    Whoever looks at values alone says so by `caveats`. What cannot be read back keeps nobody from the rest: it is left
    out, and noted in `lost`, else in the log. Looking at every file finds it and tells officers: `adapters.damage`.
    """
    missed: list[Lost] = [] if lost is None else lost
    found: dict[Key, Figure] = {}
    for source in earlier_sources(installation, framework, facts, before, missed, partner, caveats):
        found |= {figure.key: figure for figure in source}
    if lost is None:
        for each in missed:
            _LOG.warning("Earlier figures of %s are left out: %s", each.source, each.why)
    return sorted(found.values(), key=oldest_first)


def earlier_sources(
    installation: Installation,
    framework: Framework,
    facts: Facts,
    before: Period,
    lost: list[Lost],
    partner: str = "",
    caveats: bool = True,
) -> Iterator[Sequence[Figure]]:
    """What `earlier_figures` is made from, source by source: figures of a later one stand before those of the same key.

    The same source is the very same sequence, however often it is asked for.
    """
    own = {code for each in framework.supplied_by(partner) for code in _codes_of(each)} if partner else None
    for figures in _backfills(installation, framework, facts, own, lost):
        yield _beginning_before(figures, before.start)
    for opened in sorted(facts.of(CollectionOpened), key=lambda each: each.period):
        if opened.period.start < before.start:
            accepted = accepted_figures(installation, facts, opened.collection, of=own, caveats=caveats, lost=lost)
            yield _named(installation, framework, accepted)


def _beginning_before(figures: Sequence[Figure], day: date) -> Sequence[Figure]:
    if all(each.period.start < day for each in figures):
        return figures
    return tuple(each for each in figures if each.period.start < day)


def _named(installation: Installation, framework: Framework, figures: Sequence[Figure]) -> Sequence[Figure]:
    def name() -> tuple[Framework, Sequence[Figure], tuple[Figure, ...]]:
        return framework, figures, tuple(as_named(framework, figures))

    return installation.stores.known.get(("named", id(framework), id(figures)), name)[2]


def oldest_first(figure: Figure) -> tuple[date, date, Key]:
    """For sorting figures by their days: of plain dates, since tens of thousands are sorted."""
    return figure.period.start, figure.period.end, figure.key


def _codes_of(indicator: Indicator) -> tuple[str, ...]:
    """Every code under which an indicator's series ever went."""
    return indicator.code, *(each.code for each in indicator.succeeds)


def as_named(framework: Framework, figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures by the codes under which their series go on in a framework; without those of series that do not."""
    goes_on_in = cache(framework.series_of)
    for figure in figures:
        if indicator := goes_on_in(figure.indicator):
            yield figure if figure.indicator == indicator.code else replace(figure, indicator=indicator.code)


def _backfills(
    installation: Installation, framework: Framework, facts: Facts, of: AnyOf[str] | None, lost: list[Lost]
) -> Iterator[Sequence[Figure]]:
    for number, fact in enumerate(facts.of(FiguresBackfilled), start=1):
        try:
            yield _brought_in(installation, framework, fact, number, of)
        except (NotStored, Damaged) as problem:
            lost.append(Lost(backfill_name(number), "", (), str(problem)))


def _brought_in(
    installation: Installation, framework: Framework, fact: FiguresBackfilled, number: int, of: AnyOf[str] | None
) -> Sequence[Figure]:
    def read() -> tuple[Framework, tuple[Figure, ...]]:
        data = installation.stores.raw.get(fact.stored_as, fact.sha256)
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
        return framework, tuple(figures_in(framework, rows, backfill_name(number), fact.sha256)[0])

    # the framework is held beside what was made by it, so that no other ever has its place
    figures = installation.stores.known.get(("backfill", fact.stored_as, number, id(framework)), read)[1]
    return figures if of is None else tuple(each for each in figures if each.indicator in of)


def _figures_of(
    installation: Installation,
    framework: Framework,
    request: RequestMade,
    asked: Period,
    accepted: list[AcceptedReturn],
) -> Sequence[Figure]:
    """The figures of a request's accepted returns, put together once: a release is made from all there ever were."""

    def put_together() -> tuple[Framework, tuple[AcceptedReturn, ...], tuple[Figure, ...]]:
        return framework, tuple(accepted), tuple(figures_of(framework, request, asked, accepted))

    parts = tuple((each.received.key, each.nil_for, id(each.content), id(each.findings)) for each in accepted)
    key = ("figures", request.request, request.asked, asked, id(framework), parts)
    return installation.stores.known.get(key, put_together)[2]


def backfill_name(number: int) -> str:
    """What a file of earlier figures is called as a source, in the order in which they came: no hash stands in it."""
    return f"{BACKFILL} {number}"


def _requests(facts: Facts, collection: str) -> list[RequestMade]:
    return sorted(facts.requests_of(collection), key=lambda request: request.request)


def _kept_or_lost(
    installation: Installation,
    facts: Facts,
    request: RequestMade,
    received: ReturnReceived,
    caveats: bool,
    lost: list[Lost] | None,
) -> AcceptedReturn | None:
    try:
        return _kept(installation, facts, request, received, caveats)
    except (NotStored, Damaged) as problem:
        if lost is None:
            raise
        about = [
            each
            for each in facts.about(request.request, VerdictGiven)
            if each.partner_return == received.partner_return
        ]
        answered = dict.fromkeys(code for each in about for code in each.answered)
        lost.append(Lost(received.partner_return, request.collection, tuple(answered), str(problem)))
        return None


def _kept(
    installation: Installation, facts: Facts, request: RequestMade, received: ReturnReceived, caveats: bool
) -> AcceptedReturn:
    if received.kind is ReturnKind.NIL:
        given = last_word(facts, received)
        return AcceptedReturn(received, None, nil_for=given.answered if given else ())
    verdicts = [
        each
        for each in facts.about(request.request, VerdictGiven)
        if each.partner_return == received.partner_return and each.rows_stored_as
    ]
    # an officer's decision may name no rows of its own: those that the checks kept still hold
    kept = max(verdicts, key=lambda each: (each.at, bool(each.overrides)))
    wanted = caveats and kept.findings_stored_as
    findings = load_findings(installation.stores, kept.findings_stored_as) if wanted else ()
    return AcceptedReturn(received, load_rows(installation.stores, kept.rows_stored_as), findings)
