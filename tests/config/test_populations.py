"""Rates for so many people fit what `config/` says of people: areas that there are, a number for each, a count."""

import pytest

from .conftest import Told

PLAN = "framework/plan.yaml"
ESTIMATE = "{year: 2021, source: Census, published: 2022-06-28, counts: {E07000999: 300600}}"
POPULATION = f"populations:\n  - {{code: residents, title: residents, estimates: [{ESTIMATE}]}}\n\nindicators:\n"
DISORDER, SEARCHES = "    owner: Superintendent\n", "    numerator: Searches with a positive outcome\n"
RATE = "    rate: {population: residents}\n"


def test_a_population_and_a_rate_fit(spoil: Told) -> None:
    """Nothing is wrong with a count told for each thousand residents."""
    spoil(PLAN, "indicators:\n", POPULATION)

    assert () == spoil(PLAN, DISORDER, DISORDER + RATE)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("E07000999", "E07000998", "There is no area “E07000998”."),
        (f"[{ESTIMATE}]", f"[{ESTIMATE}, {ESTIMATE}]", "“residents” has the year 2021 2 times."),
        ("{population: residents}", "{population: resident}", "There is no population “resident”."),
        (SEARCHES, SEARCHES + RATE, "Only a count is told for each so many people; this is a percentage."),
        ("    breakdowns: [dis", "    area: ward\n    breakdowns: [dis", "It is asked by ward, and no area of that"),
        ("300600", "0", ""),
    ],
)
def test_what_does_not_fit_is_told(spoil: Told, old: str, new: str, sentence: str) -> None:
    """Each with its own sentence and a remedy."""
    spoil(PLAN, "indicators:\n", POPULATION)
    spoil(PLAN, DISORDER, DISORDER + RATE)
    problems = spoil(PLAN, old, new)

    assert any(sentence in each.sentence for each in problems)
    assert all(each.remedy for each in problems)


def test_an_area_without_a_number_is_told(spoil: Told) -> None:
    """A rate that some areas have and others lack would look like a missing figure."""
    spoil(PLAN, "indicators:\n", POPULATION)
    spoil("partnership.yaml", "areas:\n", "areas:\n  - {code: E07000998, name: Elsewhere, level: borough}\n")
    problems = spoil(PLAN, DISORDER, DISORDER + RATE)

    assert ["The population “residents” has no number for E07000998."] == [each.sentence for each in problems]
