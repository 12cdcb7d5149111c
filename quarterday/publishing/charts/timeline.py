"""Activities on a line of time, as a Vega-Lite specification: how each stands by word, shape and colour."""

import json
from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any

from quarterday.domain.facts import Rag
from quarterday.publishing.charts.frame import COLOURS, FONT, GRID
from quarterday.publishing.tables import ActivityLine

WIDTH, ROW = 430, 30  # pixels
LONGEST_LINE = 34  # characters of a title that stand on one of its two lines
# Each stands out 3:1 or better from white; none is told by its colour alone.
RAG_COLOURS = {
    Rag.DONE: "#1d4f73",
    Rag.GREEN: "#1e7b34",
    Rag.AMBER: "#a15c00",
    Rag.RED: "#b3261e",
    Rag.STOPPED: "#5c5c5c",
}
SHAPES = {Rag.DONE: "◆", Rag.GREEN: "●", Rag.AMBER: "▲", Rag.RED: "■", Rag.STOPPED: "○"}


def rag_words(rag: str) -> str:
    """How an activity stands, by shape and word: `▲ Amber`."""
    return f"{SHAPES[Rag(rag)]} {rag.capitalize()}"


def timeline_spec(lines: Sequence[ActivityLine], day: date) -> dict[str, Any]:
    """A bar for each activity from its start to its end, its milestones on it, and the day of the release."""
    axis = _activity_axis(lines)
    layers = [_bars(lines, axis), _release_day(day), _milestones(lines, axis), _said_at_the_end(lines, axis)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": {"step": ROW},
        "background": "white",
        "padding": {"left": 5, "right": 70, "top": 8, "bottom": 5},
        "config": {"aria": False, "font": FONT, "view": {"stroke": None}},
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }


def _activity_axis(lines: Sequence[ActivityLine]) -> dict[str, Any]:
    titles = {each.activity: _on_two_lines(each.title) for each in lines}
    axis = {
        "labelExpr": f"({json.dumps(titles)})[datum.label]",
        "title": None,
        "labelLimit": 0,
        "labelFontSize": 11,
        "labelLineHeight": 12,
        "ticks": False,
        "domain": False,
    }
    return {"field": "activity", "type": "nominal", "sort": list(titles), "axis": axis}


def _stretches(lines: Sequence[ActivityLine]) -> list[dict[str, str]]:
    """From when to when each runs, and how it is said to stand."""
    return [
        {
            "activity": each.activity,
            "starts": each.starts.isoformat(),
            "ends": each.ends.isoformat(),
            "said": rag_words(each.rag),
            "colour": RAG_COLOURS[Rag(each.rag)],
        }
        for each in lines
    ]


def _bars(lines: Sequence[ActivityLine], y: dict[str, Any]) -> dict[str, Any]:
    months = {"title": None, "format": "%b %Y", "labelFontSize": 10, "gridColor": GRID, "tickCount": 6}
    start = {"field": "starts", "type": "temporal", "axis": months}
    return {
        "data": {"values": _stretches(lines)},
        "mark": {"type": "bar", "height": 10, "cornerRadius": 2},
        "encoding": {"y": y, "x": start, "x2": {"field": "ends"}, "color": _colour()},
    }


def _release_day(day: date) -> dict[str, Any]:
    return {
        "data": {"values": [{"day": day.isoformat()}]},
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": COLOURS["centre"]},
        "encoding": {"x": {"field": "day", "type": "temporal"}},
    }


def _milestones(lines: Sequence[ActivityLine], y: dict[str, Any]) -> dict[str, Any]:
    """Each on its day; one that is late has another shape, since colour alone tells nothing to some."""
    marked = [
        {"activity": each.activity, "on": on.isoformat(), "late": title in each.late}
        for each in lines
        for title, on in each.milestones
    ]
    shape = {"condition": {"test": "datum.late", "value": "triangle-up"}, "value": "diamond"}
    return {
        "data": {"values": marked},
        "mark": {"type": "point", "size": 70, "filled": True, "color": "#ffffff", "stroke": COLOURS["text"]},
        "encoding": {"y": y, "x": {"field": "on", "type": "temporal"}, "shape": shape},
    }


def _said_at_the_end(lines: Sequence[ActivityLine], y: dict[str, Any]) -> dict[str, Any]:
    end = {"field": "ends", "type": "temporal"}
    return {
        "data": {"values": _stretches(lines)},
        "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 11, "fontWeight": "bold"},
        "encoding": {"y": y, "x": end, "text": {"field": "said"}, "color": _colour()},
    }


def _on_two_lines(title: str) -> list[str]:
    """A title that is too long for one line on two; what does not fit there either is left out."""
    return wrap(title, LONGEST_LINE, max_lines=2, placeholder=" …")


def _colour() -> dict[str, Any]:
    return {"field": "colour", "type": "nominal", "scale": None, "legend": None}
