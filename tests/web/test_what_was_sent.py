"""After sending, the partner sees and takes away what it sent: in the browser that sent it, or behind the code."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from quarterday.adapters.damage import damage
from quarterday.adapters.unnamed import sweep_unnamed
from quarterday.domain.facts import DeletedFor, FileDeleted, ReturnReceived, UploadKept, Verdict, VerdictGiven
from quarterday.domain.figures.findings import Severity
from quarterday.web.serving.app import create_app
from tests.web.conftest import A_FILE, FIRE, UNUSUAL, Office, Person, finding
from tests.web.test_code_pages import ask, mailed_code, use

PERSONAL = replace(finding(Severity.CRITICAL, "This tells of a person."), rule="personal-name")


def sent(office: Office, person: Person) -> ReturnReceived:
    """Send a file."""
    person.upload()
    receipt = str(person.send("/send").url).rpartition("/")[2]
    return next(each for each in office.kept(ReturnReceived) if each.partner_return == receipt)


def another_browser(office: Office, person: Person) -> Person:
    """The same link, opened elsewhere."""
    other = office.person()
    other.token = person.token
    return other


def test_the_browser_that_sent_it(office: Office, person: Person) -> None:
    """It shows the figures and gives the very bytes back, without a code; a day later it asks for one."""
    received = sent(office, person)
    page = f"returns/{received.partner_return}"

    assert "The figures you sent" in person.text
    assert A_FILE == person.open(f"{page}/file").content
    office.at("2025-07-16T10:00:00+01:00")
    assert "The figures you sent" not in person.open(page).text
    assert "Your email address" in person.open(f"{page}/file").text


def test_a_forwarded_link(office: Office, person: Person) -> None:
    """Another browser with the same link sees no figure and gets no file until it has entered the code."""
    page = f"returns/{sent(office, person).partner_return}"
    other = another_browser(office, person)

    assert "The figures you sent" not in other.open(page).text
    assert A_FILE != other.open(f"{page}/file").content
    ask(other)
    use(other, mailed_code(office))
    assert "The figures you sent" in other.open(page).text
    assert A_FILE == other.open(f"{page}/file").content


def test_a_cookie_of_another_return(office: Office, person: Person) -> None:
    """What one browser sent does not show what somebody else sent with the same link."""
    mine = sent(office, person)
    office.at("2025-07-15T09:05:00+01:00")
    theirs = sent(office, another_browser(office, person))
    person.open(f"returns/{theirs.partner_return}")

    assert mine.partner_return != theirs.partner_return
    assert "The figures you sent" not in person.text


def test_what_was_unusual_is_told_again(office: Office, person: Person) -> None:
    """The receipt keeps what the checks thought unusual, so that it can be talked about."""
    office.checks.finds = (UNUSUAL,)
    sent(office, person)

    assert "What looked unusual" in person.text


def test_personal_data_goes_back_to_nobody(office: Office, person: Person) -> None:
    """A return that was set apart is neither shown nor given back, to its sender either."""
    received = sent(office, person)
    office.installation.register.append(
        VerdictGiven(
            at=datetime(2025, 7, 15, 9, tzinfo=UTC),
            by="quarterday",
            partnership="somewhere",
            request=FIRE,
            partner_return=received.partner_return,
            verdict=Verdict.QUARANTINED,
            critical=1,
            warnings=0,
            notes=0,
            findings_stored_as="",
        )
    )

    assert 404 == person.open(f"returns/{received.partner_return}/file").status_code


def test_personal_data_cannot_be_sent_and_is_not_kept(office: Office, person: Person) -> None:
    """A file that certainly tells of people is not offered to be sent; its sender is told, and its bytes are gone."""
    office.checks.finds = (PERSONAL,)
    person.upload()

    assert "This file tells of people, so it cannot be sent" in person.text
    assert "Send it as it is" not in person.text
    (kept,) = office.kept(UploadKept)
    assert [kept.stored_as] == [each.stored_as for each in office.kept(FileDeleted)]
    assert not office.installation.stores.raw.exists(kept.stored_as)
    again = TestClient(create_app(office.installation, office.checks, dead_seconds=0))
    page = again.get(f"/r/{person.token}/uploads/{kept.upload}")
    assert 410 == page.status_code
    assert "It told of people, so it was deleted" in page.text


def test_of_a_file_with_personal_data_no_copy_stays(office: Office, person: Person) -> None:
    """One came before and was not looked at, since somebody was cut off: it goes with the next of the same bytes."""
    person.upload()
    office.checks.finds = (PERSONAL,)
    person.open()
    person.upload()

    kept = [each.stored_as for each in office.kept(UploadKept)]
    assert 2 == len(kept)
    assert sorted(kept) == sorted(each.stored_as for each in office.kept(FileDeleted))
    assert not any(office.installation.stores.raw.exists(each) for each in kept)


def test_what_was_sent_before_stays_whatever_is_found_in_its_like(office: Office, person: Person) -> None:
    """A return's file is its officers' to decide about."""
    received = sent(office, person)
    office.checks.finds = (PERSONAL,)
    person.open()
    person.upload()

    assert office.installation.stores.raw.exists(received.stored_as)
    assert received.stored_as not in [each.stored_as for each in office.kept(FileDeleted)]


def test_a_file_with_personal_data_that_cannot_be_deleted_now_is_swept(
    office: Office, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That it goes is on record: it is told to be missing by nobody, and the night's sweep takes it."""
    raw, register = office.installation.stores.raw, office.installation.register
    office.checks.finds = (PERSONAL,)
    with monkeypatch.context() as broken:
        broken.setattr(type(raw), "delete", lambda *_about: (_ for _ in ()).throw(OSError("the disk is gone")))
        assert 503 == person.upload().status_code
    (kept,) = office.kept(UploadKept)
    assert raw.exists(kept.stored_as)

    assert 1 == sweep_unnamed(register, office.installation.stores, timedelta(0))
    assert not raw.exists(kept.stored_as)
    assert [] == list(damage(office.installation.stores, office.installation.facts()))


@pytest.mark.parametrize("cause", [DeletedFor.UNSAID, DeletedFor.KEPT_LONG_ENOUGH])
def test_of_a_file_that_went_for_no_fault_no_fault_is_told(office: Office, person: Person, cause: DeletedFor) -> None:
    """Kept long enough, or deleted before it was said what for: the page says that it went, and no more."""
    person.upload()
    (kept,) = office.kept(UploadKept)
    gone = {"at": datetime(2025, 7, 15, 9, tzinfo=UTC), "by": "quarterday", "partnership": "somewhere"}
    office.installation.register.append(
        FileDeleted(stored_as=kept.stored_as, sha256=kept.sha256, cause=cause, **gone),
    )
    again = TestClient(create_app(office.installation, office.checks, dead_seconds=0))
    page = again.get(f"/r/{person.token}/uploads/{kept.upload}")

    assert 410 == page.status_code
    assert "It was deleted, and nothing of it was sent." in page.text
    assert "told of people" not in page.text


def test_a_file_that_is_kept_no_more(office: Office, person: Person) -> None:
    """Once the bytes are gone the page says so, and offers nothing to take away."""
    received = sent(office, person)
    kept = office.kept(UploadKept)[0]
    office.installation.register.append(
        FileDeleted(
            at=datetime(2025, 7, 15, 9, tzinfo=UTC),
            by="quarterday",
            partnership="somewhere",
            stored_as=kept.stored_as,
            sha256=kept.sha256,
        )
    )

    assert "The file itself is not kept any more." in person.open(f"returns/{received.partner_return}").text
    assert 404 == person.open(f"returns/{received.partner_return}/file").status_code
