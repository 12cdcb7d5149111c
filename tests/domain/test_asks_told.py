"""What became of an ask is told to whoever asked, once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.asks.climbing import ask_of_activity, asks_of
from quarterday.domain.asks.news import told_with, untold_answers
from quarterday.domain.collection.actions import MakeRequest
from quarterday.domain.facts import (
    AnswerTold,
    AskAnswered,
    BoardAnswer,
    Facts,
    MessageReserved,
    RequestMade,
)
from tests.domain.activities_example import CAMPAIGN, told
from tests.domain.asks_example import SHARING, answered, at, following, raised
from tests.domain.lived import days, walk

HOUSE = following()
DECIDED, PASSED_ON, REFUSED, DEFERRED = BoardAnswer


def test_an_answer_is_told_to_its_asker_with_one_request() -> None:
    """The campaign's lead asked in July and the board decided in August: October's request tells it, and no other."""
    word = told(CAMPAIGN, date(2025, 7, 10), asks=SHARING, asks_board="streets")
    answer = answered(date(2025, 8, 14), "streets", DECIDED, ask_of_activity("campaign", "streets", SHARING))
    facts, done = walk(HOUSE, days(date(2025, 9, 25), date(2025, 10, 20)), Facts([word, answer]))
    request = next(each for each in facts.of(RequestMade) if each.partner == "fire")

    assert [answer.key] == [each.answer for each in facts.of(AnswerTold)]
    assert [(SHARING, DECIDED)] == [(ask.what, each.answer) for ask, each in told_with(HOUSE, facts, request.request)]
    assert 1 == len([each for _, each in done if isinstance(each, MakeRequest) and each.tells])
    assert facts.of(MessageReserved)


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["told", "corrected"]),
        st.tuples(st.sampled_from(["streets", "operational", "top"]), st.sampled_from(list(BoardAnswer))),
    ),
    max_size=12,
)


@given(STEPS)
def test_every_answer_that_holds_is_told_to_its_asker_once(steps: list[str | tuple[str, BoardAnswer]]) -> None:
    """However often an ask is corrected, deferred, answered anew or by a board above, in whatever order requests go."""
    facts, first = Facts([raised(date(2025, 8, 1), asker="fire", board="streets")]), date(2025, 8, 2)
    for number, step in enumerate([*steps, "told", "told"]):
        on = first + timedelta(days=number)
        if step == "told":
            new = [_telling(each, on, f"request-{number}") for each in untold_answers(HOUSE, facts, "fire")]
            facts = facts.plus(*new)
        elif step == "corrected":
            facts = facts.plus(raised(on, asker="police", board="top", what=f"Corrected on {on}."))
        else:
            facts = facts.plus(answered(on, *step))

    (ask,) = asks_of(HOUSE, facts).values()
    told = [each.answer for each in facts.of(AnswerTold)]
    assert ("fire", "streets") == (ask.asker, ask.first_board)
    assert len(set(told)) == len(told)
    assert {each.key for each in ask.answers} <= set(told)
    assert () == untold_answers(HOUSE, facts, "fire") == untold_answers(HOUSE, facts, "police")


def _telling(answer: AskAnswered, on: date, request: str) -> AnswerTold:
    return AnswerTold(
        at=at(on), by="quarterday", partnership="somewhere", ask=answer.ask, answer=answer.key, told_in=request
    )
