"""Asks climb one level at a time, and none is lost."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.asks.climbing import ask_of_activity, asks_of, before_board, chain_above
from quarterday.domain.facts import (
    BoardAnswer,
    Facts,
)
from quarterday.domain.framework.partners import AskKind
from tests.domain.activities_example import CAMPAIGN, told
from tests.domain.asks_example import SHARING, answered, at, following, raised

HOUSE = following()
DECIDED, PASSED_ON, REFUSED, DEFERRED = BoardAnswer


def before(board: str, *facts: object) -> list[str]:
    """The asks that lie before a board."""
    return [each.ask for each in before_board(asks_of(HOUSE, Facts(facts)).values(), board)]


def test_a_subgroups_ask_goes_to_its_board_and_no_further() -> None:
    """The partnership's board does not see it before the operational board has passed it on."""
    assert (["A-1"], []) == (before("operational", raised(date(2025, 8, 5))), before("top", raised(date(2025, 8, 5))))


def test_what_is_passed_on_lies_before_the_level_above_alone() -> None:
    """It climbed one level."""
    facts = raised(date(2025, 8, 5)), answered(date(2025, 8, 14), "operational", PASSED_ON)

    assert ([], ["A-1"]) == (before("operational", *facts), before("top", *facts))


def test_what_is_deferred_stays_before_its_board() -> None:
    """Nobody above sees it."""
    facts = raised(date(2025, 8, 5)), answered(date(2025, 8, 14), "operational", DEFERRED)

    assert (["A-1"], []) == (before("operational", *facts), before("top", *facts))


def test_a_board_puts_its_own_answer_right_until_the_one_above_has_answered() -> None:
    """Passed on by mistake, it is decided after all; once the board above has refused it, nothing below is heard."""
    facts = [raised(date(2025, 8, 5)), answered(date(2025, 8, 14), "operational", PASSED_ON)]
    put_right = [*facts, answered(date(2025, 8, 15), "operational", DECIDED)]
    too_late = [*facts, answered(date(2025, 9, 4), "top", REFUSED), answered(date(2025, 9, 5), "operational", DECIDED)]

    assert [(DECIDED,), (PASSED_ON, REFUSED)] == [
        tuple(each.answer for each in asks_of(HOUSE, Facts(known))["A-1"].answers) for known in (put_right, too_late)
    ]


def test_an_answer_of_a_board_before_which_it_does_not_lie_changes_nothing() -> None:
    """The partnership's board answered too soon."""
    assert ["A-1"] == before("operational", raised(date(2025, 8, 5)), answered(date(2025, 8, 6), "top", DECIDED))


def test_a_lead_who_asks_a_board_further_up_asks_its_own_first() -> None:
    """The campaign's board is the subgroup; the board that is named is told as whom it is meant for."""
    word = told(CAMPAIGN, date(2025, 7, 10), asks=SHARING, asks_board="top")
    (ask,) = asks_of(HOUSE, Facts([word])).values()

    assert ("streets", "top", "fire", "campaign") == (ask.board, ask.meant_for, ask.asker, ask.activity)


def test_the_same_words_a_quarter_later_are_the_same_ask() -> None:
    """It keeps its first day."""
    words = [told(CAMPAIGN, day, asks=SHARING, asks_board="top", collection=quarter) for day, quarter in (
        (date(2025, 7, 10), "somewhere.2025-26-q1"), (date(2025, 10, 10), "somewhere.2025-26-q2"))]  # fmt: skip

    assert [at(date(2025, 7, 10))] == [each.raised_at for each in asks_of(HOUSE, Facts(words)).values()]


def test_words_put_right_ask_no_more_unless_they_were_answered() -> None:
    """The lead corrects its answer in the same quarter."""
    wrong = told(CAMPAIGN, date(2025, 7, 10), asks=SHARING, asks_board="top")
    right = told(CAMPAIGN, date(2025, 7, 11))
    ask = ask_of_activity("campaign", "top", SHARING)
    answer = answered(date(2025, 8, 4), "streets", PASSED_ON, ask)

    assert [[], [ask]] == [list(asks_of(HOUSE, Facts([wrong, right, *more]))) for more in ([], [answer])]


def test_an_ask_said_better_keeps_its_asker_its_place_and_its_day() -> None:
    """An officer adds what follows if nothing is done."""
    better = raised(date(2025, 8, 8), asker="jo", board="top", kind=AskKind.DECISION, consequence="It stays late.")
    ask = asks_of(HOUSE, Facts([raised(date(2025, 8, 5)), better]))["A-1"]

    assert ("streets", "operational", AskKind.DECISION, "It stays late.", at(date(2025, 8, 5))) == (
        ask.asker, ask.board, ask.kind, ask.consequence, ask.raised_at)  # fmt: skip


ANSWERS = st.lists(
    st.tuples(st.sampled_from(["streets", "operational", "top"]), st.sampled_from(list(BoardAnswer))), max_size=12
)


@given(ANSWERS, st.sampled_from(["streets", "operational", "top"]))
def test_no_ask_skips_a_level_and_none_is_lost(said: list[tuple[str, BoardAnswer]], first: str) -> None:
    """Whatever boards answer in whatever order: the answers climb from the first board, a level each, and it lies
    somewhere or has an answer that ends it."""
    facts = [raised(date(2025, 8, 1), board=first)]
    facts += [answered(date(2025, 8, 2 + n), *each) for n, each in enumerate(said)]
    ask = asks_of(HOUSE, Facts(facts))["A-1"]
    ladder = (first, *chain_above(HOUSE, first))

    answering = tuple(each.board for each in ask.answers)
    assert ladder[: len(answering)] == answering
    assert {PASSED_ON} >= {each.answer for each in ask.answers[:-1]}
    where = [board for board in ("streets", "operational", "top") if before(board, *facts)]
    assert (where == [ask.board]) == ask.open
    assert ask.open or ask.answers[-1].answer in (DECIDED, REFUSED)
