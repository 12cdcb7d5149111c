"""A year's requests for a diary, and the page of a collection to which it leads: that one is for everybody."""

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.mail.year_calendar import year_calendar
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.people import by_code
from quarterday.web.door.visits import Visit
from quarterday.web.partners.template_files import download
from quarterday.web.serving.site import Site


def year_file(site: Site, _request: Request, visit: Visit) -> Response:
    """The dates by which this partner is asked within a year, as a calendar file."""
    installation, request = site.installation, visit.request
    reader = by_code(installation.framework, visit.facts, request.request, request.partner, visit.by)
    made = year_calendar(
        installation.framework,
        visit.facts,
        request.partner,
        reader,
        installation.settings.portal_url,
        visit.now,
        visit.today,
    )
    return download(made, f"{request.partner}-requests.ics", "text/calendar; charset=utf-8")


def collection_page(site: Site, request: Request) -> Response:
    """What a collection is and by when it is due; nothing of who was asked or what was sent."""
    installation = site.installation
    plan = plan_for(installation.framework, site.current.snapshot().facts.firm, request.path_params["collection"])
    if plan is None:
        return site.problem("gone", 404)
    return site.pages.render("collection", {"plan": plan})
