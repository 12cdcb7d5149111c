"""When a run has lasted so long that limits of its own could be reckoned: an officer is told, and decides."""

from collections.abc import Iterator

from quarterday.domain.figures.control_limits import POINTS_NEEDED
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import describe
from quarterday.publishing.charts.spc import Cause
from quarterday.publishing.pack.figures_said import PERIOD_NOUNS
from quarterday.publishing.pack.series import ChartedSeries, SeriesTables
from quarterday.publishing.tables import ReleaseTables


def limits_proposed(reading: ChartedSeries) -> str:
    """What is proposed of a series; empty where no run on one side of the mean goes on and has lasted long enough.

    Long enough is what limits need: fewer figures than that would leave the chart without any.
    """
    runs = (each for each in reading.chart.signals if each.cause is Cause.SHIFT and each.last == reading.current)
    run = next((each for each in runs if each.length >= POINTS_NEEDED), None)
    if run is None:
        return ""
    where, nouns = ("above" if run.side > 0 else "below"), PERIOD_NOUNS[reading.indicator.frequency]
    since = describe(reading.chart.points[run.first].period)
    return (
        f"{run.length} {nouns} running lie {where} the mean, since {since}: long enough for limits of their own. "
        "If you know what changed, let the limits begin anew from there and say why."
    )


def every_proposal(framework: Framework, tables: ReleaseTables) -> Iterator[str]:
    """What is proposed of each indicator's total, with its title, for whoever looks at a release before it is made."""
    series, boroughs = SeriesTables(framework, tables), framework.areas("borough")
    for indicator in framework.indicators if boroughs else ():
        if proposed := limits_proposed(series.reading(indicator, boroughs[0].code)):
            yield f"{indicator.title}: {proposed}"
