"""An owner of a risk who is asked for nothing hears of its review by an email of its own, once."""

from datetime import date

from quarterday.domain.collection.actions import Send
from quarterday.domain.facts import Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Partner
from tests.domain.conftest import person
from tests.domain.lived import days, walk
from tests.domain.risks_example import LATE_DATA, reviewed, with_risks


def kept_by(owner: str) -> Framework:
    """The partnership with Haven, which supplies and leads nothing, and one risk; its review is due on 31 July."""
    haven = Partner(code="haven", name="Haven", lead_time=10, contact=person("Hal Haven"))
    house = with_risks(risks=(LATE_DATA.model_copy(update={"owner": owner}),), bids=())
    return house.model_copy(update={"partners": (*house.partners, haven)})


def words(house: Framework, *on: date, facts: Facts | None = None) -> list[tuple[date, str]]:
    """Who hears of a review, and when."""
    _, done = walk(house, list(on), facts or Facts())
    return [(day, each.recipient.code) for day, each in done if isinstance(each, Send) and each.email == "risk-review"]


def test_an_owner_who_gets_no_request_hears_a_fortnight_before_and_once() -> None:
    """Its contact."""
    assert [(date(2025, 7, 17), "haven/contact")] == words(kept_by("haven"), *days(date(2025, 7, 1), date(2025, 8, 29)))


def test_an_owner_who_is_asked_for_figures_reads_it_in_its_request_alone() -> None:
    """No email beside it."""
    assert [] == words(kept_by("fire"), *days(date(2025, 7, 1), date(2025, 8, 29)))


def test_a_missed_fortnight_is_made_up_and_what_was_reviewed_or_is_long_past_is_not_told() -> None:
    """Nothing ran until the first of August; reviewed in July; nothing ran until September."""
    house = kept_by("haven")
    made = Facts([reviewed(house.risks[0], date(2025, 7, 10), next_review=date(2026, 3, 31))])

    assert [(date(2025, 8, 1), "haven/contact")] == words(house, date(2025, 8, 1))
    assert [] == words(house, *days(date(2025, 7, 17), date(2025, 8, 1)), facts=made)
    assert [] == words(house, date(2025, 9, 1))
