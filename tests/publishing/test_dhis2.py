"""What a DHIS2 system is given: values in its own format, for its own periods, and nothing of what is hidden."""

import json
from datetime import date

import pytest

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.dhis2 import CategoryOption, DataElement, Dhis2, PeriodType
from quarterday.domain.framework.periods import Period
from quarterday.publishing.dhis2 import dhis2_files
from quarterday.publishing.tables import Observation, ReleaseTables

from .dataset_example import BOROUGH, DETECTED, FIRES, Q1, Q4, THEFTS, framework

SYSTEM = Dhis2(
    code="health",
    title="The health platform",
    data_elements=(
        DataElement(indicator="fires", value="f7n9E0hX8qk"),
        DataElement(indicator="detected", numerator="Ix2HsbDMLea", denominator="eY5ehpbEsB7"),
        DataElement(indicator="thefts", value="FTRrcoaog83"),
    ),
    org_units={BOROUGH: "DiszpKrYNg8"},
    category_options=(CategoryOption(breakdown="kind", category="shop", combination="bRowv6yZOF2"),),
    attribute_option="HllvX50cXC0",
)
HOUSE = framework(THEFTS, FIRES, DETECTED, dhis2=(SYSTEM,))


def _told(indicator: str, value: float | None = 12, period: Period = Q1, **more: object) -> Observation:
    fields: dict[str, object] = dict.fromkeys(("breakdown", "category", "category_title", "comparable_why"), "")
    fields |= {"definition_version": 1, "area_code": BOROUGH, "area_name": "Somewhere", "unit": "count"}
    fields |= dict.fromkeys(("numerator", "denominator", "marker")) | {"comparable": True}
    return Observation(
        indicator=indicator, value=value, period=period, source_return="R1", source_sha256="", **(fields | more)
    )


def _values(*figures: Observation, before: tuple[Observation, ...] = ()) -> list[dict[str, str]]:
    tables = ReleaseTables("c", "2025-26 Q1", Q1, 1, "provisional", date(2025, 8, 1), True, figures, history=before)
    said = json.loads(dhis2_files(HOUSE, tables)["dhis2-health.json"])
    assert {"UID"} == {said[scheme] for scheme in said if scheme.endswith("IdScheme")}
    return said["dataValues"]


def test_a_figure_is_a_data_value_as_dhis2_documents_it() -> None:
    """A bulk data value has element, period, organisation unit and value, all of them strings."""
    assert [
        {
            "dataElement": "f7n9E0hX8qk",
            "period": "2025Q2",  # April to June is the second of a calendar year's quarters
            "orgUnit": "DiszpKrYNg8",
            "attributeOptionCombo": "HllvX50cXC0",
            "value": "12",
            "comment": "[p]",
        }
    ] == _values(_told("fires", marker=Marker.PROVISIONAL))


def test_what_is_hidden_or_missing_or_stands_in_has_no_value() -> None:
    """A value of nought is told; one that nobody may see, that never came, or that is of another quarter is not."""
    hidden = _told("fires", None, marker=Marker.CONFIDENTIAL)
    missing = _told("detected", None, marker=Marker.NOT_AVAILABLE)
    stale = _told("fires", 7, Q4, stale=True)

    assert [("2025Q2", "0")] == [
        (each["period"], each["value"]) for each in _values(hidden, missing, stale, _told("fires", 0))
    ]


def test_parts_and_classes_go_where_the_mapping_sends_them() -> None:
    """A percentage goes as its two parts; a class by its combination; one without a combination goes nowhere."""
    share = _told("detected", 25.0, numerator=3, denominator=12)
    shop = _told("thefts", 9, breakdown="kind", category="shop")
    bicycle = _told("thefts", 8, breakdown="kind", category="bicycle")
    elsewhere = _told("fires", 8, area_code="E05000001")

    assert [("Ix2HsbDMLea", None, "3"), ("eY5ehpbEsB7", None, "12"), ("FTRrcoaog83", "bRowv6yZOF2", "9")] == [
        (each["dataElement"], each.get("categoryOptionCombo"), each["value"])
        for each in _values(share, shop, bicycle, elsewhere)
    ]


def test_earlier_figures_come_first_so_that_revisions_arrive() -> None:
    """Each set holds the whole series."""
    assert ["2025Q1", "2025Q2"] == [each["period"] for each in _values(_told("fires"), before=(_told("fires", 9, Q4),))]


@pytest.mark.parametrize(
    ("days", "written"),
    [
        ("2004-03-01/2004-03-31", "200403"),
        ("2004-01-01/2004-03-31", "2004Q1"),
        ("2004-10-01/2004-12-31", "2004Q4"),
        ("2004-01-01/2004-06-30", "2004S1"),
        ("2004-07-01/2004-12-31", "2004S2"),
        ("2004-04-01/2004-09-30", "2004AprilS1"),
        ("2004-10-01/2005-03-31", "2004AprilS2"),
        ("2004-01-01/2004-12-31", "2004"),
        ("2004-04-01/2005-03-31", "2004April"),
        ("2004-07-01/2005-06-30", None),  # a rolling year
        ("2004-06-01/2004-09-30", None),  # four months
        ("2004-02-01/2004-04-30", None),
        ("2004-01-01/2005-12-31", None),
        ("2004-01-05/2004-04-04", None),  # a school term
    ],
)
def test_a_period_is_written_as_dhis2_documents_it(days: str, written: str | None) -> None:
    """The table “Period format” of DHIS2's documentation; what it has no type for is left out."""
    start, end = map(date.fromisoformat, days.split("/"))
    every = SYSTEM.model_copy(update={"periods": tuple(PeriodType)})

    assert written == every.period(Period(start, end))


def test_a_period_of_a_type_that_is_not_taken_is_left_out() -> None:
    """A data set of quarters takes no year."""
    assert SYSTEM.period(Period(date(2004, 1, 1), date(2004, 12, 31))) is None
