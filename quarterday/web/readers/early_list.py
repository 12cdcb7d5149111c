"""Who was given access to a version before it was public: by name and post, never by address, where it is published."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.collection.pre_release import OCCASION, given_for, has_list
from quarterday.web.readers.published import asked_for, word_of_withdrawal
from quarterday.web.serving.site import Site

PLACE = OCCASION


def early_list_page(site: Site, request: Request) -> Response:
    """The list of a version: nobody on it is told too; where a partnership gives no such access there is none."""
    facts = site.current.snapshot().facts
    release = asked_for(facts, request)
    if release is None:
        return word_of_withdrawal(site, request, PLACE) or site.problem("gone", 404)
    if not has_list(site.installation.framework, facts, release.collection, release.version):
        return site.problem("gone", 404)
    rows = [
        (each.name, each.post, each.at, (release.at - each.at) // timedelta(hours=1))
        for each in given_for(facts, release.collection, release.version)
    ]
    return site.pages.render("early_list", {"release": release, "rows": rows})
