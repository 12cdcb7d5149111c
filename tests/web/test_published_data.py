"""Published figures at permanent addresses, an indicator's series, and the feed."""

import csv
import io
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from quarterday.domain.facts import ReleaseMade, ReleaseWithdrawn
from quarterday.web.readers.data import ATOM
from tests.web.conftest import COLLECTION, Office

AT = datetime(2025, 8, 5, 8, tzinfo=UTC)
HEAD = "indicator,definition_version,period_start,period_end,value,marker,comparable,comment\n"
FIRST = "thefts,1,2025-01-01,2025-03-31,12,,true,'=odd\n"
HIDDEN = "thefts,1,2025-04-01,2025-06-30,,[c],true,\nfires,1,2025-04-01,2025-06-30,7,,true,\n"
REVISED = (
    "version,indicator,area_code,category,period_start,period_end,was,now,why\n"
    "2,thefts,E09000099,,2025-04-01,2025-06-30,12 [p],14,The supplier sent a later return.\n"
    "3,thefts,E09000099,,2025-04-01,2025-06-30,14,15,The supplier sent a later return.\n"
)


def release(office: Office, version: int = 1, revised: str = REVISED) -> None:
    """A release with two tables, and its log."""
    folder = f"{COLLECTION}/v{version}"
    published = office.installation.stores.published
    published.put(f"{folder}/history.csv", (HEAD + FIRST).encode())
    published.put(f"{folder}/observations.csv", (HEAD + HIDDEN).encode())
    published.put(f"{folder}/revisions.csv", revised.encode())
    published.put(f"{folder}/manifest.json", b"{}")
    office.installation.register.append(
        ReleaseMade(
            at=AT.replace(day=4 + version),
            by="quarterday",
            partnership="somewhere",
            collection=COLLECTION,
            version=version,
            kind="provisional" if version == 1 else "revised",
            folder=folder,
            manifest_sha256="0" * 64,
            returns=(),
        )
    )


def take_back(office: Office, version: int) -> None:
    """An officer withdraws a version."""
    office.installation.register.append(
        ReleaseWithdrawn(
            at=AT.replace(day=20),
            by="jo",
            reason="Counted twice.",
            partnership="somewhere",
            collection=COLLECTION,
            version=version,
            for_readers="A partner counted twice.",
        )
    )


@pytest.mark.parametrize("place", ["latest", COLLECTION, f"{COLLECTION}/v1"])
def test_a_table_stands_at_the_newest_the_collections_and_the_versions_address(office: Office, place: str) -> None:
    """The very bytes that were published, for any page to load."""
    release(office)
    answer = office.client.get(f"/data/{place}/observations.csv")

    assert (200, HEAD + HIDDEN) == (answer.status_code, answer.text)
    assert "*" == answer.headers["access-control-allow-origin"]
    assert answer.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize("name", ["manifest.json", "none.csv", "..%2fv1%2fobservations.csv", ".csv", "packs", "x.py"])
def test_nothing_else_of_a_release_is_served(office: Office, name: str) -> None:
    """What is no table has no address."""
    release(office)

    assert 404 == office.client.get(f"/data/latest/{name}").status_code


def test_a_withdrawn_version_says_so_at_its_address_and_the_one_before_stands(office: Office) -> None:
    """410 for the version itself; the newest address leads to what stands."""
    release(office, 1)
    release(office, 2)
    take_back(office, 2)

    gone = office.client.get(f"/data/{COLLECTION}/v2/observations.csv")
    assert 410 == gone.status_code
    assert "A partner counted twice." in gone.text
    assert 200 == office.client.get("/data/latest/observations.csv").status_code


def test_a_series_has_all_that_was_published_of_an_indicator(office: Office) -> None:
    """As CSV with its guards, as JSON with numbers; what is hidden is null with its marker, and never nought."""
    release(office)
    table = list(csv.DictReader(io.StringIO(office.client.get("/data/indicators/thefts.csv").text)))
    said = office.client.get("/data/indicators/thefts.json").json()

    assert ["12", ""] == [row["value"] for row in table]
    assert [(12.0, ""), (None, "[c]")] == [(each["value"], each["marker"]) for each in said["figures"]]
    assert ("=odd", True) == (said["figures"][0]["comment"], said["figures"][0]["comparable"])
    assert (COLLECTION, 1) == (said["collection"], said["version"])
    assert 404 == office.client.get("/data/indicators/unknown.json").status_code


def test_the_feed_tells_of_releases_corrections_and_withdrawals(office: Office) -> None:
    """Newest first, each with an address of its own."""
    release(office, 1)
    release(office, 2)
    take_back(office, 2)
    root = ET.fromstring(office.client.get("/data/feed.atom").text)
    titles = [each.findtext(f"{{{ATOM}}}title") for each in root.iter(f"{{{ATOM}}}entry")]
    names = [each.text for each in root.iter(f"{{{ATOM}}}id")]

    assert [
        f"{COLLECTION}: version 2 was withdrawn",
        f"{COLLECTION}: corrected figures, version 2 (revised)",
        f"{COLLECTION}: figures, version 1 (provisional)",
    ] == titles
    summaries = [each.text for each in root.iter(f"{{{ATOM}}}summary")]
    assert summaries[1].startswith("One figure changed. ") and summaries[1].endswith(": 12 [p] before, 14 now.")
    assert f"/data/{COLLECTION}/v2/corrections" in str([each.get("href") for each in root.iter(f"{{{ATOM}}}link")])
    assert "2025-08-20T08:00:00+00:00" == root.findtext(f"{{{ATOM}}}updated")
    assert len(names) == len(set(names)) == 4


def test_a_feed_before_anything_is_published_is_empty_and_whole(office: Office) -> None:
    """A reader may follow it from the first day."""
    root = ET.fromstring(office.client.get("/data/feed.atom").text)

    assert [] == list(root.iter(f"{{{ATOM}}}entry"))
    assert root.findtext(f"{{{ATOM}}}updated")


def test_the_page_of_packs_leads_to_the_figures(office: Office) -> None:
    """And to the feed."""
    release(office)
    page = office.client.get("/packs/").text

    assert "/data/latest/observations.csv" in page
    assert "/data/feed.atom" in page


def test_a_correction_has_a_notice_at_an_address_that_stays(office: Office) -> None:
    """What was, what is and why, of that version alone; the first corrects nothing, and a withdrawn one says so."""
    release(office, 1)
    release(office, 2)
    office.installation.stores.published.put(f"{COLLECTION}/v2/packs/board.html", b"<p>A pack</p>")
    notice = office.client.get(f"/data/{COLLECTION}/v2/corrections").text

    assert all(said in notice for said in ("12 [p]", '<td class="govuk-table__cell">14</td>', "a later return"))
    assert "15" not in notice.partition("<tbody")[2].partition("</tbody")[0]
    assert "nothing that it corrects" in office.client.get(f"/data/{COLLECTION}/v1/corrections").text
    assert f"/data/{COLLECTION}/v2/corrections" in office.client.get("/packs/").text
    assert 404 == office.client.get(f"/data/{COLLECTION}/v7/corrections").status_code

    take_back(office, 2)
    assert 410 == office.client.get(f"/data/{COLLECTION}/v2/corrections").status_code


def test_what_a_first_version_says_otherwise_of_earlier_quarters_is_told(office: Office) -> None:
    """A late return for a quarter before: on the notice, and in a sentence of the feed."""
    release(office, 1, REVISED.replace("\n2,", "\n1,"))
    summary = ET.fromstring(office.client.get("/data/feed.atom").text).find(f".//{{{ATOM}}}entry/{{{ATOM}}}summary")

    assert "12 [p]" in office.client.get(f"/data/{COLLECTION}/v1/corrections").text
    assert "It says otherwise of one figure of earlier quarters" in summary.text
