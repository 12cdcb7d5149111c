"""Nobody is chased twice in a day, however many requests they answer for, and never once a collection has closed.

One analyst answers for the fire service and the police; both are due on 22 July 2025, and the close is 1 August.
"""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.trying_again import still_due
from quarterday.domain.facts import ExtensionDecided, Facts, MessageReserved
from quarterday.domain.facts.message_keys import what_for
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Rung, Wait
from quarterday.domain.framework.partners import Board, Meeting
from quarterday.domain.framework.periods import parse_quarter
from tests.domain.conftest import framework, person
from tests.domain.lived import at, days, facts_of, walk
from tests.domain.test_decision_properties import WINDOW, live, words

ANA = person("Ana Lyst")


def shared() -> Framework:
    """Both partners with one analyst and one manager, over two quarters, and a ladder for what is owed."""
    small = framework()
    partners = tuple(
        each.model_copy(update={"contact": ANA, "deputy": None, "manager": person("Max Both")})
        for each in small.partners
    )
    board = Board(
        code="board",
        name="The Board",
        kind="board",
        lead=person("Lee Lead"),
        meetings=(
            Meeting(on=date(2025, 8, 14), considers=parse_quarter("2025-26 Q1")),
            Meeting(on=date(2025, 11, 13), considers=parse_quarter("2025-26 Q2")),
        ),
    )
    owed = (Rung(code="ask-owed", days=1, to="contact", email="chaser-owed"),)
    return framework(
        partners=partners,
        partnership=small.partnership.model_copy(update={"boards": (board,)}),
        ladders=small.ladders.model_copy(update={"owed": owed}),
    )


SHARED = shared()


def chased(done: list) -> list[tuple[date, str, str, str]]:
    """The emails of the ladder to the partners' own people: day, partner, rung, reader."""
    return [
        (day, each.partner, each.occasion, each.recipient.email)
        for day, each in done
        if isinstance(each, Send) and what_for(each.key) in set(Wait) and each.recipient.code.startswith(each.partner)
    ]


def test_the_second_waits_for_the_next_working_day_and_its_ladder_after_it() -> None:
    """Both chased for the first time on the 24th by the ladder: the police are on the 25th, and two days on from it."""
    _, done = walk(SHARED, days(date(2025, 7, 1), date(2025, 8, 1)))
    first = [(day, partner, rung) for day, partner, rung, _ in chased(done) if rung.startswith("chase")]

    assert [
        (date(2025, 7, 24), "fire", "chase-1"),
        (date(2025, 7, 25), "police", "chase-1"),
        (date(2025, 7, 28), "fire", "chase-2"),
        (date(2025, 7, 29), "police", "chase-2"),
    ] == first


def test_a_run_later_that_day_sends_nothing_more() -> None:
    """What went this morning counts."""
    facts, _ = walk(SHARED, days(date(2025, 7, 1), date(2025, 7, 24)))
    _, done = walk(SHARED, [date(2025, 7, 24)], facts)

    assert [] == chased(done)


def test_an_email_that_did_not_go_is_not_overtaken_by_another_partners() -> None:
    """The police's chaser of the 25th was held up; on the 28th the fire service's goes, and it is wanted still."""
    facts, _ = walk(SHARED, days(date(2025, 7, 1), date(2025, 7, 25)))
    (held_up,) = [each for each in facts.of(MessageReserved) if each.occasion == "chase-1" and "police" in each.request]
    facts, _ = walk(SHARED, [date(2025, 7, 28)], facts)

    assert {held_up.message} == still_due(SHARED, facts, {held_up.message}, date(2025, 7, 28))


def test_boards_and_officers_hear_of_each_partner() -> None:
    """The board's lead hears of both on the same day: each is a matter of its own."""
    _, done = walk(framework(), days(date(2025, 7, 1), date(2025, 8, 1)))
    told = [(day, each.partner) for day, each in done if isinstance(each, Send) and each.occasion == "board"]

    assert [(date(2025, 8, 1), "fire"), (date(2025, 8, 1), "police")] == sorted(told)


def test_of_two_quarters_of_one_partner_one_is_asked_about_a_day() -> None:
    """The first quarter's figure was promised for 22 October, as the second's are reminded of."""
    facts, _ = walk(SHARED, days(date(2025, 7, 1), date(2025, 7, 16)))
    for partner in ("fire", "police"):
        request, until = f"somewhere.2025-26-q1.{partner}", date(2025, 10, 22)
        facts = facts.plus(
            ExtensionDecided(
                partnership="somewhere",
                request=request,
                granted=True,
                until=until,
                at=at(date(2025, 7, 16), 12),
                by="jo",
            )
        )
    facts, done = walk(SHARED, days(date(2025, 7, 17), date(2025, 11, 10)), facts)
    heard = [(day, reader) for day, _, _, reader in chased(done)]

    assert {"ask-owed", "remind", "chase-1"} <= {rung for _, _, rung, _ in chased(done)}
    assert len(heard) == len(set(heard))


@settings(max_examples=40, deadline=None)
@given(words(), st.frozensets(st.sampled_from(WINDOW)))
def test_whatever_is_said_and_whatever_days_nothing_ran_one_a_day_and_none_after_the_close(said, down) -> None:
    """Of all requests of one person together; what is owed past the close has a ladder of its own."""
    _, done = live(SHARED, said, [day for day in WINDOW if day not in down])
    heard = [(day, reader) for day, _, _, reader in chased(done)]
    owed = {each.key for _, each in done if isinstance(each, Send) and what_for(each.key) == Wait.OWED}

    assert len(heard) == len(set(heard))
    assert all(
        day <= date(2025, 8, 1) or each.key in owed
        for day, each in done
        if isinstance(each, Send) and what_for(each.key) in set(Wait)
    )


def test_two_runs_at_one_moment_agree() -> None:
    """Which of two goes first does not depend on the order of the facts."""
    facts, _ = walk(SHARED, days(date(2025, 7, 1), date(2025, 7, 23)))
    backwards = Facts(reversed(list(facts)))
    day = date(2025, 7, 24)

    assert what_is_due(SHARED, facts, day) == what_is_due(SHARED, backwards, day)
    assert {"fire"} == {each.partner for each in what_is_due(SHARED, facts, day) if isinstance(each, Send)}
    assert facts_of(what_is_due(SHARED, facts, day)[0], day)
