"""Asks climb one level at a time, and none is lost; the page after a meeting and word to owners are due once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.asks.climbing import ask_of_activity, asks_of, before_board, chain_above
from quarterday.domain.asks.news import told_with, untold_answers
from quarterday.domain.collection.actions import MakeRequest, RaiseAsk, Send
from quarterday.domain.facts import (
    ActionState,
    AnswerTold,
    AskAnswered,
    AskRaised,
    BoardAnswer,
    BoardSaid,
    Facts,
    MeetingRecorded,
    MessageReserved,
    RequestMade,
)
from quarterday.domain.framework.ladder import Rung
from quarterday.domain.framework.partners import AskKind, FirstAsk
from quarterday.domain.rulings.undecided import undecided
from tests.domain.activities_example import CAMPAIGN, told
from tests.domain.asks_example import SHARING, action_set, action_told, answered, at, following, raised
from tests.domain.lived import days, walk

HOUSE = following()
DECIDED, PASSED_ON, REFUSED, DEFERRED = BoardAnswer


def before(board: str, *facts: object) -> list[str]:
    """The asks that lie before a board."""
    return [each.ask for each in before_board(asks_of(HOUSE, Facts(facts)).values(), board)]  # type: ignore[arg-type]


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
    facts += [answered(date(2025, 8, 2 + n), *each) for n, each in enumerate(said)]  # type: ignore[misc]
    ask = asks_of(HOUSE, Facts(facts))["A-1"]
    ladder = (first, *chain_above(HOUSE, first))

    answering = tuple(each.board for each in ask.answers)
    assert ladder[: len(answering)] == answering
    assert {PASSED_ON} >= {each.answer for each in ask.answers[:-1]}
    where = [board for board in ("streets", "operational", "top") if before(board, *facts)]
    assert (where == [ask.board]) == ask.open
    assert ask.open or ask.answers[-1].answer in (DECIDED, REFUSED)


def test_what_config_asks_is_raised_once() -> None:
    """When the first collection opens, of the board that the subgroup reports to."""
    facts, done = walk(following(FirstAsk(what=SHARING)), days(date(2025, 6, 20), date(2025, 7, 4)))

    assert 1 == len([action for _, action in done if isinstance(action, RaiseAsk)])
    assert [("streets", "operational", SHARING)] == [(a.asker, a.board, a.what) for a in facts.of(AskRaised)]


def test_the_page_after_a_meeting_goes_to_each_lead_on_the_next_working_day_once() -> None:
    """The subgroup met on Monday, the board on Thursday; the outside reader is asked nothing."""
    _, done = walk(HOUSE, days(date(2025, 6, 20), date(2025, 9, 12)))
    pages = [
        (day, each.recipient.code) for day, each in done if isinstance(each, Send) and each.email == "after-meeting"
    ]

    assert [
        (date(2025, 8, 5), "streets/lead"), (date(2025, 8, 15), "operational/lead"), (date(2025, 9, 5), "top/lead")
    ] == pages  # fmt: skip


def test_a_missed_day_after_a_meeting_is_made_up_and_an_old_meeting_is_not() -> None:
    """Nothing ran for a fortnight, and then for two months."""
    facts, _ = walk(HOUSE, days(date(2025, 6, 20), date(2025, 7, 4)))
    _, soon = walk(HOUSE, [date(2025, 8, 28)], facts)
    _, late = walk(HOUSE, [date(2025, 10, 28)], facts)

    assert [["operational/lead"], []] == [
        [each.recipient.code for _, each in done if isinstance(each, Send) and each.email == "after-meeting"]
        for done in (soon, late)
    ]


def test_a_partnership_that_follows_nothing_up_sees_none_of_it() -> None:
    """No page after a meeting, nothing raised, nobody chased."""
    quiet = following(FirstAsk(what=SHARING), follows_up=False)
    action = action_set(date(2025, 7, 1), "fire", date(2025, 7, 10))
    _, done = walk(quiet, days(date(2025, 6, 20), date(2025, 9, 12)), Facts([action]))

    emails = {each.email for _, each in done if isinstance(each, Send)}
    assert not emails & {"after-meeting", "action", "action-late"}
    assert not [each for _, each in done if isinstance(each, RaiseAsk)]


def to_owners(facts: Facts, *on: date) -> list[tuple[date, str, str]]:
    """The emails about actions."""
    _, done = walk(HOUSE, list(on), facts)
    return [
        (day, each.email, each.recipient.code)
        for day, each in done
        if isinstance(each, Send) and each.occasion == "action"
    ]


def test_an_owner_who_is_asked_nothing_before_it_is_due_hears_by_an_email_of_its_own() -> None:
    """An officer and a board's lead supply nothing; the fire service is asked for its figures in early October."""
    soon, later = date(2025, 7, 2), date(2025, 10, 31)
    facts = Facts([action_set(soon, owner, later, f"D-{n}") for n, owner in enumerate(("officer/jo", "top", "fire"))])

    assert [(soon, "action", "officer/jo"), (soon, "action", "top/lead")] == to_owners(facts, soon, date(2025, 7, 3))


def test_an_overdue_action_is_chased_by_its_ladder_and_no_more_once_it_is_done() -> None:
    """No request comes before it is due: told at once, five working days before, two after, and then its manager."""
    facts = Facts([action_set(date(2025, 7, 1), "fire", date(2025, 7, 18))])
    rungs = to_owners(facts, *days(date(2025, 7, 2), date(2025, 8, 8)))
    done = facts.plus(action_told(date(2025, 7, 21), ActionState.DONE))

    assert [
        (date(2025, 7, 2), "action", "fire/contact"),
        (date(2025, 7, 11), "action", "fire/contact"),
        (date(2025, 7, 22), "action-late", "fire/contact"),
        (date(2025, 8, 1), "action-late", "fire/manager"),
    ] == rungs  # fmt: skip
    assert [] == to_owners(done, *days(date(2025, 7, 22), date(2025, 8, 8)))


def test_whoever_says_that_it_goes_on_is_left_alone_for_a_while() -> None:
    """The ladder counts from the time of a correction after the word."""
    facts = Facts(
        [action_set(date(2025, 7, 1), "fire", date(2025, 7, 18)), action_told(date(2025, 7, 21), ActionState.GOING_ON)]
    )

    assert [date(2025, 7, 28) < day for day, _, _ in to_owners(facts, *days(date(2025, 7, 29), date(2025, 8, 1)))] == [
        True
    ]


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


MEETINGS = (
    Rung(code="not-recorded", days=1, to="board_lead", email="after-meeting-again"),
    Rung(code="still-not-recorded", days=4, to="board_lead", copy_to=("officer",), email="after-meeting-again"),
)
REMINDED = HOUSE.model_copy(update={"ladders": HOUSE.ladders.model_copy(update={"meetings": MEETINGS})})


def reminded(*facts: object) -> list[tuple[date, str]]:
    """Who is reminded of the subgroup's meeting of 4 August, and when."""
    _, done = walk(REMINDED, days(date(2025, 6, 20), date(2025, 8, 14)), Facts(facts))  # type: ignore[arg-type]
    emails = [(day, each) for day, each in done if isinstance(each, Send) and each.email == "after-meeting-again"]
    return [(day, each.recipient.code) for day, each in emails]


def test_a_meeting_that_nobody_recorded_is_told_to_its_lead_twice_and_to_an_officer() -> None:
    """The page went on the 5th: a working day later, and after four with an officer beside the lead."""
    assert [
        (date(2025, 8, 6), "streets/lead"), (date(2025, 8, 11), "streets/lead"), (date(2025, 8, 11), "officer/jo")
    ] == reminded()  # fmt: skip


def test_nobody_is_reminded_of_a_meeting_of_which_anything_is_on_record() -> None:
    """An answer, an action, an ask of the lead's, a word upward, or that it is all."""
    who = {"at": at(date(2025, 8, 5)), "by": "streets/lead", "partnership": "somewhere"}
    day = {"board": "streets", "meeting": date(2025, 8, 4)}
    found = [
        answered(date(2025, 8, 5), "streets", DECIDED, meeting=date(2025, 8, 4)),
        action_set(date(2025, 8, 5), "fire", date(2025, 12, 1), **day),
        raised(date(2025, 8, 5), by="streets/lead"),
        BoardSaid(words="Nothing new.", **day, **who),
        MeetingRecorded(**day, **who),
    ]

    assert [[]] * 5 == [reminded(each) for each in found]


def test_what_an_officer_asked_for_the_board_is_no_record_of_its_meeting() -> None:
    """Nor is what `config/` asks, nor what the lead asked before it met."""
    asked = [raised(date(2025, 8, 5)), raised(date(2025, 7, 28), by="streets/lead")]

    assert [3, 3] == [len(reminded(each)) for each in asked]


def test_whoever_got_the_page_late_is_reminded_late() -> None:
    """Nothing ran for a week after the meeting: the page goes, and the reminder a working day after it."""
    facts, _ = walk(REMINDED, days(date(2025, 6, 20), date(2025, 8, 4)))
    _, done = walk(REMINDED, [date(2025, 8, 12), date(2025, 8, 13)], facts)
    emails = [
        (day, each.email) for day, each in done if isinstance(each, Send) and each.recipient.code == "streets/lead"
    ]

    assert [(date(2025, 8, 12), "after-meeting"), (date(2025, 8, 13), "after-meeting-again")] == [
        each for each in emails if each[1].startswith("after")
    ]


def test_a_meeting_that_nobody_recorded_waits_for_an_officer_until_somebody_has() -> None:
    """From the working day after it; the outside reader's is none of ours."""
    facts, _ = walk(REMINDED, days(date(2025, 6, 20), date(2025, 7, 4)))
    all_of_it = MeetingRecorded(
        at=at(date(2025, 8, 5)), by="jo", partnership="somewhere", board="streets", meeting=date(2025, 8, 4)
    )

    assert [0, 1, 0] == [
        len([each for each in undecided(REMINDED, known, day) if each.decide_with == "record-meeting"])
        for day, known in (
            (date(2025, 8, 4), facts),
            (date(2025, 8, 5), facts),
            (date(2025, 8, 6), facts.plus(all_of_it)),
        )
    ]


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
            facts = facts.plus(answered(on, *step))  # type: ignore[misc]

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
