"""Tables of reference figures name places that are none of ours, and give no hidden count back."""

import pytest

from .conftest import Told

PLAN = "framework/plan.yaml"
AREAS = "[{code: london, name: London, holds: [E07000999, next]}, {code: similar, name: Similar places}]"
TABLE = f"comparisons:\n  - {{code: police-table, title: Table, source: Police, areas: {AREAS}}}\n\nindicators:\n"
SEARCHES = "    numerator: Searches with a positive outcome\n"
COMPARED = "    compared_with: police-table\n"


def test_a_table_and_what_is_held_against_it_fit(spoil: Told) -> None:
    """A percentage may be held against London."""
    spoil(PLAN, "indicators:\n", TABLE)

    assert () == spoil(PLAN, SEARCHES, SEARCHES + COMPARED)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("code: similar", "code: E07000999", "“Similar places” is a place of this partnership"),
        ("code: similar", "code: next", "“London” less the other places within it is ours"),
        ("compared_with: police-table", "compared_with: polis", "There is no comparison “polis”."),
        ("    breakdowns: [dis", COMPARED + "    breakdowns: [dis", "A bare count of another place says nothing"),
    ],
)
def test_what_does_not_fit_is_told(spoil: Told, old: str, new: str, sentence: str) -> None:
    """Our own place in another table would give hidden counts back, and so would all of London but ours."""
    spoil(PLAN, "indicators:\n", TABLE)
    spoil(PLAN, SEARCHES, SEARCHES + COMPARED)
    problems = spoil(PLAN, old, new)

    assert [True] == [sentence in each.sentence for each in problems]
    assert all(each.remedy for each in problems)
