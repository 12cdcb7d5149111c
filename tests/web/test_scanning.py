"""Files that partners send, where clamd looks at each before anything reads it."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from expectations.checking import Checker
from flows import receive_return
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.scanning import NotScannedError, Scanner
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.retention import set_apart
from quarterday.domain.collection.verdicts import unjudged
from quarterday.domain.facts import DeletedFor, FileDeleted, RequestMade, ReturnReceived, UploadKept, Verdict
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.rulings.return_rulings import accept_return, send_back
from quarterday.domain.rulings.undecided import undecided
from quarterday.web.serving.app import create_app
from tests.clamd import EICAR, NAME, clamd
from tests.web.conftest import Office, an_office
from tests.web.officers.conftest import OfficerAtWork

A_BAD_FILE = b"Indicator,Value\nDeliberate fires," + EICAR + b"\n"


@pytest.fixture(scope="module")
def at() -> Iterator[str]:
    """Debian's clamd, running."""
    with clamd() as place:
        yield place


def scanned(home: Path, at: str) -> Office:
    """An office whose files are scanned at a place, and really checked after that."""
    office = an_office(home, checks=Checker(scanner=Scanner(at)))
    office.installation.settings.clamd = at
    return office


def taken_unchecked(office: Office) -> ReturnReceived:
    """A bad file that was sent while clamd was away."""
    person = office.person()
    person.upload(A_BAD_FILE)
    assert "Our checks are not available just now" in person.text
    person.send("/send")
    (received,) = office.kept(ReturnReceived)
    return received


def test_a_file_with_a_virus_is_refused_and_not_kept(at: str, tmp_path: Path) -> None:
    """It cannot be sent, its sender is told what was found, and its bytes are gone."""
    office = scanned(tmp_path, at)
    person = office.person()
    person.upload(A_BAD_FILE)

    assert f"A virus was found in this file ({NAME})" in person.text
    assert "it cannot be sent, and we have deleted it" in person.text
    assert "Send it as it is" not in person.text
    (kept,), (gone,) = office.kept(UploadKept), office.kept(FileDeleted)
    assert (kept.stored_as, DeletedFor.VIRUS) == (gone.stored_as, gone.cause)
    assert "a virus was found in it, and it was not sent" == gone.reason
    assert not office.installation.stores.raw.exists(kept.stored_as)
    other = TestClient(create_app(office.installation, office.checks, dead_seconds=0))
    answer = other.get(f"/r/{person.token}/uploads/{kept.upload}")
    assert 410 == answer.status_code
    assert "A virus was found in it" in answer.text


def test_nothing_is_called_clean_while_clamd_is_away(tmp_path: Path, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A return waits, not yet checked and given to nobody; once clamd answers it is set apart, and told."""
    office = scanned(tmp_path, "/nowhere/clamd.ctl")
    received = taken_unchecked(office)
    installation, (request,) = office.installation, office.kept(RequestMade)
    file = f"/officers/returns/{received.partner_return}"
    jo = OfficerAtWork(office)
    jo.sign_in()
    with Checker(scanner=Scanner("/nowhere/clamd.ctl")) as away, pytest.raises(NotScannedError):
        monkeypatch.setattr(receive_return, "checker", lambda: away)
        receive_return.check_return(installation, installation.facts(), request, received)
    assert [received] == unjudged(installation.facts())
    assert "not yet checked for viruses" in jo.open(file).text
    assert 403 == jo.open(f"{file}/file").status_code

    with Checker(scanner=Scanner(at)) as back:
        monkeypatch.setattr(receive_return, "checker", lambda: back)
        checked = receive_return.check_return(installation, installation.facts(), request, received)
    verdict = receive_return.verdict_fact(installation, installation.facts(), request, received, checked)
    installation.register.append(verdict)

    assert (Verdict.INFECTED, "", 1) == (verdict.verdict, verdict.rows_stored_as, verdict.critical)
    assert "A virus was found in its file" in jo.open(file).text
    assert 403 == jo.open(f"{file}/file").status_code
    facts = installation.facts()
    assert {received.stored_as} == set(set_apart(facts))
    said = [each.what for each in undecided(installation.framework, facts, installation.today())]
    assert any("A virus was found in the return of" in each for each in said)
    due = [each for each in what_is_due(installation.framework, facts, installation.today()) if isinstance(each, Send)]
    letter = letters(office, [each for each in due if each.email == "sent-back"])
    assert f"A virus was found in this file ({NAME})" in letter
    assert "We have put the file apart, where nobody opens it" in letter


def letters(office: Office, sends: list[Send]) -> str:
    """The words of the one email that goes out, on one line."""
    before = set(office.outbox())
    for each in sends:
        perform_send(office.installation, each)
    (path,) = set(office.outbox()) - before
    body = message_from_bytes(path.read_bytes(), policy=default).get_body(("plain",))
    assert body
    return " ".join(body.get_content().split())


def test_no_officer_lets_a_virus_through(office: Office) -> None:
    """It cannot be accepted, and its sender was told already."""
    person = office.person()
    person.upload()
    person.send("/send")
    (received,), (request,) = office.kept(ReturnReceived), office.kept(RequestMade)
    office.judged(received, "infected", critical=1)
    known = office.installation.framework, office.installation.facts(), request
    ruling = Ruling("jo", "They rang and asked.", office.installation.now())

    with pytest.raises(RulingRefusedError, match="A virus was found"):
        accept_return(*known, ruling)
    with pytest.raises(RulingRefusedError, match="A virus was found"):
        send_back(*known, replace(ruling, say="Is it right?"))
    assert 404 == person.open(f"returns/{received.partner_return}/file").status_code
