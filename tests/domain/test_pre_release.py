"""Access before publication: by name, at most 24 hours before, once, and over when the version is public or held."""

from datetime import date, timedelta

import pytest

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.pre_release import ends, has_list, reader_now
from quarterday.domain.facts import MessageReserved, PreReleaseGiven, ReleaseHeld
from quarterday.domain.framework.partners import EarlyReader, PreRelease
from quarterday.domain.rulings.persons import erase_person
from quarterday.domain.rulings.pre_release_rulings import give_pre_release
from quarterday.domain.rulings.release_rulings import plan_of_quarter
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.domain.conftest import framework
from tests.domain.lived import WHO, at, facts_of
from tests.domain.test_releases import COLLECTION, made, until_published

CHAIR = EarlyReader(code="chair", name="Cleo Chair", post="Chair, Somewhere Council", email="cleo@somewhere.example")
CHIEF = EarlyReader(code="chief", name="Chi Chief", post="Chief Executive", email="chi@somewhere.example")
EVE = date(2025, 8, 4)  # a Monday; the version is public on the 5th at 10:00 in London, 9:00 in UTC


@pytest.fixture(scope="module")
def rules():
    """A partnership that lets two people look a day before."""
    access = PreRelease(hours=24, release_hour=10, readers=(CHAIR, CHIEF))
    return framework(partnership=framework().partnership.model_copy(update={"pre_release": access}))


@pytest.fixture(scope="module")
def facts(rules):
    """All that is done up to the day before the release."""
    return until_published(rules)


def given(rules, facts, hour: int = 9, day: date = EVE, *readers: str) -> list[PreReleaseGiven]:
    """Jo gives access, at an hour in UTC."""
    plan = plan_of_quarter(rules, facts, "2025-26 Q1")
    ruling = Ruling("jo", "the chair opens the meeting", at(day, hour))
    return give_pre_release(rules, facts, plan, ruling, readers=readers or ("chair",))


def links(rules, facts, day: date = EVE) -> list[Send]:
    """The emails to early readers that are due."""
    due = what_is_due(rules, facts, day)
    return [each for each in due if isinstance(each, Send) and each.email == "pre-release"]


def test_access_is_given_at_most_the_hours_before(rules, facts):
    """A minute too early is told with the hour from which it may be; from then on name and post are on record."""
    with pytest.raises(RulingRefusedError, match=r"too early.*Monday 4 August 2025 at 10:00"):
        given(rules, facts, 8)

    (fact,) = given(rules, facts, 9)
    assert ("chair", "Cleo Chair", "Chair, Somewhere Council", 1) == (fact.reader, fact.name, fact.post, fact.version)
    assert at(date(2025, 8, 5), 9) == ends(rules.partnership.pre_release, fact)


def test_once_a_version_is_late_the_hours_count_back_from_the_next_run(rules, facts):
    """After ten on the day of publication that is the next working day's."""
    (fact,) = given(rules, facts, 11, date(2025, 8, 5))
    assert "chair" == fact.reader
    with pytest.raises(RulingRefusedError, match=r"too early.*Sunday 10 August 2025 at 10:00"):
        given(rules, facts, 11, date(2025, 8, 8))  # a Friday


def test_each_gets_one_link_by_email_and_no_second(rules, facts):
    """Also on a day on which nobody works; a booking that is there is not made again."""
    now = facts.plus(*given(rules, facts, 9, EVE, "chair", "chief"))
    due = links(rules, now)
    assert ["pre-release/chair", "pre-release/chief"] == [each.recipient.code for each in due]
    assert [] == links(rules, now.plus(*(facts_of(each, EVE) for each in due)))
    with pytest.raises(RulingRefusedError, match="it is given once"):
        given(rules, now, 9)

    sunday = facts.plus(*given(rules, facts, 10, date(2025, 8, 10)))  # late by some days
    assert 1 == len(links(rules, sunday, date(2025, 8, 10)))
    assert [] == links(rules, sunday, date(2025, 8, 12))


def test_access_is_over_once_the_version_is_public_or_held_or_the_reader_named_no_more(rules, facts):
    """And no email goes then."""
    (fact,) = given(rules, facts)
    now = facts.plus(fact)
    public = now.plus(made(now, 1))
    held = now.plus(ReleaseHeld(collection=COLLECTION, version=1, at=fact.at + timedelta(hours=1), **WHO))

    assert CHAIR == reader_now(rules, now, fact)
    for over in (public, held):
        assert None is reader_now(rules, over, fact)
        assert [] == links(rules, over)
    assert None is reader_now(framework(), now, fact)
    with pytest.raises(RulingRefusedError, match="is held back"):
        given(rules, held, 11, EVE, "chief")


def test_where_config_names_nobody_there_is_nothing_of_it(facts):
    """No access, no email, no list."""
    with pytest.raises(RulingRefusedError, match="names nobody"):
        given(framework(), facts)
    assert not has_list(framework(), facts, COLLECTION, 1)
    assert not [each for each in facts.of(MessageReserved) if each.email == "pre-release"]


def test_only_who_is_named_gets_access_and_by_who_releases(rules, facts):
    """A code that nobody has is answered with those that there are."""
    with pytest.raises(RulingRefusedError, match=r"Who may: chair, chief\."):
        given(rules, facts, 9, EVE, "mayor")


def test_more_than_a_day_is_no_configuration():
    """The Order's limit."""
    with pytest.raises(ValueError, match="24"):
        PreRelease(hours=25, readers=(CHAIR,))


def test_a_person_is_taken_out_of_the_list_by_a_ruling(rules, facts):
    """The post and the hour stay."""
    now = facts.plus(*given(rules, facts))
    assert [("pre_release_given", f"{COLLECTION}|v1|chair")] == [
        (each.table, each.fact)
        for each in erase_person(rules, now, Ruling("jo", "she asked for it", at(EVE, 11)), "cleo chair")
    ]
