"""What officers and boards said of an indicator stands on its card: signed, dated, and where limits begin anew."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from quarterday.domain.facts import Facts, IndicatorNoted, WordsOn
from quarterday.publishing.charts.specification import series_spec
from quarterday.publishing.officers_words import (
    BOARDS_LEFT_OUT,
    BOARDS_UNREAD,
    officers_words,
    readings_that_wait,
)
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.model import Paragraph, Quote
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.tables import NewLimits, OfficersWords
from tests.publishing.pack_frameworks import indicator, small_framework
from tests.publishing.pack_points import quarters_to_last, tables

ROBBERIES = indicator("robberies")
FRAMEWORK = small_framework(indicators=(ROBBERIES,))
RELEASE = tables(ROBBERIES, [30, 34] * 8)
BEGINS = quarters_to_last(16)[8].start
SAID = OfficersWords("robberies", "One gang was arrested in May.", "Ann Owner", date(2025, 8, 1), agreed=False)
AGREED = OfficersWords("robberies", "Fewer incidents, and no less trust.", "The Board", date(2025, 8, 14), agreed=True)


def card(**changes: object) -> Card:
    """The card of the robberies."""
    return Card(FRAMEWORK, SeriesTables(FRAMEWORK, replace(RELEASE, **changes)), ROBBERIES)


def test_commentary_and_reading_agreed_stand_signed_and_dated() -> None:
    """Each is somebody's own words; those on another indicator stand elsewhere."""
    other = replace(SAID, indicator="burglaries", words="Not here.")
    quotes = [each for each in card(officers_words=(AGREED, SAID, other)).section.blocks if isinstance(each, Quote)]

    assert [
        Quote("Fewer incidents, and no less trust.", "The Board, reading agreed, 14 August 2025"),
        Quote("One gang was arrested in May.", "Ann Owner, commentary, 1 August 2025"),
    ] == quotes


def test_new_limits_are_drawn_said_and_reckoned_from_there() -> None:
    """The line goes on; what went before does not count into the new limits."""
    anew = card(new_limits=(NewLimits("robberies", BEGINS, "A new way of recording began."),))
    said = [each.text for each in anew.section.blocks if isinstance(each, Paragraph)]
    rows = [row for layer in series_spec(anew.reading)["layer"] for row in layer["data"]["values"]]

    assert "Limits are reckoned anew from 1 July 2023: A new way of recording began." in said
    assert "new limits" in [row.get("said") for row in rows]
    assert [(0, 7), (8, 15)] == [(each.first, each.last) for each in anew.reading.chart.stretches]
    assert "8 figures since limits were set anew" in anew.change_said.sentence
    assert anew.picture
    assert "Limits begin anew from July to September 2023." in anew.picture.description
    assert [None] == list({each.limits for each in anew.reading.chart.stretches})


def test_thirteen_figures_later_there_are_limits_again() -> None:
    """Reckoned from those figures alone."""
    values = [10.0] * 4 + [30.0, 34.0] * 7
    begins = quarters_to_last(18)[4].start
    release = replace(tables(ROBBERIES, values), new_limits=(NewLimits("robberies", begins, "Moved."),))
    latest = SeriesTables(FRAMEWORK, release).reading(ROBBERIES, "E09000099").chart.latest

    assert latest
    assert latest.limits
    assert 32 == latest.limits.mean


@pytest.mark.parametrize(
    ("by", "words", "hiding", "published"),
    [
        ("jo", "It doubled.", ["robberies"], "It doubled."),
        ("streets/lead", "Fewer incidents.", [], "Fewer incidents."),
        ("streets/lead", "It doubled.", ["robberies"], BOARDS_UNREAD),
        ("streets/lead", "NHS 943 476 5919 came.", [], BOARDS_LEFT_OUT),
    ],
)
def test_what_a_boards_lead_wrote_waits_beside_a_hidden_figure(by: str, words: str, hiding: list[str], published: str):
    """An officer's words were read by whoever may publish; a lead's may be read by nobody yet."""
    noted = IndicatorNoted(
        at=datetime(2025, 8, 5, 10, tzinfo=UTC),
        by=by,
        partnership="somewhere",
        collection=RELEASE.collection,
        indicator="robberies",
        kind=WordsOn.READING,
        words=words,
        signed="Streets",
    )
    (said,) = officers_words(FRAMEWORK, Facts([noted]), RELEASE.collection, hiding)

    assert (published, True) == (said.words, said.agreed)
    assert (published == BOARDS_UNREAD) == bool(readings_that_wait(FRAMEWORK, [said]))
