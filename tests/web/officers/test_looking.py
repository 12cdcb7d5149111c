"""What officers look at: returns, collections, releases and the log; that they looked is on record."""

import re
from datetime import date
from errno import ENOSPC
from threading import BoundedSemaphore
from typing import Any

import pytest

from quarterday.adapters.kept_returns import keep_checked
from quarterday.domain.facts import (
    ExtensionDecided,
    FiguresSeen,
    FileDeleted,
    FileKept,
    GapRecorded,
    ReleaseApproved,
    ReleaseMade,
    ReturnReceived,
)
from quarterday.domain.framework.partners import Duty, Officer
from quarterday.web.officers import previewing
from tests.web.conftest import A_FILE, COLLECTION, FIRE, UNUSUAL, Office, Person
from tests.web.officers.conftest import LOU, SAM, OfficerAtWork, an_office_of

PRIYA = Officer(code="priya", name="Priya Private", email="priya@somewhere.example", may=(Duty.PERSONAL_DATA,))


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages wait for a preview as long as a busy machine takes over it, and for no other test's."""
    monkeypatch.setattr(previewing, "AT_ONCE", 120.0)
    monkeypatch.setattr(previewing, "_ONE", BoundedSemaphore(1))


def a_return(office: Office, verdict: str = "queried") -> ReturnReceived:
    """The fire service sends its file; the checks find 12 fires and something unusual."""
    office.checks.finds = (UNUSUAL,)
    person = office.person()
    person.upload()
    person.send("/send")
    (received,) = office.kept(ReturnReceived)
    from expectations.checking import Job

    assert Job
    checked = office.checks.check(office.checks.jobs[-1])
    findings, rows = keep_checked(office.installation.stores, received.partner_return, checked, received.at)
    office.judged(
        received,
        verdict,
        warnings=1,
        findings_stored_as=findings,
        rows_stored_as="" if verdict == "quarantined" else rows,
        answered=() if verdict == "quarantined" else ("deliberate-fires",),
    )
    return received


def test_a_returns_figures_stand_beside_what_is_usual_and_the_look_is_on_record(office: Office) -> None:
    """Each view is one line of the record, under the officer's name; the list of returns is none."""
    received = a_return(office)
    lou = OfficerAtWork(office, LOU).sign_in()
    lou.open(f"/officers/returns/{received.partner_return}")

    assert "Deliberate fires" in lou.text
    assert "41, where 8 to 15 is usual. Is it right?" in lou.text
    assert [("figures", "lou", received.partner_return)] == [
        (each.what, each.by, each.partner_return) for each in office.kept(FiguresSeen)
    ]


def test_a_file_goes_to_whoever_may_have_it_and_is_on_record(office: Office, jo: OfficerAtWork) -> None:
    """Whoever only looks, or decides about releases alone, is refused, and nothing is recorded of it."""
    received = a_return(office)
    path = f"/officers/returns/{received.partner_return}/file"
    refused = [OfficerAtWork(office, each).sign_in().open(path).status_code for each in (LOU, SAM)]
    assert () == office.kept(FiguresSeen)
    given = jo.open(path)

    assert [403, 403] == refused
    assert A_FILE == given.content
    assert "attachment" in given.headers["content-disposition"]
    assert [("file", "jo")] == [(each.what, each.by) for each in office.kept(FiguresSeen)]
    (kept,) = (office.installation.settings.home / "store" / "raw" / "uploads").rglob("*.csv")
    kept.chmod(0o600)
    kept.write_bytes(A_FILE[:9])
    damaged = jo.open(path)

    assert (503, True) == (damaged.status_code, "Have it put back from a backup" in jo.text)


def test_personal_data_is_shown_to_nobody_and_its_file_goes_to_who_handles_it(tmp_path: Any) -> None:
    """The officer who decides about requests does not get it."""
    jo_decides = Officer(code="jo", name="Jo Officer", email="jo@somewhere.example", may=(Duty.REQUESTS,))
    office = an_office_of(tmp_path, (jo_decides, PRIYA))
    received = a_return(office, "quarantined")
    path = f"/officers/returns/{received.partner_return}"
    jo, priya = OfficerAtWork(office, jo_decides).sign_in(), OfficerAtWork(office, PRIYA).sign_in()
    jo.open(path)

    assert "It holds personal data" in jo.text
    assert "41" not in jo.text
    assert "Priya Private" in jo.text
    assert [403, 200] == [jo.open(f"{path}/file").status_code, priya.open(f"{path}/file").status_code]
    assert [("file", "priya")] == [(each.what, each.by) for each in office.kept(FiguresSeen)]

    assert not [each for each in jo.links if "/decide/keep-file/" in each]
    priya.open(path)
    (link,) = {each for each in priya.links if "/decide/keep-file/" in each}
    priya.open(link)
    priya.send(f"/{FIRE}", partner_return=received.partner_return, why="The police ask for it.")
    assert "Keep a file" not in priya.text, priya.text
    assert [("priya", received.partner_return, "The police ask for it.")] == [
        (each.by, each.partner_return, each.reason) for each in office.kept(FileKept)
    ]

    gone = FileDeleted(
        at=office.installation.now(),
        by="quarterday",
        partnership="somewhere",
        stored_as=received.stored_as,
        sha256=received.sha256,
    )
    office.installation.register.append(gone)
    priya.open(path)
    assert "The file was deleted." in priya.text
    assert not [each for each in priya.links if each.endswith("/file") or "/decide/keep-file/" in each]


def test_a_collection_tells_its_days_its_rates_and_its_gaps(office: Office, jo: OfficerAtWork) -> None:
    """And the list of all leads to each."""
    who = {"at": office.installation.now(), "by": "jo", "partnership": "somewhere"}
    office.installation.register.append(
        GapRecorded(
            collection=COLLECTION,
            request=FIRE,
            partner="fire",
            indicator="deliberate-fires",
            owner="Max",
            expected=date(2025, 9, 1),
            reason="The system is being replaced.",
            **who,
        )
    )
    jo.open("/officers/collections")
    assert "Begun Quarter" in jo.text
    assert f"/officers/collections/{COLLECTION}" in jo.links
    jo.open(f"/officers/collections/{COLLECTION}")

    for words in (
        "Due Tuesday 22 July 2025",
        "The Board",
        "The system is being replaced.",
        "Expected 1 September 2025",
    ):
        assert words in jo.text, words


def test_a_collection_that_nobody_knows_is_not_found(office: Office, jo: OfficerAtWork) -> None:
    """Another partnership's is none of ours."""
    for path in ("collections/elsewhere.2025-26-q1", "collections/elsewhere.2025-26-q1/release", "partners/nobody"):
        assert 404 == jo.open(f"/officers/{path}").status_code, path
    assert 404 == jo.open("/officers/returns/R-1").status_code


def test_nothing_is_approved_of_a_collection_that_has_not_begun(office: Office, jo: OfficerAtWork) -> None:
    """Its page says when it opens and offers nothing; pressed all the same, the ruling says so."""
    office.at("2025-06-25T09:00:00+01:00")
    jo.sign_in()
    jo.open("/officers/collections")
    assert "Still to come Quarter" in jo.text
    page = jo.open(f"/officers/collections/{COLLECTION}/release").text
    assert "What its release would say stands here from then on." in jo.text
    assert "/decide/" not in page
    jo.open(f"/officers/decide/approve-release/{COLLECTION}")
    jo.send(COLLECTION, why="All is well.")
    assert "there is nothing of it to release yet" in jo.text
    assert () == office.kept(ReleaseApproved)


def test_the_next_version_is_previewed_and_its_draft_opened(office: Office, jo: OfficerAtWork) -> None:
    """What it is made from, what it shows and hides, and the packs as they would be; that one was opened is on record.

    Slow, since the preview is made by a process of its own, which loads what it needs first.
    """
    received = a_return(office, "accepted")
    jo.open(f"/officers/collections/{COLLECTION}/release")
    assert "The next: version 1" in jo.text
    jo.send("/release/preview")

    assert received
    assert "Made from 1 return." in jo.text
    (pack,) = {each for each in jo.links if "/drafts/" in each}  # the pack alone, no file for machines
    opened = jo.open(pack)
    assert 200 == opened.status_code
    assert "sandbox" in opened.headers["content-security-policy"]
    assert "no-store" == opened.headers["cache-control"]
    assert [("draft", "jo")] == [(each.what, each.by) for each in office.kept(FiguresSeen)]


def test_a_preview_that_cannot_begin_keeps_nobody_from_asking_again(
    office: Office, jo: OfficerAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full, and the page says so each time: none is being made that another would have to wait for."""
    raw = office.installation.stores.raw
    jo.open(f"/officers/collections/{COLLECTION}/release")
    form, full = jo.page, OSError(ENOSPC, "No space left on device")
    monkeypatch.setattr(type(raw), "put", lambda *_about: (_ for _ in ()).throw(full))

    for _ in range(2):
        jo.page = form
        assert 503 == jo.send("/release/preview").status_code
        assert "The disk is full, or the store of files does not answer" in jo.text


def test_a_preview_that_takes_too_long_is_ended(
    office: Office, jo: OfficerAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says so, and the next one may be asked for; while one is made no other is."""
    monkeypatch.setattr(previewing, "LIMIT", 0.01)
    release = f"/officers/collections/{COLLECTION}/release"
    jo.open(release)
    jo.send("/release/preview")
    assert "It took longer than three minutes and was ended" in jo.text
    assert previewing._ONE.acquire(timeout=5)
    jo.open(release)
    busy = jo.send("/release/preview")
    previewing._ONE.release()

    assert 503 == busy.status_code
    assert "Another preview is being made" in jo.text


def test_a_versions_files_are_had_by_officers_whether_or_not_it_was_withdrawn(
    office: Office, jo: OfficerAtWork
) -> None:
    """And no file that is none of the version's."""
    office.installation.stores.published.put("releases/one/data/observations.csv", b"value\n12\n")
    office.installation.register.append(
        ReleaseMade(
            at=office.installation.now(),
            by="quarterday",
            partnership="somewhere",
            collection=COLLECTION,
            version=1,
            kind="provisional",
            folder="releases/one",
            manifest_sha256="",
            returns=(),
        )
    )
    jo.open(f"/officers/decide/withdraw-release/{COLLECTION}")
    jo.send(f"/withdraw-release/{COLLECTION}", version="1", why="A class was wrong.")
    jo.open(f"/officers/collections/{COLLECTION}/release")

    assert "withdrawn" in jo.text
    (file,) = {each for each in jo.links if "/v1/" in each}
    assert b"value\n12\n" == jo.open(file).content
    assert 404 == jo.open(file.replace("observations", "other")).status_code


def test_the_log_is_narrowed_to_an_officer_or_a_partner(office: Office, jo: OfficerAtWork) -> None:
    """Each line says who, what and why; signing in and looking are no decisions."""
    at = office.installation.now()
    office.installation.register.append(
        ExtensionDecided(
            at=at,
            by="jo",
            reason="Agreed.",
            partnership="somewhere",
            request=FIRE,
            granted=True,
            until=date(2025, 7, 29),
        )
    )
    jo.open("/officers/decisions")
    assert "Fire Service was given time until 29 July 2025." in jo.text
    assert "signed in." not in jo.text.partition("Who is signed in")[0]
    for narrowed in ("by=sam", "partner=police"):
        assert "No such decision has been taken." in jo.open(f"/officers/decisions?{narrowed}").text
    assert "Agreed." in jo.open("/officers/decisions?by=jo&partner=fire").text


@pytest.mark.parametrize(
    "path", ["", "/collections", "/decisions", "/partners/fire", "/returns/R-1", "/drafts/a/b/c/d"]
)
def test_nothing_is_seen_without_a_session(office: Office, path: str) -> None:
    """Whatever address is tried leads to the sign-in, whether or not there is anything behind it."""
    nobody = OfficerAtWork(office)
    nobody.open(f"/officers{path}")

    assert "Sign in to the officers" in nobody.text


def test_the_partners_own_page_is_looked_at_and_nothing_on_it_is_pressed(office: Office, jo: OfficerAtWork) -> None:
    """No link of a partner's is in it, and no button works."""
    jo.open(f"/officers/partners/fire/{COLLECTION}")
    (link,) = {each for each in jo.links if each.endswith("/as-they-see-it")}
    jo.open(link)
    pressed = re.findall(r"<(?:button|input|select|textarea)\b(?! disabled)", jo.page.text)

    assert "This is what Fire Service sees." in jo.text
    assert "Deliberate fires" in jo.text
    assert [] == pressed
    assert "/r/" not in jo.page.text
    assert 404 == jo.open(f"/officers/partners/nobody/{COLLECTION}/as-they-see-it").status_code


def test_an_officer_hands_in_at_once(office: Office, jo: OfficerAtWork) -> None:
    """Without an email: on the partner's page, under the officer's own name and reason."""
    jo.open(f"/officers/decide/hand-in/{FIRE}")
    jo.send(f"/hand-in/{FIRE}", why="They sent it to me by email.")
    assert "/r/" in str(jo.page.url)
    assert "They sent it to me by email." in jo.text
    handing_in = Person(jo.client, str(jo.page.url).rpartition("/")[2], jo.page)
    handing_in.upload()
    handing_in.send("/send")
    (received,) = office.kept(ReturnReceived)

    assert "jo" == received.by
    office.at("2025-07-15T11:30:00+01:00")
    assert 404 == handing_in.open().status_code
