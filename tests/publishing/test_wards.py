"""Wards on a map and in a table: five classes, hidden and missing ones apart, what is high and what changed named."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.boundaries import Boundary
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Area
from quarterday.domain.framework.populations import Estimate, Population, RateOf
from quarterday.publishing.charts.ward_map import CLASSES, class_of, classes_of
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.model import Block, Paragraph, Picture, Table
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.pack.wards import Wards
from quarterday.publishing.tables import Observation, ReleaseTables
from tests.publishing.pack_frameworks import indicator, small_framework
from tests.publishing.pack_points import quarters_to_last, tables

NAMES = ("Abbey", "Bridge", "Castle", "Dale", "Elm", "Ford", "Grove")
AREAS = tuple(Area(code=f"E0500000{number}", name=name, level="ward") for number, name in enumerate(NAMES))
CRIME = indicator("crime", area="ward")


def square(number: int) -> Boundary:
    """A ward of the map: one beside the other."""
    ring = ((number, 0.0), (number + 1, 0.0), (number + 1, 1.0), (number, 1.0), (number, 0.0))
    return Boundary(area=AREAS[number].code, rings=(ring,))


@cache
def somewhere(rated: bool = False, mapped: bool = True) -> Framework:
    """The small partnership with seven wards."""
    base = small_framework()
    areas = (base.partnership.areas[0], *AREAS)
    estimate = Estimate(
        year=2021, source="Census", published=date(2022, 6, 28), counts={each.code: 1000 for each in areas}
    )
    counted = CRIME.model_copy(update={"rate": RateOf(population="residents")}) if rated else CRIME
    return small_framework(
        partnership=base.partnership.model_copy(update={"areas": areas}),
        indicators=(counted,),
        populations=(Population(code="residents", title="residents", estimates=(estimate,)),),
        boundaries=tuple(square(number) for number in range(len(NAMES))) if mapped else (),
    )


def release(values: dict[str, list[float]], hidden: str = "Dale", gone: str = "Elm") -> ReleaseTables:
    """Each ward's quarters, the newest last; one is hidden now, one is missing now."""
    history: list[Observation] = []
    now: list[Observation] = []
    for area in AREAS:
        made = tables(CRIME, values.get(area.name, [10, 12]))
        own = [replace(each, area_code=area.code, area_name=area.name) for each in made.history]
        (last,) = (replace(each, area_code=area.code, area_name=area.name) for each in made.observations)
        marker = {hidden: Marker.CONFIDENTIAL, gone: Marker.NOT_AVAILABLE}.get(area.name)
        history += own
        now.append(replace(last, value=None, marker=marker) if marker else last)
    return replace(made, history=tuple(history), observations=tuple(now))


def blocks(of: ReleaseTables, *, rated: bool = False, mapped: bool = True) -> list[Block]:
    """What the card says of wards, and then its annex."""
    framework = somewhere(rated, mapped)
    wards = Wards(framework, SeriesTables(framework, of), framework.indicators[0])
    return [*wards.on_card(), *wards.in_annex()]


def table(found: list[Block]) -> Table:
    """The table among them."""
    return next(each for each in found if isinstance(each, Table))


def picture(found: list[Block]) -> Picture:
    """The map among them."""
    return next(each for each in found if isinstance(each, Picture))


VALUES = {"Abbey": [20, 25], "Bridge": [30, 24], "Castle": [9, 9], "Ford": [8, 40], "Grove": [1, 7]}


def test_the_table_is_sorted_and_tells_the_change() -> None:
    """The highest first, what has no figure last by name; a hidden figure has no change."""
    rows = table(blocks(release(VALUES))).rows

    assert ("1. Ford", "40", "8", "+32") == rows[0]
    assert ("3. Bridge", "24", "30", "−6") == rows[2]
    assert ("4. Castle", "9", "9", "0") == rows[3]
    assert [("6. Dale", "[c]", "10", ""), ("7. Elm", "[x]", "10", "")] == [*rows[5:]]


def test_the_map_draws_hidden_and_missing_wards_apart() -> None:
    """Each ward bears its number of the table; the alternative text has every figure, and the key every class."""
    drawn = picture(blocks(release(VALUES)))
    fills = re.findall(r'<path fill="([^"]+)"', drawn.svg)

    assert ["url(#hidden)", "url(#none)"] == fills[3:5]
    assert CLASSES[-1] == fills[5]
    assert [*"2346715"] == sorted(re.findall(r">(\d)</text>", drawn.svg), key="2346715".index)
    assert "Ford 40; Abbey 25; Bridge 24; Castle 9; Grove 7; Dale [c]; Elm [x]." in drawn.description
    assert "hidden to protect persons" in drawn.svg
    assert "no figure" in drawn.svg


def test_rates_are_mapped_where_a_population_is_given() -> None:
    """A count on a map shows where most people live: 40 among 1,000 residents are 40.0 for each thousand."""
    found = blocks(release(VALUES), rated=True)

    assert ("Ward", "Per 1,000 residents") == table(found).columns[:2]
    assert ("1. Ford", "40.0", "40", "8", "+32") == table(found).rows[0]
    assert "Highest per 1,000 residents: Ford (40.0), Abbey (25.0), Bridge (24.0)." in [
        each.text for each in found if isinstance(each, Paragraph)
    ]


def test_changed_wards_are_named_with_what_chance_would_show() -> None:
    """Fourteen quarters of a ward, the last far above its limits."""
    steady = [30.0, 34.0] * 7
    of = release(dict.fromkeys(NAMES, steady) | {"Ford": [*steady[:-1], 90.0]})
    said = [each.text for each in blocks(of) if isinstance(each, Paragraph)]

    assert 14 == len(quarters_to_last(14))
    assert [
        "Signs of possible change: Ford. Hardly any such sign would be expected by chance among these 5 charts, "
        "even if nothing had changed."
    ] == [each for each in said if each.startswith("Signs")]


def test_without_outlines_there_is_the_table_alone() -> None:
    """In the annex, as all tables of cards; and where every ward is hidden there is neither."""
    found = blocks(release(VALUES), mapped=False)
    hidden = release(VALUES)
    nothing = tuple(replace(each, value=None, marker=Marker.CONFIDENTIAL) for each in hidden.observations)

    assert table(found)
    assert not any(isinstance(each, Picture) for each in found)
    assert [] == blocks(replace(hidden, observations=nothing))


def test_the_card_of_a_ward_indicator_has_them() -> None:
    """Before what the supplier says."""
    framework = somewhere()
    card = Card(framework, SeriesTables(framework, release(VALUES)), framework.indicators[0])

    assert "Map: Crime, April to June 2025" in [each.title for each in card.section.blocks if isinstance(each, Picture)]


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40))
def test_classes_hold_every_figure_in_order(values: list[float]) -> None:
    """At most five, the last always the darkest; a greater figure is never drawn lighter, a like one alike."""
    tops = classes_of(values)
    found = [class_of(each, tops) for each in sorted(values)]

    assert len(tops) <= len(CLASSES)
    assert found == sorted(found)
    assert len(CLASSES) - 1 == found[-1]
    assert all(0 <= each < len(CLASSES) for each in found)
