"""Releases: when the next may pass, who approves it, and what follows when one is withdrawn."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.collection.actions import Publish, Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.releases import needs_approval, newest_releases
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.collection.verdicts import accepted_in
from quarterday.domain.facts import (
    READ_AGAIN,
    Facts,
    GapRecorded,
    MessageSettled,
    Outcome,
    ReleaseMade,
    ReturnReceived,
    Step,
)
from quarterday.domain.rulings.release_rulings import approve_release, plan_of_quarter, withdraw_release
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.telling.sentences.names import Names
from tests.domain.conftest import framework
from tests.domain.lived import WHO, a_return, a_verdict, at, days, walk

COLLECTION = "somewhere.2025-26-q1"
FIRE = f"{COLLECTION}.fire"
PUBLISH_ON = date(2025, 8, 5)  # the board meets on the 14th: papers leave on the 6th


@pytest.fixture(scope="module")
def careful():
    """A partnership whose officers approve each release."""
    usual = framework().partnership
    return framework(partnership=usual.model_copy(update={"releases": "approval"}))


def ruling(day: date = PUBLISH_ON, hour: int = 10) -> Ruling:
    """Jo decides."""
    return Ruling("jo", "looked through it", at(day, hour))


def until_published(rules, *more) -> Facts:
    """All that is done up to the day before the release, the fire service having answered in July."""
    received = a_return(FIRE, date(2025, 7, 15))
    facts = walk(rules, days(date(2025, 6, 23), date(2025, 7, 14)))[0].plus(received, a_verdict(received, "accepted"))
    return walk(rules, days(date(2025, 7, 15), date(2025, 8, 4)), facts.plus(*more))[0]


def publishes(rules, facts: Facts, day: date = PUBLISH_ON) -> list[int]:
    """The versions that are due."""
    return [each.version for each in what_is_due(rules, facts, day) if isinstance(each, Publish)]


def made(facts: Facts, version: int, day: date = PUBLISH_ON, changed: tuple[str, ...] | None = None) -> ReleaseMade:
    """A version of what is accepted."""
    returns = tuple(each.partner_return for each in facts if type(each).__name__ == "ReturnReceived")
    return ReleaseMade(
        collection=COLLECTION,
        version=version,
        kind="provisional",
        folder="",
        manifest_sha256="",
        returns=returns,
        changed=changed,
        at=at(day, 9),
        **WHO,
    )


def test_the_timetable_is_the_one_these_tests_speak_of(small):
    """Published the day before the papers leave."""
    assert PUBLISH_ON == plan_of_quarter(small, Facts(), "2025-26 Q1").publish_on


def test_a_release_passes_by_itself_where_nothing_critical_is_open(small):
    """On its day and not before."""
    facts = until_published(small)

    assert [] == publishes(small, facts, date(2025, 8, 4))
    assert [1] == publishes(small, facts)


def test_a_return_that_was_read_again_makes_a_release_anew_once(small):
    """Its classes were placed after the release: its figures stand elsewhere now."""
    facts = until_published(small)
    (received,) = facts.about(FIRE, ReturnReceived)
    again = replace(a_verdict(received, "accepted"), overrides=READ_AGAIN, at=at(PUBLISH_ON, 12))
    then = facts.plus(made(facts, 1), again)
    day = date(2025, 8, 6)

    assert [] == publishes(small, facts.plus(made(facts, 1)), day)
    assert [2] == publishes(small, then, day)
    second = replace(made(facts, 2, day), returns=accepted_in(then, COLLECTION))
    assert [] == publishes(small, then.plus(second), day)
    assert "1 return" == Names(small, then).made_from(second)


def test_a_return_that_is_being_checked_holds_the_release_up(small):
    """Its figures would be neither in nor told as missing."""
    facts = until_published(small).plus(a_return(f"{COLLECTION}.police", date(2025, 8, 4)))

    assert [] == publishes(small, facts)
    assert ("the return of Police is still being checked",) == needs_approval(
        CollectionToday(small, facts, plan_of_quarter(small, facts, "2025-26 Q1"), PUBLISH_ON)
    )


def test_a_return_sent_back_holds_the_release_up_until_its_gap_is_recorded(small):
    """The close records the gap; before that an officer would have to say so."""
    received = a_return(f"{COLLECTION}.police", date(2025, 7, 31))
    facts = until_published(small, received, a_verdict(received, "queried"))
    without = Facts(each for each in facts if not isinstance(each, GapRecorded))

    assert [1] == publishes(small, facts)
    assert [] == publishes(small, without)


def test_an_officer_may_let_a_release_pass_with_something_open(small):
    """The officer's word stands above the rule."""
    facts = until_published(small).plus(a_return(f"{COLLECTION}.police", date(2025, 8, 4)))
    plan = plan_of_quarter(small, facts, "2025-26 Q1")

    assert [1] == publishes(small, facts.plus(approve_release(small, facts, plan, ruling(), version=None)))


def test_without_an_approval_nothing_is_published_where_the_rule_wants_one(careful):
    """And with one it is published on its day, not at once."""
    facts = until_published(careful)
    plan = plan_of_quarter(careful, facts, "2025-26 Q1")
    early = approve_release(careful, facts, plan, ruling(date(2025, 8, 4)), version=1)

    assert [] == publishes(careful, facts)
    assert [] == publishes(careful, facts.plus(early), date(2025, 8, 4))
    assert [1] == publishes(careful, facts.plus(early))


def test_an_approval_counts_for_the_returns_it_was_given_for(careful):
    """What came in between has been seen by nobody."""
    facts = until_published(careful)
    plan = plan_of_quarter(careful, facts, "2025-26 Q1")
    late = a_return(f"{COLLECTION}.police", date(2025, 8, 4))
    then = facts.plus(
        approve_release(careful, facts, plan, ruling(date(2025, 8, 4), 8), version=1), late, a_verdict(late, "accepted")
    )

    assert [] == publishes(careful, then)
    assert [1] == publishes(careful, then.plus(approve_release(careful, then, plan, ruling(), version=1)))


def test_approving_twice_is_refused_naming_the_first(careful):
    """So is a version that is not the next."""
    facts = until_published(careful)
    plan = plan_of_quarter(careful, facts, "2025-26 Q1")
    once = facts.plus(approve_release(careful, facts, plan, ruling(), version=1))

    with pytest.raises(RulingRefusedError, match="jo has already approved version 1 on 5 August 2025"):
        approve_release(careful, once, plan, ruling(), version=1)
    with pytest.raises(RulingRefusedError, match="the next one is 1"):
        approve_release(careful, facts, plan, ruling(), version=2)


def test_a_published_version_cannot_be_approved_after(small):
    """And there is no next one while nothing new was accepted."""
    facts = until_published(small)
    facts = facts.plus(made(facts, 1))
    plan = plan_of_quarter(small, facts, "2025-26 Q1")

    with pytest.raises(RulingRefusedError, match="published on 5 August 2025"):
        approve_release(small, facts, plan, ruling(), version=1)
    with pytest.raises(RulingRefusedError, match="no version 2 to approve"):
        approve_release(small, facts, plan, ruling(), version=None)


def test_a_late_return_of_which_nothing_could_be_used_makes_no_version(small):
    """It came on 20 August, when its agreement had ended; one with a figure on the 21st makes the next version."""
    facts = until_published(small)
    facts = facts.plus(made(facts, 1))
    late, better = (a_return(FIRE, date(2025, 8, day)) for day in (20, 21))
    facts = facts.plus(late, a_verdict(late, "accepted with caveats", answered=()))

    assert [] == publishes(small, facts, date(2025, 8, 21))
    assert [2] == publishes(small, facts.plus(better, a_verdict(better, "accepted")), date(2025, 8, 22))


def test_what_a_version_was_made_from_stays_part_of_the_next_though_nothing_of_it_was_used(small):
    """So that the same figures are not published once more, where an earlier quarterday had counted such a return."""
    late, facts = a_return(FIRE, date(2025, 8, 4)), until_published(small)
    facts = facts.plus(late, a_verdict(late, "accepted with caveats", answered=()))

    assert [] == publishes(small, facts.plus(made(facts, 1)), date(2025, 8, 21))


def test_a_withdrawn_release_is_not_read_nor_told_of_and_the_next_waits_for_an_officer(small):
    """Nobody gets a link to it; the machinery does not publish the same again by itself."""
    facts = until_published(small)
    facts = facts.plus(made(facts, 1))
    plan = plan_of_quarter(small, facts, "2025-26 Q1")
    gone = facts.plus(withdraw_release(small, facts, plan, ruling(), version=1))
    told = [each for each in what_is_due(small, gone, date(2025, 8, 6)) if isinstance(each, Send)]
    again = gone.plus(approve_release(small, gone, plan, ruling(hour=11), version=2))

    assert {COLLECTION: 1} == {code: each.version for code, each in newest_releases(facts).items()}
    assert {} == newest_releases(gone)
    assert [] == [each.occasion for each in told if each.occasion in ("thank-you", "pack-ready")]
    assert [] == publishes(small, gone, date(2025, 8, 6))
    assert [2] == publishes(small, again, date(2025, 8, 6))


def test_boards_that_had_a_version_hear_once_that_it_was_withdrawn(small):
    """The board was told of version 1 on the 5th; it is withdrawn that afternoon: one email on the 6th, none after."""
    facts = until_published(small).plus(made(until_published(small), 1))
    facts, _ = walk(small, [date(2025, 8, 5)], facts)
    plan = plan_of_quarter(small, facts, "2025-26 Q1")
    words = Ruling("jo", "a slip", at(date(2025, 8, 5), 15), "Ward figures were mixed up.")
    gone = facts.plus(withdraw_release(small, facts, plan, words, version=1))
    _, done = walk(small, [date(2025, 8, 6), date(2025, 8, 7)], gone)
    told = [(day, each.recipient.code) for day, each in done if getattr(each, "occasion", "") == "pack-withdrawn"]

    assert [(date(2025, 8, 6), "board/lead")] == told


def told_of(rules, facts: Facts, day: date) -> list[str]:
    """The packs of which a board would hear that they are ready."""
    due = [each for each in what_is_due(rules, facts, day) if isinstance(each, Send) and each.occasion == "pack-ready"]
    return [each.about for each in due]


@pytest.mark.parametrize(
    ("changed", "told"),
    [((), []), (("another/1",), []), (("board/1",), [f"{COLLECTION}|v2"]), (None, [f"{COLLECTION}|v2"])],
)
def test_a_board_hears_of_a_revision_where_its_own_figures_changed(small, changed, told):
    """Of what was made before anybody kept whose figures changed, every board hears."""
    facts, _ = walk(small, [date(2025, 8, 5)], until_published(small).plus(made(until_published(small), 1)))
    later = facts.plus(made(facts, 2, date(2025, 8, 7), changed))

    assert told == told_of(small, later, date(2025, 8, 7))


def test_a_version_is_held_against_the_last_that_the_board_was_told_of(small):
    """Version 2 changed its figures and was followed by version 3 before anybody was told: of version 3 it hears."""
    facts, _ = walk(small, [date(2025, 8, 5)], until_published(small).plus(made(until_published(small), 1)))
    second = made(facts, 2, date(2025, 8, 7), ("board/1",))
    third = made(facts, 3, date(2025, 8, 7), ("board/1",))

    assert [f"{COLLECTION}|v3"] == told_of(small, facts.plus(second, third), date(2025, 8, 7))


def test_a_board_whose_email_came_back_hears_of_the_next_version_though_nothing_changed(small):
    """It was never told of the first."""
    facts, done = walk(small, [date(2025, 8, 5)], until_published(small).plus(made(until_published(small), 1)))
    (sent_first,) = (each.key for _, each in done if getattr(each, "occasion", "") == "pack-ready")
    bounced = MessageSettled(
        message=sent_first, outcome=Outcome.BOUNCED, step=Step.REPORTED, at=at(date(2025, 8, 6)), **WHO
    )
    later = facts.plus(bounced, made(facts, 2, date(2025, 8, 7), ()))

    assert [f"{COLLECTION}|v2"] == told_of(small, later, date(2025, 8, 7))


def test_what_follows_a_withdrawn_version_is_told_to_whoever_has_none(small):
    """Version 1 was taken back: of version 2 its board hears, though no figure of it changed."""
    facts, _ = walk(small, [date(2025, 8, 5)], until_published(small).plus(made(until_published(small), 1)))
    plan = plan_of_quarter(small, facts, "2025-26 Q1")
    gone = facts.plus(withdraw_release(small, facts, plan, ruling(date(2025, 8, 6)), version=1))

    assert [f"{COLLECTION}|v2"] == told_of(small, gone.plus(made(facts, 2, date(2025, 8, 7), ())), date(2025, 8, 7))


def test_the_version_before_stands_again(small):
    """Readers get version 1 when version 2 is withdrawn."""
    facts = until_published(small)
    facts = facts.plus(made(facts, 1), made(facts, 2, date(2025, 8, 7)))
    plan = plan_of_quarter(small, facts, "2025-26 Q1")
    facts = facts.plus(withdraw_release(small, facts, plan, ruling(date(2025, 8, 8)), version=2))

    assert 1 == newest_releases(facts)[COLLECTION].version


def test_withdrawing_twice_or_what_was_never_published_is_refused(small):
    """Each in a sentence that names what stands."""
    facts = until_published(small)
    plan = plan_of_quarter(small, facts, "2025-26 Q1")
    with pytest.raises(RulingRefusedError, match="Nothing has been published"):
        withdraw_release(small, facts, plan, ruling(), version=1)
    facts = facts.plus(made(facts, 1))
    facts = facts.plus(withdraw_release(small, facts, plan, ruling(), version=1))

    with pytest.raises(RulingRefusedError, match="jo has already withdrawn version 1"):
        withdraw_release(small, facts, plan, ruling(), version=1)
    with pytest.raises(RulingRefusedError, match="no published version 3"):
        withdraw_release(small, facts, plan, ruling(), version=3)


def test_two_pairs_of_eyes_where_the_partnership_wants_them(small):
    """Whoever handed in for a partner, or took its return with caveats, does not approve the release of it."""
    two = framework(partnership=small.partnership.model_copy(update={"second_pair_of_eyes": True}))
    facts = until_published(small)
    by_jo = replace(a_return(f"{COLLECTION}.police", date(2025, 7, 31)), by="jo")
    queried = a_return(f"{COLLECTION}.police", date(2025, 7, 31))
    by_decision = replace(a_verdict(queried, "accepted with caveats"), overrides="jo")
    plan = plan_of_quarter(small, facts, "2025-26 Q1")

    assert approve_release(two, facts, plan, ruling(), version=None)
    assert approve_release(small, facts.plus(by_jo), plan, ruling(), version=None)
    with pytest.raises(RulingRefusedError, match="You handed in for Police yourself"):
        approve_release(two, facts.plus(by_jo), plan, ruling(), version=None)
    with pytest.raises(RulingRefusedError, match="You accepted the return of Police yourself"):
        approve_release(two, facts.plus(queried, by_decision), plan, ruling(), version=None)
