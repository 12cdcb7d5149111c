"""What is published is read by everybody, by whoever has the link, or by whoever has signed in: as `config/` says."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from quarterday.adapters.mail.release_context import release_context
from quarterday.adapters.published_addresses import pack_url
from quarterday.domain.collection.actions import Recipient
from quarterday.domain.facts import ReleaseMade
from quarterday.domain.framework.partners import OpenTo
from quarterday.web.serving.logs import without_tokens
from tests.adapters.mail.conftest import a_send
from tests.domain.conftest import framework
from tests.web.conftest import COLLECTION, Office, an_office
from tests.web.officers.conftest import OfficerAtWork

FIGURES = f"/data/{COLLECTION}/v1/observations.csv"


def published(home: Path, packs: OpenTo, data: OpenTo = OpenTo.PUBLIC) -> Office:
    """An office with one release, whose packs and figures are open to these."""
    known = framework().partnership
    boards = tuple(each.model_copy(update={"open_to": packs}) for each in known.boards)
    office = an_office(home, partnership=known.model_copy(update={"boards": boards, "data_open_to": data}))
    folder = f"{COLLECTION}/v1"
    office.installation.stores.published.put(f"{folder}/packs/board.html", b"<p>first</p>")
    office.installation.stores.published.put(f"{folder}/observations.csv", b"indicator,value\nfires,3\n")
    made: dict[str, Any] = {"collection": COLLECTION, "version": 1, "kind": "provisional", "folder": folder}
    made |= {"at": datetime(2025, 7, 15, 8, tzinfo=UTC), "by": "quarterday", "partnership": "somewhere"}
    office.installation.register.append(ReleaseMade(manifest_sha256="0" * 64, returns=(), **made))
    return office


def link_in(office: Office) -> str:
    """The address of the pack that its lead is mailed, without the portal's own."""
    settings, (release,) = office.installation.settings, office.kept(ReleaseMade)
    url = pack_url(settings, release, office.installation.framework.partnership.boards[0])
    return url.removeprefix(settings.portal_url.rstrip("/"))


def links(jo: OfficerAtWork) -> list[str]:
    """Where the links on an officer's page lead."""
    return re.findall(r'href="([^"]+)"', jo.page.text if jo.page else "")


def test_a_pack_by_link_is_opened_by_its_link_alone(tmp_path: Path) -> None:
    """It stands in no list, its plain address opens nothing, and the link of another quarter neither."""
    office = published(tmp_path, OpenTo.LINK)
    visitor, link = TestClient(office.client.app), link_in(office)
    listed = visitor.get("/packs/").text
    opened, plain = visitor.get(link), visitor.get(f"/packs/{COLLECTION}/v1/board.html")

    assert re.search(rf"^/packs/with/[0-9a-f]{{40}}/{COLLECTION}/v1/board\.html$", link)
    assert "board.html" not in listed
    assert "Some packs are not listed here." in listed
    assert (200, b"<p>first</p>", "private, no-store") == (
        opened.status_code, opened.content, opened.headers["cache-control"],
    )  # fmt: skip
    assert (403, True) == (plain.status_code, "This is read by a link" in plain.text)
    assert 403 == visitor.get(f"/packs/{COLLECTION}/board.html").status_code
    assert 403 == visitor.get(link.replace(link.split("/")[3], "0" * 40)).status_code
    assert 403 == visitor.get(link.replace("2025-26-q1", "2024-25-q1")).status_code
    assert link.split("/")[3] not in without_tokens(f'"GET {link}"')


def test_an_officer_who_has_signed_in_reads_all_and_passes_links_on(tmp_path: Path) -> None:
    """The list has every pack for an officer, and the address of one that is read by link is the one to pass on."""
    office = published(tmp_path, OpenTo.LINK, OpenTo.LINK)
    jo = OfficerAtWork(office).sign_in()
    jo.open("/officers/packs/")
    link = next(each for each in links(jo) if each.endswith("board.html"))
    figures = next(each for each in links(jo) if each.endswith("observations.csv"))
    visitor = TestClient(office.client.app)

    assert [200, 200] == [visitor.get(each).status_code for each in (link, figures)]
    assert 200 == jo.open(f"/officers/packs/{COLLECTION}/board.html").status_code


def test_a_pack_for_those_who_signed_in(tmp_path: Path) -> None:
    """Anybody else is led to the sign-in, and back from there; no key opens it."""
    office = published(tmp_path, OpenTo.SIGNED_IN)
    visitor, address = TestClient(office.client.app, follow_redirects=False), f"/packs/{COLLECTION}/board.html"
    sent = visitor.get(address)

    on = visitor.get(sent.headers["location"])
    assert (303, f"/officers{address}") == (sent.status_code, sent.headers["location"])
    assert on.headers["location"].startswith("/officers/sign-in?to=%2Fofficers%2Fpacks")
    assert link_in(office) == f"/packs/{COLLECTION}/v1/board.html"
    assert 303 == visitor.get(f"/packs/with/{'0' * 40}/{COLLECTION}/board.html").status_code
    assert b"<p>first</p>" == OfficerAtWork(office).sign_in().open(f"/officers{address}").content


@pytest.mark.parametrize("open_to", OpenTo)
def test_a_lead_is_mailed_no_address_that_opens_nothing(tmp_path: Path, open_to: OpenTo) -> None:
    """Of a pack that signed-in officers open, a lead who is none is told whom to ask; an officer has its address."""
    office = published(tmp_path, open_to)
    known, (release,) = office.installation, office.kept(ReleaseMade)
    lead, jo = Recipient("board/lead", "Lee", "lee@partner.example"), Recipient("officer/jo", "Jo", "jo@x.example")

    def told(to: Recipient) -> tuple[bool, bool]:
        action = replace(a_send("pack-ready", to, about=release.key), request="", partner="", collection=COLLECTION)
        parts = known.settings, known.framework, known.facts(), known.stores
        context = release_context(*parts, release, action, known.today())
        return bool(context["pack"]), context["from_officers"]

    kept = open_to is OpenTo.SIGNED_IN
    assert (not kept, kept) == told(lead)
    assert not told(jo)[1]


@pytest.mark.parametrize(("open_to", "status"), [(OpenTo.PUBLIC, 200), (OpenTo.LINK, 403), (OpenTo.SIGNED_IN, 303)])
def test_the_figures_of_all_boards_have_a_setting_of_their_own(tmp_path: Path, open_to: OpenTo, status: int) -> None:
    """Packs may be public and `/data/` not: files, an indicator's series and the feed go together."""
    office = published(tmp_path, OpenTo.PUBLIC, open_to)
    visitor = TestClient(office.client.app, follow_redirects=False)
    places = (FIGURES, "/data/latest/observations.csv", "/data/feed.atom", "/data/indicators/fires.csv")

    assert [status] * 4 == [visitor.get(each).status_code for each in places]
    assert (status == 200) == ("/data/latest/" in visitor.get("/packs/").text)
    assert 200 == visitor.get(f"/packs/{COLLECTION}/board.html").status_code


def test_the_feed_leads_whoever_has_the_link_to_what_they_may_load(tmp_path: Path) -> None:
    """Its addresses carry the key that it was asked for with."""
    office = published(tmp_path, OpenTo.PUBLIC, OpenTo.LINK)
    jo = OfficerAtWork(office).sign_in()
    jo.open("/officers/packs/")
    address = next(each for each in links(jo) if each.endswith("feed.atom"))
    answer = TestClient(office.client.app).get(address)

    assert f"{address.removesuffix('/feed.atom')}/{COLLECTION}/v1/datapackage.json" in answer.text
    assert "access-control-allow-origin" not in answer.headers


def test_a_supplier_is_thanked_without_a_link_that_is_not_for_it(tmp_path: Path) -> None:
    """The email of thanks names the board that reads its figures, and the address only of a public pack."""
    office = published(tmp_path, OpenTo.LINK)
    known, (release,) = office.installation, office.kept(ReleaseMade)
    send = a_send("thank-you", about=release.key)
    context = release_context(
        known.settings, known.framework, known.facts(), known.stores, release, send, known.today()
    )

    assert [""] == [each["url"] for each in context["packs"]]
