"""Somebody sees the packs before they are public: an officer lets them, by a link of their own, and it is published."""

import email
import re
from email.policy import default

import pytest

from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.pack_drafts import keep_draft
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import FiguresSeen, PreReleaseGiven, ReleaseMade
from quarterday.domain.framework.partners import EarlyReader, OpenTo, PreRelease
from quarterday.web.officers import previewing
from tests.web.conftest import COLLECTION, Office, words_of
from tests.web.officers.conftest import OfficerAtWork, an_office_of

CHAIR = EarlyReader(code="chair", name="Cleo Chair", post="Chair, Somewhere Council", email="cleo@somewhere.example")
RELEASE = f"/officers/collections/{COLLECTION}/release"


@pytest.fixture
def office(tmp_path) -> Office:
    """An office which may let the chair look a day before publication."""
    return an_office_of(tmp_path, pre_release=PreRelease(readers=(CHAIR,)))


def previewed(office: Office) -> None:
    """A preview of the first version, as it lies there once it has been made."""
    raw, now = office.installation.stores.raw, office.installation.now()
    packs = {"packs/board.html": b"<p>41 fires</p>", "packs/board.json": b"{}"}
    folder = keep_draft(raw, COLLECTION, 1, now, packs)
    told = previewing.Preview(packs=["board.html"], folder=folder)
    result = previewing.result_name(COLLECTION, 1, now)
    raw.put(result.replace("-preview.json", "-asked"), b"")
    previewing._keep(raw, result, told)


def mailed(office: Office) -> list[str]:
    """What goes out today to early readers: the links."""
    installation, before = office.installation, set(office.outbox())
    due = what_is_due(installation.framework, installation.facts(), london_day(installation.now()))
    for each in due:
        if isinstance(each, Send) and each.email == "pre-release":
            perform_send(installation, each)
    letters = [email.message_from_bytes(path.read_bytes(), policy=default) for path in set(office.outbox()) - before]
    assert {CHAIR.email} >= {str(each["to"]).rpartition("<")[2].rstrip(">") for each in letters}
    texts = [each.get_body(("plain",)).get_content() for each in letters]
    return [found[1] for text in texts if (found := re.search(r"http://testserver(/r/\S*)", text))]


def public(office: Office) -> None:
    """The version is published on its day, at half past ten."""
    office.at("2025-08-05T10:30:00+01:00")
    made = {"folder": f"{COLLECTION}/v1", "manifest_sha256": "", "kind": "provisional", "returns": ()}
    who = {"at": office.installation.now(), "by": "quarterday", "partnership": "somewhere"}
    office.installation.stores.published.put(f"{COLLECTION}/v1/packs/board.html", b"<p>41 fires</p>")
    office.installation.register.append(ReleaseMade(collection=COLLECTION, version=1, **made, **who))


def test_the_chair_sees_the_packs_a_day_before_and_stands_on_the_published_list(office: Office) -> None:
    """From the officer's press to the list; behind the link is nothing once the version is public."""
    office.at("2025-08-04T12:00:00+01:00")
    jo = OfficerAtWork(office).sign_in()
    assert "give-pre-release" not in jo.open(RELEASE).text  # no officer has looked at the packs yet
    previewed(office)
    assert "give-pre-release" in jo.open(RELEASE).text
    assert 404 == office.client.get(f"/data/{COLLECTION}/v1/pre-release").status_code

    jo.open(f"/officers/decide/give-pre-release/{COLLECTION}")
    jo.send(f"/give-pre-release/{COLLECTION}", why="She opens the meeting.", readers="chair")
    assert ["Cleo Chair"] == [each.name for each in office.kept(PreReleaseGiven)]
    assert "Given access before publication: Cleo Chair, Chair, Somewhere Council" in words_of(jo.open(RELEASE).text)

    (link,) = mailed(office)
    assert [] == mailed(office)
    page = office.client.get(link)
    assert "It is not public yet" in words_of(page.text)
    assert "until 5 August 2025 at 12:00" in words_of(page.text)
    assert [f"{link}/board.html"] == re.findall(r'href="(/r/[^"]*html)"', page.text)
    assert "41 fires" in office.client.get(f"{link}/board.html").text
    assert 404 == office.client.get(f"{link}/board.json").status_code
    office.client.get(link)
    assert [f"{COLLECTION}/v1", f"{COLLECTION}/v1/board.html"] == sorted(
        each.partner_return for each in office.kept(FiguresSeen) if each.by == "pre-release/chair"
    )
    assert 404 == office.client.post(link).status_code or 405 == office.client.post(link).status_code

    public(office)
    for gone in (link, f"{link}/board.html"):
        assert 404 == office.client.get(gone).status_code
    there = office.client.get(f"/data/{COLLECTION}/v1/pre-release")
    assert "Cleo Chair Chair, Somewhere Council" in words_of(there.text)
    assert "22" == re.findall(r'numeric">(\d+)<', there.text)[0]
    assert "@" not in words_of(there.text)
    assert f"/data/{COLLECTION}/v1/pre-release" in office.client.get("/packs/").text


def test_a_link_is_dead_once_its_hours_have_passed(office: Office) -> None:
    """A version that is late is not seen for longer."""
    office.at("2025-08-04T12:00:00+01:00")
    previewed(office)
    jo = OfficerAtWork(office).sign_in()
    jo.open(f"/officers/decide/give-pre-release/{COLLECTION}")
    jo.send(f"/give-pre-release/{COLLECTION}", why="She opens the meeting.", readers="chair")
    (link,) = mailed(office)
    office.at("2025-08-05T11:59:00+01:00")
    assert 200 == office.client.get(link).status_code
    office.at("2025-08-05T12:00:00+01:00")
    assert 404 == office.client.get(link).status_code


@pytest.mark.parametrize(("open_to", "status"), [(OpenTo.LINK, 403), (OpenTo.SIGNED_IN, 303)])
def test_the_list_is_read_by_whoever_may_load_the_figures(tmp_path, open_to: OpenTo, status: int) -> None:
    """As everything under /data/."""
    office = an_office_of(tmp_path, pre_release=PreRelease(readers=(CHAIR,)), data_open_to=open_to)
    public(office)
    answer = office.client.get(f"/data/{COLLECTION}/v1/pre-release", follow_redirects=False)
    assert status == answer.status_code


def test_a_partnership_that_names_nobody_shows_nothing_of_it(tmp_path) -> None:
    """No button, no list, no word of one."""
    office = an_office_of(tmp_path)
    office.at("2025-08-04T12:00:00+01:00")
    previewed(office)
    assert "give-pre-release" not in OfficerAtWork(office).sign_in().open(RELEASE).text
    public(office)
    assert 404 == office.client.get(f"/data/{COLLECTION}/v1/pre-release").status_code
    assert "pre-release" not in office.client.get("/packs/").text
