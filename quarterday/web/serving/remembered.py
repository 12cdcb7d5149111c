"""Pages that were made lately and would be made the same again: looked at often, changed seldom."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from quarterday.web.door.guard import FORM_COOKIE, csrf_for, remember, visitor
from quarterday.web.door.visits import Visit
from quarterday.web.serving.desk import Desk
from quarterday.web.serving.known import State
from quarterday.web.serving.pages import PortalPage

_PAGES = 500


class RememberedPages:
    """Pages by link, for one state of the register and one day. Each visitor's forms still carry their own field."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages: OrderedDict[Hashable, tuple[bytes, bytes]] = OrderedDict()
        self._mark: object = None
        self._lock = Lock()

    def find(self, request: Request, state: State, visit: Visit) -> Response | None:
        """The page with this visitor's field in it; None where it is not remembered."""
        with self._lock:
            found = self._pages.get(_place(state, visit))
        if found is None:
            return None
        page, field = found
        name = visitor(request)
        response = HTMLResponse(page.replace(field, csrf_for(self._desk.signer, visit.token, name).encode()))
        if request.cookies.get(FORM_COOKIE) != name:
            remember(response, FORM_COOKIE, name, self._desk.https)
        return response

    def keep(self, state: State, visit: Visit, response: Response) -> None:
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


def _place(state: State, visit: Visit) -> Hashable:
    return state.mark, visit.token, visit.today, visit.shown
