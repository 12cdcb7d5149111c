"""What leads and owners wrote waits for an officer's reading, named by whose it is and nothing of what it says."""

from dataclasses import replace
from datetime import date

from quarterday.domain.asks.unread import words_unread
from quarterday.domain.asks.wording import reading_of
from quarterday.domain.facts import ActionState, BoardAnswer, Facts, WordsRead
from quarterday.domain.framework.indicators import Disclosure
from quarterday.domain.rulings.undecided import undecided
from tests.domain.asks_example import action_set, action_told, answered, at, following, raised
from tests.domain.risks_example import LATE_DATA, reviewed, with_risks

HOUSE = following()
TODAY = date(2025, 9, 10)
ANSWER = answered(date(2025, 8, 14), "operational", BoardAnswer.DECIDED, for_readers="All of it.")
SAID = (
    raised(date(2025, 8, 5), by="streets/lead"),
    ANSWER,
    action_set(date(2025, 8, 14), "fire", date(2025, 9, 30)),
    action_told(date(2025, 9, 1), ActionState.GOING_ON, said="Half of it."),
)


def read(fact: object, publish: bool) -> WordsRead:
    """An officer has read a fact's words."""
    reference, on = reading_of(fact)
    names = {"collection": "", "partner_return": reference, "indicator": on, "publish": publish}
    return WordsRead(at=at(date(2025, 8, 16)), by="jo", partnership="somewhere", **names)


def titles(*facts: object, today: date = TODAY) -> list[str]:
    """What waits to be read."""
    return [each.title for each in words_unread(HOUSE, Facts(facts), today)]


def test_each_word_waits_under_a_title_that_shows_nothing_of_it() -> None:
    """Asked, answered, set and told."""
    asked = "What Streets asked of Operational on 5 August 2025 (help)"
    action = "Operational: action for Fire Service, by 30 September 2025"

    assert [asked, f"{asked}: what Operational answered", action, f"{action}: how it goes"] == titles(*SAID)


def test_what_was_read_or_an_officer_wrote_or_is_long_told_waits_no_more() -> None:
    """Whether it may be published or not; of the lead's action that is left, in which words count nothing."""
    by_jo = raised(date(2025, 8, 5))

    assert 3 == len(titles(*SAID, read(ANSWER, publish=True))) == len(titles(*SAID, read(ANSWER, publish=False)))
    assert [] == titles(by_jo)
    assert [] == titles(*SAID, today=date(2026, 1, 15))


def test_what_an_owner_wrote_on_a_risk_waits_too() -> None:
    """Until it is read; an officer's own words, and a review without any, do not."""
    house = with_risks(risks=(LATE_DATA,), bids=())
    said = reviewed(LATE_DATA, date(2025, 9, 1), mitigation="More visits.")
    seen = replace(read(ANSWER, publish=True), partner_return=said.reviewed, indicator="late-data")
    plain = reviewed(LATE_DATA, date(2025, 9, 1))
    waits = [
        [each.what for each in undecided(house, Facts(facts), TODAY) if each.decide_with == "read-words"]
        for facts in ([said], [said, seen], [replace(said, by_an_officer=True)], [plain])
    ]

    assert waits[0][0].startswith("What Fire Service wrote on the risk “Data come late”.")
    assert [[], [], []] == waits[1:]


def test_it_stands_among_what_needs_an_officer() -> None:
    """With the names by which a reading knows it; where no figure is ever hidden nothing waits."""
    free = tuple(each.model_copy(update={"disclosure": Disclosure(rule="none")}) for each in HOUSE.indicators)
    waits = [
        [each.about for each in undecided(house, Facts(SAID), TODAY) if each.decide_with == "read-words"]
        for house in (HOUSE, HOUSE.model_copy(update={"indicators": free}))
    ]

    assert {"/".join(reading_of(each)) for each in SAID} == set(waits[0])
    assert [] == waits[1]
