"""Whether what DHIS2 systems are given fits: figures and places that there are, and nothing written over another."""

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.names_used import refers
from quarterday.adapters.config_files.reading import Found
from quarterday.domain.framework.dhis2 import DataElement, Dhis2


def check_dhis2(read: Configuration) -> None:
    """Note every name that leads nowhere, every identifier that is none, and all that would stand in one place."""
    areas = {each.code for each in read.partnership.value.areas} if read.partnership else None
    for found in read.dhis2:
        for code in found.value.org_units:
            refers(found, "area", code, areas, "org_units", code)
        for number, element in enumerate(found.value.data_elements):
            _element(read, found, element, number)
        _options(read, found)
        _identifiers(found)


def _element(read: Configuration, found: Found[Dhis2], element: DataElement, number: int) -> None:
    if not refers(found, "indicator", element.indicator, read.codes("indicators"), "data_elements", number):
        return
    counted = next((each.value for each in read.indicators if each.value.code == element.indicator), None)
    if counted and not counted.has_parts and (element.numerator or element.denominator):
        found.problem(
            f"“{element.indicator}” is a {counted.unit}: it has no numerator and no denominator.",
            "Give the figure itself a data element, under “value”.",
            "data_elements",
            number,
        )


def _options(read: Configuration, found: Found[Dhis2]) -> None:
    classes = {each.value.code: {one.code for one in each.value.categories} for each in read.breakdowns}
    for number, option in enumerate(found.value.category_options):
        place = ("category_options", number)
        if refers(found, "breakdown", option.breakdown, read.codes("breakdowns"), *place, "breakdown"):
            refers(found, "category", option.category, classes.get(option.breakdown), *place, "category")


def _identifiers(found: Found[Dhis2]) -> None:
    for each in found.value.no_uids:
        found.problem(
            f"“{each}” is no identifier of DHIS2's own: those are eleven letters and digits, a letter first.",
            "Copy it from the system; or write “identifiers: CODE” where all are codes.",
        )
    for each in found.value.twice:
        found.problem(
            f"“{each}” stands twice, so that one figure would be written over another.",
            "Give each figure, place and class an identifier of its own.",
        )
