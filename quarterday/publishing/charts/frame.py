"""What every chart has: its colours, its letters, what stands around it."""

from typing import Any

# Told apart without colour by shape and dash as well; each stands out 3:1 or better from white.
COLOURS = {
    "line": "#0b5394",
    "signal": "#b3470f",
    "centre": "#3d3d3d",
    "limit": "#5c5c5c",
    "target": "#7a1f6f",
    "break": "#3d3d3d",
    "apart": "#5c5c5c",
    "text": "#1a1a1a",
}
GRID = "#e3e3e3"  # decoration: nothing is read off it alone
FONT = "Arial, Liberation Sans, Helvetica, sans-serif"

Spec = dict[str, Any]


def frame() -> Spec:
    """The outermost of a specification, without width, height and layers."""
    text = {"labelColor": COLOURS["text"], "labelFontSize": 12, "gridColor": GRID, "domainColor": COLOURS["limit"]}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "white",
        "padding": {"left": 5, "right": 10, "top": 8, "bottom": 5},
        "config": {"aria": False, "font": FONT, "view": {"stroke": None}, "axis": text, "text": {"fontSize": 12}},
    }
