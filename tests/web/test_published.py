"""What is served beside the partners' pages: packs and health."""

import shutil
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from quarterday.adapters.published_addresses import pack_url
from quarterday.domain.facts import ReleaseMade, ReleaseWithdrawn
from tests.web.conftest import COLLECTION, Office

AT = datetime(2025, 7, 15, 8, tzinfo=UTC)


def release(office: Office, version: int, page: bytes) -> None:
    """A release with one pack."""
    folder = f"{COLLECTION}/v{version}"
    office.installation.stores.published.put(f"{folder}/packs/board.html", page)
    office.installation.register.append(
        ReleaseMade(
            at=AT,
            by="quarterday",
            partnership="somewhere",
            collection=COLLECTION,
            version=version,
            kind="provisional",
            folder=folder,
            manifest_sha256="0" * 64,
            returns=(),
        )
    )


def test_the_newest_pack_is_served(office: Office) -> None:
    """A collection's pack is that of its newest release, without scripts."""
    release(office, 1, b"<p>first</p>")
    release(office, 2, b"<p>second</p>")
    page = office.client.get(f"/packs/{COLLECTION}/board.html")

    assert b"<p>second</p>" == page.content
    assert "sandbox" in page.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]


def test_packs_are_listed(office: Office) -> None:
    """The list names each board's pack, and says so where there is none yet."""
    assert "Nothing has been published yet" in office.client.get("/packs/").text
    release(office, 1, b"<p>first</p>")

    assert f"/packs/{COLLECTION}/board.html" in office.client.get("/packs/").text


@pytest.mark.parametrize("name", ["..%2fobservations.csv", ".hidden", "none.html", "..", "%2e%2e%2fmanifest.json"])
def test_nothing_but_packs(office: Office, name: str) -> None:
    """No address leads out of the packs."""
    release(office, 1, b"<p>first</p>")
    office.installation.stores.published.put(f"{COLLECTION}/v1/observations.csv", b"secret")

    assert b"secret" not in office.client.get(f"/packs/{COLLECTION}/{name}").content


def test_health(office: Office) -> None:
    """The process says that it lives, and that the register can be read."""
    assert 200 == office.client.get("/healthz").status_code
    assert {"ready": True} == office.client.get("/readyz").json()


def test_not_ready(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its register the portal is not ready, and says no more than that."""
    monkeypatch.setattr(office.installation.register, "find", lambda *_: 1 / 0)

    assert 503 == office.client.get("/readyz").status_code


def test_not_ready_on_a_full_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no return could be kept the portal is not ready, and says why."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    answer = office.client.get("/readyz")

    assert 503 == answer.status_code
    assert {"ready": False, "disk": "The disk is full. Make room on it."} == answer.json()


def withdraw(office: Office, version: int) -> None:
    """An officer took a version back."""
    office.installation.register.append(
        ReleaseWithdrawn(
            at=AT,
            by="jo",
            reason="a slip of ours",
            partnership="somewhere",
            collection=COLLECTION,
            version=version,
            for_readers="Two wards were mixed up.",
        )
    )


def test_a_withdrawn_release_is_not_served_and_its_links_lead_to_what_stands(office: Office) -> None:
    """The one before it stands again; the withdrawn one's address says what happened, in the words for readers."""
    release(office, 1, b"<p>first</p>")
    release(office, 2, b"<p>second</p>")
    withdraw(office, 2)
    gone = office.client.get(f"/packs/{COLLECTION}/v2/board.html")

    assert b"<p>first</p>" == office.client.get(f"/packs/{COLLECTION}/board.html").content
    assert 410 == gone.status_code
    assert "Version 2 was withdrawn" in gone.text
    assert "Two wards were mixed up." in gone.text
    assert f'href="/packs/{COLLECTION}/v1/board.html"' in gone.text
    assert "a slip of ours" not in gone.text
    assert "<p>second</p>" not in gone.text


def test_where_no_version_stands_every_link_says_so(office: Office) -> None:
    """The newest pack's address and the list of packs, too."""
    release(office, 1, b"<p>first</p>")
    withdraw(office, 1)
    newest, listed = office.client.get(f"/packs/{COLLECTION}/board.html"), office.client.get("/packs/").text

    assert 410 == newest.status_code
    assert "No other version stands in its place yet" in newest.text
    assert "Nothing has been published yet" not in listed
    assert f"Version 1 of {COLLECTION} was withdrawn on" in listed
    assert 404 == office.client.get(f"/packs/{COLLECTION}/v7/board.html").status_code


def test_the_address_in_the_email_is_served(office: Office) -> None:
    """Boards are told the address of a version's pack, and it stays that version's."""
    release(office, 1, b"<p>first</p>")
    release(office, 2, b"<p>second</p>")
    settings, facts = office.installation.settings, office.installation.facts()
    board = office.installation.framework.partnership.boards[0]
    url = pack_url(settings, facts.of(ReleaseMade)[0], board)

    assert b"<p>first</p>" == office.client.get(url.removeprefix(settings.portal_url.rstrip("/"))).content
