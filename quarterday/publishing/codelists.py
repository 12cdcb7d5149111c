"""The codes of a release as tables of their own: areas, classes, definitions, markers; what is told leads to them."""

from collections.abc import Iterable, Iterator

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.columns import Table, Value, described_columns
from quarterday.publishing.marker_words import MARKER_WORDS
from quarterday.publishing.tables import Observation, ReleaseTables

AREA_COLUMNS = described_columns(
    "area_code: string: code of the Office for National Statistics",
    "area_name: string: the area's name",
    "level: string: borough or ward; empty for one that the partnership has no more",
)
CATEGORY_COLUMNS = described_columns(
    "breakdown: string: how figures are split",
    "breakdown_title: string: the same in words",
    "category: string: the class",
    "category_title: string: the class in words",
    "starts: date: the first day on which it is counted; empty where it always was",
    "ends: date: the last day on which it is counted; empty where it still is",
)
DEFINITION_COLUMNS = described_columns(
    "indicator: string: the indicator's code",
    "definition_version: integer: the version of the definition",
    "holds_from: date: the day from which it holds; empty where config/ has it no more",
    "definition: string: what is counted",
)
MARKER_COLUMNS = described_columns("marker: string: as it stands beside a figure", "meaning: string: what it says")


def codelists(framework: Framework, tables: ReleaseTables) -> Iterator[Table]:
    """The tables that the codes of figures are looked up in: every code that a figure bears is in them."""
    told = (*tables.history, *tables.observations)
    yield Table("areas", "Areas", AREA_COLUMNS, _areas(framework, told), ("area_code",))
    categories = _categories(framework, told)
    yield Table("categories", "Classes", CATEGORY_COLUMNS, categories, ("breakdown", "category"))
    definitions = definitions_told(framework, told)
    yield Table("definitions", "Definitions", DEFINITION_COLUMNS, definitions, ("indicator", "definition_version"))
    markers = tuple((str(marker), MARKER_WORDS[marker]) for marker in Marker)
    yield Table("markers", "Markers", MARKER_COLUMNS, markers, ("marker",))


def _areas(framework: Framework, told: tuple[Observation, ...]) -> tuple[tuple[Value, ...], ...]:
    known: dict[str, tuple[Value, ...]] = {each.area_code: (each.area_code, each.area_name, "") for each in told}
    known |= {each.code: (each.code, each.name, each.level) for each in framework.partnership.areas}
    return tuple(known[code] for code in sorted(known))


def _categories(framework: Framework, told: tuple[Observation, ...]) -> tuple[tuple[Value, ...], ...]:
    known: dict[tuple[str, str], tuple[Value, ...]] = {
        (each.breakdown, each.category): (
            each.breakdown,
            each.breakdown,
            each.category,
            each.category_title,
            None,
            None,
        )
        for each in told
        if each.breakdown
    }
    for breakdown in framework.breakdowns:
        for each in breakdown.categories:
            row = (breakdown.code, breakdown.title, each.code, each.title, each.starts, each.ends)
            known[breakdown.code, each.code] = row
    return tuple(known[code] for code in sorted(known))


def definitions_told(framework: Framework, told: Iterable[Observation]) -> tuple[tuple[Value, ...], ...]:
    """Every definition of `config/` and of the figures told, by indicator and version: the columns of its table."""
    known: dict[tuple[str, int], tuple[Value, ...]] = {
        (each.indicator, each.definition_version): (each.indicator, each.definition_version, None, "") for each in told
    }
    for indicator in framework.indicators:
        for each in indicator.definitions:
            row = (indicator.code, each.version, each.holds_from, each.text)
            known[indicator.code, each.version] = row
    return tuple(known[code] for code in sorted(known))
