"""A supplier changes its classes between two exports: what is known counts, totals lose nothing, nobody is chased."""

from datetime import date

from quarterday.adapters.reading import ReadReturn
from quarterday.domain.figures.classes import begins_anew, changes_said, taken_over
from quarterday.domain.figures.findings import Severity
from quarterday.domain.figures.returns import Marker, NewClass
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Breakdown, Category
from quarterday.domain.framework.periods import Period
from tests.reading.conftest import APRIL_TO_JUNE, NORTH, SOUTH, framework, indicator, request_for
from tests.reading.filling import returned

APRIL = date(2025, 4, 1)
OLD = (
    "Ward code,Offence,202504,202505,202506\n"
    "E05000001,ARSON,1,2,3\nE05000001,BURGLARY,10,20,30\nE05000002,ARSON,0,0,4\nE05000002,BURGLARY,5,5,5\n"
)
NEW = Category(code="new-classes", title="Classes not placed yet", takes_new=True)


def offences(*categories: Category) -> Framework:
    """The partnership with these classes of offences."""
    return framework(breakdowns=(Breakdown(code="offence", title="Offence", categories=(*categories, NEW)),))


KNOWN = offences(Category(code="arson", title="Arson"), Category(code="burglary", title="Burglary"))
MAPPING = Export.model_validate(
    {
        "code": "police-export",
        "title": "The police's table",
        "partner": "police",
        "figures": [
            {
                "indicator": "crime",
                "area": {"column": "Ward code"},
                "category": {"breakdown": "offence", "column": "Offence", "written_as": "slug"},
                "when": {"months_across": "%Y%m"},
                "absent_rows": "zero",
            }
        ],
    }
)


def read(text: str, of: Framework = KNOWN) -> ReadReturn:
    """The return that an export makes."""
    return returned(text.encode(), request_for("police", "crime"), "export.csv", of, {"police-export": MAPPING})


def values(result: ReadReturn) -> dict[tuple[str, str], float | None]:
    """Values by area and category."""
    return {(row.area_code, row.category): row.value for row in result.partner_return.rows}


SPLIT = OLD.replace("BURGLARY,10,20,30", "BURGLARY - HOMES,4,8,12\nE05000001,BURGLARY - SHOPS,6,12,18").replace(
    "BURGLARY,5,5,5", "BURGLARY - HOMES,5,5,5"
)


def test_new_classes_count_apart_and_gone_ones_are_no_nought() -> None:
    """What is known stays; the new rows stand together; the class without any row is marked, not written as 0."""
    result = read(SPLIT)

    assert {
        (NORTH, "arson"): 6.0,
        (NORTH, "new-classes"): 60.0,
        (NORTH, "burglary"): None,
        (SOUTH, "arson"): 4.0,
        (SOUTH, "new-classes"): 15.0,
        (SOUTH, "burglary"): None,
    } == values(result)
    assert {Marker.NOT_APPLICABLE} == {r.marker for r in result.partner_return.rows if r.category == "burglary"}


def test_nothing_of_it_sends_the_return_back() -> None:
    """The sender cannot help it: the finding thanks, and says what is new and what is gone, with numbers."""
    result = read(SPLIT)

    assert {Severity.INFORMATION} == {finding.severity for finding in result.findings}
    said = next(finding for finding in result.findings if finding.rule == "export-new-classes")
    assert "new: 3 rows in 2 classes; gone: 1" in said.sentence
    assert said.caveat


def test_nor_where_rows_without_incidents_are_left_out_by_nobody() -> None:
    """The supplier writes each class, so a row that is not there is missing; a class that is gone is none of these."""
    plain = MAPPING.model_copy(update={"figures": (MAPPING.figures[0].model_copy(update={"absent_rows": "missing"}),)})
    asked = request_for("police", "crime")
    result = returned(SPLIT.encode(), asked, "export.csv", KNOWN, {"police-export": plain})

    assert {Severity.INFORMATION} == {finding.severity for finding in result.findings}
    assert 2 == sum(row.marker is Marker.NOT_APPLICABLE for row in result.partner_return.rows)


def test_the_total_has_what_is_new_and_needs_nothing_of_what_is_gone() -> None:
    """Where the total is asked beside its classes, an export gives the parts and we add them up."""
    crime = indicator("crime", "Recorded crime", area="ward", breakdowns=("offence",))
    of = framework(breakdowns=KNOWN.breakdowns, indicators=(crime,))
    found = values(read(SPLIT, of))

    assert (66.0, 19.0) == (found[NORTH, ""], found[SOUTH, ""])


def test_the_officer_sees_each_new_class_with_its_rows() -> None:
    """The data behind the sentence: as the export writes them, with rows and sums."""
    (change,) = read(SPLIT).partner_return.class_changes

    assert (NewClass("BURGLARY - HOMES", 2, 39.0), NewClass("BURGLARY - SHOPS", 1, 36.0)) == change.new
    assert ("burglary",) == change.gone


def test_a_split_class_goes_on_where_its_parts_are_placed_in_it() -> None:
    """`part_of` counts the parts into the class they were: its series goes on without a break."""
    placed = offences(
        Category(code="arson", title="Arson"),
        Category(code="burglary", title="Burglary"),
        Category(code="burglary-homes", title="Burglary - homes", part_of="burglary", starts=APRIL),
        Category(code="burglary-shops", title="Burglary - shops", part_of="burglary", starts=APRIL),
    )

    assert {
        (NORTH, "arson"): 6.0,
        (NORTH, "burglary"): 60.0,
        (SOUTH, "arson"): 4.0,
        (SOUTH, "burglary"): 15.0,
    } == values(read(SPLIT, placed))


def test_a_renamed_class_takes_the_old_ones_place() -> None:
    """Asked for from its day on, the old one no more; its earlier figures are the old one's."""
    breakdown = Breakdown(
        code="offence",
        title="Offence",
        categories=(
            Category(code="burglary", title="Burglary", ends=date(2025, 3, 31)),
            Category(code="break-ins", title="Break-ins", starts=APRIL, succeeds=("burglary",)),
        ),
    )

    assert ["break-ins"] == [each.code for each in breakdown.asked(APRIL_TO_JUNE)]
    assert ["burglary"] == [each.code for each in taken_over(breakdown, "break-ins")]
    assert not begins_anew(breakdown, "break-ins", APRIL_TO_JUNE)


def test_merged_classes_are_added_up_and_split_ones_begin_anew() -> None:
    """Two that became one can be added up; of one that became two nobody knows what went where."""
    merged = Breakdown(
        code="offence",
        title="Offence",
        categories=(
            Category(code="homes", title="Homes", ends=date(2025, 3, 31)),
            Category(code="shops", title="Shops", ends=date(2025, 3, 31)),
            Category(code="burglary", title="Burglary", starts=APRIL, succeeds=("homes", "shops")),
        ),
    )
    split = Breakdown(
        code="offence",
        title="Offence",
        categories=(
            Category(code="burglary", title="Burglary", ends=date(2025, 3, 31)),
            Category(code="homes", title="Homes", starts=APRIL, succeeds=("burglary",)),
            Category(code="shops", title="Shops", starts=APRIL, succeeds=("burglary",)),
        ),
    )

    assert ["homes", "shops"] == [each.code for each in taken_over(merged, "burglary")]
    assert () == taken_over(split, "homes")
    assert begins_anew(split, "homes", APRIL_TO_JUNE)


def test_another_word_for_a_class_is_no_new_one() -> None:
    """`also` names how a supplier calls it."""
    of = offences(Category(code="arson", title="Arson", also=("FIRE RAISING",)), Category(code="burglary", title="B"))

    assert 6.0 == values(read(OLD.replace("ARSON", "FIRE RAISING"), of))[NORTH, "arson"]


def test_a_class_that_is_gone_for_good_is_not_asked_for() -> None:
    """With `ends`, nothing is missing once the supplier has dropped it."""
    of = offences(
        Category(code="arson", title="Arson"), Category(code="burglary", title="Burglary", ends=date(2025, 3, 31))
    )
    rest = "\n".join(line for line in OLD.splitlines() if "BURGLARY" not in line)

    assert {(NORTH, "arson"): 6.0, (SOUTH, "arson"): 4.0} == values(read(rest, of))


def said(*categories: Category) -> tuple[str, ...]:
    """What readers of the year to June 2025 are told of classes."""
    year = Period(date(2024, 7, 1), date(2025, 6, 30))
    return changes_said(Breakdown(code="offence", title="Offence", categories=categories), year)


def test_readers_are_told_which_series_go_on_and_which_begin_anew() -> None:
    """Renamed and merged ones go on, split ones begin anew, new ones have no past, those that are gone have an end."""
    march = date(2025, 3, 31)
    old = Category(code="burglary", title="Burglary", ends=march)
    homes = Category(code="homes", title="Homes", starts=APRIL, succeeds=("burglary",))
    shops = Category(code="shops", title="Shops", starts=APRIL, succeeds=("burglary",))
    one = Category(code="break-ins", title="Break-ins", starts=APRIL, succeeds=("burglary", "theft"))
    theft = Category(code="theft", title="Theft", ends=march)

    assert ("“Homes” took the place of Burglary on 1 April 2025: earlier figures are of Burglary, added up.",) == said(
        old, homes
    )
    assert ["took the place of Burglary and Theft"] == [each[12:48] for each in said(old, theft, one)]
    assert 2 == sum("its series begins anew" in each for each in said(old, homes, shops))
    assert ("“Fraud” is new from 1 April 2025: there are no earlier figures of it.",) == said(
        Category(code="fraud", title="Fraud", starts=APRIL)
    )
    assert ("“Burglary” ended on 31 March 2025: nothing took its place.",) == said(old)
    assert () == said(Category(code="arson", title="Arson"))
