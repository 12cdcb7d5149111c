"""How every visit comes in: the link first, then where a post came from, how large it is, whether the form is ours."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from time import perf_counter
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message

from quarterday.adapters.installation import Installation
from quarterday.adapters.parsing.limits import UPLOAD_MEGABYTES, UPLOADED_BYTES
from quarterday.adapters.store import StoreUnavailableError
from quarterday.web.boards.board_visits import BoardVisit
from quarterday.web.door.codes import cookie_name
from quarterday.web.door.guard import CSRF_FIELD, address_of, from_elsewhere, is_ours
from quarterday.web.door.visits import Visit, visit
from quarterday.web.officers.early_visits import EarlyVisit
from quarterday.web.officers.officer_visits import OfficerVisit
from quarterday.web.serving.current_facts import Snapshot
from quarterday.web.serving.forms import Form
from quarterday.web.serving.recording import RegisterBusyError
from quarterday.web.serving.remembered import RememberedPages
from quarterday.web.serving.site import Site

Page = Callable[[Site, Request, Any], Response]  # what a page is given is what its entrance's links open
Act = Callable[[Site, Request, Any, Form], Response]
Opens = Callable[
    [Installation, Snapshot, str, Callable[[datetime], bool]], Visit | OfficerVisit | BoardVisit | EarlyVisit | None
]

FILE_BYTES = UPLOADED_BYTES + 64 * 1024  # the form's own parts come on top of the file
FORM_BYTES = 256 * 1024
FIELD_BYTES = 64 * 1024
BODY_SECONDS = 300  # a form may take so long to arrive: 20 MB at half a megabit a second
FIELDS = 200
UPLOADS_AT_ONCE = 6  # files checked at the same time; pages are answered beside them

_LOG = logging.getLogger(__name__)

DEAD_SECONDS = 0.08  # whatever is wrong with a link, its page takes this long


class TooSlowError(Exception):
    """A form was not all there when its time was over."""


class TooLargeError(Exception):
    """More came than a form may bring."""


class Entrance:
    """Makes endpoints of pages and acts; `opens` tells what a link opens here, if anything."""

    def __init__(self, site: Site, dead_seconds: float = DEAD_SECONDS, opens: Opens = visit) -> None:
        self._site = site
        self._opens = opens
        self._dead_seconds = dead_seconds
        self._uploads = CapacityLimiter(UPLOADS_AT_ONCE)

    def page(self, page: Page, checks: bool = False) -> Callable[[Request], object]:
        """An endpoint that shows a page. It changes nothing; one that checks a file waits its turn, as posts do."""

        def show(request: Request) -> Response | None:
            found = self._visit(request, self._site.current.snapshot())
            return page(self._site, request, found) if found else None

        async def endpoint(request: Request) -> Response:
            began = perf_counter()
            limiter = self._uploads if checks else None
            return await run_sync(show, request, limiter=limiter) or await self._dead(request, began)

        return endpoint

    def remembered(self, page: Page) -> Callable[[Request], object]:
        """An endpoint for a page that depends on nothing but its link, the register's state and the day."""
        pages = RememberedPages(self._site)

        def find(request: Request, state: Snapshot) -> Response | None:
            found = self._visit(request, state)
            return pages.find(request, state, found) if found else None

        def show(request: Request) -> Response | None:
            state = self._site.current.snapshot()
            found = self._visit(request, state)
            if found is None:
                return None
            answer = pages.find(request, state, found) or page(self._site, request, found)
            pages.keep(state, found, answer)
            return answer

        async def endpoint(request: Request) -> Response:
            began = perf_counter()
            state = self._site.current.at_once()
            answer = find(request, state) if state else None
            return answer or await run_sync(show, request) or await self._dead(request, began)

        return endpoint

    def act(self, act: Act, with_file: bool = False, checks: bool = False) -> Callable[[Request], object]:
        """An endpoint that takes a form; one with a file, or that may check one, waits its turn."""

        async def endpoint(request: Request) -> Response:
            began = perf_counter()
            found = await run_sync(self._visit_now, request)
            if found is None:
                return await self._dead(request, began)
            if from_elsewhere(request, self._site.installation.settings.portal_url):
                return self._site.problem("form", 403)
            try:
                return await self._take(request, found, act, with_file, checks or with_file)
            except TooLargeError:
                return self._site.problem("large", 413, megabytes=UPLOAD_MEGABYTES)
            except TooSlowError:
                return self._site.problem("slow", 408)
            except ClientDisconnect:  # whoever hung up hears nothing, and nothing is wrong with us
                return Response(status_code=400)
            except MultiPartException:
                return self._site.problem("form", 400)
            except RegisterBusyError:
                return self._site.problem("busy", 503)
            except (OSError, StoreUnavailableError):
                _LOG.exception("What was sent could not be kept")
                return self._site.problem("unkept", 503)

        return endpoint

    async def _take(
        self,
        request: Request,
        found: Visit | OfficerVisit | BoardVisit | EarlyVisit,
        act: Act,
        with_file: bool,
        checks: bool,
    ) -> Response:
        request = limited(request, FILE_BYTES if with_file else FORM_BYTES)
        async with request.form(max_files=int(with_file), max_fields=FIELDS, max_part_size=FIELD_BYTES) as data:
            if not is_ours(self._site.signer, found.token, request, data.get(CSRF_FIELD)):
                return self._site.problem("form", 403)
            form = Form(data, self._site.words, found.today)
            limiter = self._uploads if checks else None
            return await run_sync(act, self._site, request, found, form, limiter=limiter)

    def _visit_now(self, request: Request) -> Any:
        return self._visit(request, self._site.current.snapshot())

    def _visit(self, request: Request, state: Snapshot) -> Any:
        token = request.path_params["token"]
        cookie = request.cookies.get(cookie_name(token), "")
        return self._opens(
            self._site.installation, state, token, lambda now: self._site.codes.shows(token, cookie, now)
        )

    async def _dead(self, request: Request, began: float) -> Response:
        """The same page in the same time for a link that is unknown, expired or revoked."""
        if self._site.guesses.too_many(address_of(request)):
            answer = self._site.problem("many", 429)
            answer.headers["retry-after"] = "300"
        else:
            answer = self._site.problem("dead", 404)
        await asyncio.sleep(max(0.0, self._dead_seconds - (perf_counter() - began)))
        return answer


def limited(request: Request, most: int) -> Request:
    """The request, whose body raises `TooLargeError` before anything beyond the limit is kept.

    It raises `TooSlowError` once it has been arriving for `BODY_SECONDS`, however little comes at a time.
    """
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise TooLargeError
    come, until = 0, asyncio.get_running_loop().time() + BODY_SECONDS

    async def receive() -> Message:
        nonlocal come
        try:
            async with asyncio.timeout_at(until):
                message = await request.receive()
        except TimeoutError as late:
            raise TooSlowError from late
        come += len(message.get("body", b""))
        if come > most:
            raise TooLargeError
        return message

    return Request(request.scope, receive)
