"""Partners merge, leads leave, activities end, meetings move: what is asked is not lost, and nobody is asked twice."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.asks.climbing import asks_of
from quarterday.domain.asks.news import actions_owned, untold_answers
from quarterday.domain.collection.actions import MakeRequest, Send
from quarterday.domain.collection.following import owner_of
from quarterday.domain.collection.mailed_pages import answers_for
from quarterday.domain.facts import BoardAnswer, ContactChanged, Fact, Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Meeting, Officer, Role, Succession
from tests.domain.activities_example import CAMPAIGN, HOME_VISITS, told
from tests.domain.asks_example import Q1, SHARING, action_set, answered, at, following, raised
from tests.domain.conftest import person
from tests.domain.lived import days, walk

HOUSE = following()
PASSED_ON, DECIDED = BoardAnswer.PASSED_ON, BoardAnswer.DECIDED
ASKED = told(CAMPAIGN, date(2025, 7, 10), asks=SHARING, asks_board="top")


def merged() -> Framework:
    """The fire service went on in the police on 17 July, its campaign and its figures too."""
    gone = Succession(code="fire", on=date(2025, 7, 17))
    partners = tuple(
        each.model_copy(update={"succeeds": (gone,)}) if each.code == "police" else each
        for each in HOUSE.partners
        if each.code != "fire"
    )
    indicators = tuple(each.model_copy(update={"supplier": "police"}) for each in HOUSE.indicators)
    led = CAMPAIGN.model_copy(update={"lead": "police"}), HOME_VISITS
    return HOUSE.model_copy(update={"partners": partners, "indicators": indicators, "activities": led})


def ending(*activities: object) -> Framework:
    """The partnership with no other activities than these."""
    return HOUSE.model_copy(update={"activities": activities})


def emails(done: list[tuple[date, object]], occasion: str) -> list[tuple[date, str, str]]:
    """The emails of an occasion."""
    return [
        (day, each.email, each.recipient.code)
        for day, each in done
        if isinstance(each, Send) and each.occasion == occasion
    ]


def test_an_action_of_a_merged_partner_is_the_new_ones_and_chased_there() -> None:
    """By its contact, who may tell how it goes; the code of before opens no page."""
    action = action_set(date(2025, 7, 1), "fire", date(2025, 7, 18))
    house, facts = merged(), Facts([action])
    _, done = walk(house, days(date(2025, 7, 21), date(2025, 7, 25)), facts)

    assert (date(2025, 7, 22), "action-late", "police/contact") in emails(done, "action")
    assert {"police/contact"} == {to for _, _, to in emails(done, "action")}
    assert [True, True, False] == [
        answers_for(house, facts, "action", "D-1", each)
        for each in ("police/contact", "police/manager", "fire/contact")
    ]
    assert [action] == [each.set for each in actions_owned(house, facts, "police")]


def test_a_merged_partner_is_told_of_an_action_in_one_request_and_by_no_email_beside_it() -> None:
    """Set in September, it stands in October's request of the police."""
    facts = Facts([action_set(date(2025, 9, 4), "fire", date(2025, 11, 28))])
    _, done = walk(merged(), days(date(2025, 9, 4), date(2025, 9, 30)), facts)

    assert [] == emails(done, "action")


def test_an_answer_to_what_a_merged_partner_asked_is_told_to_the_new_one_once() -> None:
    """In October's request, and in no other."""
    answer = answered(date(2025, 8, 14), "streets", DECIDED, next(iter(asks_of(HOUSE, Facts([ASKED])))))
    facts, done = walk(merged(), days(date(2025, 9, 25), date(2025, 10, 20)), Facts([ASKED, answer]))

    assert [("police", (answer,))] == [(a.partner, a.tells) for _, a in done if isinstance(a, MakeRequest) and a.tells]
    assert () == untold_answers(merged(), facts, "police")


def test_whoever_stands_in_for_an_owner_who_is_gone_may_tell_how_it_goes() -> None:
    """An officer who left, and a partner that `config/` has no more: the first officer hears, on a page that works."""
    jo, lou = (Officer(code=code, name=code.capitalize(), email=f"{code}@somewhere.example") for code in ("jo", "lou"))
    house = HOUSE.model_copy(update={"partnership": HOUSE.partnership.model_copy(update={"officers": (jo, lou)})})
    for owner in ("officer/sam", "hospital"):
        facts = Facts([action_set(date(2025, 7, 1), owner, date(2025, 7, 18))])

        assert "officer/jo" == owner_of(house, facts, owner).code
        assert [True, False] == [
            answers_for(house, facts, "action", "D-1", f"officer/{each}") for each in ("jo", "lou")
        ]


def test_a_contact_and_a_boards_lead_who_left_hear_no_more() -> None:
    """Their successors get the email on the action, and the page after the meeting."""
    new = ContactChanged(
        partner="fire", role=Role.CONTACT, name="Nia New", email="nia@fire.example", at=at(date(2025, 7, 2)), by="jo",
        partnership="somewhere",
    )  # fmt: skip
    boards = tuple(each.model_copy(update={"lead": person("Una Upnext")}) for each in HOUSE.partnership.boards)
    house = HOUSE.model_copy(update={"partnership": HOUSE.partnership.model_copy(update={"boards": boards})})
    facts = Facts([action_set(date(2025, 7, 1), "fire", date(2025, 7, 18)), new])
    _, done = walk(house, days(date(2025, 7, 1), date(2025, 8, 5)), facts)

    heard = {each.recipient.name for _, each in done if isinstance(each, Send) and each.occasion == "action"}
    led = {each.recipient.name for _, each in done if isinstance(each, Send) and each.occasion == "after-meeting"}
    assert "Nia New" in heard and "Fay Fire" not in heard
    assert {"Una Upnext"} == led


def test_an_ask_of_an_activity_that_ended_skips_no_level() -> None:
    """`config/` has the campaign no more: the subgroup, which its quarter promised, is still asked first."""
    facts, _ = walk(HOUSE, days(date(2025, 6, 20), date(2025, 7, 4)))
    boards = [asks_of(house, facts.plus(ASKED)) for house in (HOUSE, ending(HOME_VISITS))]

    assert [("streets", "top")] * 2 == [(a.board, a.meant_for) for asks in boards for a in asks.values()]


def test_an_answer_outlives_the_activity_and_the_board_of_its_priority() -> None:
    """Passed on by the subgroup, it lies before the operational board, wherever the activity went since."""
    ask = next(iter(asks_of(HOUSE, Facts([ASKED]))))
    facts = Facts([ASKED, answered(date(2025, 8, 4), "streets", PASSED_ON, ask)])
    moved = (HOUSE.priorities[0].model_copy(update={"board": "operational"}),)

    for house in (HOUSE, ending(HOME_VISITS), HOUSE.model_copy(update={"priorities": moved})):
        (known,) = asks_of(house, facts).values()
        assert ("operational", True, (PASSED_ON,)) == (known.board, known.open, tuple(a.answer for a in known.answers))


def test_an_activity_added_in_the_middle_of_a_quarter_is_asked_about_in_the_next_and_once() -> None:
    """Haven was asked of its visits in July; what is new it is asked of in October."""
    added = HOME_VISITS.model_copy(update={"code": "drop-in", "title": "A drop-in"})
    facts, first = walk(HOUSE, days(date(2025, 6, 20), date(2025, 7, 10)))
    _, later = walk(ending(CAMPAIGN, HOME_VISITS, added), days(date(2025, 7, 11), date(2025, 10, 20)), facts)

    asked = [a.activities for _, a in (*first, *later) if isinstance(a, MakeRequest) and a.partner == "haven"]
    assert [("home-visits",), ("home-visits", "drop-in")] == asked


def test_a_meeting_that_is_moved_or_cancelled_keeps_what_lies_before_its_board() -> None:
    """The page goes after the new day alone; after none where there is none, and the ask waits for the next."""
    facts, _ = walk(HOUSE, days(date(2025, 6, 20), date(2025, 8, 8)), Facts([raised(date(2025, 7, 1))]))
    pages = []
    for meetings in ((Meeting(on=date(2025, 8, 21), considers=Q1),), ()):
        boards = tuple(
            each.model_copy(update={"meetings": meetings}) if each.code == "operational" else each
            for each in HOUSE.partnership.boards
        )
        house = HOUSE.model_copy(update={"partnership": HOUSE.partnership.model_copy(update={"boards": boards})})
        after, done = walk(house, days(date(2025, 8, 11), date(2025, 8, 29)), facts)
        (ask,) = asks_of(house, after).values()
        pages.append([day for day, _, to in emails(done, "after-meeting") if to == "operational/lead"])
        assert ("operational", True) == (ask.board, ask.open)

    assert [[date(2025, 8, 22)], []] == pages


def without(*gone: str, **reports_to: str | None) -> Framework:
    """The partnership without some boards; others report elsewhere, and one of a new code is added."""
    boards = {each.code: each for each in HOUSE.partnership.boards if each.code not in gone}
    for code, above in reports_to.items():
        board = boards.get(code, HOUSE.board["operational"].model_copy(update={"code": code}))
        boards[code] = board.model_copy(update={"reports_to": above})
    house = following()
    partnership = house.partnership.model_copy(update={"boards": tuple(boards.values())})
    return house.model_copy(update={"partnership": partnership})


def lies(house: Framework, *facts: Fact) -> tuple[str, bool, tuple[BoardAnswer, ...]]:
    """Before which board the one ask lies, whether it is open, and what was answered."""
    (ask,) = asks_of(house, Facts([raised(date(2025, 7, 1)), *facts])).values()
    return ask.board, ask.open, tuple(each.answer for each in ask.answers)


def test_an_ask_before_a_board_that_is_no_more_lies_before_the_one_in_its_place() -> None:
    """A level that is left out, or a board of another code: whoever asked reports there now, and its answer holds."""
    left_out = without("operational", streets="top")
    renamed = without("operational", streets="executive", executive="top")
    decided = answered(date(2025, 9, 4), "top", DECIDED)
    passed_on = replace(answered(date(2025, 8, 14), "executive", PASSED_ON), passed_to="top")

    assert ("top", True, ()) == lies(left_out)
    assert ("top", False, (DECIDED,)) == lies(left_out, decided)
    assert ("executive", True, ()) == lies(renamed) == lies(renamed, decided)
    assert ("top", False, (PASSED_ON, DECIDED)) == lies(renamed, passed_on, decided)


@given(
    st.sets(st.sampled_from(["streets", "operational", "top"]), max_size=2),
    st.lists(
        st.tuples(st.sampled_from(["streets", "operational", "top"]), st.sampled_from(list(BoardAnswer))), max_size=6
    ),
    st.sampled_from(["streets", "operational", "top"]),
)
def test_whatever_boards_are_left_out_an_open_ask_lies_before_one_that_there_is(
    gone: set[str], said: list[tuple[str, BoardAnswer]], first: str
) -> None:
    """None is lost, and what a board answered while it was there stays answered."""
    facts: list[Fact] = [raised(date(2025, 7, 1), board=first)]
    for number, (board, answer) in enumerate(said):  # those that could be recorded while every board was there
        if asks_of(HOUSE, Facts(facts))["A-1"].may_be_answered_by(board):
            facts.append(answered(date(2025, 8, 2 + number), board, answer))
    left = {each.code: each.reports_to for each in HOUSE.partnership.boards if each.code not in gone}
    house = without(*gone, **{code: above if above in left else None for code, above in left.items()})
    before, after = (asks_of(each, Facts(facts))["A-1"] for each in (HOUSE, house))

    assert not after.open or after.board in left
    assert before.answers == after.answers
