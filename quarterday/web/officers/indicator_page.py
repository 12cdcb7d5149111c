"""An indicator: its series with the pack's own chart, definitions, gaps, and what was said and agreed of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.store import Damaged, NotStored
from quarterday.domain.collection.binding import framework_of, plan_for, under_way
from quarterday.domain.collection.releases import standing_releases
from quarterday.domain.facts import GapRecorded, IndicatorNoted, ReleaseMade, WordsOn
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import describe
from quarterday.domain.rulings.indicator_rulings import limits_set, noted
from quarterday.publishing.officers_words import new_limits
from quarterday.web.officers.officer_door import SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.waiting import Way, ways_of
from quarterday.web.serving.site import Site

if TYPE_CHECKING:
    from quarterday.publishing.pack.series import ChartedSeries
    from quarterday.publishing.tables import ReleaseTables

_WAYS = ("comment", "agree-reading", "take-note", "limits-anew")


@dataclass(frozen=True)
class Charted:
    """The series as the newest release has it: the pack's own chart in words, and its figures by period."""

    label: str
    version: int
    reading: "ChartedSeries"
    words: str
    says: str  # what the pack says of change
    proposed: str  # that limits may begin anew, where a run has lasted
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Said:
    """Words on the indicator: of which collection, whose, when."""

    label: str
    words: IndicatorNoted


def indicators_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """Every indicator, by priority."""
    framework = visit.framework
    listed = [
        (priority.title, [each for each in framework.indicators if priority.code in each.priorities])
        for priority in framework.priorities
    ]
    suppliers = {each.code: each.name for each in framework.partners}
    return officers_page(
        site, request, visit, "officers/indicators", section="indicators", listed=listed, suppliers=suppliers
    )


def indicator_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The page of one indicator."""
    known = visit.framework.indicator.get(request.path_params["indicator"])
    if known is None:
        return officers_problem(site, request, "gone", 404)
    limits = limits_set(visit.facts, known.code)
    gaps = [each for each in visit.facts.of(GapRecorded) if each.indicator == known.code]
    ways = _WAYS if not limits else (*_WAYS, "limits-back")
    return officers_page(
        site,
        request,
        visit,
        "officers/indicator",
        section="indicators",
        done=outcome(site.words, request, visit),
        indicator=known,
        supplier=visit.framework.partner[known.supplier].name,
        charted=_charted(site, visit, known),
        said=[(kind, _said(visit, known, kind)) for kind in (WordsOn.READING, WordsOn.COMMENTARY, WordsOn.NOTE)],
        limits=limits,
        gaps=[(_label(visit, each.collection), each) for each in reversed(gaps)],
        ways=_ways(site, visit, known, ways),
    )


def _ways(site: Site, visit: SignedInVisit, indicator: Indicator, names: tuple[str, ...]) -> list[Way]:
    return ways_of(site.words, names if under_way(visit.framework, visit.facts, visit.today) else (), indicator.code)


def _label(visit: SignedInVisit, collection: str) -> str:
    plan = plan_for(visit.framework, visit.facts, collection)
    return plan.label if plan else collection


def _said(visit: SignedInVisit, indicator: Indicator, kind: WordsOn) -> list[Said]:
    """What was said, the latest first."""
    return [Said(_label(visit, each.collection), each) for each in reversed(noted(visit.facts, indicator.code, kind))]


def _charted(site: Site, visit: SignedInVisit, indicator: Indicator) -> Charted | None:
    """The chart of the newest release that says anything of the indicator; None where none does."""
    for made in sorted(visit.facts.of(ReleaseMade), key=lambda each: each.at, reverse=True):
        if made in standing_releases(visit.facts, made.collection):
            try:
                return _read(site, visit, indicator, made)
            except (NotStored, Damaged):  # doctor and verify tell of it
                return None
    return None


def chart(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The pack's own chart, drawn when a browser asks for it: the page itself does not wait."""
    from quarterday.publishing.charts.drawing import draw  # noqa: PLC0415 - loaded when a chart is asked for
    from quarterday.publishing.charts.specification import series_spec  # noqa: PLC0415

    known = visit.framework.indicator.get(request.path_params["indicator"])
    charted = _charted(site, visit, known) if known else None
    if charted is None:
        return officers_problem(site, request, "gone", 404)
    return Response(draw(series_spec(charted.reading)), media_type="image/svg+xml")


def _read(site: Site, visit: SignedInVisit, indicator: Indicator, made: ReleaseMade) -> Charted | None:
    from quarterday.publishing.pack.cards import Card  # noqa: PLC0415 - large, for this page alone
    from quarterday.publishing.pack.figures_said import say_figure  # noqa: PLC0415
    from quarterday.publishing.pack.proposing import limits_proposed  # noqa: PLC0415
    from quarterday.publishing.pack.series import SeriesTables  # noqa: PLC0415
    from quarterday.publishing.pack.tables import chart_words  # noqa: PLC0415

    framework = framework_of(visit.framework, visit.facts, made.collection)
    if indicator.code not in framework.indicator:
        return None
    indicator, tables = framework.indicator[indicator.code], _tables(site, visit, made)
    card = Card(framework, SeriesTables(framework, tables), indicator)
    reading = card.reading
    if sum(point.value is not None for point in reading.chart.points) < 2:
        return None
    told = [each for each in reversed(reading.observations) if each]
    rows = [(describe(each.period), say_figure(indicator, each)) for each in told]
    says, proposed = card.change_said.sentence, limits_proposed(reading)
    return Charted(tables.label, made.version, reading, chart_words(reading), says, proposed, rows)


def _tables(site: Site, visit: SignedInVisit, made: ReleaseMade) -> "ReleaseTables":
    """The release as it was published, read with the limits that are set now."""
    from quarterday.publishing.past import past_releases  # noqa: PLC0415 - large, for this page alone
    from quarterday.publishing.tables import ReleaseTables  # noqa: PLC0415

    (past,) = (each for each in past_releases(site.installation.stores, visit.facts) if each.fact.key == made.key)
    plan = plan_for(visit.framework, visit.facts, made.collection)
    assert plan  # what was released has one
    return ReleaseTables(
        collection=made.collection,
        label=plan.label,
        period=plan.period,
        version=made.version,
        kind=made.kind,
        made_on=visit.today,
        synthetic=visit.framework.partnership.synthetic,
        observations=past.observations,
        history=past.history,
        new_limits=new_limits(visit.framework, visit.facts),
    )
