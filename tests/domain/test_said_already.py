"""A form that is sent again by whoever got no answer is known by its words, whatever id its moment gives it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from quarterday.domain.facts import ActionSet, AskRaised, Fact, Facts, OfficerWrote, RequestWaived, RiskReviewed
from quarterday.domain.telling.news import said_already
from tests.adapters.register.examples import AT, plain_fact

LATER = AT + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [
        (ActionSet, {"action": "D-2"}),
        (AskRaised, {"ask": "A-2"}),
        (OfficerWrote, {"letter": "W-2"}),
        (RiskReviewed, {"reviewed": "late-data/2"}),
        (RequestWaived, {}),
    ],
)
def test_the_same_words_a_minute_later_are_the_same(kind: type[Fact], drawn: dict[str, str]) -> None:
    """Since the form was opened: nothing is asked, set, written, reviewed or waived twice."""
    first = plain_fact(kind)
    again = replace(first, at=LATER, **drawn)

    assert [first] == said_already(Facts((first,)), [again], AT - timedelta(minutes=1))
    assert [] == said_already(Facts((first,)), [again], AT)
    assert [] == said_already(Facts((first,)), [replace(again, reason="Another.")], AT - timedelta(minutes=1))
