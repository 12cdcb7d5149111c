"""What is served beside the partners' pages: packs, health, what mail services tell us."""

import base64
import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.testclient import TestClient

from quarterday.adapters.mail.events import SIGNATURE_HEADER, TIMESTAMP_HEADER
from quarterday.adapters.mail.release_context import pack_url
from quarterday.facts import MessageReserved, MessageSettled, ReleaseMade, ReleaseWithdrawn
from quarterday.portal.app import create_app
from tests.portal.conftest import COLLECTION, FIRE, Office

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
    monkeypatch.setattr(office.installation.register, "find_link", lambda _: 1 / 0)

    assert 503 == office.client.get("/readyz").status_code


def test_what_sendgrid_tells_is_recorded_once(office: Office) -> None:
    """A signed event is recorded, once however often it is told; an unsigned one is refused."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    settings = office.installation.settings.model_copy(
        update={"sendgrid_webhook_key": base64.b64encode(public).decode()}
    )
    object.__setattr__(office.installation, "settings", settings)
    office.installation.register.append(
        MessageReserved(
            at=AT,
            by="quarterday",
            partnership="somewhere",
            collection=COLLECTION,
            request=FIRE,
            message="a-message",
            rung="request",
            email="request",
            recipient="fire/contact",
            subject="Figures",
            outbox_id="a1",
        )
    )
    client = TestClient(create_app(office.installation, office.checks, dead_seconds=0))  # type: ignore[arg-type]
    body = json.dumps(
        [{"event": "delivered", "outbox_id": "a1", "sg_event_id": "e1", "timestamp": 1752566400}]
    ).encode()
    stamp = str(int(AT.timestamp()))
    signed = base64.b64encode(key.sign(stamp.encode() + body, ec.ECDSA(SHA256()))).decode()
    headers = {SIGNATURE_HEADER: signed, TIMESTAMP_HEADER: stamp}

    assert [200, 200] == [client.post("/hooks/sendgrid", content=body, headers=headers).status_code for _ in "12"]
    assert 403 == client.post("/hooks/sendgrid", content=body + b" ", headers=headers).status_code
    assert 1 == len(office.kept(MessageSettled))


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
