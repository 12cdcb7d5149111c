"""What was sent this quarter, to see again and to take away: for the browser that sent it, or behind the code."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.domain.facts import ReturnReceived
from quarterday.domain.figures.findings import Finding
from quarterday.web.door.sent_here import sent_here
from quarterday.web.door.visits import Visit
from quarterday.web.partners.figures_read import FiguresRead, figures_read
from quarterday.web.partners.kept_files import is_gone
from quarterday.web.partners.previews import Declared, Preview
from quarterday.web.partners.template_files import download
from quarterday.web.serving.forms import SEE_OTHER
from quarterday.web.serving.site import Site


@dataclass(frozen=True)
class Sent:
    """What a visitor is shown of a return: its figures and what was unusual, and whether its file may be taken away."""

    read: FiguresRead | None = None
    notes: tuple[Finding, ...] = ()
    takes: bool = False
    gone: bool = False
    hidden: bool = False  # there is something to see, once a code shows who looks


def what_was_sent(site: Site, request: Request, visit: Visit, received: ReturnReceived, preview: Preview) -> Sent:
    """What this visitor is shown of a return; nothing of one that was no file, or that an officer handed in."""
    kept = visit.upload(received.upload) if received.upload else None
    if kept is None or visit.officer:
        return Sent()
    if not may_see(site, request, visit, received):
        return Sent(hidden=True)
    if is_apart(visit, received) or preview.apart:
        return Sent()
    read = figures_read(site.words, visit, visit.request, preview) if preview.rows else None
    gone = is_gone(visit, kept)
    return Sent(read, preview.seen(visit).warnings, takes=not gone, gone=gone)


def may_see(site: Site, request: Request, visit: Visit, received: ReturnReceived) -> bool:
    """Whether this visitor may see a return's figures: whoever has shown who they are, or the browser that sent it."""
    return visit.shown or sent_here(site.signer, request, visit.token, received.partner_return, visit.now)


def sent_file(site: Site, request: Request, visit: Visit) -> Response:
    """The very bytes that were sent. Whoever may not have them yet is asked for a code first."""
    received = visit.partner_return(request.path_params["reference"])
    kept = visit.upload(received.upload) if received else None
    if received is None or kept is None or visit.officer:
        return site.problem("gone", 404)
    if not may_see(site, request, visit, received):
        return RedirectResponse(visit.url("code"), SEE_OTHER)
    if is_gone(visit, kept) or is_apart(visit, received):
        return site.problem("gone", 404)
    if site.previews.make(visit, kept, Declared.of(received)).apart:
        return site.problem("gone", 404)
    data = site.installation.stores.raw.get(kept.stored_as, sha256=kept.sha256)
    return download(data, f"{received.partner_return}{kept.suffix}", "application/octet-stream")


def is_apart(visit: Visit, received: ReturnReceived) -> bool:
    """Whether a return holds personal data or a virus: it goes back to nobody."""
    given = visit.verdict_on(received)
    return given is not None and given.verdict.apart
