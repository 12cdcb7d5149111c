"""Published figures as sets of data values that a DHIS2 system takes (`POST /api/dataValueSets`).

Made of what is published and of nothing else: what is hidden or missing has no value there, and is never nought.
"""

import json
from collections.abc import Iterator, Mapping

from quarterday.domain.framework.dhis2 import DataElement, Dhis2
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.csv_cells import written
from quarterday.publishing.tables import Observation, ReleaseTables

DataValue = dict[str, str]


def dhis2_files(framework: Framework, tables: ReleaseTables) -> dict[str, bytes]:
    """A file for each system that `config/` names, by its name: `dhis2-CODE.json`."""
    return {f"dhis2-{each.code}.json": _data_value_set(each, tables) for each in framework.dhis2}


def _data_value_set(system: Dhis2, tables: ReleaseTables) -> bytes:
    """Every figure that the system takes, this collection's and all earlier ones, so that revisions arrive too."""
    elements, combinations = system.element, system.combinations
    values = [
        value
        for figure in (*tables.history, *tables.observations)
        if figure.indicator in elements and not figure.stale
        for where in _place(system, combinations, figure)
        for value in _values(elements[figure.indicator], where, figure)
    ]
    said: dict[str, object] = {
        "dataElementIdScheme": system.identifiers,
        "orgUnitIdScheme": system.identifiers,
        "categoryOptionComboIdScheme": system.identifiers,
        "dataValues": values,
    }
    return (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()


def _place(system: Dhis2, combinations: Mapping[tuple[str, str], str], figure: Observation) -> Iterator[DataValue]:
    """Where a figure stands in the system; nowhere where it has no such place, period or class."""
    area, period = system.org_units.get(figure.area_code), system.period(figure.period)
    combination = combinations.get((figure.breakdown, figure.category)) if figure.breakdown else system.total
    if area is None or period is None or (figure.breakdown and combination is None):
        return
    told = {"categoryOptionCombo": combination, "attributeOptionCombo": system.attribute_option}
    yield {"period": period, "orgUnit": area} | {name: code for name, code in told.items() if code}


def _values(element: DataElement, where: DataValue, figure: Observation) -> Iterator[DataValue]:
    """A figure's data values: one for each part that was published and has a data element."""
    comment = {"comment": figure.markers} if figure.markers else {}
    for part, code in element.parts.items():
        value: float | None = getattr(figure, part)
        if value is not None:
            yield {"dataElement": code, **where, "value": written(value), **comment}
