"""The partner's own page as it stands, to look at: nothing on it can be pressed, and it brings no link of its own."""

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from quarterday.domain.collection.binding import framework_of, period_of
from quarterday.domain.collection.people import asked_person
from quarterday.domain.collection.promised import as_promised
from quarterday.domain.facts import LinkIssued, RequestMade
from quarterday.web.door.visits import Visit
from quarterday.web.officers.officer_door import SignedInVisit, officers_problem
from quarterday.web.officers.subjects import request_page
from quarterday.web.partners.request_page import request_page as partners_page
from quarterday.web.serving.site import Site

_NOBODYS = "-"  # no token: whatever on the page would lead on leads nowhere
_PRESSED = re.compile(r"<(button|input|select|textarea)\b")
_LINK = re.compile(rf' href="/r/{_NOBODYS}[^"]*"')
_FORM = re.compile(rf' action="/r/{_NOBODYS}[^"]*"')


def own_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """What the partner's contact sees now; figures that only a code shows stay hidden."""
    partner, collection = (request.path_params[each] for each in ("partner", "collection"))
    found = (each for each in visit.facts.of(RequestMade) if (each.partner, each.collection) == (partner, collection))
    made = next(found, None)
    if made is None or partner not in visit.framework.partner:
        return officers_problem(site, request, "gone", 404)
    page = partners_page(site, request, _as_the_partner(visit, made))
    back = request_page(partner, collection)
    looking = site.pages.render("officers/looking", {"partner": visit.framework.partner[partner].name, "back": back})
    return HTMLResponse(to_look_at(bytes(page.body).decode(), bytes(looking.body).decode()))


def to_look_at(html: str, notice: str) -> str:
    """A page with nothing to press, below a notice that says what it is."""
    html = _FORM.sub("", _LINK.sub("", _PRESSED.sub(r"<\1 disabled", html)))
    return html.replace("<main", f"{notice}<main", 1)


def _as_the_partner(visit: SignedInVisit, made: RequestMade) -> Visit:
    """A visit as by a link of the contact's, which nobody has; what may still be undone the partner does not see."""
    facts = visit.facts.firm
    framework = framework_of(visit.framework, facts, made.collection)
    link = LinkIssued(
        at=visit.now,
        by="quarterday",
        partnership=made.partnership,
        request=made.request,
        token_hash="",
        recipient=asked_person(framework, facts, made.request, made.partner).code,
        message="",
        expires=visit.now,
    )
    request, period = as_promised(facts, made), period_of(framework, facts, made.collection)
    return Visit(_NOBODYS, link, request, period, framework, facts, visit.now)
