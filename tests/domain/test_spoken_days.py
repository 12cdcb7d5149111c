"""Days as people type them on the command line."""

from datetime import date

import pytest

from quarterday.domain.framework.spoken_days import parse_spoken_day


@pytest.mark.parametrize(
    "said",
    [
        "2025-07-14",
        "14 July 2025",
        "14th July 2025",
        "Monday 14 July 2025",
        "Mon, 14 Jul 2025",
        "July 14, 2025",
        "14/7/25",
        "yesterday",
    ],
)
def test_a_day_is_taken_as_it_is_written(said: str) -> None:
    """With its weekday, as our own emails have it; with the month first; in figures, the day before the month."""
    assert date(2025, 7, 14) == parse_spoken_day(said, date(2025, 7, 15))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("30 February 2025", "There is no 30 February 2025: that month is shorter"),
        ("31/6/2025", "There is no 31/6/2025: that month is shorter"),
        ("2025-02-29", "There is no 2025-02-29: that month is shorter"),
        ("Tuesday 14 July 2025", "14 July 2025 is a Monday: say the day or the date anew"),
        ("Monday", "“Monday” is no day: write it as 2026-07-14 or 14 July 2026"),
        ("30 Brumaire 2025", "“30 Brumaire 2025” is no day: write it as 2026-07-14 or 14 July 2026"),
    ],
)
def test_what_is_no_day_is_told_as_what_it_is(said: str, sentence: str) -> None:
    """A day that no month has is not one that was written wrongly."""
    with pytest.raises(ValueError, match=r"day|month") as wrong:
        parse_spoken_day(said, date(2025, 7, 15))

    assert sentence == str(wrong.value)
