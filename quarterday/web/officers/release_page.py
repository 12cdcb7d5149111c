"""A collection's releases: what the next version would say and what differs, who approved, who was told, the files."""

from dataclasses import dataclass
from mimetypes import guess_type
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.pack_drafts import draft_names
from quarterday.adapters.store import NotStored
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.held_figures import held_in
from quarterday.domain.collection.pre_release import given_for
from quarterday.domain.collection.releases import approved, coming, needs_approval, next_version, releases_of, withdrawn
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import Facts, FiguresSeen, MessageReserved, ReleaseMade, ReturnReceived
from quarterday.domain.figures.returns import Marker
from quarterday.domain.telling.audit import Teller
from quarterday.web.door.guard import PACK_POLICY
from quarterday.web.officers.officer_door import HOME, SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.previewing import Preview, ask_for_preview, last_asked
from quarterday.web.officers.waiting import ways_of
from quarterday.web.partners.template_files import download
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site

if TYPE_CHECKING:
    pass

_HIDDEN = {Marker.CONFIDENTIAL: "hidden", Marker.NOT_AVAILABLE: "missing"}


@dataclass(frozen=True)
class Version:
    """A release that was made: what became of it, who was told, and its files."""

    made: ReleaseMade
    withdrawn: bool
    told: list[str]
    files: list[tuple[str, str]]  # the name, and the address


def release_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """Where the next version stands, and every version there is."""
    plan = plan_for(visit.framework, visit.facts, request.path_params["collection"])
    if plan is None:
        return officers_problem(site, request, "gone", 404)
    collection = _today(visit, plan)
    made = releases_of(visit.facts, plan.collection)
    nothing_new = bool(made) and not coming(collection)
    begun = plan.opens <= visit.today
    names = (
        *(() if nothing_new or not begun else ("approve-release",)),
        *(("hold-release",) if begun else ()),
        *(("withdraw-release",) if any(not withdrawn(visit.facts, each) for each in made) else ()),
    )
    version = next_version(visit.facts, plan.collection)
    asked = last_asked(site, plan.collection, version)
    seen = bool(asked and asked.preview and asked.preview.folder)  # nobody is shown what no officer has looked at
    early = begun and seen and not nothing_new and visit.framework.partnership.pre_release is not None
    names = (*names, *(("give-pre-release",) if early else ()))
    return officers_page(
        site,
        request,
        visit,
        "officers/release",
        section="collections",
        done=outcome(site.words, request, visit, plan.collection),
        plan=plan,
        version=version,
        begun=begun,
        nothing_new=nothing_new,
        approved=approved(collection),
        early=given_for(visit.facts, plan.collection, version),
        why=needs_approval(collection),
        versions=[_version(site, visit, each) for each in reversed(made)],
        ways=ways_of(site.words, names, plan.collection),
        asked=asked,
        made_from=_returns_of(visit.facts, asked.preview) if asked and asked.preview else 0,
        held=[collection.framework.indicator[code].title for code in held_in(visit.facts, plan.collection)],
        stale=bool(asked and asked.preview and set(asked.preview.returns) != set(collection.accepted)),
        words_ways=lambda each: ways_of(site.words, ("publish-words", "keep-words-back"), f"{each[0]}/{each[1]}"),
    )


def _returns_of(facts: Facts, preview: Preview) -> int:
    """How many returns a preview is made from: it names words on activities and what is held back, too."""
    return len({each.partner_return for each in facts.of(ReturnReceived)} & set(preview.returns))


def preview(site: Site, request: Request, visit: SignedInVisit, _form: Form) -> Response:
    """Have the next version made up for officers' eyes: its page then says what it says and what differs."""
    plan = plan_for(visit.framework, visit.facts, request.path_params["collection"])
    if plan is None:
        return officers_problem(site, request, "gone", 404)
    if not ask_for_preview(site, plan.collection, next_version(visit.facts, plan.collection)):
        return officers_problem(site, request, "preview", 503)
    return RedirectResponse(f"{HOME}/collections/{plan.collection}/release#preview", SEE_OTHER)


def draft(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """One pack of a draft, on record; no browser keeps it."""
    moment, collection, version, name = (request.path_params[each] for each in ("at", "collection", "version", "name"))
    folder, raw = f"drafts/{moment}/{collection}/{version}", site.installation.stores.raw
    if plan_for(visit.framework, visit.facts, collection) is None or name not in draft_names(raw, folder):
        return officers_problem(site, request, "gone", 404)
    note_seen(site, visit, f"{collection}/{version}/{name}", "draft")
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
    note_seen(site, visit, f"{made[0].collection}/v{number}/{name}", "release")
    return download(data, name.rpartition("/")[2], guess_type(name)[0] or "application/octet-stream")


def note_seen(site: Site, visit: SignedInVisit, what: str, kind: str) -> None:
    """Put on record that the officer opens it. Raises `RegisterBusyError`: what cannot be recorded is not shown."""
    partnership = visit.framework.partnership.code
    seen = FiguresSeen(at=visit.now, by=visit.officer.code, partnership=partnership, partner_return=what, what=kind)
    record(site.installation.register, seen)


def _today(visit: SignedInVisit, plan: Timetable) -> CollectionToday:
    return CollectionToday(visit.framework, visit.facts, plan, visit.today)


def _version(site: Site, visit: SignedInVisit, made: ReleaseMade) -> Version:
    teller = Teller(visit.framework, visit.facts)
    messages = (each for each in visit.facts.of(MessageReserved) if each.tells_of == made.key)
    told = list(dict.fromkeys(_told(teller.person(each.recipient), each) for each in messages))
    where = f"{HOME}/collections/{made.collection}/release/v{made.version}"
    files = [(name, f"{where}/{name}") for name in _names(site, made)]
    return Version(made, withdrawn(visit.facts, made), told, files)


def _told(person: str, message: MessageReserved) -> str:
    return f"{person[:1].upper()}{person[1:]}: “{message.subject or message.email}”"


def _names(site: Site, made: ReleaseMade) -> list[str]:
    """Every file of a release, without its folder."""
    folder = f"{made.folder.rstrip('/')}/"
    return sorted(each.removeprefix(folder) for each in site.installation.stores.published.names(folder))


def to_release(_site: Site, request: Request, _visit: SignedInVisit) -> Response:
    """Whoever reloads a preview comes back to the page from which it was asked for."""
    return RedirectResponse(request.url.path.rpartition("/")[0], SEE_OTHER)
