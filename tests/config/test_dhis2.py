"""What DHIS2 systems are given leads to figures, places and classes that there are, and never two into one place."""

import pytest

from .conftest import Told

PLAN = "framework/plan.yaml"
SYSTEM = """dhis2:
  - code: health
    title: The health platform
    org_units: {E07000999: DiszpKrYNg8}
    data_elements:
      - {indicator: disorder-incidents, value: f7n9E0hX8qk}
      - {indicator: stop-search-outcomes, numerator: Ix2HsbDMLea, denominator: eY5ehpbEsB7}
    category_options:
      - {breakdown: disorder-category, category: transport, combination: bRowv6yZOF2}

indicators:
"""


def test_a_system_and_its_mapping_fit(spoil: Told) -> None:
    """What is named is there."""
    assert () == spoil(PLAN, "indicators:\n", SYSTEM)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{E07000999: Disz", "{E99999999: Disz", "There is no area “E99999999”."),
        ("{indicator: disorder-incidents, v", "{indicator: disorders, v", "There is no indicator “disorders”."),
        ("breakdown: disorder-category, c", "breakdown: disorder, c", "There is no breakdown “disorder”."),
        ("category: transport, c", "category: trains, c", "There is no category “trains”."),
        ("value: f7n9E0hX8qk", "value: DISORDER", "“DISORDER” is no identifier of DHIS2's own"),
        ("value: f7n9E0hX8qk", "value: Ix2HsbDMLea", "“Ix2HsbDMLea” stands twice"),
        ("value: f7n9E0hX8qk", "numerator: f7n9E0hX8qk", "“disorder-incidents” is a count: it has no numerator"),
        ("disorder-incidents, value: f7n9E0hX8qk", "disorder-incidents", "give value, numerator or denominator"),
    ],
)
def test_what_does_not_fit_is_told(spoil: Told, old: str, new: str, sentence: str) -> None:
    """Each slip is told with what to do."""
    spoil(PLAN, "indicators:\n", SYSTEM)
    problems = spoil(PLAN, old, new)

    assert any(sentence in each.sentence for each in problems), problems
    assert all(each.remedy for each in problems)
