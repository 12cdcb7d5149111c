"""Published packs, as they were released: read-only, and none of a release that was withdrawn."""

from dataclasses import dataclass
from datetime import date
from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.store import NotStored
from quarterday.domain.collection.releases import newest_releases, next_version, standing_releases
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, ReleaseMade, ReleaseWithdrawn
from quarterday.web.door.guard import PACK_POLICY
from quarterday.web.serving.site import Site


def packs_page(site: Site, _request: Request) -> Response:
    """The list of packs, and word of the versions that were withdrawn."""
    facts = site.current.snapshot().facts
    made = sorted(newest_releases(facts).values(), key=lambda each: each.at, reverse=True)
    packs = [(release, [name.rpartition("/")[2] for name in _packs(site, release)]) for release in made]
    taken_back = [withdrawal(facts, each) for each in _taken_back(facts)]
    return site.pages.render("packs", {"packs": packs, "withdrawn": taken_back})


def _taken_back(facts: Facts) -> list[ReleaseWithdrawn]:
    """The withdrawals of which readers still need to hear, newest first: until two later versions have come."""
    return sorted(
        (each for each in facts.of(ReleaseWithdrawn) if next_version(facts, each.collection) <= each.version + 2),
        key=lambda each: each.at,
        reverse=True,
    )


@dataclass(frozen=True)
class Withdrawal:
    """What a reader is told of a version that was taken back."""

    collection: str
    version: int
    day: date
    for_readers: str
    instead: int  # the version that stands; nought where none does


def withdrawal(facts: Facts, gone: ReleaseWithdrawn) -> Withdrawal:
    """A withdrawal as readers are told it."""
    standing = standing_releases(facts, gone.collection)
    instead = standing[-1].version if standing else 0
    return Withdrawal(gone.collection, gone.version, london_day(gone.at), gone.for_readers, instead)


def _packs(site: Site, release: ReleaseMade) -> list[str]:
    return sorted(site.installation.stores.published.names(f"{release.folder.rstrip('/')}/packs/"))


def pack(site: Site, request: Request) -> Response:
    """One file of a collection's newest release, or of the version that the address names."""
    facts, name = site.current.snapshot().facts, request.path_params["name"]
    if not plain_name(name):
        return site.problem("gone", 404)
    release = asked_for(facts, request)
    if release is None:
        return word_of_withdrawal(site, request, name) or site.problem("gone", 404)
    try:
        data = site.installation.stores.published.get(f"{release.folder.rstrip('/')}/packs/{name}")
    except NotStored:
        return site.problem("gone", 404)
    kind = guess_type(name)[0] or "application/octet-stream"
    headers = {"cache-control": "public, max-age=300", "content-security-policy": PACK_POLICY}
    return Response(data, media_type=kind, headers=headers)


def plain_name(name: str) -> bool:
    """Whether a name is that of a file, and leads nowhere else."""
    return bool(name) and not name.startswith(".") and "/" not in name and "\\" not in name


def word_of_withdrawal(site: Site, request: Request, name: str) -> Response | None:
    """What is answered where an address leads to a version that was withdrawn; None where it leads to none."""
    facts = site.current.snapshot().facts
    gone = _withdrawn(facts, request)
    return _word_of(site, withdrawal(facts, gone), name) if gone else None


def asked_for(facts: Facts, request: Request) -> ReleaseMade | None:
    """The release behind an address; None where there is none, or it was withdrawn."""
    releases = standing_releases(facts, request.path_params["collection"])
    version = request.path_params.get("version", releases[-1].version if releases else 0)
    return next((each for each in releases if each.version == version), None)


def _withdrawn(facts: Facts, request: Request) -> ReleaseWithdrawn | None:
    """The withdrawal behind an address: of the version that it names, else the latest."""
    version = request.path_params.get("version")
    every = facts.about(request.path_params["collection"], ReleaseWithdrawn)
    wanted = [each for each in every if version in (None, each.version)]
    return max(wanted, key=lambda each: each.version, default=None)


def _word_of(site: Site, gone: Withdrawal, name: str) -> Response:
    """Instead of a pack: that its version was withdrawn, why, and what stands. 410: it does not come back."""
    there = False
    if gone.instead:
        folder = next(
            each.folder
            for each in standing_releases(site.current.snapshot().facts, gone.collection)
            if each.version == gone.instead
        )
        there = site.installation.stores.published.exists(f"{folder.rstrip('/')}/packs/{name}")
    return site.pages.render("withdrawn", {"gone": gone, "name": name if there else ""}, 410)


def home_page(site: Site, _request: Request) -> Response:
    """The portal's own front: it says that partners come by a link."""
    return site.pages.render("home", {})
