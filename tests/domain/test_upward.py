"""What a subgroup says after its meeting stands in the papers of the board above, in the same quarter, and once."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.upward import boards_told_more, said_upward
from quarterday.domain.facts import (
    BoardAnswer,
    BoardSaid,
    Fact,
    Facts,
    IndicatorNoted,
    MeetingRecorded,
    ReleaseMade,
    WordsOn,
)
from tests.domain.asks_example import answered, at, following, raised
from tests.domain.lived import days, walk

HOUSE = following()
Q1 = "somewhere.2025-26-q1"
MET, PAPERS = date(2025, 8, 4), date(2025, 8, 6)  # the subgroup's meeting, and when the board's papers leave
WHO = {"by": "streets/lead", "partnership": "somewhere"}


def said(day: date = date(2025, 8, 5), words: str = "It is confidence, not more incidents.") -> BoardSaid:
    """The subgroup's words for the board above."""
    return BoardSaid(at=at(day), board="streets", meeting=MET, words=words, **WHO)


def versions(*facts: Fact) -> list[tuple[date, int]]:
    """The versions of the quarter that are made, and when: each made from what boards have said by then."""
    made: list[tuple[date, int]] = []
    known, _ = walk(HOUSE, days(date(2025, 6, 20), MET))
    known = known.plus(*facts)
    for day in days(date(2025, 8, 5), date(2025, 9, 12)):
        known, done = walk(HOUSE, [day], known)
        made += [(day, each.version) for _, each in done if isinstance(each, Publish) and each.collection == Q1]
        said_by_then = tuple(said_upward(HOUSE, known, Q1, day))
        latest = made[-1][1] if made else 1
        known = Facts([_made_from(each, said_by_then) if _is(each, latest) else each for each in known])
    return made


def _is(fact: Fact, version: int) -> bool:
    return isinstance(fact, ReleaseMade) and (fact.collection, fact.version) == (Q1, version) and version > 1


def _made_from(fact: Fact, said_by_then: tuple[str, ...]) -> Fact:
    assert isinstance(fact, ReleaseMade)
    return replace(fact, returns=fact.returns or said_by_then)


@pytest.mark.parametrize(
    "fact",
    [
        said(),
        raised(date(2025, 8, 5), by="streets/lead"),
        answered(date(2025, 8, 5), "streets", BoardAnswer.PASSED_ON, meeting=MET),
        IndicatorNoted(
            at=at(date(2025, 8, 5)), collection=Q1, indicator="robberies", kind=WordsOn.READING,
            words="More come forward.", signed="Streets", **WHO,
        ),
    ],
    ids=lambda fact: type(fact).__name__,
)  # fmt: skip
def test_what_a_subgroup_said_calls_for_a_version_on_the_day_its_boards_papers_leave(fact: Fact) -> None:
    """One, however often runs come after."""
    assert [(PAPERS, 2)] == versions(fact)


def test_once_its_lead_says_that_it_is_all_nobody_waits_for_the_papers() -> None:
    """The version is made the same day, and none on the day of the papers."""
    all_of_it = MeetingRecorded(at=at(date(2025, 8, 5)), board="streets", meeting=MET, **WHO)

    assert [(date(2025, 8, 5), 2)] == versions(said(), all_of_it)


def test_what_concerns_nobody_above_or_comes_too_late_calls_for_none() -> None:
    """A decision of the subgroup's own, an ask that an officer raised for it, and words after the papers left."""
    own = answered(date(2025, 8, 5), "streets", BoardAnswer.DECIDED, meeting=MET)

    assert [[]] * 3 == [versions(each) for each in (own, raised(date(2025, 8, 5)), said(date(2025, 8, 7)))]


def test_a_partnership_that_follows_nothing_up_makes_no_version_for_it() -> None:
    """Its boards have no such page."""
    assert {} == said_upward(following(follows_up=False), Facts([said()]), Q1, PAPERS)


def test_the_board_above_hears_that_its_pack_is_another_and_nobody_else_does() -> None:
    """As long as the version that it had lacks what was said for its papers."""
    facts, _ = walk(HOUSE, days(date(2025, 6, 20), date(2025, 7, 25)), Facts([said()]))
    assert ["operational/1"] == list(boards_told_more(HOUSE, facts, Q1, PAPERS, 2))
