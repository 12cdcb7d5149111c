"""A map of wards as plain SVG: five classes from light to dark, and what has no figure told apart by its pattern.

Each ward bears the number by which the table beside the map has it, so nothing is read off a colour alone.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from quarterday.domain.framework.boundaries import Boundary, Ring
from quarterday.publishing.charts.frame import COLOURS, FONT

WIDTH, HIGHEST, KEY_ROW, MARGIN = 440, 360, 22, 8  # pixels
CLASSES = ("#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c")  # ColorBrewer's Blues: apart for every kind of sight
_ON_DARK = 3  # from this class on a number is white
HIDDEN, NONE = "hidden", "none"  # patterns
_STEP = 2.0  # by which points are drawn, of a pixel: what is finer nobody sees
_PATTERNS = (
    '<pattern id="hidden" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><line x1="0" y1="0" x2="0" y2="6" stroke="#3d3d3d" stroke-width="2"/>'
    "</pattern>"
    '<pattern id="none" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#fff"/><circle cx="4" cy="4" r="1.2" fill="#3d3d3d"/></pattern>'
)


@dataclass(frozen=True)
class Drawn:
    """How a ward is drawn: its number in the table, and its class (0 to 4), `HIDDEN` or `NONE`."""

    number: int
    fill: int | str


def classes_of(values: Sequence[float]) -> list[float]:
    """The greatest value of each class, so that each holds about as many wards; fewer where values are alike."""
    ordered = sorted(values)
    parts = len(CLASSES)
    tops = [ordered[math.ceil(len(ordered) * part / parts) - 1] for part in range(1, parts + 1) if ordered]
    return sorted(set(tops))


def class_of(value: float, tops: Sequence[float]) -> int:
    """In which class a value lies; the last is always the darkest."""
    place = next(number for number, top in enumerate(tops) if value <= top)
    return place + len(CLASSES) - len(tops)


def ward_map(boundaries: Sequence[Boundary], drawn: Mapping[str, Drawn], key: Sequence[tuple[int | str, str]]) -> str:
    """The map with its key below: each class, and each pattern that is in it, with what it stands for."""
    place = _Plane(boundaries)
    height = place.height + MARGIN + KEY_ROW * len(key) + MARGIN
    shapes = "".join(_ward(place, each, drawn[each.area]) for each in boundaries if each.area in drawn)
    numbers = "".join(_number(place, each, drawn[each.area]) for each in boundaries if each.area in drawn)
    rows = "".join(_key_row(place.height + MARGIN + KEY_ROW * row, *told) for row, told in enumerate(key))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}">'
        f'<defs>{_PATTERNS}</defs><rect width="{WIDTH}" height="{height:g}" fill="#fff"/>'
        f'<g stroke="#1a1a1a" stroke-width="0.8" stroke-linejoin="round">{shapes}</g>'
        f'<g font-family="{FONT}" font-size="11" text-anchor="middle">{numbers}</g>'
        f'<g font-family="{FONT}" font-size="12" fill="{COLOURS["text"]}">{rows}</g></svg>'
    )


class _Plane:
    """Where a point of the map stands on the picture. Degrees are drawn as they lie at their middle latitude."""

    def __init__(self, boundaries: Sequence[Boundary]) -> None:
        points = [point for each in boundaries for ring in each.rings for point in ring]
        east, north = [x for x, _ in points], [y for _, y in points]
        degrees = max(map(abs, east)) <= 180 and max(map(abs, north)) <= 90
        self._narrow = math.cos(math.radians((min(north) + max(north)) / 2)) if degrees else 1.0
        self._west, self._north = min(east), max(north)
        across, down = (max(east) - self._west) * self._narrow, self._north - min(north)
        self._scale = min((WIDTH - 2 * MARGIN) / (across or 1), HIGHEST / (down or 1))
        self._left = (WIDTH - across * self._scale) / 2
        self.height = math.ceil(down * self._scale) + 2 * MARGIN

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        """The point on the picture, to the nearest step."""
        x = self._left + (point[0] - self._west) * self._narrow * self._scale
        y = MARGIN + (self._north - point[1]) * self._scale
        return round(x * _STEP) / _STEP, round(y * _STEP) / _STEP

    def ring(self, ring: Ring) -> list[tuple[float, float]]:
        """A ring without points that fall together."""
        return list(_apart(map(self.at, ring)))


def _apart(points: Iterator[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    before = None
    for point in points:
        if point != before:
            yield point
        before = point


def _ward(place: _Plane, boundary: Boundary, drawn: Drawn) -> str:
    path = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in place.ring(ring)) + "Z" for ring in boundary.rings)
    return f'<path fill="{_paint(drawn.fill)}" fill-rule="evenodd" d="{path}"/>'


def _paint(fill: int | str) -> str:
    return CLASSES[fill] if isinstance(fill, int) else f"url(#{fill})"


def _number(place: _Plane, boundary: Boundary, drawn: Drawn) -> str:
    """A ward's number in its middle; on a pattern it stands on white."""
    x, y = _middle(max((place.ring(ring) for ring in boundary.rings), key=lambda ring: abs(_area(ring))))
    white = isinstance(drawn.fill, int) and drawn.fill >= _ON_DARK
    under = "" if isinstance(drawn.fill, int) else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="#fff"/>'
    ink = "#fff" if white else COLOURS["text"]
    return f'{under}<text x="{x:.1f}" y="{y + 4:.1f}" fill="{ink}">{drawn.number}</text>'


def _area(ring: Sequence[tuple[float, float]]) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, [*ring[1:], *ring[:1]], strict=True)) / 2


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The middle of a ring's area; of one without any, that of its points."""
    area = _area(ring)
    if not area:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    east = north = 0.0
    for (x, y), (u, v) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        turn = x * v - u * y
        east, north = east + (x + u) * turn, north + (y + v) * turn
    return east / (6 * area), north / (6 * area)


def _key_row(top: float, fill: int | str, words: str) -> str:
    paint = f'fill="{_paint(fill)}" stroke="#1a1a1a" stroke-width="0.8"'
    box = f'<rect x="{MARGIN}" y="{top:g}" width="26" height="15" {paint}/>'
    return f'{box}<text x="{MARGIN + 36}" y="{top + 12:g}">{escape(words)}</text>'
