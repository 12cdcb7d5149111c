"""The packs of a release that is not made yet, behind the link of an officer or of an early reader."""

from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.pack_drafts import draft_names, draft_version
from quarterday.adapters.store import NotStored
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.facts import FiguresSeen
from quarterday.web.door.guard import PACK_POLICY
from quarterday.web.officers.early_visits import EarlyVisit
from quarterday.web.officers.officer_visits import OfficerVisit
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site


def early_page(site: Site, request: Request, visit: EarlyVisit) -> Response:
    """The list of the draft's packs for an early reader, whose first visit is put on record."""
    if visit.first:
        record(site.installation.register, _seen(visit, f"v{visit.version}"))
    return drafts_page(site, request, visit)


def drafts_page(site: Site, request: Request, visit: OfficerVisit | EarlyVisit) -> Response:
    """The list of the draft's packs."""
    plan = plan_for(visit.framework, visit.facts, visit.collection)
    return site.page(
        request,
        visit,
        "drafts",
        label=plan.label if plan else visit.collection,
        version=draft_version(visit.folder),
        names=_names(site, visit),
    )


def draft(site: Site, request: Request, visit: OfficerVisit | EarlyVisit) -> Response:
    """One pack of the draft, on record; no browser keeps it."""
    name = request.path_params["name"]
    if name not in _names(site, visit):
        return site.problem("gone", 404)
    try:
        data = site.installation.stores.raw.get(f"{visit.folder}/{name}")
    except NotStored:  # it was deleted this moment
        return site.problem("gone", 404)
    record(site.installation.register, _seen(visit, f"v{draft_version(visit.folder)}/{name}"))
    kind = guess_type(name)[0] or "application/octet-stream"
    return Response(data, media_type=kind, headers={"content-security-policy": PACK_POLICY})


def _names(site: Site, visit: OfficerVisit | EarlyVisit) -> list[str]:
    """The draft's packs; for an early reader the pages alone, no file for machines."""
    names = draft_names(site.installation.stores.raw, visit.folder) if visit.folder else []
    return names if visit.officer else [each for each in names if each.endswith(".html")]


def _seen(visit: OfficerVisit | EarlyVisit, what: str) -> FiguresSeen:
    """That whoever got the link looked at the draft: on record under the same name as behind a session."""
    return FiguresSeen(
        at=visit.now,
        by=visit.by,
        partnership=visit.message.partnership,
        partner_return=f"{visit.collection}/{what}",
        what="draft",
    )
