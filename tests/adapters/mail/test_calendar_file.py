"""The due date as a calendar file."""

from datetime import date

from icalendar import Calendar

from quarterday.adapters.mail.compose import compose
from quarterday.adapters.mail.message import Email
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.facts import Fact, ReplyKind
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.rulings.adopting import adopt
from quarterday.domain.rulings.request_rulings import Ruling
from tests.adapters.mail.conftest import ASKED_AT, COLLECTION, FIRE, a_send, an_office
from tests.adapters.mail.scenes import LATER, SCENES, granted, replied
from tests.adapters.register.examples import message
from tests.domain import activities_example
from tests.domain.conftest import framework
from tests.domain.lived import a_return, a_verdict, at, days, walk
from tests.domain.test_adopting import met_on

LINK = "http://portal.example/r/AbCdEfGhIjKlMnOpQrStUvWxYz012345"


def composed(tmp_path, *facts: Fact, template: str = "request", link: str = LINK, at=ASKED_AT, **config) -> Email:
    """An email to the fire service's contact."""
    office = an_office(tmp_path, *facts, **config)
    return compose(office.settings, office.framework, office.facts(), None, a_send(template), at, at, link)


def event_of(email: Email):
    """The event in an email's calendar file."""
    return Calendar.from_ical(email.attachments[0].data).walk("VEVENT")[0]


def test_the_request_brings_the_due_date_as_an_all_day_event(tmp_path) -> None:
    """Due on Tuesday 22 July 2025: the event fills that day and blocks nobody's calendar."""
    email = composed(tmp_path)
    event = event_of(email)

    assert "text/calendar; method=PUBLISH" == email.attachments[0].mime
    assert date(2025, 7, 22) == event.decoded("dtstart")
    assert date(2025, 7, 23) == event.decoded("dtend")
    assert "TRANSPARENT" == event["transp"]


def test_the_event_keeps_its_identity_and_counts_its_moves(tmp_path) -> None:
    """An extension moves the event that is there instead of adding a second one."""
    asked = event_of(composed(tmp_path))
    moved = event_of(composed(tmp_path, *SCENES["granted"], template="extension-granted", at=LATER))

    assert f"{COLLECTION}@somewhere.example" == asked["uid"] == moved["uid"]
    assert (0, 1) == (asked["sequence"], moved["sequence"])
    assert date(2025, 7, 29) == moved.decoded("dtstart")


def test_a_second_move_is_counted_too(tmp_path) -> None:
    """Asked until the 29th, granted until the 31st: the date has moved twice."""
    facts = (replied(ReplyKind.NEEDS_TIME, until=date(2025, 7, 29)), granted(until=date(2025, 7, 31)))
    event = event_of(composed(tmp_path, *facts, template="extension-granted", at=LATER.replace(hour=12)))

    assert 2 == event["sequence"]
    assert date(2025, 7, 31) == event.decoded("dtstart")


def test_a_meeting_that_moves_moves_the_entry_that_is_there(tmp_path) -> None:
    """Due on 22 July; moved on the 16th to 11 August; back on the 18th: 25 July, with five days left."""
    office, small = an_office(tmp_path), framework()
    facts, found = walk(small, days(date(2025, 6, 30), date(2025, 7, 16)))[0], []
    for on, meets in ((date(2025, 7, 16), date(2025, 9, 4)), (date(2025, 7, 18), date(2025, 8, 14))):
        moved, following = met_on(small, meets), small.calendar.add(on, 1)
        facts = facts.plus(*adopt(moved, facts, COLLECTION, Ruling("jo", "The chair moved it.", at(on, 12)), ["dates"]))
        (word,) = [
            each
            for each in what_is_due(moved, facts, following)
            if isinstance(each, Send) and (each.occasion, each.partner) == ("date-moved", "fire")
        ]
        moment = at(following, 9)
        found.append(event_of(compose(office.settings, moved, facts, None, word, moment, moment, LINK)))
        facts, _ = walk(moved, [following], facts)

    assert {f"{COLLECTION}@somewhere.example"} == {each["uid"] for each in found}
    assert [(1, date(2025, 8, 11)), (2, date(2025, 7, 25))] == [
        (each["sequence"], each.decoded("dtstart")) for each in found
    ]


def test_a_holiday_proclaimed_later_moves_the_entry_that_is_there(tmp_path) -> None:
    """Sent back on 21 July, so due on the 28th; the 25th is proclaimed: the 29th, as one number more."""
    sent = a_return(FIRE, date(2025, 7, 21))
    back, proclaimed = (sent, a_verdict(sent, "queried")), date(2025, 7, 25)
    first = composed(tmp_path, *back, template="sent-back", at=LATER.replace(day=21))
    told = message("sent-back", request=FIRE, diary_day=first.entry.day, diary_number=first.entry.number)
    calendar = WorkingDays(framework().calendar.bank_holidays | {proclaimed}, framework().calendar.years)
    later = composed(tmp_path, *back, told, template="chaser-correction", at=LATER.replace(day=23), calendar=calendar)

    assert (date(2025, 7, 28), 1) == (event_of(first).decoded("dtstart"), event_of(first)["sequence"])
    assert (date(2025, 7, 29), 2) == (event_of(later).decoded("dtstart"), event_of(later)["sequence"])


def test_an_email_that_is_tried_again_has_the_same_entry_under_the_same_number(tmp_path) -> None:
    """The booking says which day went out: the same day once more is no move."""
    booked = message("request", request=FIRE, diary_day=date(2025, 7, 22), diary_number=3)

    assert 3 == event_of(composed(tmp_path, booked))["sequence"]


def test_word_on_an_activity_that_moves_a_date_is_counted(tmp_path) -> None:
    """Told of on the due date, with figures still open: five working days more, and the entry moves."""
    told = activities_example.told(activities_example.CAMPAIGN, date(2025, 7, 22))
    event = event_of(composed(tmp_path, told, template="chaser-1", at=LATER.replace(day=23)))

    assert (date(2025, 7, 29), 1) == (event.decoded("dtstart"), event["sequence"])


def test_a_calendar_is_shared_so_the_link_is_not_in_it(tmp_path) -> None:
    """Colleagues see each other's calendars."""
    assert b"/r/" not in composed(tmp_path).attachments[0].data


def test_there_is_no_event_for_a_day_gone_by_or_for_those_who_only_hear(tmp_path) -> None:
    """A chaser after the due date, a receipt and a board's lead get no calendar file."""
    assert () == composed(tmp_path, template="chaser-1", at=LATER.replace(day=24)).attachments
    assert () == composed(tmp_path, template="receipt").attachments
    assert () == composed(tmp_path, template="escalation-board", link="").attachments


def test_the_empty_template_comes_with_a_request_where_it_is_wanted(tmp_path) -> None:
    """A setting a partner: the template is attached to the request, without a figure in it, and to nothing else."""
    known = framework()
    fire = known.partner["fire"].model_copy(update={"attach_template": True})
    office = an_office(tmp_path, partners=(fire, known.partner["police"]))

    def names(template: str) -> list[str]:
        made = compose(
            office.settings, office.framework, office.facts(), None, a_send(template), ASKED_AT, ASKED_AT, LINK
        )
        return [each.name for each in made.attachments]

    assert ["due-date.ics", f"{COLLECTION}.fire.xlsx"] == names("request")
    assert ["due-date.ics"] == names("reminder")
