"""Pages that were made lately and would be made the same again: looked at often, changed seldom."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from quarterday.web.door.guard import FORM_COOKIE, csrf_for, remember, visitor
from quarterday.web.door.visits import Visit
from quarterday.web.serving.current_facts import Snapshot
from quarterday.web.serving.pages import PortalPage
from quarterday.web.serving.site import Site

_PAGES = 500


class RememberedPages:
    """Pages by link, for one state of the register and one day. Each visitor's forms still carry their own field."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pages: OrderedDict[Hashable, tuple[bytes, bytes]] = OrderedDict()
        self._mark: object = None
        self._lock = Lock()

    def find(self, request: Request, state: Snapshot, visit: Visit) -> Response | None:
        """The page with this visitor's field in it; None where it is not remembered."""
        with self._lock:
            found = self._pages.get(_place(state, visit))
        if found is None:
            return None
        page, field = found
        name = visitor(request)
        response = HTMLResponse(page.replace(field, csrf_for(self._site.signer, visit.token, name).encode()))
        if request.cookies.get(FORM_COOKIE) != name:
            remember(response, FORM_COOKIE, name, self._site.https)
        return response

    def keep(self, state: Snapshot, visit: Visit, response: Response) -> None:
        """Remember a page that has just been made."""
        if not isinstance(response, PortalPage) or response.status_code != 200 or not response.form_field:
            return
        with self._lock:
            if self._mark != state.mark:  # no page of another state will ever be asked for again
                self._pages.clear()
                self._mark = state.mark
            self._pages[_place(state, visit)] = bytes(response.body), response.form_field.encode()
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)


def _place(state: Snapshot, visit: Visit) -> Hashable:
    return state.mark, visit.token, visit.today, visit.shown
