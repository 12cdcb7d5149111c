"""The packs of a release that is not made yet, behind an officer's link."""

from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.store import NotStored
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.facts import FiguresSeen
from quarterday.publishing.drafts import draft_names, draft_version
from quarterday.web.door.guard import PACK_POLICY
from quarterday.web.officers.officer_visits import OfficerVisit
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site


def drafts_page(site: Site, request: Request, visit: OfficerVisit) -> Response:
    """The list of the draft's packs."""
    message = visit.message
    plan = plan_for(visit.framework, visit.facts, message.collection)
    return site.page(
        request,
        visit,
        "drafts",
        label=plan.label if plan else message.collection,
        version=draft_version(message.tells_of),
        names=draft_names(site.installation.stores.raw, message.tells_of),
    )


def draft(site: Site, request: Request, visit: OfficerVisit) -> Response:
    """One pack of the draft, on record; no browser keeps it."""
    name = request.path_params["name"]
    raw, folder = site.installation.stores.raw, visit.message.tells_of
    if name not in draft_names(raw, folder):
        return site.problem("gone", 404)
    try:
        data = raw.get(f"{folder}/{name}")
    except NotStored:  # it was deleted this moment
        return site.problem("gone", 404)
    record(site.installation.register, _seen(visit, name))
    kind = guess_type(name)[0] or "application/octet-stream"
    return Response(data, media_type=kind, headers={"content-security-policy": PACK_POLICY})


def _seen(visit: OfficerVisit, name: str) -> FiguresSeen:
    """That whoever got the link opened a pack of the draft: on record under the same name as behind a session."""
    message = visit.message
    version = draft_version(message.tells_of)
    return FiguresSeen(
        at=visit.now,
        by=visit.officer.code,
        partnership=message.partnership,
        partner_return=f"{message.collection}/v{version}/{name}",
        what="draft",
    )
