"""What the page behind an emailed link says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from expectations.checking import Checked
from quarterday.adapters.kept_returns import keep_checked
from quarterday.domain.collection.binding import first_binding, plan_of
from quarterday.domain.facts import CollectionOpened, ReplyKind, ReplyReceived, ReturnReceived, Verdict, VerdictGiven
from quarterday.domain.rulings.adopting import call_off
from quarterday.domain.rulings.request_rulings import Ruling
from tests.domain.conftest import framework
from tests.web.conftest import FIRE, WRONG, Office, Person


def test_says_what_is_asked_when_and_why(person: Person) -> None:
    """The page says what is asked, for which days, by when, why, under which agreement, for whom, and whom to ask."""
    assert 200 == person.open().status_code
    for said in (
        "Figures for April to June 2025",
        "1 April 2025 to 30 June 2025",
        "Tuesday 22 July 2025",
        "The number of deliberate-fires.",
        "Safer streets",
        "The agreement (Crime and Disorder Act 1998, s.115)",
        "The Board",
        "Jo Officer, officers@somewhere.example",
    ):
        assert said in person.text


def test_late_is_fine(office: Office, person: Person) -> None:
    """After the due date the page says so kindly and still takes the return."""
    office.at("2025-07-24T09:00:00+01:00")
    person.open()

    assert "Late is fine" in person.text
    assert "Check this file" in person.text


def test_whose_agreement_has_ended_is_waited_for_no_longer(make_office: Callable[..., Office]) -> None:
    """It ended on the 23rd: the next day nothing is called late, and the page says why; on its last day all stands."""
    ending = framework().agreements[0].model_copy(update={"ends": date(2025, 7, 23)})
    office = make_office(agreements=(ending,))
    person = office.person()
    office.at("2025-07-23T09:00:00+01:00")
    person.open()
    assert "Late is fine" in person.text

    office.at("2025-07-24T09:00:00+01:00")
    person.open()
    assert "we wait for it no longer and cannot use it: Deliberate fires" in person.text
    assert "Late is fine" not in person.text


def test_a_return_of_which_nothing_may_be_used_is_promised_to_no_release(make_office: Callable[..., Office]) -> None:
    """Sent the day after the agreement ended: the receipt says that it is kept and not used, and names no release."""
    ending = framework().agreements[0].model_copy(update={"ends": date(2025, 7, 23)})
    office = make_office(agreements=(ending,))
    person = office.person()
    office.at("2025-07-24T09:00:00+01:00")
    person.upload()
    person.send("/send")

    assert "so they are kept and not used" in person.text
    assert "go into the release" not in person.text


def test_after_closing(office: Office, person: Person) -> None:
    """After closing the page explains what will happen with the return."""
    office.at("2025-08-06T09:00:00+01:00")
    person.open()

    assert "The collection closed on Friday 1 August 2025." in person.text
    assert "We will still take figures and corrections here" in person.text
    assert "they go into a revised release" in person.text
    assert "Collection closes" not in person.text
    assert "Please send them by" not in person.text


def test_a_collection_that_was_called_off(office: Office, person: Person) -> None:
    """The page says so, asks for nothing and names no date to come; what is sent all the same is kept."""
    installation = office.installation
    (opened,) = office.kept(CollectionOpened)
    plan = plan_of(installation.framework, installation.facts(), opened.collection)
    who = {"at": opened.at, "by": "quarterday", "partnership": "somewhere"}
    installation.register.append(*first_binding(installation.framework, plan, **who))
    ruling = Ruling("jo", "The board does not meet.", datetime(2025, 7, 16, 9, tzinfo=UTC))
    installation.register.append(*call_off(installation.framework, installation.facts(), opened.collection, ruling))
    office.at("2025-07-17T09:00:00+01:00")
    person.open()

    assert "This collection was called off" in person.text
    assert "Collection closes" not in person.text
    assert "Please send them by" not in person.text


def test_more_time_moves_the_date(office: Office, person: Person) -> None:
    """A partner who asked for time sees the date that it gave, and that it is not decided yet."""
    person.open("time")
    person.send("/time", until__day="28", until__month="7", until__year="2025")
    person.send("/time")
    person.open()

    assert "You have asked for more time, until Monday 28 July 2025. It is asked for, not yet decided" in person.text


def test_a_return_sent_back_is_on_top(office: Office, person: Person) -> None:
    """A return that came back stands on top of the page, with a link to what must be put right."""
    person.upload()
    person.send("/send")
    sent = office.kept(ReturnReceived)[0]
    findings, rows = keep_checked(
        office.installation.stores,
        sent.partner_return,
        Checked(None, (WRONG,), Verdict.QUERIED),
        datetime(2025, 7, 15, 9, tzinfo=UTC),
    )
    office.installation.register.append(
        VerdictGiven(
            at=datetime(2025, 7, 15, 9, tzinfo=UTC),
            by="quarterday",
            partnership="somewhere",
            request=FIRE,
            partner_return=sent.partner_return,
            verdict=Verdict.QUERIED,
            critical=1,
            warnings=0,
            notes=0,
            findings_stored_as=findings,
            rows_stored_as=rows,
        )
    )
    person.open()

    assert "Your last return needs something put right" in person.text
    person.open(f"returns/{sent.partner_return}")

    assert "Sheet “Figures”, Value, cell H2" in person.text
    assert "A value needs another look." in person.text
    assert "corrected file by Tuesday 22 July 2025. Unless we hear from you, we remind you on Wednesday" in person.text


def test_a_forwarded_link_quotes_no_value(office: Office, person: Person) -> None:
    """What was found in an earlier return is told without its values to whoever has only the link."""
    test_a_return_sent_back_is_on_top(office, person)

    assert "-4 is below 0" not in person.text


def test_contacts_stay_hidden(person: Person) -> None:
    """A link alone shows nobody's name at the partner."""
    person.open()

    assert "Fay Fire" not in person.text
    assert "Max Fire" not in person.text


def test_replies_are_listed(office: Office, person: Person) -> None:
    """What was said before is listed, without any person's name."""
    office.installation.register.append(
        ReplyReceived(
            at=datetime(2025, 7, 15, 9, tzinfo=UTC),
            by="fire/contact",
            partnership="somewhere",
            request=FIRE,
            reply="A-1",
            kind=ReplyKind.OWN_REFERENCE,
            reference="FOI 12/34",
            until=date(2025, 8, 1),
        )
    )
    person.open()

    assert "Own reference FOI 12/34, told us 15 July 2025 at 10:00" in person.text


def test_hundreds_of_returns_leave_the_page_short(office: Office, person: Person) -> None:
    """However often somebody sends, the page lists the latest thirty and counts the others."""
    made = [
        ReplyReceived(
            at=office.installation.now() + timedelta(seconds=number),
            by="fire/contact",
            partnership="somewhere",
            request=FIRE,
            reply=f"A-{number}",
            kind=ReplyKind.OWN_REFERENCE,
            reference=f"FOI {number}.",
        )
        for number in range(100)
    ]
    office.installation.register.append(*made)
    person.open()

    assert "We also have 70 earlier ones." in person.text
    assert "FOI 99." in person.text
    assert "FOI 69." not in person.text
