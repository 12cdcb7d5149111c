"""Charts drawn as static SVG and PNG, offline, each once however many boards show it."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import vl_convert

PNG_SCALE = 2.0


def draw(spec: Mapping[str, Any]) -> str:
    """The chart as SVG: the same specification gives the same bytes, and is drawn once."""
    return _drawn(json.dumps(spec, sort_keys=True))


def picture_bytes(svg: str) -> bytes:
    """A drawn chart as PNG, for the formats that take no SVG."""
    return _rasterised(svg)


@lru_cache(maxsize=1024)
def _drawn(spec: str) -> str:
    svg: str = vl_convert.vegalite_to_svg(spec)
    return _quiet(svg)


@lru_cache(maxsize=1024)
def _rasterised(svg: str) -> bytes:
    png: bytes = vl_convert.svg_to_png(svg, scale=PNG_SCALE)
    return png


_NOISE = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events|version|xmlns:xlink)="[^"]*"')


def _quiet(svg: str) -> str:
    """The drawing without what Vega says to screen readers mark by mark: the chart has one text alternative."""
    return _NOISE.sub("", svg)
