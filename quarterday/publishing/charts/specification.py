"""Charts as Vega-Lite specifications, from protected figures.

They are plain dictionaries: building them through altair's objects costs more time than drawing them.
"""

from dataclasses import dataclass
from math import ceil

from quarterday.domain.framework.indicators import Frequency
from quarterday.publishing.charts.frame import COLOURS, Spec, frame
from quarterday.publishing.pack.change_said import drawn_limits
from quarterday.publishing.pack.figures_said import say_level, say_value, short_period
from quarterday.publishing.pack.series import ChartedSeries, charted

WIDTH, HEIGHT = 560, 125
TREND_WIDTH, TREND_HEIGHT = 120, 24
CHARACTER, LABEL_ROOM = 6.3, 14  # pixels: a character under the chart, and what stands clear between two labels
LABEL_GAP = 14  # pixels between two labels at the right edge


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float


def series_spec(reading: ChartedSeries) -> Spec:
    """The chart of a series: line, centre, limits, target, definition breaks, gaps and signs of change."""
    axis = _axis(reading)
    layers = [
        *_level_layers(reading),
        *_target_layer(reading),
        *_break_layers(reading),
        _gap_layer(reading, axis),
        _line_layer(reading),
        *_point_layers(reading),
        _label_layer(reading, axis),
    ]
    drawn = [layer for layer in layers if layer["data"]["values"]]  # each layer costs time, empty or not
    return _framed(drawn, _labels(reading), axis)


def trend_spec(reading: ChartedSeries) -> Spec:
    """The same line in the height of a row of text: where it lies beside its mean, and how it ends."""
    rows = _rows(reading)
    layers = [layer for layer in (*_level_layers(reading)[:1], _line_layer(reading)) if layer["data"]["values"]]
    last = {**rows[-1]} if rows else {}
    signal = bool(last.get("signal"))
    ends = _marks(
        [last] if rows else [],
        shape="diamond" if signal else "circle",
        size=60 if signal else 30,
        color=COLOURS["signal" if signal else "line"],
    )
    x = {"field": "x", "type": "ordinal", "axis": None, "scale": {"domain": _labels(reading), "padding": 0.5}}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"zero": False}}
    size = {"width": TREND_WIDTH, "height": TREND_HEIGHT, "padding": 3}
    return {**frame(), **size, "encoding": {"x": x, "y": y}, "layer": [*layers, ends]}


def _framed(layers: list[Spec], labels: list[str], axis: _Axis) -> Spec:
    x = {
        "field": "x",
        "type": "ordinal",
        "title": None,
        "scale": {"domain": labels, "padding": 0.5},
        "axis": {"labelAngle": 0, "labelOverlap": False, "grid": False, "labelLimit": 0, "values": _told(labels)},
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "title": None if axis.low == 0 else "does not start at 0",
        "scale": {"domain": [axis.low, axis.high], "nice": False, "zero": False},
        "axis": {"tickCount": 6, "domain": False, "ticks": False, "titleFontWeight": "normal", "titleFontSize": 12},
    }
    return {**frame(), "width": WIDTH, "height": HEIGHT, "encoding": {"x": x, "y": y}, "layer": layers}


def _labels(reading: ChartedSeries) -> list[str]:
    """The label of each point, made distinct; a hole in the middle has none to read."""
    labels: list[str] = []
    rolling = (
        reading.indicator.frequency is Frequency.ROLLING_YEAR
    )  # then even April to March is told as a rolling year
    for observation, point in zip(reading.observations, reading.chart.points, strict=True):
        label = short_period(point.period, rolling=rolling) if observation or point.period.days > 1 else " "
        while label in labels:
            label += " "
        labels.append(label)
    return labels


def _told(labels: list[str]) -> list[str]:
    """The labels that there is room for side by side, counted back from the newest, which always stands."""
    widest = max((len(label.strip()) for label in labels), default=0) * CHARACTER + LABEL_ROOM
    every = ceil(widest * len(labels) / WIDTH) or 1
    return [label for label in labels[::-1][::every][::-1] if label.strip()]


def _axis(reading: ChartedSeries) -> _Axis:
    """The span of the vertical axis: from nought, unless that would press everything flat."""
    values = [each.value for each in reading.observations if each and each.value is not None]
    for stretch in reading.chart.stretches:
        if stretch.limits:
            seasons = {point.season for point in reading.chart.points[stretch.first : stretch.last + 1]}
            moved = (drawn_limits(reading.indicator, stretch.limits.moved(season)) for season in seasons)
            values += [level for levels in moved for level in levels if level is not None]
    if reading.indicator.target:
        values.append(reading.indicator.target.value)
    low, high = min(values, default=0), max(values, default=1)
    if low >= 0 and low < 0.6 * high:
        return _Axis(0, high * 1.08 or 1)
    room = (high - low or abs(high) or 1) * 0.12
    return _Axis(low - room, high + room)


def starts_at_nought(reading: ChartedSeries) -> bool:
    """Whether the vertical axis begins at 0."""
    return _axis(reading).low == 0


def _rows(reading: ChartedSeries) -> list[Spec]:
    """A row for each drawn point; `line` changes wherever the line is broken."""
    labels, rows, line = _labels(reading), [], 0
    for index, (label, point) in enumerate(zip(labels, reading.chart.points, strict=True)):
        line += point.begins or point.value is None
        if point.value is not None:
            signal = bool(reading.chart.signals_at(index))
            rows.append({"x": label, "y": point.value, "line": line, "signal": signal})
    return rows


def _line_layer(reading: ChartedSeries) -> Spec:
    return {
        "data": {"values": _rows(reading)},
        "mark": {"type": "line", "color": COLOURS["line"], "strokeWidth": 2},
        "encoding": {"detail": {"field": "line", "type": "nominal"}},
    }


def _point_layers(reading: ChartedSeries) -> list[Spec]:
    rows, labels = _rows(reading), _labels(reading)
    apart = [
        {"x": label, "y": each.value}
        for label, each in zip(labels, reading.observations, strict=True)
        if each and each.value is not None and not charted(each)
    ]
    return [
        _marks([row for row in rows if not row["signal"]], shape="circle", size=45, color=COLOURS["line"]),
        _marks([row for row in rows if row["signal"]], shape="diamond", size=150, color=COLOURS["signal"]),
        _marks(apart, shape="square", size=70, color=COLOURS["apart"], filled=False, strokeWidth=2),
    ]


def _marks(rows: list[Spec], **how: object) -> Spec:
    return {"data": {"values": rows}, "mark": {"type": "point", "filled": True, "opacity": 1, **how}}


def _level_layers(reading: ChartedSeries) -> list[Spec]:
    """Centre and limits, each stretch its own."""
    labels = _labels(reading)
    centres, limits = [], []
    for number, stretch in enumerate(reading.chart.stretches):
        if stretch.centre is None or stretch.count < 2:
            continue
        for place in range(stretch.first, stretch.last + 1):
            label, season = labels[place], reading.chart.points[place].season
            levels = drawn_limits(reading.indicator, stretch.limits.moved(season)) if stretch.limits else ()
            centres.append({"x": label, "y": stretch.centre + season, "line": f"{number}"})
            limits += [
                {"x": label, "y": level, "line": f"{number}-{which}"}
                for which, level in enumerate(levels)
                if level is not None
            ]
    return [
        _levels(centres, COLOURS["centre"], [1, 0]),
        _levels(limits, COLOURS["limit"], [6, 4]),
    ]


def _levels(rows: list[Spec], colour: str, dash: list[int]) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "color": colour, "strokeWidth": 1.5, "strokeDash": dash},
        "encoding": {"detail": {"field": "line", "type": "nominal"}},
    }


def _target_layer(reading: ChartedSeries) -> list[Spec]:
    if reading.indicator.target is None:
        return []
    rows = [{"x": label, "y": reading.indicator.target.value, "line": "target"} for label in _labels(reading)]
    return [_levels(rows, COLOURS["target"], [2, 3])]


def _break_layers(reading: ChartedSeries) -> list[Spec]:
    """Where the definition changed, and where limits begin anew: a line across, with its words."""
    labels, points = _labels(reading), reading.chart.points
    rows = [
        {"x": label, "said": "new definition" if point.begins else "new limits"}
        for label, point in zip(labels, points, strict=True)
        if point.begins or point.anew
    ]
    if not rows:
        return []
    half_step = -WIDTH / len(labels) / 2
    rule = {"type": "rule", "color": COLOURS["break"], "strokeDash": [3, 3], "xOffset": half_step}
    said = {"type": "text", "align": "left", "dx": 4, "xOffset": half_step, "color": COLOURS["text"]}
    top = {"y": {"value": 6}, "text": {"field": "said"}}
    return [
        {"data": {"values": rows}, "mark": rule, "encoding": {"y": {"value": 0}, "y2": {"value": HEIGHT}}},
        {"data": {"values": rows}, "mark": said, "encoding": top},
    ]


def _gap_layer(reading: ChartedSeries, axis: _Axis) -> Spec:
    """Where a value is missing, its marker stands on the axis: a gap is not nought."""
    rows = [
        {"x": label, "y": axis.low, "said": str(each.marker or "[x]") if each else "[x]"}
        for label, each, point in zip(_labels(reading), reading.observations, reading.chart.points, strict=True)
        if point.value is None and (each is None or each.value is None)
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "dy": -8, "color": COLOURS["text"]},
        "encoding": {"text": {"field": "said"}},
    }


def _label_layer(reading: ChartedSeries, axis: _Axis) -> Spec:
    """Labels at the right edge in place of a legend, moved apart where they would meet."""
    levels = _named_levels(reading)
    per_pixel = (axis.high - axis.low) / HEIGHT
    heights = _spread([level for level, _, _ in levels], LABEL_GAP * per_pixel)
    rows = [
        {"y": height, "said": said, "colour": colour} for height, (_, said, colour) in zip(heights, levels, strict=True)
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "dx": 6},
        "encoding": {
            "x": {"value": WIDTH},
            "text": {"field": "said"},
            "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        },
    }


def _named_levels(reading: ChartedSeries) -> list[tuple[float, str, str]]:
    indicator, stretch = reading.indicator, reading.chart.latest
    named: list[tuple[float, str, str]] = []
    if indicator.target:
        said = f"Target {say_value(indicator, indicator.target.value)}"
        named.append((indicator.target.value, said, COLOURS["target"]))
    season = reading.chart.points[-1].season if reading.chart.points else 0.0
    if stretch and stretch.centre is not None and stretch.count > 1:
        name, centre = "Mean" if stretch.limits else "Median", stretch.centre + season
        named.append((centre, f"{name} {say_level(indicator, centre)}", COLOURS["centre"]))
    if stretch and stretch.limits:
        lower, upper = drawn_limits(indicator, stretch.limits.moved(season))
        if lower is not None:
            named.append((lower, f"Lower limit {say_level(indicator, lower)}", COLOURS["limit"]))
        if upper is not None:
            named.append((upper, f"Upper limit {say_level(indicator, upper)}", COLOURS["limit"]))
    return sorted(named)


def _spread(heights: list[float], gap: float) -> list[float]:
    """Heights in rising order, moved up where two stand closer than `gap`."""
    spread: list[float] = []
    for height in heights:
        spread.append(height if not spread else max(height, spread[-1] + gap))
    return spread
