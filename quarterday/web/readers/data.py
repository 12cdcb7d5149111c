"""Published figures for those who load them: permanent addresses, an indicator's series, and a feed of releases."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from mimetypes import guess_type
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.published_addresses import WITH_KEY
from quarterday.adapters.store import NotStored
from quarterday.domain.collection.releases import latest_release
from quarterday.domain.facts import CollectionOpened, Facts, ReleaseMade, ReleaseWithdrawn
from quarterday.publishing.csv_cells import lines_of, named
from quarterday.web.readers.corrections import PLACE, first_in_short, in_short
from quarterday.web.readers.published import asked_for, plain_name, word_of_withdrawal
from quarterday.web.serving.site import Site

LATEST = "latest"
KINDS = {".csv": "text/csv; charset=utf-8", ".json": "application/json", ".parquet": "", ".xlsx": ""}
NUMBERS = ("value", "numerator", "denominator", "definition_version")
ATOM = "http://www.w3.org/2005/Atom"
_HEADERS = {"cache-control": "public, max-age=300", "access-control-allow-origin": "*"}


def data_file(site: Site, request: Request) -> Response:
    """One file of figures: of the newest release, of a collection's newest, or of the version that is named."""
    facts, name = site.current.snapshot().facts, request.path_params["name"]
    kind = next((media for ending, media in KINDS.items() if name.endswith(ending)), None)
    if kind is None or name == "manifest.json" or not plain_name(name):
        return site.problem("gone", 404)
    release = latest_release(facts) if request.path_params["collection"] == LATEST else asked_for(facts, request)
    if release is None:
        return word_of_withdrawal(site, request, name) or site.problem("gone", 404)
    try:
        data = _read(site, release, name)
    except NotStored:
        return site.problem("gone", 404)
    media = kind or guess_type(name)[0] or "application/octet-stream"
    return Response(data, media_type=media, headers=_HEADERS)


def series(site: Site, request: Request) -> Response:
    """Every published figure of one indicator, oldest first, from the newest release that stands."""
    code, kind = request.path_params["indicator"], request.path_params["kind"]
    release = latest_release(site.current.snapshot().facts)
    if release is None or kind not in ("csv", "json"):
        return site.problem("gone", 404)
    columns, rows = _rows_of(site, release, code)
    if not rows:
        return site.problem("gone", 404)
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([columns, *rows])
        return Response(text.getvalue(), media_type=KINDS[".csv"], headers=_HEADERS)
    said = {
        "indicator": code,
        "collection": release.collection,
        "version": release.version,
        "figures": [_typed(named(columns, row)) for row in rows],
    }
    return Response(json.dumps(said, ensure_ascii=False), media_type=KINDS[".json"], headers=_HEADERS)


def feed(site: Site, request: Request) -> Response:
    """Releases and withdrawals as an Atom feed, newest first: whoever uses the figures hears of what was corrected."""
    facts, home = site.current.snapshot().facts, _home(site, request)
    partnership = site.installation.framework.partnership
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    events = sorted(_events(facts), key=lambda each: each.at, reverse=True)
    moments = [each.at for each in events]
    address = f"{home}/feed.atom"
    _fields(root, address, f"{partnership.name}: figures", max(moments, default=_first_moment(facts)))
    ET.SubElement(ET.SubElement(root, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = partnership.name
    ET.SubElement(root, f"{{{ATOM}}}link", rel="self", href=address)
    for each in events:
        _entry(site, ET.SubElement(root, f"{{{ATOM}}}entry"), each, home)
    data = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(data, media_type="application/atom+xml", headers=_HEADERS)


def _home(site: Site, request: Request) -> str:
    """The address under which figures stand, with the key that this visitor came with."""
    key = request.path_params.get("key")
    return f"{site.installation.settings.portal_url.rstrip('/')}/data{f'/{WITH_KEY}/{key}' if key else ''}"


def _read(site: Site, release: ReleaseMade, name: str) -> bytes:
    return site.installation.stores.published.get(f"{release.folder.rstrip('/')}/{name}")


def _rows_of(site: Site, release: ReleaseMade, code: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The columns, and the rows of an indicator as they were published, earlier figures first."""
    columns: tuple[str, ...] = ()
    found: list[tuple[str, ...]] = []
    for table in ("history", "observations"):
        try:
            columns, rows = lines_of(_read(site, release, f"{table}.csv"))
        except NotStored:
            continue
        found += [row for row in rows if row[columns.index("indicator")] == code]
    return columns, found


def _typed(row: dict[str, str]) -> dict[str, str | float | bool | None]:
    """A row with its numbers as numbers; what is missing or hidden is null, and its marker says which."""
    return {
        name: (float(value) if value else None)
        if name in NUMBERS
        else (value == "true" if name in ("comparable", "stale") else value)
        for name, value in row.items()
    }


def _events(facts: Facts) -> Iterator[ReleaseMade | ReleaseWithdrawn]:
    yield from facts.of(ReleaseMade)
    yield from facts.of(ReleaseWithdrawn)


def _first_moment(facts: Facts) -> datetime:
    return min((each.at for each in facts.of(CollectionOpened)), default=datetime.fromisoformat("2000-01-01T00:00:00Z"))


def _entry(site: Site, entry: ET.Element, event: ReleaseMade | ReleaseWithdrawn, home: str) -> None:
    """A release with where its figures are, or word that it was taken back."""
    address = f"{home}/{event.collection}/v{event.version}"
    if isinstance(event, ReleaseWithdrawn):
        title = f"{event.collection}: version {event.version} was withdrawn"
        _fields(entry, f"{address}/#withdrawn", title, event.at)
        ET.SubElement(entry, f"{{{ATOM}}}summary").text = f"Please do not use it. {event.for_readers}".strip()
        link = f"{home.partition('/data')[0]}/packs/"
    else:
        kind = "figures" if event.version == 1 else "corrected figures"
        title = f"{event.collection}: {kind}, version {event.version} ({event.kind})"
        _fields(entry, f"{address}/", title, event.at)
        ET.SubElement(entry, f"{{{ATOM}}}summary").text = (
            first_in_short(site, event) if event.version == 1 else in_short(site, event)
        )
        link = f"{address}/{'datapackage.json' if event.version == 1 else PLACE}"
    ET.SubElement(entry, f"{{{ATOM}}}link", href=link)


def _fields(element: ET.Element, identity: str, title: str, moment: datetime) -> None:
    for name, text in (("id", identity), ("title", title), ("updated", moment.isoformat())):
        ET.SubElement(element, f"{{{ATOM}}}{name}").text = text
