"""An ask is withdrawn while no board has answered it: it climbs no further, and what became of it is known."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.asks.climbing import Ask, ask_of_activity, asks_of, before_board
from quarterday.domain.asks.news import untold_answers
from quarterday.domain.facts import (
    BoardAnswer,
    Fact,
    Facts,
)
from quarterday.domain.rulings.board_rulings import withdraw_ask
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.domain.activities_example import CAMPAIGN, told
from tests.domain.asks_example import SHARING, answered, at, following, raised, withdrawn

HOUSE = following()

DECIDED, PASSED_ON, REFUSED, DEFERRED = BoardAnswer
JO = Ruling(who="jo", why="The lead rang.", at=at(date(2025, 8, 20)), say="It is solved.")


def the_ask(*facts: Fact) -> Ask:
    """The ask as it stands."""
    (ask,) = asks_of(HOUSE, Facts(facts)).values()
    return ask


def test_what_was_withdrawn_lies_before_no_board_and_nobody_answers_it() -> None:
    """Not the board before which it lay, and none above."""
    facts = [
        raised(date(2025, 8, 5)),
        withdrawn(date(2025, 8, 10)),
        answered(date(2025, 8, 14), "operational", DECIDED),
    ]
    ask = the_ask(*facts)

    assert (False, (), ()) == (ask.open, ask.answers, before_board([ask], "operational"))


def test_what_was_passed_on_or_deferred_can_still_be_withdrawn() -> None:
    """It climbs no further; what was answered stays on record."""
    for answer in (PASSED_ON, DEFERRED):
        ask = the_ask(
            raised(date(2025, 8, 5)), answered(date(2025, 8, 14), "operational", answer), withdrawn(date(2025, 8, 20))
        )

        assert (False, (answer,)) == (ask.open, tuple(each.answer for each in ask.answers))


@pytest.mark.parametrize("answer", [DECIDED, REFUSED])
def test_what_a_board_has_decided_is_not_withdrawn(answer: BoardAnswer) -> None:
    """It is refused in a sentence that says who decided and when; a word that came all the same changes nothing."""
    facts = Facts([raised(date(2025, 8, 5)), answered(date(2025, 8, 14), "operational", answer)])
    with pytest.raises(RulingRefusedError, match=f"Operational {answer} it on 14 August 2025: what is answered is not"):
        withdraw_ask(HOUSE, facts, "A-1", JO)

    assert None is the_ask(*facts, withdrawn(date(2025, 8, 20))).withdrawn


def test_it_is_withdrawn_once_and_with_a_reason() -> None:
    """And said better no more."""
    facts = Facts([raised(date(2025, 8, 5))])
    given = withdraw_ask(HOUSE, facts, "A-1", JO)
    assert ("A-1", "It is solved.", "jo") == (given.ask, given.for_readers, given.by)
    with pytest.raises(RulingRefusedError, match="Say in a sentence why"):
        withdraw_ask(HOUSE, facts, "A-1", replace(JO, say=""))
    with pytest.raises(RulingRefusedError, match="It was withdrawn already"):
        withdraw_ask(HOUSE, facts.plus(given), "A-1", JO)


def test_what_a_lead_asks_again_after_it_was_withdrawn_is_asked_again() -> None:
    """The same words a quarter later; the words of the first quarter alone ask no more."""
    first = told(CAMPAIGN, date(2025, 7, 10), asks=SHARING, asks_board="streets", collection="somewhere.2025-26-q1")
    gone = withdrawn(date(2025, 7, 20), ask_of_activity("campaign", "streets", SHARING))
    again = told(CAMPAIGN, date(2025, 10, 10), asks=SHARING, asks_board="streets", collection="somewhere.2025-26-q2")

    assert [False, True] == [the_ask(*facts).open for facts in ([first, gone], [first, gone, again])]


def test_what_an_officer_withdrew_is_told_to_its_asker_with_one_request_and_what_it_withdrew_itself_is_not() -> None:
    """The fire service's lead knows what it withdrew on its own page."""
    told_by = []
    for by in ("jo", "fire/contact"):
        facts = Facts([raised(date(2025, 8, 1), asker="fire", board="streets"), withdrawn(date(2025, 8, 5), by=by)])
        told_by.append([each.key for each in untold_answers(HOUSE, facts, "fire")])

    assert [[withdrawn(date(2025, 8, 5)).key], []] == told_by


STEPS = st.lists(
    st.one_of(
        st.just("withdrawn"),
        st.tuples(st.sampled_from(["streets", "operational", "top"]), st.sampled_from(list(BoardAnswer))),
    ),
    max_size=8,
)


@given(STEPS)
def test_whatever_happens_an_ask_is_open_answered_or_withdrawn(steps: list[str | tuple[str, BoardAnswer]]) -> None:
    """Never two of them; and nothing follows on what is withdrawn."""
    facts: list[Fact] = [raised(date(2025, 8, 1), board="streets")]
    for number, step in enumerate(steps):
        before, on = the_ask(*facts), date(2025, 8, 2 + number)
        facts.append(withdrawn(on) if isinstance(step, str) else answered(on, *step))
        ask = the_ask(*facts)
        final = bool(ask.last) and ask.last.answer in (DECIDED, REFUSED)
        assert [ask.open, bool(ask.withdrawn), final].count(True) == 1
        assert not before.withdrawn or ask == before
