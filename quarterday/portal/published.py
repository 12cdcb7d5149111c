"""Published packs, as they were released: read-only, the newest release of each collection."""

from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.store import NotStored
from quarterday.facts import Facts, ReleaseMade
from quarterday.portal.desk import Desk
from quarterday.portal.guard import PACK_POLICY


def newest_releases(facts: Facts) -> dict[str, ReleaseMade]:
    """The newest release of each collection."""
    ordered = sorted(facts.of(ReleaseMade), key=lambda each: each.version)
    return {each.collection: each for each in ordered}


def packs_page(desk: Desk, _request: Request) -> Response:
    """The list of packs."""
    releases = newest_releases(desk.installation.facts()).values()
    packs = [
        (release, [name.rpartition("/")[2] for name in _packs(desk, release)])
        for release in sorted(releases, key=lambda each: each.at, reverse=True)
    ]
    return desk.pages.render("packs", {"packs": packs})


def _packs(desk: Desk, release: ReleaseMade) -> list[str]:
    return sorted(desk.installation.stores.published.names(f"{release.folder.rstrip('/')}/packs/"))


def pack(desk: Desk, request: Request) -> Response:
    """One file of a collection's newest release."""
    release = newest_releases(desk.installation.facts()).get(request.path_params["collection"])
    name = request.path_params["name"]
    if release is None or not name or name.startswith(".") or "/" in name or "\\" in name:
        return desk.problem("gone", 404)
    try:
        data = desk.installation.stores.published.get(f"{release.folder.rstrip('/')}/packs/{name}")
    except NotStored:
        return desk.problem("gone", 404)
    kind = guess_type(name)[0] or "application/octet-stream"
    headers = {"cache-control": "public, max-age=300", "content-security-policy": PACK_POLICY}
    return Response(data, media_type=kind, headers=headers)


def home_page(desk: Desk, _request: Request) -> Response:
    """The portal's own front: it says that partners come by a link."""
    return desk.pages.render("home", {})
