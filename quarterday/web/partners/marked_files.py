"""The sender's own workbook to download, the cells in question filled and commented, otherwise unchanged."""

import logging

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.facts import UploadKept
from quarterday.domain.figures.findings import Severity
from quarterday.web.door.visits import Visit
from quarterday.web.partners.previews import Declared, Preview
from quarterday.web.partners.template_files import XLSX, download
from quarterday.web.serving.site import Site

_log = logging.getLogger(__name__)


def can_be_marked(visit: Visit, kept: UploadKept, preview: Preview) -> bool:
    """Whether there is anything to mark, for this visitor.

    A file goes back to nobody but who sent it, and one with personal data or a virus in it to nobody at all.
    """
    marks = any(each.cells and each.severity is not Severity.INFORMATION for each in preview.findings)
    return marks and not preview.apart and kept.suffix == ".xlsx" and kept.by == visit.by


def marked_file(site: Site, request: Request, visit: Visit) -> Response:
    """A kept workbook with its failing cells marked; earlier figures stand in no comment without the code."""
    kept = visit.upload(request.path_params["upload"])
    if kept is None:
        return site.problem("gone", 404)
    preview = site.previews.make(visit, kept, Declared.read(dict(request.query_params), visit.today)).seen(visit)
    if not can_be_marked(visit, kept, preview):
        return site.problem("gone", 404)
    data = site.installation.stores.raw.get(kept.stored_as, sha256=kept.sha256)
    try:
        made = site.checker.mark(data, kept.suffix, preview.findings)
    except Exception:  # the page has told the same findings; the file is an extra
        _log.exception("The workbook could not be marked")
        made = None
    if made is None:
        return site.problem("unmarked", 503)
    return download(made, f"{visit.request.request}-marked.xlsx", XLSX)
