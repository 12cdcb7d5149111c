"""Who may read what is published, as `config/` says today: everybody, whoever has the link, or who has signed in."""

import hmac
from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.published_addresses import data_key, pack_key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import OpenTo
from quarterday.web.officers.officer_door import HOME, to_sign_in, visit_of
from quarterday.web.serving.forms import SEE_OTHER
from quarterday.web.serving.site import Site

_STRICTEST = (OpenTo.SIGNED_IN, OpenTo.LINK, OpenTo.PUBLIC)
R = TypeVar("R", bound=Response)
Page = Callable[[Site, Request], Response]


def pack_open_to(framework: Framework, name: str) -> OpenTo:
    """Who reads a pack's file; of a board that `config/` has no more, whoever reads the strictest."""
    board = framework.board.get(name.partition(".")[0])
    if board:
        return board.open_to
    every = {each.open_to for each in framework.partnership.boards} | {framework.partnership.data_open_to}
    return next(each for each in _STRICTEST if each in every)


def may_read_pack(site: Site, request: Request, name: str, collection: str) -> bool:
    """Whether a visitor may read a pack's file."""
    key = pack_key(site.signer, collection, name.partition(".")[0])
    return _may(site, request, pack_open_to(site.installation.framework, name), key)


def may_read_data(site: Site, request: Request) -> bool:
    """Whether a visitor may load the figures of releases."""
    return _may(site, request, site.installation.framework.partnership.data_open_to, data_key(site.signer))


def _may(site: Site, request: Request, open_to: OpenTo, key: str) -> bool:
    if of_officers(request):
        return visit_of(site, request) is not None
    shown = request.path_params.get("key", "")
    by_link = open_to is OpenTo.LINK and hmac.compare_digest(shown.encode(), key.encode())
    return by_link or open_to is OpenTo.PUBLIC


def of_officers(request: Request) -> bool:
    """Whether an address is the officers' own, to which alone a browser brings their session."""
    return request.url.path.startswith(f"{HOME}/")


def refused(site: Site, request: Request, open_to: OpenTo) -> Response:
    """What is answered to whoever may not read it: the way to sign in, or that a link is needed."""
    if of_officers(request):
        return to_sign_in(request)
    if open_to is OpenTo.SIGNED_IN:
        return RedirectResponse(f"{HOME}{request.url.path}", SEE_OTHER)
    return site.problem("by_link", 403)


def for_readers(page: Page) -> Page:
    """A page of `/data/`, for those who may load it; where not everybody may, nobody keeps a copy on the way."""

    def show(site: Site, request: Request) -> Response:
        open_to = site.installation.framework.partnership.data_open_to
        if not may_read_data(site, request):
            return refused(site, request, open_to)
        return kept_to_readers(page(site, request), open_to)

    return show


def kept_to_readers(response: R, open_to: OpenTo) -> R:
    """An answer that caches and other sites may have only where everybody may read it."""
    if open_to is not OpenTo.PUBLIC:
        response.headers["cache-control"] = "private, no-store"
        if "access-control-allow-origin" in response.headers:
            del response.headers["access-control-allow-origin"]
    return response
