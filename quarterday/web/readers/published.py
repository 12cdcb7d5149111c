"""Published packs, as they were released: read-only, and none of a release that was withdrawn."""

from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.store import NotStored
from quarterday.domain.collection.releases import newest_releases, standing_releases
from quarterday.domain.facts import ReleaseMade
from quarterday.web.door.guard import PACK_POLICY
from quarterday.web.serving.site import Site


def packs_page(site: Site, _request: Request) -> Response:
    """The list of packs."""
    releases = newest_releases(site.current.snapshot().facts).values()
    packs = [
        (release, [name.rpartition("/")[2] for name in _packs(site, release)])
        for release in sorted(releases, key=lambda each: each.at, reverse=True)
    ]
    return site.pages.render("packs", {"packs": packs})


def _packs(site: Site, release: ReleaseMade) -> list[str]:
    return sorted(site.installation.stores.published.names(f"{release.folder.rstrip('/')}/packs/"))


def pack(site: Site, request: Request) -> Response:
    """One file of a collection's newest release, or of the version that the address names."""
    release = _asked_for(site, request)
    name = request.path_params["name"]
    if release is None or not name or name.startswith(".") or "/" in name or "\\" in name:
        return site.problem("gone", 404)
    try:
        data = site.installation.stores.published.get(f"{release.folder.rstrip('/')}/packs/{name}")
    except NotStored:
        return site.problem("gone", 404)
    kind = guess_type(name)[0] or "application/octet-stream"
    headers = {"cache-control": "public, max-age=300", "content-security-policy": PACK_POLICY}
    return Response(data, media_type=kind, headers=headers)


def _asked_for(site: Site, request: Request) -> ReleaseMade | None:
    """The release behind an address; None where there is none, or it was withdrawn."""
    releases = standing_releases(site.current.snapshot().facts, request.path_params["collection"])
    version = request.path_params.get("version", releases[-1].version if releases else 0)
    return next((each for each in releases if each.version == version), None)


def home_page(site: Site, _request: Request) -> Response:
    """The portal's own front: it says that partners come by a link."""
    return site.pages.render("home", {})
