"""The ways in which a good return is damaged, each with the rule that must see it and the cells it must name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

from expectations.checking import Job
from tests.expectations.conftest import (
    JUNE_TO_SEPTEMBER,
    cell,
    earlier,
    good_rows,
    job,
    request,
    row_of,
    workbook,
)

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Damage:
    """One damage: what it does to the good return, and every finding but notes that it must lead to."""

    name: str
    expected: frozenset[tuple[str, tuple[str, ...]]]
    make: Callable[[], Job]

    @cached_property
    def job(self) -> Job:
        """The damaged return, made when it is asked for: collecting the tests needs the names alone."""
        return self.make()


DAMAGES: dict[str, Damage] = {}
GOOD: dict[str, Callable[[], Job]] = {"as it is": lambda: job(workbook(good_rows()))}


def _changed(function: Callable[[Rows], Any], **changes: Any) -> Job:
    """The good return with its rows changed, and the further sheets that the function returns."""
    rows = good_rows()
    sheets = function(rows) or ()
    return job(workbook(rows, sheets), **changes)


def damage(*expected: tuple[str, tuple[str, ...]], **changes: Any) -> Callable[[Callable[[Rows], Any]], None]:
    """Register a function that damages the rows in place, or returns further sheets of the workbook."""

    def register(function: Callable[[Rows], Any]) -> None:
        name = function.__name__.replace("_", " ")
        DAMAGES[name] = Damage(name, frozenset(expected), partial(_changed, function, **changes))

    return register


def good(**changes: Any) -> Callable[[Callable[[Rows], Any]], None]:
    """Register a return that is different and as good."""

    def register(function: Callable[[Rows], Any]) -> None:
        GOOD[function.__name__.replace("_", " ")] = partial(_changed, function, **changes)

    return register


PANELS, SEARCHES, OUTCOMES = row_of("ward-panels"), row_of("stop-and-search"), row_of("positive-outcomes")
DRUGS, OTHER = row_of("stop-and-search", category="drugs"), row_of("stop-and-search", category="other")
WEAPONS = row_of("stop-and-search", category="weapons")
FINDS, MAY = row_of("weapon-finds"), row_of("calls", month=5)
ROBBERY = row_of("offences", "Evelyn", "robbery")
ALL_SEARCHES = tuple(cell(row, "Value") for row in (SEARCHES, DRUGS, WEAPONS, OTHER))


# The return as a whole


@damage(("wrong-organisation", ()))
def another_organisations_form(rows: Rows) -> None:
    for row in rows:
        row["Partner code"] = "fire"


@damage(("wrong-collection", ()))
def last_rounds_form(rows: Rows) -> None:
    for row in rows:
        row["Collection"] = "somewhere-2024-25-q4"


@damage(("nothing-in-it", ()))
def empty_form(rows: Rows) -> None:
    for row in rows:
        row["Value"] = row["Numerator"] = row["Denominator"] = None


def _cover(rows: Rows, start: date, end: date) -> None:
    for row in rows:
        if row["Indicator code"] != "calls":
            row["Period from"], row["Period to"] = start, end


@damage(("wrong-period", ()))
def figures_of_last_year(rows: Rows) -> None:
    _cover(rows, date(2024, 4, 1), date(2024, 6, 30))


@damage(("another-period", ()), ("period-not-over", ()))
def figures_for_four_months(rows: Rows) -> None:
    _cover(rows, JUNE_TO_SEPTEMBER.start, JUNE_TO_SEPTEMBER.end)


@damage(("another-period", ()))
def figures_for_two_months(rows: Rows) -> None:
    _cover(rows, date(2025, 4, 1), date(2025, 5, 31))


@damage(("period-not-over", ()), today=date(2025, 6, 25))
def sent_before_the_period_is_over(rows: Rows) -> None:
    pass


@damage(
    ("same-as-last-time", ()),
    earlier=(
        *earlier("ward-panels", [17]), *earlier("stop-and-search", [160]), *earlier("weapon-finds", [12]),
        *earlier("stop-and-search", [90], "drugs"), *earlier("stop-and-search", [45], "weapons"),
        *earlier("stop-and-search", [25], "other"),
    ),
)  # fmt: skip
def last_times_figures_again(rows: Rows) -> None:
    pass


# Completeness


@damage(("missing", (cell(PANELS, "Value"),)))
def a_blank_figure(rows: Rows) -> None:
    rows[PANELS]["Value"] = None


@damage(("missing", (cell(ROBBERY, "Value"),)))
def a_blank_ward(rows: Rows) -> None:
    rows[ROBBERY]["Value"] = None


@damage(("missing", (cell(OUTCOMES, "Numerator"), cell(OUTCOMES, "Denominator"))))
def a_blank_rate(rows: Rows) -> None:
    rows[OUTCOMES]["Numerator"] = rows[OUTCOMES]["Denominator"] = None


@damage(("row-missing", ()))
def a_row_deleted(rows: Rows) -> None:
    del rows[ROBBERY]


@damage(("row-missing", ()))
def a_ward_deleted(rows: Rows) -> None:
    rows[:] = [row for row in rows if row["Area"] != "Grove Park"]


@damage(("row-missing", ()))
def an_indicator_deleted(rows: Rows) -> None:
    rows[:] = [row for row in rows if row["Indicator code"] != "calls"]


@damage(("still-to-come", ()), part=True)
def a_part_return(rows: Rows) -> None:
    rows[:] = [row for row in rows if row["Indicator code"] != "calls"]


@damage(("missing", (cell(MAY, "Value"),)), part=True)
def a_hole_in_a_part_return(rows: Rows) -> None:
    rows[MAY]["Value"] = None


@damage(("why-not-available", (cell(PANELS, "Comment"),)))
def not_available_without_a_reason(rows: Rows) -> None:
    rows[PANELS]["Value"], rows[PANELS]["Marker"] = None, "[x]"


@damage(("marker-and-figure", (cell(PANELS, "Value"),)))
def marked_missing_and_given(rows: Rows) -> None:
    rows[PANELS]["Marker"] = "[x]"
    rows[PANELS]["Comment"] = "The recording system was down."


# Types and ranges


@damage(("not-a-number", (cell(PANELS, "Value"),)))
def words_for_a_figure(rows: Rows) -> None:
    rows[PANELS]["Value"] = "about a dozen"


@damage(("error-value", (cell(PANELS, "Value"),)))
def an_error_for_a_figure(rows: Rows) -> None:
    rows[PANELS]["Value"] = "#REF!"


@damage(("date-for-number", (cell(PANELS, "Value"),)))
def a_date_for_a_figure(rows: Rows) -> None:
    rows[PANELS]["Value"] = date(2025, 6, 17)


@damage(("percent-for-count", (cell(PANELS, "Value"),)))
def a_percentage_for_a_count(rows: Rows) -> None:
    rows[PANELS]["Value"] = "17%"


@damage(("not-whole", (cell(FINDS, "Value"),)))
def half_a_weapon(rows: Rows) -> None:
    rows[FINDS]["Value"] = 12.5


@damage(("not-whole", (cell(OUTCOMES, "Numerator"),)))
def half_an_outcome(rows: Rows) -> None:
    rows[OUTCOMES]["Numerator"] = 48.5


@damage(("at-least", (cell(FINDS, "Value"),)))
def a_negative_count(rows: Rows) -> None:
    rows[FINDS]["Value"] = -12


@damage(("at-least", (cell(OUTCOMES, "Numerator"),)))
def a_negative_numerator(rows: Rows) -> None:
    rows[OUTCOMES]["Numerator"] = -48


@damage(("at-most", (cell(MAY, "Value"),)))
def more_calls_than_there_can_be(rows: Rows) -> None:
    rows[MAY]["Value"] = 80_500


@damage(("out-of", (cell(PANELS, "Value"),)))
def twenty_one_of_nineteen(rows: Rows) -> None:
    rows[PANELS]["Value"] = 21


# Rates


@damage(("numerator-above-denominator", (cell(OUTCOMES, "Numerator"),)))
def numerator_and_denominator_swapped(rows: Rows) -> None:
    rows[OUTCOMES]["Numerator"], rows[OUTCOMES]["Denominator"] = 160, 48


@damage(("both-parts", (cell(OUTCOMES, "Denominator"),)))
def no_denominator(rows: Rows) -> None:
    rows[OUTCOMES]["Denominator"] = None


@damage(("both-parts", (cell(OUTCOMES, "Numerator"), cell(OUTCOMES, "Denominator"))))
def the_percentage_alone(rows: Rows) -> None:
    rows[OUTCOMES]["Numerator"] = rows[OUTCOMES]["Denominator"] = None
    rows[OUTCOMES]["Value"] = 30


@damage(("rate-off", (cell(OUTCOMES, "Value"),)))
def a_percentage_that_its_parts_do_not_make(rows: Rows) -> None:
    rows[OUTCOMES]["Value"] = 33


# Codes and rows


@damage(("unknown-area", (cell(ROBBERY, "Area code"),)), ("row-missing", ()))
def a_ward_of_elsewhere(rows: Rows) -> None:
    rows[ROBBERY]["Area code"], rows[ROBBERY]["Area"] = "E05099999", "Elsewhere"


@damage(("unknown-category", (cell(ROBBERY, "Category"),)), ("row-missing", ()))
def an_offence_of_their_own(rows: Rows) -> None:
    rows[ROBBERY]["Category"], rows[ROBBERY]["Category code"] = "Piracy", None


@damage(("unknown-indicator", (cell(PANELS, "Indicator"),)), ("row-missing", ()))
def an_indicator_of_their_own(rows: Rows) -> None:
    rows[PANELS]["Indicator"], rows[PANELS]["Indicator code"] = "Morale", None


@damage(("twice", (cell(PANELS, "Value"), cell(len(good_rows()), "Value"))))
def a_row_twice(rows: Rows) -> None:
    rows.append({**rows[PANELS], "Value": 16})


@damage(("which-period", (cell(MAY, "Period from"), cell(MAY, "Period to"))), ("row-missing", ()))
def a_month_that_is_none(rows: Rows) -> None:
    rows[MAY]["Period from"] = rows[MAY]["Period to"] = None


@damage(("row-of-another-period", (cell(PANELS, "Period to"),)))
def one_row_of_another_period(rows: Rows) -> None:
    rows[PANELS]["Period to"] = date(2025, 5, 31)


@damage(("row-of-no-day-asked", (cell(PANELS, "Period from"), cell(PANELS, "Period to"))))
def one_row_of_last_year(rows: Rows) -> None:
    rows[PANELS]["Period from"], rows[PANELS]["Period to"] = date(2024, 4, 1), date(2024, 6, 30)


# Figures beside one another


@damage(("total-off", ALL_SEARCHES))
def a_total_that_is_off_by_one(rows: Rows) -> None:
    rows[SEARCHES]["Value"] = 161


@damage(("total-off", ALL_SEARCHES))
def a_category_with_a_digit_too_many(rows: Rows) -> None:
    rows[WEAPONS]["Value"] = 455


@damage(("more-than-another", (cell(FINDS, "Value"), cell(SEARCHES, "Value"))))
def more_finds_than_searches(rows: Rows) -> None:
    rows[FINDS]["Value"] = 170


# Change


@damage(("unusual", (cell(PANELS, "Value"),)))
def an_unusual_figure(rows: Rows) -> None:
    rows[PANELS]["Value"] = 3


@damage(("unusual", (cell(OUTCOMES, "Numerator"), cell(OUTCOMES, "Denominator"))))
def an_unusual_rate(rows: Rows) -> None:
    rows[OUTCOMES]["Numerator"] = 140


_STEADY = (11, 12, 13, 12, 11, 13, 12, 12, 11, 13, 12, 12)


@damage(("change", (cell(FINDS, "Value"),)), earlier=tuple(earlier("weapon-finds", _STEADY)))
def a_leap_after_a_steady_history(rows: Rows) -> None:
    rows[FINDS]["Value"] = 30


# Personal data


def _personal(name: str, rule: str, text: object) -> None:
    @damage((f"personal-{rule}", (cell(PANELS, "Comment"),)))
    def comment(rows: Rows) -> None:
        rows[PANELS]["Comment"] = text

    DAMAGES[name] = replace(DAMAGES.pop("comment"), name=name)


_personal("an NHS number", "nhs-number", "Includes 943 476 5919, who was counted twice.")
_personal("an NHS number as a number", "nhs-number", 9434765919)
_personal("a National Insurance number", "ni-number", "see AB123456C")
_personal("a postcode", "postcode", "All at SE6 4RU.")
_personal("a date of birth", "date-of-birth", "One boy (DOB 03/04/2011) was counted twice.")
_personal("an email address", "email", "Ask sam.smith@gmail.example")
_personal("a phone number", "phone", "Ring 020 7946 0018 if unclear")
_personal("a titled name", "name", "Mrs Okafor withdrew her complaint.")
_personal("a name and what happened", "name", "Danielle Whitcombe was assaulted twice.")


@damage(("personal-name", ("A2", "A3")))
def a_list_of_victims_on_a_second_sheet(rows: Rows) -> Any:
    return [("Workings", [["Victim name", "Count"], ["Zebedee Quill", 1], ["Xanthe Quill", 2]])]


# Different, and as good


@good()
def not_available_with_a_reason(rows: Rows) -> None:
    rows[PANELS]["Value"], rows[PANELS]["Marker"] = None, "[x]"
    rows[PANELS]["Comment"] = "The panels’ notes are not in yet; expected on 1 August."


@good()
def unusual_with_a_comment(rows: Rows) -> None:
    rows[PANELS]["Value"], rows[PANELS]["Comment"] = 3, "Most panels moved to July because of the election."


@good(earlier=tuple(earlier("weapon-finds", (8, 15, 11, 14, 9, 16, 10, 13, 8, 15, 12, 11))))
def within_the_limits_of_a_restless_history(rows: Rows) -> None:
    rows[FINDS]["Value"] = 19


@good()
def none_is_a_number(rows: Rows) -> None:
    rows[FINDS]["Value"] = 0


@good()
def nobody_searched(rows: Rows) -> None:
    for row in (SEARCHES, DRUGS, WEAPONS, OTHER, FINDS):
        rows[row]["Value"] = 0
    rows[SEARCHES]["Comment"] = "The team was stood down for the quarter."
    rows[OUTCOMES]["Numerator"] = rows[OUTCOMES]["Denominator"] = 0


@good()
def places_laws_and_contacts_are_no_names(rows: Rows) -> None:
    rows[PANELS]["Comment"] = "Met at Charlotte Turner School, St Mary’s and Evelyn; Clare’s Law was on the agenda."
    rows[FINDS]["Comment"] = "Checked by Pat Police (pat@police.example), Lewis Grove and James Lane sweeps included."


@good()
def a_percentage_rounded_as_people_round(rows: Rows) -> None:
    rows[OUTCOMES]["Numerator"], rows[OUTCOMES]["Denominator"], rows[OUTCOMES]["Value"] = 53, 160, 33


@good(request=request(asked=("ward-panels",), withheld=()))
def only_one_indicator_asked(rows: Rows) -> None:
    rows[:] = [rows[PANELS]]
