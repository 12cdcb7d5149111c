"""Which year's estimate a figure is held against."""

from datetime import date

import pytest

from quarterday.domain.framework.periods import Period
from quarterday.domain.framework.populations import Estimate, Population

RESIDENTS = Population(
    code="residents",
    title="residents",
    estimates=(
        Estimate(year=2024, source="Estimates", published=date(2025, 7, 15), counts={"E09000099": 102_000}),
        Estimate(year=2021, source="Census", published=date(2022, 6, 28), counts={"E09000099": 100_000, "E05": 4}),
    ),
)


@pytest.mark.parametrize(("year", "used"), [(2019, 2021), (2021, 2021), (2023, 2021), (2024, 2024), (2026, 2024)])
def test_the_latest_estimate_of_then_is_used(year: int, used: int) -> None:
    """One of a later year would compare with people who were not there yet; before the first there is no other."""
    estimate = RESIDENTS.in_area("E09000099", Period(date(year, 4, 1), date(year, 6, 30)))

    assert estimate
    assert used == estimate.year


def test_a_year_without_the_area_is_passed_over() -> None:
    """A ward that the estimates of 2024 leave out keeps the number of the census; nowhere is no number."""
    spring = Period(date(2025, 4, 1), date(2025, 6, 30))
    ward = RESIDENTS.in_area("E05", spring)

    assert ward
    assert 2021 == ward.year
    assert RESIDENTS.in_area("E06", spring) is None
