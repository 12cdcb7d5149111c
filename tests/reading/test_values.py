"""Values as people write them: read where there is one way to read them, else a problem by name."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.adapters.reading.catalogue import RULES
from quarterday.adapters.reading.days import read_day
from quarterday.adapters.reading.quarters import month_of
from quarterday.adapters.reading.spans import period_in
from quarterday.adapters.reading.values import read_marker, read_number
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.periods import Period, calendar_month, month_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234", 1234.0),
        (" 12 ", 12.0),
        ("12", 12.0),
        ("0.12", 0.12),
        ("-5", -5.0),
        ("−5", -5.0),
        ("1 234", 1234.0),
        ("1,234,567.5", 1234567.5),
        ("nil", 0.0),
        ("5 people", 5.0),
        ('="12"', 12.0),
        ("1\u200b2", 12.0),
        ("1\u2009234", 1234.0),
        ("\xa012\xa0", 12.0),
        ("１２", 12.0),
        ("'12", 12.0),
        ("“12”", 12.0),
        ("=“12”", 12.0),
        ("12.", 12.0),
        ("nought", 0.0),
        ("1,000", 1000.0),
    ],
)
def test_a_number_has_one_reading(written: str, value: float) -> None:
    """Thousands, spaces and words for zero are read, and listed as tidied."""
    number = read_number(written)

    assert (value, True, "") == (number.value, number.tidied, number.problem)


@pytest.mark.parametrize(
    ("written", "value", "marker"),
    [
        ("5 (est.)", 5.0, Marker.ESTIMATED),
        ("c. 1,200", 1200.0, Marker.ESTIMATED),
        ("approx 40", 40.0, Marker.ESTIMATED),
        ("~40", 40.0, Marker.ESTIMATED),
        ("40 (provisional)", 40.0, Marker.PROVISIONAL),
        ("40 [r]", 40.0, Marker.REVISED),
        ("[x]", None, Marker.NOT_AVAILABLE),
        ("n/a", None, Marker.NOT_AVAILABLE),
        ("<5", None, Marker.CONFIDENTIAL),
        ("=<5", None, Marker.CONFIDENTIAL),
        ("5 or fewer", None, Marker.CONFIDENTIAL),
        ("less than five", None, Marker.CONFIDENTIAL),
        ("&lt;5", None, Marker.CONFIDENTIAL),
        ("supp.", None, Marker.CONFIDENTIAL),
        ("n/k", None, Marker.NOT_AVAILABLE),
        ("to follow", None, Marker.NOT_AVAILABLE),
        ("12p", 12.0, Marker.PROVISIONAL),
        ("12 – provisional", 12.0, Marker.PROVISIONAL),
        ("prov 12", 12.0, Marker.PROVISIONAL),
        ("[p] 12", 12.0, Marker.PROVISIONAL),
        ("12 rev.", 12.0, Marker.REVISED),
        ("≈12", 12.0, Marker.ESTIMATED),
        ("fewer than 5", None, Marker.CONFIDENTIAL),
        ("<5 cases", None, Marker.CONFIDENTIAL),
        ("fewer than 5 people", None, Marker.CONFIDENTIAL),
    ],
)
def test_a_word_beside_a_number_is_its_marker(written: str, value: float | None, marker: Marker) -> None:
    """An estimate is marked as one; a suppressed count stays unknown and is never read as 5."""
    number = read_number(written)

    assert (value, marker, "") == (number.value, number.marker, number.problem)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("-", "unsure-sign"),
        ("..", "unsure-sign"),
        ("*", "unsure-sign"),
        ("1,5", "decimal-comma"),
        ("12,34", "decimal-comma"),
        ("1.234.567", "not-a-number"),
        ("O", "not-a-number"),
        ("5-7", "range-for-number"),
        ("5+", "range-for-number"),
        ("12k", "multiplied"),
        ("£1.2m", "multiplied"),
        ("1²", "footnote-sign"),
        ("12①", "footnote-sign"),
        ("12*", "footnote-sign"),
        ("12 [note 1]", "footnote-sign"),
        ("12 (see note 3)", "footnote-sign"),
        ("12❶", "footnote-sign"),
        ("12⒈", "footnote-sign"),
        ("12⑴", "footnote-sign"),
        ("12ª", "footnote-sign"),
        ("12 (1)", "footnote-sign"),
        ("12{1}", "footnote-sign"),
        ("12a", "footnote-sign"),
        ("12^a", "footnote-sign"),
        ("12; see note", "footnote-sign"),
        ("12 – see footnote 2", "footnote-sign"),
        ("1 000s", "multiplied"),
        ("12 dozen", "multiplied"),
        ("between 3 and 6", "range-for-number"),
        ("5 or more", "range-for-number"),
        ("x", "unsure-sign"),
        ("low", "unsure-sign"),
        ("[blank]", "no-value-word"),
        ("none recorded", "no-value-word"),
        ("04-Jan", "date-for-number"),
        ("Jun-25", "date-for-number"),
        ("#FIELD!", "error-value"),
        ("########", "error-value"),
        ("[object Object]", "error-value"),
        ("1\u0336512", "struck-out"),
        ("None", "no-value-word"),
        ("NULL", "no-value-word"),
        ("NaN", "no-value-word"),
        ("1e3", "not-a-number"),
        ("#REF!", "error-value"),
        ("#DIV/0!", "error-value"),
        ("Err:502", "error-value"),
        ("5 [k]", "unknown-marker"),
        ("9" * 5000, "not-a-number"),
        (True, "not-a-number"),
        (date(2025, 5, 12), "date-for-number"),
    ],
)
def test_what_has_two_readings_is_not_guessed(written: object, problem: str) -> None:
    """A sign that may mean none or unknown, a comma that may be a point: the sender settles it."""
    number = read_number(written)

    assert (None, problem) == (number.value, number.problem)


def test_a_percentage_says_so() -> None:
    """`12%` is twelve, and known to be a percentage."""
    number = read_number("12%")

    assert (12.0, True) == (number.value, number.percent)


def test_plain_numbers_in_a_text_file_are_not_tidied() -> None:
    """In CSV every number is written as text."""
    assert not read_number("12", text_file=True).tidied


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_cell_is_itself(value: float) -> None:
    """A cell that holds a number is read as that number."""
    assert value == read_number(value).value


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_thousands_are_read_back(value: int) -> None:
    """Whatever the number, its grouped way of writing is the same number."""
    assert value == read_number(f"{value:,}").value


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Any text gives a number, a marker, nothing, or a problem of the catalogue; never two of them, never an error."""
    number = read_number(text)

    assert not number.problem or (number.problem in RULES and number.value is None)
    assert read_day(text).problem in {"", *RULES}


@pytest.mark.parametrize(
    "written",
    [
        date(2025, 6, 30),
        datetime(2025, 6, 30),  # noqa: DTZ001 - a cell knows no time zone
        "30/06/2025",
        "30 June 2025",
        "2025-06-30",
        "30-Jun-25",
        "30.06.2025",
        "30th June 2025",
        "Monday 30 June 2025",
        45838,
        "45838",
    ],
)
def test_a_date_in_many_styles(written: object) -> None:
    """The last of June, however it is written."""
    assert date(2025, 6, 30) == read_day(written).day


def test_the_day_stands_before_the_month() -> None:
    """04/05/2025 is the fourth of May."""
    assert date(2025, 5, 4) == read_day("04/05/2025").day


def test_a_month_first_date_is_not_turned_round() -> None:
    """06/30/2025 has no thirtieth month: it is asked about, not mended."""
    assert "month-first-date" == read_day("06/30/2025").problem


def test_a_month_alone_is_its_first_or_its_last_day() -> None:
    """`June 2025` begins and ends where the column says."""
    assert date(2025, 6, 1) == read_day("June 2025").day
    assert date(2025, 6, 30) == read_day("June 2025", end=True).day


@pytest.mark.parametrize("written", ["[x] not available", "[x]", "x", "Not available", "n/a"])
def test_a_marker_in_many_styles(written: str) -> None:
    """The drop-down's words, the bracket, the letter or the words alone."""
    assert Marker.NOT_AVAILABLE == read_marker(written)[0]


def test_every_rule_says_what_good_looks_like() -> None:
    """Each rule has a sentence for the sender and one without any value; both end as sentences do."""
    for rule, (_, sentence, safe) in RULES.items():
        assert sentence.endswith(".") or sentence == "{note}", rule
        assert safe.endswith("."), rule
        assert "{" not in safe, rule


@pytest.mark.parametrize(
    "written",
    [
        "April to June 2025", "Apr-25 to Jun-25", "Apr - Jun ’25", "1 April to 30 June 2025", "01.04.2025 - 30.06.2025",
        "2025-04-01/2025-06-30", "1 Apr 25 - 30 Jun 25", "Quarter ending June 2025", "Quarter ended 30 June 2025",
        "Q/E Jun 2025", "3 months to June 2025", "First quarter 2025/26", "1Q 2025/26", "Quarter One 2025/26",
        "25/26 Q1", "Q1 FY25/26", "Q1 (Apr-Jun) 2025/26", "Quarter 1 (2025/26)", "Q1/2025",
    ],
)  # fmt: skip
def test_a_quarter_in_many_styles(written: str) -> None:
    """By its number, by its two ends, by its length and its end."""
    assert Period(date(2025, 4, 1), date(2025, 6, 30)) == period_in(written)


@pytest.mark.parametrize(
    "written",
    [
        "Crime (extracted July 2025)", "Printed on 3 July 2025", "Figures up to June 2025",
        "Quarter ending 13 June 2025", "As at June 2025", "Week ending 13 June 2025", "April 2025, June 2025",
    ],
)  # fmt: skip
def test_not_every_month_in_a_title_is_its_period(written: str) -> None:
    """When it was printed, where something ended, two months that are no span."""
    assert period_in(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "April 2025", "Apr. 2025", "APR-25", "Apr ’25", "Apr/25", "Apr_25", "2025M04", "2025-M04", "202504", "04/2025",
        "April, 2025", "2025 Apr",
    ],
)  # fmt: skip
def test_a_month_in_many_styles(written: str) -> None:
    """In words or digits, the year in two figures or four."""
    assert calendar_month(2025, 4) == month_of(written)


@pytest.mark.parametrize(
    ("word", "number"), [("Sept.", 9), ("september", 9), ("Jun", 6), ("marathon", None), ("Ma", None), ("mayor", None)]
)
def test_one_rule_says_what_a_months_name_is(word: str, number: int | None) -> None:
    """The whole name, or three letters of it and more."""
    assert number == month_number(word)


@pytest.mark.parametrize(
    "written",
    ["2025-04-01T00:00:00Z", "01/04/2025 12:00 AM", "1Apr2025", "2025.04.01", "Apr 1 2025", "1 April '25", "45748.0"],
)
def test_the_first_of_april_as_systems_write_it(written: str) -> None:
    """Midnight is no part of a day, nor is a nought behind its number."""
    assert date(2025, 4, 1) == read_day(written).day
