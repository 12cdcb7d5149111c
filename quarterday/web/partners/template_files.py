"""The template to download. Last time's figures stand in it only for those who have shown who they are."""

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.accepted_figures import earlier_figures
from quarterday.adapters.template import build_csv_template, build_template
from quarterday.domain.figures.figure import Figure
from quarterday.domain.risks.reviewed import mitigations_told
from quarterday.web.door.visits import Visit
from quarterday.web.partners.activities_said import told_last_time
from quarterday.web.partners.risks_page import risks_due
from quarterday.web.serving.site import Site

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(site: Site, _request: Request, visit: Visit) -> Response:
    """The template as a workbook."""
    due = risks_due(visit)
    made = build_template(
        visit.framework,
        visit.still_to_send,
        visit.period,
        _earlier(site, visit),
        told_last_time(site.words, visit),
        due,
        mitigations_told(visit.facts, due, shown=visit.shown),
    )
    return download(made, f"{visit.request.request}.xlsx", XLSX)


def csv_file(site: Site, _request: Request, visit: Visit) -> Response:
    """The template as CSV."""
    made = build_csv_template(visit.framework, visit.still_to_send, visit.period, _earlier(site, visit))
    return download(made, f"{visit.request.request}.csv", "text/csv; charset=utf-8")


def _earlier(site: Site, visit: Visit) -> list[Figure]:
    if not visit.shown:
        return []
    return earlier_figures(
        site.installation, visit.framework, visit.facts, visit.period, visit.request.partner, caveats=False
    )


def download(data: bytes, name: str, kind: str) -> Response:
    """A file that browsers keep instead of showing."""
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
