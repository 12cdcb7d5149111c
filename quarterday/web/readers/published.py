"""Published packs, as they were released: read-only, and none of a release that was withdrawn."""

from dataclasses import dataclass
from datetime import date
from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.published_addresses import WITH_KEY, data_key, pack_key
from quarterday.adapters.store import NotStored
from quarterday.domain.collection.pre_release import has_list
from quarterday.domain.collection.releases import newest_releases, next_version, standing_releases
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, ReleaseMade, ReleaseWithdrawn
from quarterday.domain.framework.partners import OpenTo
from quarterday.web.door.guard import PACK_POLICY
from quarterday.web.officers.officer_door import HOME, to_sign_in, visit_of
from quarterday.web.readers.opening import (
    kept_to_readers,
    may_read_data,
    may_read_pack,
    of_officers,
    pack_open_to,
    refused,
)
from quarterday.web.serving.site import Site


def packs_page(site: Site, request: Request) -> Response:
    """The list of packs that this visitor may read, and word of the versions that were withdrawn."""
    facts = site.current.snapshot().facts
    made = sorted(newest_releases(facts).values(), key=lambda each: each.at, reverse=True)
    if of_officers(request) and visit_of(site, request) is None:
        return to_sign_in(request)
    every = [(release, _listed(site, request, release)) for release in made]
    listed = [(release, files) for release, files in every if files]
    taken_back = [withdrawal(facts, each) for each in _taken_back(facts)]
    public = OpenTo.PUBLIC in {each.open_to for each in site.installation.framework.partnership.boards}
    context = {
        "packs": listed,
        "seen_early": lambda each: has_list(site.installation.framework, facts, each.collection, each.version),
        "withdrawn": taken_back if public or listed else [],
        "data": _data_address(site, request) if made else "",
        "not_listed": len(listed) < len(made) or any(len(files) < len(_packs(site, each)) for each, files in listed),
    }
    return site.pages.render("packs", context)


def _listed(site: Site, request: Request, release: ReleaseMade) -> list[tuple[str, str]]:
    """The files of a release's packs that a visitor may read, each with its address."""
    names = [name.rpartition("/")[2] for name in _packs(site, release)]
    return [
        (name, f"{_pack_address(site, release, name)}/{release.collection}/{name}")
        for name in names
        if may_read_pack(site, request, name, release.collection)
    ]


def _pack_address(site: Site, release: ReleaseMade, name: str) -> str:
    """Under which address a pack is read: of one that is read by link, with the key that an officer passes on."""
    key = pack_key(site.signer, release.collection, name.partition(".")[0])
    return _address("/packs", pack_open_to(site.installation.framework, name), key)


def _data_address(site: Site, request: Request) -> str:
    """Under which address a visitor loads the figures; empty for whoever may not."""
    if not may_read_data(site, request):
        return ""
    return _address("/data", site.installation.framework.partnership.data_open_to, data_key(site.signer))


def _address(under: str, open_to: OpenTo, key: str) -> str:
    return {OpenTo.PUBLIC: under, OpenTo.LINK: f"{under}/{WITH_KEY}/{key}", OpenTo.SIGNED_IN: f"{HOME}{under}"}[open_to]


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
    open_to = pack_open_to(site.installation.framework, name)
    if not may_read_pack(site, request, name, request.path_params["collection"]):
        return refused(site, request, open_to)
    if release is None:
        return word_of_withdrawal(site, request, name) or site.problem("gone", 404)
    try:
        data = site.installation.stores.published.get(f"{release.folder.rstrip('/')}/packs/{name}")
    except NotStored:
        return site.problem("gone", 404)
    kind = guess_type(name)[0] or "application/octet-stream"
    headers = {"cache-control": "public, max-age=300", "content-security-policy": PACK_POLICY}
    return kept_to_readers(Response(data, media_type=kind, headers=headers), open_to)


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
