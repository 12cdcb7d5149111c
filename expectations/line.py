"""One line of the frame that the figures' suite looks at."""

from dataclasses import dataclass, field, fields

NOT_NEEDED = "not needed"


@dataclass
class Line:
    """One figure, asked for or sent unasked. None is empty: an expectation on it does not apply.

    Where a rule holds for some lines only, its column says so: an expectation with a condition of its own would cost
    as much again. Dates are numbers such as 20250630. `look_at` is no column: it says which of the form's columns a
    rule is about, where that depends on the line.
    """

    partner_return: str
    line: int
    indicator: str
    area: str
    breakdown: str
    category: str
    start: int
    end: int
    place: int | None = None  # which figure of the grid it answers; none for an unasked line
    misplaced: str | None = None  # the rule that an unasked line breaks
    required: str | None = None  # the rule that a missing answer breaks
    answer: str | None = NOT_NEEDED
    reason: str | None = NOT_NEEDED  # why there is no figure
    figure_beside_marker: float | None = None  # the figure of a line that says there is none
    figure_rule: str | None = None
    value: float | None = None
    count: float | None = None  # where a count was asked, not a rate
    numerator: float | None = None
    numerator_at_most: float | None = None
    parts_given: int | None = None
    rate_off_by: float | None = None
    counted: float | None = None  # what must be a whole number: the count, or the part that is none
    counted_whole: float | None = None
    smallest: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    at_most_rule: str | None = None
    low: float | None = None
    high: float | None = None
    usual_rule: str | None = None
    small: float | None = None  # the count, or the numerator of a rate, above 0
    threshold: float | None = None
    total: float | None = None
    sum_of_categories: float | None = None
    ceiling: float | None = None
    covers: str | None = None
    asked: str | None = None
    period_rule: str | None = None
    note: str | None = None
    look_at: dict[str, list[str]] = field(default_factory=dict)


COLUMNS = tuple(each.name for each in fields(Line) if each.name != "look_at")
