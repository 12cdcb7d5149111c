"""Officers are let in by a link and a code, for a working day, and by nothing else."""

import re
import shutil
from types import SimpleNamespace
from typing import Any

import pytest

from quarterday.domain.facts import (
    MessageReserved,
    MessageSettled,
    Outcome,
    SignedIn,
    SignedOut,
    SignInAsked,
    SignInTried,
    Step,
)
from quarterday.web.officers.officer_door import SESSION_COOKIE
from tests.web.conftest import Office
from tests.web.officers.conftest import JO, LOU, OfficerAtWork, an_office_of


def test_an_officer_signs_in_by_the_code_in_the_email(office: Office) -> None:
    """They come to the page they wanted, and everything about it is on record but neither link nor code."""
    jo = OfficerAtWork(office)
    jo.open("/officers/partners/fire")
    assert "/officers/sign-in?to=%2Fofficers%2Fpartners%2Ffire" in str(jo.page.url).replace("http://testserver", "")
    jo.sign_in(to="/officers/partners/fire")
    code, link = jo.mailed()

    assert "Signed in as Jo Officer" in jo.text
    assert "Fire Service" in jo.text
    assert ["jo"] == [each.officer for each in office.kept(SignedIn)]
    on_record = "".join(str(each) for each in office.installation.facts())
    assert code not in on_record and code.replace(" ", "") not in on_record
    assert link.rpartition("/")[2] not in on_record
    assert "" == office.kept(MessageReserved)[-1].subject


def test_the_link_opens_the_same_page_in_any_browser(office: Office) -> None:
    """Opening it lets nobody in: the code does. A scanner of mail changes nothing."""
    jo = OfficerAtWork(office)
    jo.ask()
    code, link = jo.mailed()
    elsewhere = OfficerAtWork(office)
    facts = office.count()
    elsewhere.open(link)

    assert facts == office.count()
    elsewhere.send("", code=code)
    assert "Signed in as Jo Officer" in elsewhere.text


def test_a_code_lets_in_once(office: Office) -> None:
    """Whoever comes second with it does not get in."""
    jo = OfficerAtWork(office)
    jo.ask()
    code, link = jo.mailed()
    jo.send("", code=code)
    other = OfficerAtWork(office)
    other.open(link)
    other.send("", code=code)

    assert "That code does not work" in other.text
    assert 1 == len(office.kept(SignedIn))


def test_a_code_lasts_ten_minutes(office: Office) -> None:
    """After that another one is asked for."""
    jo = OfficerAtWork(office)
    jo.ask()
    code, _ = jo.mailed()
    office.at("2025-07-15T09:10:00+01:00")
    jo.send("", code=code)

    assert "That code does not work" in jo.text


def test_codes_are_not_guessed(office: Office) -> None:
    """After five tries the right one does not work either."""
    jo = OfficerAtWork(office)
    jo.ask()
    code, _ = jo.mailed()
    for wrong in range(5):
        jo.send("", code=f"{(int(code.replace(' ', '')) + wrong + 1) % 1_000_000:06}")
    jo.send("", code=code)

    assert "That code does not work" in jo.text
    assert 5 == len(office.kept(SignInTried))
    assert () == office.kept(SignedIn)


def test_nobody_learns_who_is_an_officer(office: Office) -> None:
    """Whatever address is typed, the answer is the same; only an officer's brings an email."""
    nobody = OfficerAtWork(office)
    said = []
    for address in ("nobody@somewhere.example", "fay.fire@partner.example", JO.email):
        nobody.ask(address)
        said.append(re.sub(r'value="[^"]*"|sign-in/[^"?]*', "…", nobody.page.text))

    assert 1 == len(set(said))
    assert [JO.code] == [each.officer for each in office.kept(SignInAsked)]
    assert 1 == len(office.outbox())


def test_no_code_is_promised_on_a_full_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It could not be recorded, so it would never be mailed: whoever asks is told, officer or not."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    somebody = OfficerAtWork(office)
    somebody.ask()
    told = somebody.text
    somebody.ask("nobody@somewhere.example")

    assert "its disk is full" in told and "on its way" not in told
    assert somebody.page and (503, told) == (somebody.page.status_code, somebody.text)
    assert () == office.kept(SignInAsked)


def an_email_that_did_not_go(office: Office, which: str, recipient: str) -> None:
    """An email of a kind for which no mail server was reached, just now."""
    who: dict[str, Any] = {"at": office.installation.now(), "by": "quarterday", "partnership": "somewhere"}
    booked = MessageReserved(
        collection="",
        request="",
        message=f"{which}/{recipient}",
        occasion=which,
        email=which,
        recipient=recipient,
        subject="",
        outbox_id=which,
        **who,
    )
    failed = {"outcome": Outcome.FAILED, "step": Step.NOT_REACHED, "attempt": 1}
    office.installation.register.append(booked, MessageSettled(message=booked.message, **failed, **who))


def test_no_code_is_promised_while_emails_do_not_go(office: Office) -> None:
    """Officer or not, whoever asks reads that it may not come, until an email has gone again."""
    an_email_that_did_not_go(office, "receipt", "fire/contact")
    somebody = OfficerAtWork(office)
    somebody.ask("nobody@somewhere.example")
    told = somebody.text
    somebody.ask()
    to_an_officer = somebody.text  # whose email has gone meanwhile: it is left out, too

    assert "The last emails did not go" in told and "on its way" not in told
    assert told == to_an_officer


def test_a_code_that_did_not_go_tells_no_stranger_whose_it_was(office: Office) -> None:
    """Else whoever tries an address would learn by the next page that it is an officer's."""
    an_email_that_did_not_go(office, "officer-sign-in", "officer/jo")
    an_email_that_did_not_go(office, "code", "fire/contact")
    somebody = OfficerAtWork(office)
    somebody.ask("nobody@somewhere.example")

    assert "an email with a code is on its way" in somebody.text


def test_nobody_fills_an_officers_mailbox(office: Office) -> None:
    """After five emails in an hour none goes, and the page says the same."""
    jo = OfficerAtWork(office)
    for _ in range(7):
        jo.ask()

    assert 5 == len(office.outbox())
    assert "an email with a code is on its way" in jo.text


def test_a_session_ends_after_an_hour_without_use_and_after_ten_hours(office: Office) -> None:
    """Used every now and then it lasts the working day, and no longer."""
    idle, busy = OfficerAtWork(office).sign_in(), OfficerAtWork(office).sign_in()
    for clock in "09:50 10:40 11:30 12:20 13:10 14:00 14:50 15:40 16:30 17:20 18:10 18:59".split():
        office.at(f"2025-07-15T{clock}:00+01:00")
        assert "Signed in" in words(busy), clock
    office.at("2025-07-15T19:00:00+01:00")

    assert "Sign in to the officers" in words(busy)
    office.at("2025-07-15T10:00:00+01:00")
    assert "Sign in to the officers" in words(idle)


def words(officer: OfficerAtWork) -> str:
    """What the first page says to them now."""
    officer.open()
    return officer.text


def test_signing_out_ends_the_session_for_good(office: Office, jo: OfficerAtWork) -> None:
    """The cookie, kept by somebody, opens nothing afterwards, and the browser is told to forget the pages."""
    kept = jo.client.cookies.get(SESSION_COOKIE)
    jo.send("/sign-out", follow=False)
    assert '"cache"' == jo.page.headers["clear-site-data"]
    jo.client.cookies.set(SESSION_COOKIE, kept, path="/officers")

    assert "Sign in to the officers" in words(jo)
    assert 1 == len(office.kept(SignedOut))


def test_a_session_is_not_fixed_before_signing_in(office: Office) -> None:
    """Whatever cookie somebody planted, signing in gives another; a made-up one opens nothing."""
    jo = OfficerAtWork(office)
    jo.client.cookies.set(SESSION_COOKIE, "planted.1752566400.0000", path="/officers")
    assert "Sign in to the officers" in words(jo)
    jo.sign_in()

    assert {"planted"} != {each.value.partition(".")[0] for each in jo.client.cookies.jar if each.path == "/officers"}
    assert "planted" not in "".join(str(each) for each in office.installation.facts())


def test_an_officer_is_signed_out_everywhere_at_once(office: Office, jo: OfficerAtWork) -> None:
    """By any officer who decides; both browsers are out with the next click."""
    other = OfficerAtWork(office).sign_in()
    jo.open("/officers/decide/sign-out-officer/jo")
    jo.send("/sign-out-officer/jo", why="The laptop was stolen.")

    assert "Sign in to the officers" in words(other)
    assert "Sign in to the officers" in words(jo)


def test_an_officer_who_left_the_configuration_is_out(tmp_path, office: Office, jo: OfficerAtWork) -> None:
    """The cookie of another process of the same installation opens nothing where the officer is none any more."""
    home = tmp_path / "again"
    home.mkdir()
    later = an_office_of(home, (LOU,))
    later.installation.register.append(*office.kept(SignedIn))

    assert [] == [each for each in later.kept(SignedIn) if each.officer == LOU.code]
    there = OfficerAtWork(later)
    there.client.cookies = jo.client.cookies
    assert "Sign in to the officers" in words(there)


def test_where_to_go_is_one_of_our_own_pages(office: Office) -> None:
    """Nobody is sent to another site by a link to the sign-in."""
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example", "/officers/sign-out", "/officersx", "/r/x"):
        jo = OfficerAtWork(office)
        jo.ask(to=elsewhere)
        jo.send("", follow=False, code=jo.mailed()[0])
        assert "/officers" == jo.page.headers["location"], elsewhere


def test_a_form_of_another_site_is_refused(office: Office, jo: OfficerAtWork) -> None:
    """Neither without our field nor from another origin."""
    bare = jo.client.post("/officers/sign-out", data={})
    foreign = jo.client.post("/officers/sign-out", data={}, headers={"origin": "https://elsewhere.example"})

    assert [403, 403] == [bare.status_code, foreign.status_code]
    assert "Signed in" in words(jo)
