"""A lead tells how its activities go on the page of its one request: a state each, words where they are new."""

from datetime import UTC, date, datetime

import pytest

from quarterday.domain.facts import (
    ActivityState,
    ActivityTold,
    ExtensionDecided,
    ReleaseKind,
    ReleaseMade,
    ReturnReceived,
    Verdict,
    VerdictGiven,
)
from tests.domain.activities_example import CAMPAIGN, told

VISITS = CAMPAIGN.model_copy(update={"code": "visits", "title": "Home visits", "milestones": ()})
BEFORE = "somewhere.2024-25-q4"


@pytest.fixture
def lead(make_office):
    """The fire service, which supplies fires and leads a campaign and visits."""
    return make_office(activities=(CAMPAIGN, VISITS))


def test_the_page_of_the_request_lists_the_activities(lead):
    """Both stand there as still to come, with a way to tell."""
    person = lead.person()
    person.open()

    assert "A campaign Still to come" in person.text
    assert "asks Fire Service for the figures below, and how its activities are going" in person.text


def test_a_partner_without_activities_sees_none_of_it(office, person):
    """No section, no page."""
    assert "ctivit" not in person.open().text
    assert 404 == person.open("activities").status_code


def test_one_activity_told_leaves_the_other_open(lead):
    """A state is enough; the other is named as still to come, and so are the figures."""
    person = lead.person()
    person.open("activities")
    person.send("/activities", campaign__state="on course", campaign__next="Posters up", campaign__done="Plan agreed.")

    (word,) = lead.kept(ActivityTold)
    assert ("campaign", ActivityState.ON_COURSE, "Posters up", "Plan agreed.") == (
        word.activity, word.state, word.next_milestone, word.done,
    )  # fmt: skip
    assert "Still to come by Tuesday 22 July 2025: Home visits 1 figure" in person.text


def test_the_page_of_activities_says_the_day_that_was_told_last(lead):
    """An officer grants a week: the new day stands there."""
    person = lead.person()

    assert "Please tell us by Tuesday 22 July 2025." in person.open("activities").text

    given = {"request": "somewhere.2025-26-q1.fire", "granted": True, "until": date(2025, 7, 29), "reply": ""}
    who = {"at": datetime(2025, 7, 15, 9, tzinfo=UTC), "by": "jo", "partnership": "somewhere"}
    lead.installation.register.append(ExtensionDecided(**given, **who))

    assert "Please tell us by Tuesday 29 July 2025." in person.open("activities").text


def test_a_lead_says_that_it_cannot_say(lead):
    """With why; the request's page then awaits the other activity alone."""
    person = lead.person()
    person.open("activities")
    assert "We cannot say this time" in person.text
    person.send("/activities", campaign__state="cannot say")
    assert "Say in a sentence why nothing can be told of it this time." in person.text
    person.send("/activities", campaign__state="cannot say", campaign__in_the_way="Nobody counts it.")

    assert [ActivityState.CANNOT_SAY] == [each.state for each in lead.kept(ActivityTold)]
    assert "Still to come by Tuesday 22 July 2025: Home visits 1 figure" in person.text


def test_a_form_sent_twice_is_told_once(lead):
    """Sent again by the browser, it is the same word."""
    person = lead.person()
    page = person.open("activities")
    person.send("/activities", campaign__state="on course")
    person.page = page
    person.send("/activities", campaign__state="on course")

    assert 1 == len(lead.kept(ActivityTold))


def test_what_is_late_needs_what_is_in_the_way(lead):
    """The sentence stands beside the box and in the summary; what was typed is still there; nothing is recorded."""
    person = lead.person()
    person.open("activities")
    person.send("/activities", campaign__state="late", campaign__done="Posters drawn.")

    assert "A campaign: It is late: say in a sentence what is in the way, or why." in person.text
    assert 'href="#campaign-in_the_way"' in person.page.text
    assert "Posters drawn." in person.page.text
    assert () == lead.kept(ActivityTold)


def test_an_empty_form_records_nothing(lead):
    """Whatever follows every link and sends every form tells nothing."""
    person = lead.person()
    person.open("activities")
    person.send("/activities")

    assert "Choose how at least one activity stands." in person.text
    assert () == lead.kept(ActivityTold)


def test_words_about_a_person_are_asked_to_be_left_out(lead):
    """A National Insurance number has no place in words that boards read."""
    person = lead.person()
    person.open("activities")
    person.send("/activities", campaign__state="on course", campaign__done="Met the family of QQ123456C.")

    assert "A campaign: this seems to tell of a person." in person.text
    assert () == lead.kept(ActivityTold)


def test_a_day_that_is_none_is_told_beside_its_boxes(lead):
    """The 31st of June."""
    person = lead.person()
    person.open("activities")
    person.send(
        "/activities",
        **{
            "campaign__state": "on course",
            "campaign__next_on__day": "31",
            "campaign__next_on__month": "6",
            "campaign__next_on__year": "2025",
        },
    )

    assert 'href="#campaign-next_on-day"' in person.page.text
    assert () == lead.kept(ActivityTold)


def test_last_times_words_stand_beside_once_they_were_published(lead):
    """Before a release they stay behind the code; its state is no secret."""
    last = told(CAMPAIGN, date(2025, 5, 2), collection=BEFORE, done="Drew the posters.")
    lead.installation.register.append(last)
    person = lead.person()

    assert "Drew the posters." not in person.open("activities").text
    assert "Last time: How it stands On course" in person.text
    lead.installation.register.append(
        ReleaseMade(
            at=datetime(2025, 5, 14, tzinfo=UTC), by="quarterday", partnership="somewhere", collection=BEFORE,
            version=1, kind=ReleaseKind.PROVISIONAL, folder="f", manifest_sha256="0", returns=(last.told,),
        )
    )  # fmt: skip
    assert "Drew the posters." in person.open("activities").text


def test_the_latest_word_holds(lead):
    """Told again, the page shows the later state; both are kept."""
    person = lead.person()
    for hour, state in ((9, "on course"), (11, "done")):
        lead.at(f"2025-07-15T{hour:02}:00:00+01:00")
        person.open("activities")
        person.send("/activities", campaign__state=state, campaign__done="Posters up everywhere.")

    assert 2 == len(lead.kept(ActivityTold))
    assert "A campaign Done (told us" in (person.open() and person.text)


def test_a_lead_without_figures_is_asked_about_its_activities_alone(make_office):
    """No figures, no nil return: only the activities, on the page or in a workbook, more time, and a colleague."""
    office = make_office(activities=(CAMPAIGN,), indicators=())
    person = office.person()
    person.open()

    assert "Your activities, April to June 2025" in person.text
    assert "Download the template (Excel)" in person.text
    assert "Download the template (CSV)" not in person.text
    assert "Nothing to report" not in person.text
    assert "We need more time" in person.text


def test_the_receipt_of_all_figures_names_the_activities_that_are_to_come(lead):
    """The figures came whole; what is still to come is one activity, by its title."""
    person = lead.person()
    person.open("activities")
    person.send("/activities", visits__state="on course")
    person.page = None
    person.upload()
    person.send("/send")
    (received,) = lead.kept(ReturnReceived)
    lead.installation.register.append(
        VerdictGiven(
            at=datetime(2025, 7, 15, 8, 30, tzinfo=UTC), by="quarterday", partnership="somewhere",
            request=received.request, partner_return=received.partner_return, verdict=Verdict.ACCEPTED,
            critical=0, warnings=0, notes=0, findings_stored_as="", answered=("deliberate-fires",),
        )
    )  # fmt: skip

    assert ": how “A campaign” is going." in (person.open(f"returns/{received.partner_return}") and person.text)
