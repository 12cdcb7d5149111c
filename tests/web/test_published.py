"""What is served beside the partners' pages: packs and health."""

from datetime import UTC, datetime

import pytest

from quarterday.adapters.mail.release_context import pack_url
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


def withdraw(office: Office, version: int) -> None:
    """An officer took a version back."""
    office.installation.register.append(
        ReleaseWithdrawn(
            at=AT, by="jo", reason="a mistake", partnership="somewhere", collection=COLLECTION, version=version
        )
    )


def test_a_withdrawn_release_is_not_served(office: Office) -> None:
    """The one before it stands again; the withdrawn one is gone under its own address too."""
    release(office, 1, b"<p>first</p>")
    release(office, 2, b"<p>second</p>")
    withdraw(office, 2)

    assert b"<p>first</p>" == office.client.get(f"/packs/{COLLECTION}/board.html").content
    assert 404 == office.client.get(f"/packs/{COLLECTION}/v2/board.html").status_code
    withdraw(office, 1)
    assert 404 == office.client.get(f"/packs/{COLLECTION}/board.html").status_code
    assert "Nothing has been published yet" in office.client.get("/packs/").text


def test_the_address_in_the_email_is_served(office: Office) -> None:
    """Boards are told the address of a version's pack, and it stays that version's."""
    release(office, 1, b"<p>first</p>")
    release(office, 2, b"<p>second</p>")
    settings, facts = office.installation.settings, office.installation.facts()
    board = office.installation.framework.partnership.boards[0]
    url = pack_url(settings, facts.of(ReleaseMade)[0], board)

    assert b"<p>first</p>" == office.client.get(url.removeprefix(settings.portal_url.rstrip("/"))).content
