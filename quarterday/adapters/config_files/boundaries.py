"""`boundaries.geojson`: where the wards lie. Without it their figures stand in tables alone."""

import json
import math
from collections.abc import Iterator
from typing import Any

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.yaml_file import Document
from quarterday.domain.framework.boundaries import Boundary, Ring
from quarterday.domain.framework.partners import Area

NAME = "boundaries.geojson"
_MOST_BYTES = 10_000_000
_FEWEST = 4  # points of a ring, the first told again at its end


def read_boundaries(read: Configuration) -> None:
    """Read the outlines of the partnership's wards, and note what cannot be drawn."""
    path = read.folder / NAME
    if read.partnership is None or not path.is_file():
        return
    document = Document(NAME)
    read.documents.append(document)
    wards = {each.code: each for each in read.partnership.value.areas if each.level == "ward"}
    features = _features(document, path.read_bytes())
    found: dict[str, Boundary] = {}
    for number, feature in enumerate(features, start=1):
        if boundary := _boundary(document, feature, number, wards):
            found[boundary.area] = boundary
    lacking = [area.name for code, area in wards.items() if code not in found]
    if features and lacking and not document.problems:
        told = ", ".join(lacking[:3]) + (f" and {len(lacking) - 3} more" if len(lacking) > 3 else "")
        document.problem((), f"There is no outline of {told}.", "Add a feature whose property holds the ward’s code.")
    read.boundaries = list(found.values())


def _features(document: Document, data: bytes) -> list[Any]:
    try:
        content = json.loads(data) if len(data) <= _MOST_BYTES else None
    except (ValueError, RecursionError):
        content = None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        document.problem(
            (), "This is no GeoJSON with features, or is larger than 10 MB.", "Export the wards as GeoJSON, simplified."
        )
        return []
    return features


def _boundary(document: Document, feature: Any, number: int, wards: dict[str, Area]) -> Boundary | None:
    """The outline of one feature; None where it is of no ward of ours, as a borough's own, or cannot be drawn."""
    told = feature.get("properties") if isinstance(feature, dict) else None
    said = map(str, told.values()) if isinstance(told, dict) else ()
    code = next((each for each in said if each in wards), None)
    if code is None:
        return None
    rings = tuple(_rings(feature.get("geometry")))
    if not rings:
        document.problem(
            (),
            f"The outline of {wards[code].name} (feature {number}) is no polygon of numbers.",
            "Export it again as Polygon or MultiPolygon.",
        )
        return None
    return Boundary(area=code, rings=rings)


def _rings(geometry: Any) -> Iterator[Ring]:
    kind, told = (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else (None, None)
    polygons = [told] if kind == "Polygon" else told if kind == "MultiPolygon" else None
    for polygon in polygons if isinstance(polygons, list) else []:
        for ring in polygon if isinstance(polygon, list) else []:
            if points := _points(ring):
                yield points


def _points(ring: Any) -> Ring:
    """The points of a ring; none where one of them is none."""
    if not isinstance(ring, list) or len(ring) < _FEWEST:
        return ()
    points = []
    for point in ring:
        two = point[:2] if isinstance(point, list) else []
        if len(two) < 2 or not all(type(each) in (int, float) and math.isfinite(each) for each in two):
            return ()
        points.append((float(two[0]), float(two[1])))
    return tuple(points)
