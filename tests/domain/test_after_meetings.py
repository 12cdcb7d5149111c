"""What config asks is raised once; the page after a meeting and its reminders are due once."""

from datetime import date

from quarterday.domain.collection.actions import RaiseAsk, Send
from quarterday.domain.facts import (
    AskRaised,
    BoardAnswer,
    BoardSaid,
    Facts,
    MeetingRecorded,
)
from quarterday.domain.framework.ladder import Rung
from quarterday.domain.framework.partners import FirstAsk
from quarterday.domain.rulings.undecided import undecided
from tests.domain.asks_example import SHARING, action_set, answered, at, following, raised
from tests.domain.lived import days, walk

HOUSE = following()
DECIDED = BoardAnswer.DECIDED


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


MEETINGS = (
    Rung(code="not-recorded", days=1, to="board_lead", email="after-meeting-again"),
    Rung(code="still-not-recorded", days=4, to="board_lead", copy_to=("officer",), email="after-meeting-again"),
)
REMINDED = HOUSE.model_copy(update={"ladders": HOUSE.ladders.model_copy(update={"meetings": MEETINGS})})


def reminded(*facts: object) -> list[tuple[date, str]]:
    """Who is reminded of the subgroup's meeting of 4 August, and when."""
    _, done = walk(REMINDED, days(date(2025, 6, 20), date(2025, 8, 14)), Facts(facts))
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
