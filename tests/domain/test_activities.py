"""Activities are asked in the one request, chased, gapped and published by the same decision as figures are."""

from dataclasses import replace
from datetime import date

from quarterday.domain.collection.actions import (
    CloseCollection,
    MakeRequest,
    Publish,
    RecordActivityGap,
    RecordGap,
    Send,
)
from quarterday.domain.collection.binding import plan_of
from quarterday.domain.collection.differences import differences
from quarterday.domain.collection.outcome import publishing_due
from quarterday.domain.collection.standing import State, standing
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import ActivityState, Facts, ReleaseMade, RequestMade, Verdict
from quarterday.domain.framework.agreements import AgreementState
from tests.domain.activities_example import CAMPAIGN, COLLECTION, HOME_VISITS, told, with_activities
from tests.domain.conftest import framework
from tests.domain.lived import a_return, a_verdict, days, sent, walk

ASKED_ON, DUE, CLOSES = date(2025, 7, 8), date(2025, 7, 22), date(2025, 8, 1)


def request_of(facts: Facts, partner: str) -> RequestMade:
    """The one request of a partner."""
    (made,) = (each for each in facts.of(RequestMade) if each.partner == partner)
    return made


def test_a_lead_gets_one_request_for_its_figures_and_its_activities():
    """The fire service is asked for its fires and about its campaign, in one request and one email."""
    facts, done = walk(with_activities(), days(date(2025, 6, 30), ASKED_ON))

    made = [action for _, action in done if isinstance(action, MakeRequest) and action.partner == "fire"]
    assert [(("deliberate-fires",), ("campaign",))] == [(each.asked, each.activities) for each in made]
    assert 1 == len([each for each in sent(done, "fire") if each[1] == "request"])


def test_a_lead_without_figures_gets_a_request_for_its_activities_alone():
    """Haven supplies nothing, and is asked how its home visits go."""
    facts, _ = walk(with_activities(), days(date(2025, 6, 30), ASKED_ON))

    assert ((), ("home-visits",)) == (request_of(facts, "haven").asked, request_of(facts, "haven").activities)


def test_activities_need_no_agreement():
    """With the agreement under review nobody is asked for figures, and leads are asked and chased about activities."""
    (agreement,) = framework().agreements
    under_review = agreement.model_copy(update={"state": AgreementState.UNDER_REVIEW})
    house = with_activities(agreements=(under_review,))
    facts, done = walk(house, days(date(2025, 6, 30), date(2025, 7, 24)))

    assert {"fire", "haven"} == {each.partner for each in facts.of(RequestMade)}
    assert ((), ("deliberate-fires",)) == (request_of(facts, "fire").asked, request_of(facts, "fire").withheld)
    assert (date(2025, 7, 24), "chase-1") in sent(done, "fire")


def test_a_partnership_without_activities_asks_about_none():
    """Nothing of a request speaks of activities where there are none."""
    facts, _ = walk(framework(), days(date(2025, 6, 30), ASKED_ON))

    assert {()} == {each.activities for each in facts.of(RequestMade)}


def test_figures_alone_leave_the_request_open_for_its_activities():
    """All the figures have come and the campaign has no word: part received, and the rest is chased."""
    house = with_activities()
    facts, _ = walk(house, days(date(2025, 6, 30), ASKED_ON))
    fire = request_of(facts, "fire").request
    facts = facts.plus(*_accepted(fire, date(2025, 7, 10)))
    stands = standing(house, facts, request_of(facts, "fire"), date(2025, 7, 11))

    assert (State.PART, (), ("campaign",)) == (stands.state, stands.still_open, stands.open_activities)
    _, done = walk(house, days(date(2025, 7, 11), CLOSES), facts)
    assert [(date(2025, 7, 11), "receipt"), (date(2025, 7, 23), "chase")] == sent(done, "fire")


def test_a_word_on_every_activity_answers_a_lead_without_figures():
    """Haven told of its visits: nothing more is awaited, and nobody writes to it until it is thanked."""
    house = with_activities()
    facts, _ = walk(house, days(date(2025, 6, 30), ASKED_ON))
    facts = facts.plus(told(HOME_VISITS, date(2025, 7, 9)))
    stands = standing(house, facts, request_of(facts, "haven"), date(2025, 7, 9))

    assert (State.ACCEPTED, None) == (stands.state, stands.awaiting)
    _, done = walk(house, days(date(2025, 7, 9), CLOSES), facts)
    assert [] == sent(done, "haven")


def test_a_word_on_an_activity_leaves_the_figures_awaited():
    """The campaign has its word, the fires have not come: the figures are still chased."""
    house = with_activities()
    facts, _ = walk(house, days(date(2025, 6, 30), ASKED_ON))
    facts = facts.plus(told(CAMPAIGN, date(2025, 7, 9)))
    stands = standing(house, facts, request_of(facts, "fire"), date(2025, 7, 9))

    assert (State.AWAITED, ("deliberate-fires",), ()) == (stands.state, stands.still_open, stands.open_activities)
    _, done = walk(house, days(date(2025, 7, 9), date(2025, 7, 24)), facts)
    assert [(date(2025, 7, 17), "remind"), (date(2025, 7, 24), "chase-1")] == sent(done, "fire")


def test_an_activity_without_a_word_is_a_gap_at_the_close():
    """Nothing was told of either: each is recorded with why, before the collection closes, and once."""
    facts, done = walk(with_activities(), days(date(2025, 6, 30), date(2025, 8, 8)))

    kinds = [action for _, action in done if isinstance(action, RecordActivityGap | CloseCollection)]
    assert ["campaign", "home-visits"] == [each.activity for each in kinds[:-1]]
    assert {"no word on it had come when the collection closed"} == {each.why for each in kinds[:-1]}


def test_a_lead_that_cannot_say_has_answered_and_the_gap_says_so():
    """Nobody chases it any more; at the close the gap is told with why, in no words of the lead's."""
    house = with_activities()
    facts, _ = walk(house, days(date(2025, 6, 30), ASKED_ON))
    facts = facts.plus(told(HOME_VISITS, date(2025, 7, 9), ActivityState.CANNOT_SAY, in_the_way="Nobody counts."))
    stands = standing(house, facts, request_of(facts, "haven"), date(2025, 7, 9))
    _, done = walk(house, days(date(2025, 7, 9), date(2025, 8, 8)), facts)

    assert ((), None) == (stands.open_activities, stands.awaiting)
    assert "chaser-1" not in {
        action.email for _, action in done if isinstance(action, Send) and action.partner == "haven"
    }
    assert ["its lead cannot say this time how it stands"] == [
        each.why for _, each in done if isinstance(each, RecordActivityGap) and each.activity == "home-visits"
    ]


def test_figures_that_did_not_come_with_the_activities_are_a_gap_that_says_so():
    """The campaign was told of in a workbook without figures; nobody writes that no answer had come, or a part."""
    house = with_activities()
    facts, _ = walk(house, days(date(2025, 6, 30), ASKED_ON))
    received = a_return(request_of(facts, "fire").request, date(2025, 7, 10))
    word = told(CAMPAIGN, date(2025, 7, 10), partner_return=received.partner_return)
    facts = Facts([*facts, received, word, a_verdict(received, Verdict.ACCEPTED, answered=())])
    _, done = walk(house, days(date(2025, 7, 11), date(2025, 8, 8)), facts)

    (gap,) = (action for _, action in done if isinstance(action, RecordGap) and action.partner == "fire")
    assert "the supplier has told of its activities; no figures had come when the collection closed" == gap.why
    emails = [action.email for _, action in done if isinstance(action, Send) and action.partner == "fire"]
    assert ["receipt", "chaser-rest"] == emails


def test_what_was_told_to_be_done_is_asked_no_more():
    """Done in the quarter before, the visits are not asked about again; Haven then has nothing to answer."""
    before = told(HOME_VISITS, date(2025, 5, 2), ActivityState.DONE, collection="somewhere.2024-25-q4")
    facts, _ = walk(with_activities(), days(date(2025, 6, 30), ASKED_ON), Facts([before]))

    assert ["fire", "police"] == sorted(each.partner for each in facts.of(RequestMade))


def test_a_word_told_after_publication_leads_to_a_revision():
    """A late word is read in the next version, as a late return is."""
    house = with_activities()
    facts, done = walk(house, days(date(2025, 6, 30), date(2025, 8, 8)))
    (release,) = (action for _, action in done if isinstance(action, Publish))
    facts = facts.plus(told(HOME_VISITS, date(2025, 8, 11)))
    collection = CollectionToday(house, facts, plan_of(house, facts, COLLECTION), date(2025, 8, 11))

    assert [(release.version + 1)] == [each.version for each in publishing_due(collection) if isinstance(each, Publish)]


def test_a_lead_is_thanked_once_its_words_are_published():
    """Haven sent no figure, and hears what its word was used for."""
    house = with_activities()
    facts, _ = walk(house, days(date(2025, 6, 30), ASKED_ON))
    facts = facts.plus(told(HOME_VISITS, date(2025, 7, 9)))
    facts, _ = walk(house, days(date(2025, 7, 9), date(2025, 8, 7)), facts)
    made = replace(facts.of(ReleaseMade)[0], returns=("W-home-visits-250709",))
    facts = Facts([*(each for each in facts if not isinstance(each, ReleaseMade)), made])
    collection = CollectionToday(house, facts, plan_of(house, facts, COLLECTION), date(2025, 8, 7))

    assert ["haven"] == [
        each.partner for each in publishing_due(collection) if isinstance(each, Send) and each.occasion == "thank-you"
    ]


def test_an_open_quarter_keeps_the_dates_of_its_activities():
    """The end was moved in config/ while the quarter runs: it is told, and holds here once an officer adopts it."""
    house = with_activities()
    facts, _ = walk(house, days(date(2025, 6, 30), ASKED_ON))
    longer = with_activities(CAMPAIGN.model_copy(update={"ends": date(2026, 6, 30)}), HOME_VISITS)

    (difference,) = differences(longer, facts, ASKED_ON)
    assert "activity campaign" == difference.part
    assert "What config/ says of the activity “A campaign” differs: ends." == difference.differs
    assert [] == differences(house, facts, ASKED_ON)


def test_who_leads_by_role_is_todays_word():
    """The role of who answers is no promise: that it changed is no difference, and the quarter shows today's."""
    house = with_activities()
    facts, _ = walk(house, days(date(2025, 6, 30), ASKED_ON))
    renamed = with_activities(CAMPAIGN.model_copy(update={"person": "Communications lead"}), HOME_VISITS)

    assert [] == differences(renamed, facts, ASKED_ON)
    assert (
        "Communications lead"
        == CollectionToday(renamed, facts, plan_of(renamed, facts, COLLECTION), ASKED_ON)
        .framework.activity["campaign"]
        .person
    )


def _accepted(request: str, day: date) -> tuple:
    received = a_return(request, day)
    return received, a_verdict(received, Verdict.ACCEPTED, answered=("deliberate-fires",))
