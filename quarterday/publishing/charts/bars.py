"""Bars for the parts of a count, as a Vega-Lite specification."""

from collections.abc import Sequence

from quarterday.publishing.charts.frame import COLOURS, Spec, frame

BARS_WIDTH, PART_HEIGHT = 150, 20


def bars_spec(rows: Sequence[tuple[str, float | None, str]]) -> Spec:
    """Bars for the parts of a count, in the order given: (title, value, the figure as it is said)."""
    data = [{"part": title, "value": value or 0, "said": said} for title, value, said in rows]
    most = max((value or 0 for _, value, _ in rows), default=0) or 1
    y = {"field": "part", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 170, "ticks": False}}
    x = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, most * 1.2]},
        "axis": {"grid": False, "labels": False, "ticks": False, "domain": False},
    }
    return {
        **frame(),
        "width": BARS_WIDTH,
        "height": {"step": PART_HEIGHT},
        "data": {"values": data},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "bar", "color": COLOURS["line"], "height": 13}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": COLOURS["text"]},
                "encoding": {"text": {"field": "said"}},
            },
        ],
    }
