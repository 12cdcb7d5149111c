"""The officers' page of activities: how each stands and why, and a ruling with a reason that readers are told."""

from datetime import date

import pytest

from quarterday.domain.facts import ActivityGap, ActivityRuled, ActivityState, ActivityTold, Rag, WordsRead
from tests.domain.activities_example import CAMPAIGN, told
from tests.web.conftest import COLLECTION, Office, an_office
from tests.web.officers.conftest import LOU, OfficerAtWork

PAGE = f"/officers/activities/{COLLECTION}"


@pytest.fixture
def leads(tmp_path) -> Office:
    """The office of a partnership whose fire service leads a campaign and told of it."""
    office = an_office(tmp_path, activities=(CAMPAIGN,))
    office.installation.register.append(
        told(
            CAMPAIGN,
            date(2025, 7, 10),
            ActivityState.ON_COURSE,
            done="Drew posters.",
            asks="Money.",
            asks_board="board",
        )
    )
    return office


@pytest.fixture
def jo_at(leads: Office) -> OfficerAtWork:
    """Jo, signed in."""
    at_work = OfficerAtWork(leads)
    at_work.sign_in()
    return at_work


def test_each_activity_stands_with_why_and_what_was_told(jo_at: OfficerAtWork) -> None:
    """By word and shape, the rule's reason, the lead's words and what it asks of whom."""
    jo_at.open(f"/officers/collections/{COLLECTION}")
    assert PAGE in jo_at.links
    jo_at.open(PAGE)

    assert "A campaign: ▲ Amber" in jo_at.text
    assert "Its milestone “Plan agreed” was to be met by 30 May 2025." in jo_at.text
    assert "Drew posters." in jo_at.text
    assert "Asked of The Board Money." in jo_at.text


def test_an_officer_sees_it_otherwise_and_readers_are_told_why(leads: Office, jo_at: OfficerAtWork) -> None:
    """On record with the officer's own reason, which stays inside; the page shows it with what the rule says."""
    jo_at.open(f"/officers/decide/rate-activity/{COLLECTION}/campaign")
    jo_at.send("campaign", rag="green", say="The plan was agreed in May.", why="I was there.")

    assert 200 == jo_at.page.status_code, jo_at.text
    (ruled,) = leads.kept(ActivityRuled)
    assert (Rag.GREEN, "The plan was agreed in May.", "I was there.", "jo") == (
        ruled.rag, ruled.for_readers, ruled.reason, ruled.by,
    )  # fmt: skip
    assert "A campaign: ● Green" in jo_at.text
    assert "otherwise than the rule (amber): The plan was agreed in May." in jo_at.text


def test_a_leads_words_are_read_before_they_are_published(leads: Office, jo_at: OfficerAtWork) -> None:
    """Beside a hidden figure they wait; the page shows them, and what was decided is on record by word and activity."""
    (word,) = leads.kept(ActivityTold)
    jo_at.open(f"/officers/decide/publish-words/{word.told}/campaign")
    assert "Drew posters." in jo_at.text
    jo_at.send("/campaign", why="They say nothing of a number.")

    assert [(word.told, "campaign", True, "jo")] == [
        (each.partner_return, each.indicator, each.publish, each.by) for each in leads.kept(WordsRead)
    ]


def test_no_word_will_come_on_an_activity(tmp_path) -> None:
    """The lead's page says so, and the officers' page has the way where none came."""
    office = an_office(tmp_path, activities=(CAMPAIGN,))
    jo = OfficerAtWork(office).sign_in()
    jo.open(PAGE)
    assert f"/officers/decide/give-up-activity/{COLLECTION}/campaign" in jo.links
    jo.open(f"/officers/decide/give-up-activity/{COLLECTION}/campaign")
    jo.send("campaign", why="The post is vacant.")

    (gap,) = office.kept(ActivityGap)
    assert ("campaign", True, "jo") == (gap.activity, gap.by_an_officer, gap.by)
    person = office.person()
    person.open()
    assert "A campaign No word is awaited this time" in person.text


def test_who_may_not_publish_may_not_rate(leads: Office) -> None:
    """An officer who only looks sees the page and decides nothing."""
    lou = OfficerAtWork(leads, LOU)

    assert lou.open(PAGE).status_code in (200, 303)
    assert () == leads.kept(ActivityRuled)


def test_a_partnership_without_activities_has_no_such_page(office: Office, jo: OfficerAtWork) -> None:
    """No page, and no way to one."""
    assert 404 == jo.open("/officers/activities").status_code
    jo.open(f"/officers/collections/{COLLECTION}")
    assert not any("activities" in each for each in jo.links)
