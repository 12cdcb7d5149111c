"""Red, amber or green by a rule in the open, which a lead's word can only make worse and an officer may overrule."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.activities.answering import Answer, problems_of
from quarterday.domain.activities.rating import ALL_MET, proposed_rating, rating, silent_quarters
from quarterday.domain.activities.told import open_activities, told_for
from quarterday.domain.facts import ActivityRuled, ActivityState, CollectionOpened, Facts, Rag, RequestMade
from quarterday.domain.rulings.activity_rulings import give_up_activity
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.domain.activities_example import CAMPAIGN, COLLECTION, HOME_VISITS, told, with_activities

TODAY = date(2025, 8, 6)
WHO = {"at": datetime(2025, 8, 6, 9, tzinfo=UTC), "by": "jo", "partnership": "somewhere"}


def test_a_milestone_past_is_not_green():
    """The lead says on course; the plan was to be agreed in May and nobody says that it was: amber, with why."""
    found = proposed_rating(CAMPAIGN, (told(CAMPAIGN, date(2025, 7, 9)),), 0, TODAY)

    assert Rag.AMBER is found.rag
    assert ("Its milestone “Plan agreed” was to be met by 30 May 2025.",) == found.why


def test_a_milestone_is_met_once_the_lead_names_the_next():
    """“Posters up” comes next, so the plan was agreed: green."""
    found = proposed_rating(CAMPAIGN, (told(CAMPAIGN, date(2025, 7, 9), next_milestone="posters up"),), 0, TODAY)

    assert Rag.GREEN is found.rag


def test_a_milestone_of_the_leads_own_naming_meets_none_of_the_plan():
    """Words of one's own do not make a milestone of the plan met."""
    found = proposed_rating(CAMPAIGN, (told(CAMPAIGN, date(2025, 7, 9), next_milestone="Launch party"),), 0, TODAY)

    assert Rag.AMBER is found.rag


def test_a_day_that_the_lead_moves_is_told():
    """“Posters up” was planned for 25 November: moved to 12 December, then to 30 January; said again, it is no news."""
    first = told(CAMPAIGN, date(2025, 7, 9), next_milestone="Posters up", next_on=date(2025, 12, 12))
    second = told(CAMPAIGN, date(2025, 10, 9), next_milestone="Posters up", next_on=date(2026, 1, 30))

    assert (
        "Its lead moved “Posters up” from 25 November 2025 to 12 December 2025."
        == (proposed_rating(CAMPAIGN, (first,), 0, TODAY).why[-1])
    )
    assert (
        "Its lead moved “Posters up” from 12 December 2025 to 30 January 2026."
        == (proposed_rating(CAMPAIGN, (first, second), 0, TODAY).why[-1])
    )
    assert not any("moved" in each for each in proposed_rating(CAMPAIGN, (second, second), 0, TODAY).why)


def test_all_milestones_met_is_green_until_the_end_has_passed():
    """After its end an activity that is not done is red, whatever its milestones."""
    words = (told(CAMPAIGN, date(2025, 7, 9), next_milestone=ALL_MET),)

    assert Rag.GREEN is proposed_rating(CAMPAIGN, words, 0, date(2026, 3, 31)).rag
    assert Rag.RED is proposed_rating(CAMPAIGN, words, 0, date(2026, 4, 1)).rag


def test_silence_of_two_quarters_is_not_green():
    """Asked in two quarters and not heard: amber, though no date has passed."""
    assert Rag.GREEN is proposed_rating(HOME_VISITS, (), 1, TODAY).rag
    assert Rag.AMBER is proposed_rating(HOME_VISITS, (), 2, TODAY).rag


def test_quarters_of_silence_are_those_in_a_row_up_to_now():
    """Heard in the first of three quarters, then not: two."""
    facts = Facts([*_quarters(3), told(HOME_VISITS, date(2025, 4, 9), collection="somewhere.q0")])

    assert 2 == silent_quarters(facts, HOME_VISITS, "somewhere.q2")
    assert 0 == silent_quarters(facts, HOME_VISITS, "somewhere.q0")


def test_a_leads_late_is_red_and_at_risk_is_amber():
    """What the lead says makes it worse than the dates do."""
    late = told(HOME_VISITS, date(2025, 7, 9), ActivityState.LATE)
    risk = told(HOME_VISITS, date(2025, 7, 9), ActivityState.AT_RISK)

    assert Rag.RED is proposed_rating(HOME_VISITS, (late,), 0, TODAY).rag
    assert Rag.AMBER is proposed_rating(HOME_VISITS, (risk,), 0, TODAY).rag


@given(
    day=st.dates(date(2025, 4, 1), date(2027, 3, 31)),
    state=st.sampled_from(
        [ActivityState.NOT_BEGUN, ActivityState.ON_COURSE, ActivityState.AT_RISK, ActivityState.LATE]
    ),
    silent=st.integers(0, 4),
)
def test_a_leads_state_never_makes_it_better(day, state, silent):
    """Whatever state a lead tells, short of done or stopped, the activity is no better than the dates alone make it."""
    order = [Rag.GREEN, Rag.AMBER, Rag.RED]
    alone = proposed_rating(CAMPAIGN, (), silent, day).rag
    said = proposed_rating(CAMPAIGN, (told(CAMPAIGN, date(2025, 7, 9), state),), silent, day).rag

    assert order.index(said) >= order.index(alone)


def test_an_officer_overrules_with_a_reason_and_the_rule_is_still_told():
    """The officer knows that the plan was agreed: green, and both reasons stand."""
    ruling = ActivityRuled(
        collection=COLLECTION, activity="campaign", rag=Rag.GREEN, for_readers="It was agreed in May.", **WHO
    )
    facts = Facts([*_quarters(1, COLLECTION), told(CAMPAIGN, date(2025, 7, 9)), ruling])
    found = rating(facts, CAMPAIGN, COLLECTION, TODAY)

    assert (Rag.GREEN, Rag.AMBER, True) == (found.rag, found.proposed, found.ruled)
    assert found.why[0] == "The partnership’s officers see it otherwise than the rule (amber): It was agreed in May."
    assert "Its milestone “Plan agreed” was to be met by 30 May 2025." in found.why


def test_a_ruling_holds_for_its_quarter_alone():
    """In the next quarter the rule speaks again."""
    ruling = ActivityRuled(
        collection="somewhere.q0", activity="campaign", rag=Rag.GREEN, for_readers="It was agreed.", **WHO
    )
    facts = Facts([*_quarters(2), ruling])

    assert Rag.AMBER is rating(facts, CAMPAIGN, "somewhere.q1", TODAY).rag


def test_what_is_late_needs_a_reason_once():
    """Late: say what is in the way. Said last time of the same state, it need not be said again."""
    house = with_activities()
    answer = Answer("campaign", state="late")
    before = told(CAMPAIGN, date(2025, 5, 9), ActivityState.LATE, in_the_way="The printer closed.")

    assert ["It is late: say in a sentence what is in the way, or why."] == [
        each.sentence for each in problems_of(house, CAMPAIGN, answer, None, TODAY)
    ]
    assert () == problems_of(house, CAMPAIGN, answer, before, TODAY)


def test_an_answer_names_a_state_of_the_list_and_a_board_that_there_is():
    """Whatever is not on the lists is told with what is."""
    answer = Answer("campaign", state="fine", asks="Money", asks_board="the king")
    found = {each.field: each.sentence for each in problems_of(with_activities(), CAMPAIGN, answer, None, TODAY)}

    assert found["state"] == (
        "“fine” is none of the states. Choose one: not begun, on course, at risk, late, done, stopped, cannot say."
    )
    assert "Say which board this is asked of: The Board." == found["asks_board"]


def test_whoever_cannot_say_says_why_each_time():
    """Last time's reason is no reason now: nobody reads it beside an empty answer."""
    before = told(CAMPAIGN, date(2025, 5, 9), ActivityState.CANNOT_SAY, in_the_way="Its lead has left.")
    answers = Answer("campaign", state="cannot say"), Answer("campaign", state="Cannot say", in_the_way="He left.")

    assert [("Say in a sentence why nothing can be told of it this time.",), ()] == [
        tuple(each.sentence for each in problems_of(with_activities(), CAMPAIGN, answer, before, TODAY))
        for answer in answers
    ]


def test_an_answer_that_nothing_can_be_said_leaves_it_as_it_stood():
    """The word before still holds, and two quarters of it are two without a word."""
    before = told(CAMPAIGN, date(2025, 5, 9), ActivityState.LATE, in_the_way="No printer.", collection="somewhere.q0")
    cannot = [
        told(CAMPAIGN, day, ActivityState.CANNOT_SAY, collection=f"somewhere.q{n}", request=f"somewhere.q{n}.fire")
        for n, day in ((1, date(2025, 8, 9)), (2, date(2025, 11, 9)))
    ]
    facts = Facts([*_quarters(3), before, *cannot])
    found = rating(facts, CAMPAIGN, "somewhere.q2", date(2025, 5, 10))

    assert Rag.RED is found.rag
    assert "Nothing has been told of it for 2 quarters." in found.why


def test_on_course_needs_nothing_beside_it():
    """Only what is new needs an answer."""
    assert () == problems_of(with_activities(), CAMPAIGN, Answer("campaign", state="On course"), None, TODAY)


def _quarters(count: int, name: str = "") -> list[CollectionOpened | RequestMade]:
    """Collections in which both leads were asked about their activities."""
    found: list[CollectionOpened | RequestMade] = []
    for number in range(count):
        collection, start = name or f"somewhere.q{number}", date(2025, 1, 1) + timedelta(days=91 * number)
        found.append(
            CollectionOpened(collection=collection, period_start=start, period_end=start + timedelta(days=90), **WHO)
        )
        for activity in (CAMPAIGN, HOME_VISITS):
            found.append(
                RequestMade(
                    collection=collection, request=f"{collection}.{activity.lead}", partner=activity.lead, asked=(),
                    withheld=(), due=TODAY, closes=TODAY, activities=(activity.code,), **WHO,
                )
            )  # fmt: skip
    return found


def test_an_officer_awaits_no_word_and_nobody_is_chased_for_it():
    """Of two activities one is given up: the other is still open; a word that comes all the same counts."""
    request = RequestMade(
        collection=COLLECTION, request=f"{COLLECTION}.haven", partner="haven", due=date(2025, 7, 15),
        closes=date(2025, 8, 1), asked=(), withheld=(), activities=("home-visits",), **WHO,
    )  # fmt: skip
    house, ruling = with_activities(), Ruling("jo", "The post is vacant.", WHO["at"])
    gap = give_up_activity(
        house, Facts([request]), COLLECTION, ruling, activity="home-visits", expected=date(2025, 10, 1)
    )
    word = told(HOME_VISITS, date(2025, 7, 20))

    assert ("home-visits",) == open_activities(Facts([request]), request)
    assert () == open_activities(Facts([request, gap]), request)
    assert {"home-visits": word} == told_for(Facts([request, gap, word]), request)
    with pytest.raises(RulingRefusedError, match="Its lead told of it on 20 July 2025"):
        give_up_activity(house, Facts([request, word]), COLLECTION, ruling, activity="home-visits", expected=None)
    with pytest.raises(RulingRefusedError, match="not asked about"):
        give_up_activity(house, Facts([request]), COLLECTION, ruling, activity="campaign", expected=None)
