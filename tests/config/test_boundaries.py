"""Outlines of wards: read as other systems export them, and told where they cannot be drawn."""

import json
from pathlib import Path

import pytest

from quarterday.adapters.config_files import check_configuration
from quarterday.adapters.config_files.load import build_framework

from .conftest import EXAMPLE, Told

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 0]]
WARDS = "areas:\n  - {code: E05000001, name: Abbey, level: ward}\n  - {code: E05000002, name: Castle, level: ward}\n"


def feature(code: str, kind: str = "Polygon", coordinates: object = (SQUARE,)) -> dict[str, object]:
    """A ward's outline as an export has it: beside its own code stands the borough's."""
    said = {"LAD22CD": "E07000999", "WD22CD": code, "WD22NMW": None}
    return {"type": "Feature", "properties": said, "geometry": {"type": kind, "coordinates": coordinates}}


def told(folder: Path, spoil: Told, *features: dict[str, object]) -> list[str]:
    """What is wrong with a file of these features in a partnership of two wards."""
    (folder / "boundaries.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return [each.sentence for each in spoil("partnership.yaml", "areas:\n", WARDS)]


def test_outlines_are_known_by_the_ward_codes(folder: Path, spoil: Told) -> None:
    """Whatever the property is called; several parts of one ward are its rings, and other places are left out."""
    parts = [[SQUARE], [[[5, 5], [6, 5], [6, 6], [5, 5]]]]
    found = told(folder, spoil, feature("E05000001"), feature("E05000002", "MultiPolygon", parts), feature("E05009999"))
    framework = build_framework(check_configuration(folder))

    assert [] == found
    assert [("E05000001", 1), ("E05000002", 2)] == [(each.area, len(each.rings)) for each in framework.boundaries]


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        ([], "There is no outline of Castle."),
        ([feature("E05000002", "Point", [0, 0])], "The outline of Castle (feature 2) is no polygon of numbers."),
        ([feature("E05000002", "Polygon", [[[0, 0], [1, None], [1, 1], [0, 0]]])], "is no polygon of numbers."),
        ([feature("E05000002", "Polygon", [SQUARE[:2]])], "is no polygon of numbers."),
    ],
)
def test_a_map_with_a_hole_is_told(folder: Path, spoil: Told, second: list[dict[str, object]], sentence: str) -> None:
    """A ward without an outline, or with one that is none."""
    found = told(folder, spoil, feature("E05000001"), *second)

    assert [True] == [sentence in each for each in found]


@pytest.mark.parametrize("text", ["no json", "[]", '{"features": []}', "[" * 100_000])
def test_a_file_that_is_no_geojson_is_told(folder: Path, text: str) -> None:
    """Whatever it holds, in a sentence."""
    (folder / "boundaries.geojson").write_text(text)

    assert ["This is no GeoJSON"] == [each.sentence[:18] for each in check_configuration(folder).problems]


def test_every_ward_of_the_example_has_its_square() -> None:
    """Drawn by hand, and so said: no survey's boundaries."""
    assert "no survey's boundaries" in (EXAMPLE / "boundaries.geojson").read_text()
    assert 19 == len(check_configuration(EXAMPLE).boundaries)
