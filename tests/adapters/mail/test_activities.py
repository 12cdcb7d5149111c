"""An email about a request names the activities that are asked about, and nothing of them where there are none."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from quarterday.adapters.mail.compose import compose
from quarterday.domain.collection.actions import Recipient
from quarterday.domain.facts import CollectionOpened, ExtensionDecided, Facts, RequestMade
from tests.adapters.mail.conftest import a_send, an_office
from tests.domain.activities_example import CAMPAIGN, COLLECTION, told, with_activities

WHO = {"at": datetime(2025, 7, 8, 8, tzinfo=UTC), "by": "quarterday", "partnership": "somewhere"}
REQUEST = RequestMade(
    collection=COLLECTION, request=f"{COLLECTION}.fire", partner="fire", asked=("deliberate-fires",), withheld=(),
    due=date(2025, 7, 22), closes=date(2025, 8, 1), activities=("campaign",), **WHO,
)  # fmt: skip
OPENED = CollectionOpened(collection=COLLECTION, period_start=date(2025, 4, 1), period_end=date(2025, 6, 30), **WHO)
CONTACT = Recipient("fire/contact", "Fay Fire", "fay.fire@partner.example")


def text_of(template: str, *facts, request: RequestMade = REQUEST, day: date = date(2025, 7, 8)) -> str:
    """The plain text of an email to the fire service."""
    office = an_office(Path("nowhere"))
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    send = replace(a_send(template, CONTACT), key=f"{request.request}/x", request=request.request)
    email = compose(
        office.settings,
        with_activities(),
        Facts([OPENED, request, *facts]),
        office.stores,
        send,
        at,
        at,
        "http://x/r/1",
    )
    return f"{email.subject}\n{email.text}"


def test_the_request_asks_for_figures_and_for_updates():
    """Both are asked in one email, each with how to answer it."""
    text = text_of("request")

    assert "Please send your figures and updates on activities for 2025-26 Q1 by" in text
    assert "- A campaign" in text
    assert "choose how each activity stands" in text


def test_a_lead_without_figures_reads_of_no_spreadsheet():
    """Only its activities are asked about."""
    text = text_of("request", request=replace(REQUEST, asked=()))

    assert "Please send your updates on activities for 2025-26 Q1 by" in text
    assert "spreadsheet" not in text.replace("and no spreadsheet", "")
    assert "figure" not in text.replace("figures, the people and their addresses are made up", "")


def test_nobody_is_chased_for_a_word_that_has_come():
    """The campaign was told of: the chaser names the fires alone."""
    text = text_of("chaser-2", told(CAMPAIGN, date(2025, 7, 10)), day=date(2025, 7, 28))

    assert "ctivit" not in text
    assert "- Deliberate fires" in text


def test_a_late_request_names_the_day_that_was_told_and_none_that_only_the_ladder_knows():
    """A word on the 21st puts the ladder off, no date: the fires were due on the 22nd, or when more time ended."""
    word = told(CAMPAIGN, date(2025, 7, 21))
    until = ExtensionDecided(request=REQUEST.request, granted=True, until=date(2025, 7, 24), **WHO)

    assert "They were due on Tuesday 22 July 2025" in text_of("request", word, day=date(2025, 7, 31))
    assert "They were due on Thursday 24 July 2025" in text_of("request", until, word, day=date(2025, 7, 31))


@pytest.mark.parametrize(
    "template", ["request", "reminder", "chaser-1", "chaser-2", "escalation-manager", "chaser-rest"]
)
def test_a_partnership_without_activities_reads_of_none(template):
    """Nothing of them stands in any email."""
    assert "ctivit" not in text_of(template, request=replace(REQUEST, activities=()))
