"""People who would not be reached, meetings on days off, days that no month has, words that are no yes."""

import pytest

from quarterday.adapters.config_files import check_configuration

from .conftest import Told

PARTNERSHIP, PARTNERS = "partnership.yaml", "partners.yaml"


@pytest.mark.parametrize(
    ("file", "was", "becomes", "told"),
    [
        (PARTNERSHIP, "{MEETING}", "2025-12-25", "is to meet on Thursday 25 December 2025, a day off."),
        (PARTNERSHIP, "{MEETING}", "2025-11-22", "is to meet on Saturday 22 November 2025, a day off."),
        (PARTNERS, "dee.analyst@police.example", "Fay.Officer@fire.example", "is the address of Fay Officer and of"),
        (PARTNERS, "    deputy: {", "    # deputy: {", "“chaser-2” writes to the deputy, and no partner has one."),
        (PARTNERSHIP, "synthetic: true", "synthetic: false", "is a placeholder: nothing that is sent to"),
    ],
)
def test_what_is_odd_is_noticed(spoil: Told, folder, file: str, was: str, becomes: str, told: str) -> None:
    """It stops nothing, and deserves a look before somebody waits for an answer."""
    if was == "{MEETING}":
        was = (folder / PARTNERSHIP).read_text().partition("- {on: ")[2][:10]

    assert () == spoil(file, was, becomes)
    assert any(told in each.sentence for each in check_configuration(folder).notices)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("{MEETING}", "2026-02-30", "“on”: there is no 30 February 2026."),
        ("{MEETING}", "2026-06-31", "“on”: there is no 31 June 2026."),
        ("{MEETING}", "2026-13-01", "“on” is not a date (it says “2026-13-01”)."),
        ("synthetic: true", "synthetic: yes", "“synthetic” is neither true nor false (it says “yes”)."),
        ("synthetic: true", "synthetic: 1", "“synthetic” is neither true nor false (it says “1”)."),
    ],
)
def test_what_cannot_be_meant_is_a_problem(spoil: Told, folder, was: str, becomes: str, told: str) -> None:
    """A day that no month has is not one that was written wrongly; yes is a word."""
    if was == "{MEETING}":
        was = (folder / PARTNERSHIP).read_text().partition("- {on: ")[2][:10]

    assert told == spoil(PARTNERSHIP, was, becomes)[0].sentence
