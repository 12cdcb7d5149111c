"""The page that shows a key once, to the officer who has just made it."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.links import hash_token
from quarterday.domain.rulings.key_rulings import live_keys
from quarterday.web.officers.officer_door import SignedInVisit, officers_page
from quarterday.web.serving.site import Site

_SHOWN_FOR = timedelta(minutes=10)


def key_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The key of this address, within ten minutes of its making; after that, that it is kept nowhere."""
    key = request.path_params["key"]
    made = next(
        (
            each
            for partner in visit.framework.partners
            for each in live_keys(visit.facts, partner.code)
            if each.key_hash == hash_token(key) and each.by == visit.officer.code
        ),
        None,
    )
    fresh = made is not None and visit.now - made.at < _SHOWN_FOR
    partner = visit.framework.partner[made.partner].name if made else ""
    return officers_page(
        site,
        request,
        visit,
        "officers/key",
        status=200 if fresh else 404,
        section="collections",
        key=key if fresh else "",
        partner=partner,
        url=f"{site.installation.settings.portal_url.rstrip('/')}/api/requests",
    )
