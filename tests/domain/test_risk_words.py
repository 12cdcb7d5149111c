"""An owner of a risk hears of its review in a request, or by an email of its own where no request tells of it."""

from datetime import date

import pytest

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.mailed_pages import answers_for
from quarterday.domain.collection.risk_words import until_asked_again
from quarterday.domain.facts import Facts, RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Rung
from quarterday.domain.framework.partners import Meeting, Partner, Role
from quarterday.domain.framework.periods import parse_quarter
from tests.domain.conftest import person
from tests.domain.lived import days, walk
from tests.domain.risks_example import LATE_DATA, NO_MONEY, reviewed, with_risks

MISSED = (
    Rung(code="missed", days=2, to=Role.CONTACT, email="risk-review-missed"),
    Rung(code="still-missed", days=7, to=Role.MANAGER, copy_to=(Role.OFFICER,), email="risk-review-missed"),
)


def kept_by(owner: str, review: date = LATE_DATA.review) -> Framework:
    """The partnership with Haven, which supplies and leads nothing, and one risk that is reviewed on a day."""
    haven = Partner(code="haven", name="Haven", lead_time=10, contact=person("Hal Haven"))
    house = with_risks(risks=(LATE_DATA.model_copy(update={"owner": owner, "review": review}),), bids=())
    ladders = house.ladders.model_copy(update={"reviews": MISSED})
    return house.model_copy(update={"partners": (*house.partners, haven), "ladders": ladders})


def words(house: Framework, *on: date, facts: Facts | None = None) -> list[tuple[date, str, str]]:
    """Which words on reviews go, when and to whom."""
    _, done = walk(house, list(on), facts or Facts())
    return [
        (day, each.email, each.recipient.code)
        for day, each in done
        if isinstance(each, Send) and each.occasion == "risk-review"
    ]


def test_an_owner_who_gets_no_request_hears_a_fortnight_before_and_is_chased_by_the_ladder_of_reviews() -> None:
    """Its contact; then whoever the rungs name, counted from the day of review; each once. Haven has no manager."""
    assert [
        (date(2025, 7, 17), "risk-review", "haven/contact"),
        (date(2025, 8, 4), "risk-review-missed", "haven/contact"),
        (date(2025, 8, 11), "risk-review-missed", "officer/jo"),
    ] == words(kept_by("haven"), *days(date(2025, 7, 1), date(2025, 8, 29)))


def test_an_owner_who_has_a_request_at_hand_on_the_day_of_review_reads_it_there_alone() -> None:
    """No email beside it."""
    assert [] == words(kept_by("fire"), *days(date(2025, 7, 1), date(2025, 8, 29)))


def test_an_owner_whose_review_falls_between_two_requests_hears_of_it_in_time_too() -> None:
    """The first request closed weeks ago, and the next comes after the day."""
    house = kept_by("fire", review=date(2025, 9, 12))

    assert [(date(2025, 8, 29), "risk-review", "fire/contact")] == words(
        house, *days(date(2025, 7, 1), date(2025, 9, 15))
    )


def test_a_request_names_what_falls_due_before_the_next_one() -> None:
    """It closed on 1 August, and the next goes out on 7 October."""
    house = kept_by("fire")
    (board,) = house.partnership.boards
    later = Meeting(on=date(2025, 11, 13), considers=parse_quarter("2025-26 Q2"))
    met = board.model_copy(update={"meetings": (*board.meetings, later)})
    house = house.model_copy(update={"partnership": house.partnership.model_copy(update={"boards": (met,)})})
    (request,) = (each for each in walk(house, [date(2025, 7, 10)])[0].of(RequestMade) if each.partner == "fire")

    assert (date(2025, 8, 1), date(2025, 10, 6)) == (request.closes, until_asked_again(house, request))


def test_a_missed_fortnight_is_made_up_and_what_was_reviewed_or_is_long_past_is_not_told() -> None:
    """Nothing ran until the first of August; reviewed in July; nothing ran until September."""
    house = kept_by("haven")
    made = Facts([reviewed(house.risks[0], date(2025, 7, 10), next_review=date(2026, 3, 31))])

    assert [(date(2025, 8, 1), "risk-review", "haven/contact")] == words(house, date(2025, 8, 1))
    assert [] == words(house, *days(date(2025, 7, 17), date(2025, 8, 1)), facts=made)
    assert [] == words(house, date(2025, 9, 1))


def test_several_reviews_of_one_day_are_one_email() -> None:
    """And one page."""
    house = kept_by("haven")
    other = NO_MONEY.model_copy(update={"owner": "haven", "review": date(2025, 7, 31)})
    house = house.model_copy(update={"risks": (*house.risks, other)})

    assert 1 == len(words(house, date(2025, 7, 17)))


@pytest.mark.parametrize(
    ("recipient", "may"),
    [("haven/contact", True), ("haven/manager", True), ("fire/contact", False), ("top/lead", False)],
)
def test_only_the_owner_may_use_the_page(recipient: str, may: bool) -> None:
    """Whoever else hears of it gets no link."""
    assert may is answers_for(kept_by("haven"), Facts(), "risk-review", "haven/2025-07-31", recipient)
