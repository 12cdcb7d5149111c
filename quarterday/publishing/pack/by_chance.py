"""How many signs of possible change are to be expected though nothing changed: chance is told beside what is found."""

from collections.abc import Iterable

from quarterday.publishing.charts.spc import chance_of_sign
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.pack.series import ChartedSeries, charted


def chance_in(reading: ChartedSeries) -> float:
    """How likely a series shows a sign of change though nothing changed; 0 where no limits are drawn."""
    stretch, now = reading.chart.latest, reading.now
    if now is None or not charted(now) or reading.current is None or stretch is None or stretch.limits is None:
        return 0.0  # what is hidden, missing or of other days shows none
    fresh = 1 if reading.since is None else reading.current - reading.since + 1
    return chance_of_sign(stretch.count, fresh)


def expected_by_chance(chances: Iterable[float]) -> str:
    """How many signs these charts would show though nothing had changed; empty where none has limits."""
    told = [each for each in chances if each]
    if not told:
        return ""
    expected = round(sum(told))
    about = (
        f"About {say_number(expected)} such {'sign' if expected == 1 else 'signs'}"
        if expected
        else "Hardly any such sign"
    )
    charts = "this chart" if len(told) == 1 else f"these {say_number(len(told))} charts"
    return f"{about} would be expected by chance among {charts}, even if nothing had changed."
