"""Activities are read with their dates, and whatever cannot be is told with its line and a remedy."""

from pathlib import Path

import pytest

from quarterday.adapters.config_files import check_configuration, load_framework
from quarterday.domain.framework.periods import parse_quarter

QUARTER = parse_quarter("2025-26 Q2")
WELL = """\
activities:
  - code: campaign
    title: A campaign against fires
    priority: crime-and-disorder
    lead: fire-service
    person: Commander
    starts: 2025-04-01
    ends: 2026-03-31
    milestones:
      - {title: Posters up, on: 2025-11-25}
    indicators: [deliberate-primary-fires]
    serves: paper 4.2
    funding:
      - {source: Home Office, amount: 20000, until: 2026-03-31}
"""


def written(folder: Path, text: str) -> Path:
    """A partnership with these activities."""
    (folder / "framework" / "activities.yaml").write_text(text)
    return folder


def test_activities_are_part_of_the_framework(folder):
    """What is written is what the framework holds."""
    framework = load_framework(written(folder, WELL))

    assert ["campaign"] == [each.code for each in framework.activities_of("fire-service", QUARTER)]
    assert () == framework.activities_of("police", QUARTER)


def test_a_partnership_needs_none(folder):
    """Without the file there are no activities, and nothing is wrong."""
    assert () == load_framework(folder).activities


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("lead: fire-service", "lead: fire-servise", "There is no partner “fire-servise”."),
        ("priority: crime-and-disorder", "priority: crime", "There is no priority “crime”."),
        ("    starts:", "    plan: nowhere\n    starts:", "There is no plan “nowhere”."),
        ("[deliberate-primary-fires]", "[deliberate-fires]", "There is no indicator “deliberate-fires”."),
        ("ends: 2026-03-31", "ends: 2025-03-31", "This entry: ends comes before starts."),
        (
            "on: 2025-11-25",
            "on: 2026-11-25",
            "The milestone “Posters up” is on 25 November 2026, outside the activity’s own time, "
            "1 April 2025 to 31 March 2026.",
        ),
        ("starts: 2025-04-01", "starts: soon", "“starts” is not a date (it says “soon”)."),
        ("    serves:", "    leed: fire-service\n    serves:", "“leed” is not known"),
        (
            "      - {title: Posters up, on: 2025-11-25}",
            "      - {title: Posters up, on: 2025-11-25}\n      - {title: posters up, on: 2025-12-25}",
            "“posters up” stands for another milestone too",
        ),
    ],
)
def test_what_cannot_be_is_told(folder, old, new, sentence):
    """Unknown names, dates the wrong way round and milestones outside, each in a sentence at its line."""
    assert old in WELL
    problems = check_configuration(written(folder, WELL.replace(old, new, 1))).problems

    assert any(sentence in each.sentence for each in problems), [str(each) for each in problems]
    assert {"framework/activities.yaml"} == {each.file for each in problems}


def test_a_code_stands_once(folder):
    """Two activities of one code cannot be told apart."""
    twice = WELL + WELL.removeprefix("activities:\n")

    assert ["“campaign” is the code of another activity too"] == [
        each.sentence.partition(" (see")[0] for each in check_configuration(written(folder, twice)).problems
    ]


def test_money_that_ends_before_the_activity_is_a_notice(folder):
    """It stops nothing, and an officer should know of it."""
    read = check_configuration(written(folder, WELL.replace("until: 2026-03-31", "until: 2025-12-31")))

    assert () == read.problems
    assert any("The money of Home Office ends on 31 December 2025" in each.sentence for each in read.notices)
