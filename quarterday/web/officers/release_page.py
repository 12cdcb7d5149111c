"""A collection's releases: what the next version would say and what differs, who approved, who was told, the files."""

from collections import Counter
from dataclasses import dataclass
from mimetypes import guess_type
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.store import NotStored
from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.binding import framework_of, plan_for
from quarterday.domain.collection.releases import approved, needs_approval, next_version, releases_of, withdrawn
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import MessageReserved, ReleaseKind, ReleaseMade
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.telling.audit import Teller
from quarterday.publishing.disclosure.risk import DisclosureRiskError
from quarterday.publishing.drafts import draft_names, keep_draft
from quarterday.web.door.guard import PACK_POLICY
from quarterday.web.officers.officer_door import HOME, SEE_OTHER, SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.waiting import ways_of
from quarterday.web.partners.template_files import download
from quarterday.web.serving.forms import Form
from quarterday.web.serving.site import Site

if TYPE_CHECKING:
    from quarterday.publishing.candidate import Candidate

_HIDDEN = {Marker.CONFIDENTIAL: "hidden", Marker.NOT_AVAILABLE: "missing"}


@dataclass(frozen=True)
class Version:
    """A release that was made: what became of it, who was told, and its files."""

    made: ReleaseMade
    withdrawn: bool
    told: list[str]
    files: list[tuple[str, str]]  # the name, and the address


@dataclass(frozen=True)
class Preview:
    """The next version as it would be: how many cells each indicator shows, and what differs from the last."""

    returns: int
    counted: list[tuple[str, int, int, int]]  # indicator, shown, hidden, missing
    changes: list[str]
    to_look_at: tuple[str, ...]
    packs: list[tuple[str, str]]
    unsafe: str = ""


def release_page(
    site: Site, request: Request, visit: SignedInVisit, form: Form | None = None, preview: Preview | None = None
) -> Response:
    """Where the next version stands, and every version there is."""
    plan = plan_for(visit.framework, visit.facts, request.path_params["collection"])
    if plan is None:
        return officers_problem(site, request, "gone", 404)
    collection = _today(visit, plan)
    made = releases_of(visit.facts, plan.collection)
    names = (
        "approve-release",
        "hold-release",
        *(("withdraw-release",) if any(not withdrawn(visit.facts, each) for each in made) else ()),
    )
    return officers_page(
        site,
        request,
        visit,
        "officers/release",
        form=form,
        section="collections",
        done=outcome(site.words, request, visit, plan.collection),
        plan=plan,
        version=next_version(visit.facts, plan.collection),
        approved=approved(collection),
        why=needs_approval(collection),
        versions=[_version(site, visit, each) for each in reversed(made)],
        ways=ways_of(site.words, names, plan.collection),
        preview=preview,
    )


def preview(site: Site, request: Request, visit: SignedInVisit, form: Form) -> Response:
    """Make the next version up for this officer's eyes, and show what it says and what differs."""
    plan = plan_for(visit.framework, visit.facts, request.path_params["collection"])
    if plan is None:
        return officers_problem(site, request, "gone", 404)
    return release_page(site, request, visit, form, _previewed(site, visit, plan))


def draft(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """One pack of a draft; no browser keeps it."""
    moment, collection, version, name = (request.path_params[each] for each in ("at", "collection", "version", "name"))
    folder, raw = f"drafts/{moment}/{collection}/{version}", site.installation.stores.raw
    if plan_for(visit.framework, visit.facts, collection) is None or name not in draft_names(raw, folder):
        return officers_problem(site, request, "gone", 404)
    kind = guess_type(name)[0] or "application/octet-stream"
    return Response(raw.get(f"{folder}/{name}"), media_type=kind, headers={"content-security-policy": PACK_POLICY})


def release_file(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """One file of a version, withdrawn ones too: officers may look at what readers had."""
    number, name = request.path_params["version"], request.path_params["name"]
    made = [each for each in releases_of(visit.facts, request.path_params["collection"]) if each.version == number]
    if not made or name not in _names(site, made[0]):
        return officers_problem(site, request, "gone", 404)
    try:
        data = site.installation.stores.published.get(f"{made[0].folder.rstrip('/')}/{name}")
    except NotStored:
        return officers_problem(site, request, "gone", 404)
    return download(data, name.rpartition("/")[2], guess_type(name)[0] or "application/octet-stream")


def _today(visit: SignedInVisit, plan: Timetable) -> CollectionToday:
    return CollectionToday(visit.framework, visit.facts, plan, visit.today)


def _version(site: Site, visit: SignedInVisit, made: ReleaseMade) -> Version:
    teller = Teller(visit.framework, visit.facts)
    messages = (each for each in visit.facts.of(MessageReserved) if each.tells_of == made.key)
    told = list(dict.fromkeys(teller.entry(each).what for each in messages))
    where = f"{HOME}/collections/{made.collection}/release/v{made.version}"
    files = [(name, f"{where}/{name}") for name in _names(site, made)]
    return Version(made, withdrawn(visit.facts, made), told, files)


def _names(site: Site, made: ReleaseMade) -> list[str]:
    """Every file of a release, without its folder."""
    folder = f"{made.folder.rstrip('/')}/"
    return sorted(each.removeprefix(folder) for each in site.installation.stores.published.names(folder))


def _previewed(site: Site, visit: SignedInVisit, plan: Timetable) -> Preview:
    from quarterday.publishing.candidate import prepare  # noqa: PLC0415 - slow and large, and seldom asked for
    from quarterday.publishing.pack.packs import build_packs  # noqa: PLC0415

    office, version = site.installation, next_version(visit.facts, plan.collection)
    kind = ReleaseKind.PROVISIONAL if version == 1 else ReleaseKind.REVISED
    action = Publish(plan.collection, version, kind, plan.publish_on, "previewed by an officer")
    framework = framework_of(visit.framework, visit.facts, plan.collection)
    try:
        candidate = prepare(office, action)
    except DisclosureRiskError as risk:
        return Preview(0, [], [], (), [], unsafe=str(risk))
    packs = build_packs(framework, candidate.tables, ["html"])
    folder = keep_draft(office.stores.raw, plan.collection, version, office.now(), packs)
    return Preview(
        len(candidate.returns),
        _counted(framework, candidate),
        _changes(site, framework, candidate),
        candidate.to_look_at,
        [
            (each, f"{HOME}/{folder}/{each}")
            for each in draft_names(office.stores.raw, folder)
            if each.endswith(".html")
        ],
    )


def _counted(framework: Framework, candidate: "Candidate") -> list[tuple[str, int, int, int]]:
    found: dict[str, Counter[str]] = {}
    for each in candidate.tables.observations:
        state = _HIDDEN.get(each.marker, "shown") if each.marker else "shown"
        found.setdefault(each.indicator, Counter())[state] += 1
    return [
        (framework.indicator[code].title, count["shown"], count["hidden"], count["missing"])
        for code, count in found.items()
        if code in framework.indicator
    ]


def _changes(site: Site, framework: Framework, candidate: "Candidate") -> list[str]:
    """How many values of each indicator differ from what readers have now."""
    version = candidate.tables.version
    changed = Counter(each.indicator for each in candidate.tables.revisions if each.version == version)
    return [
        site.words.count("officers.release.changed", number, indicator=framework.indicator[code].title)
        for code, number in changed.items()
        if code in framework.indicator
    ]


def to_release(_site: Site, request: Request, _visit: SignedInVisit) -> Response:
    """Whoever reloads a preview comes back to the page from which it was asked for."""
    return RedirectResponse(request.url.path.rpartition("/")[0], SEE_OTHER)
