"""How an officer comes in: a session first, then where a post came from and whether the form is ours.

Who has no session is asked to sign in and then comes to the page they wanted. What was typed when a session ended is
kept on the page that says so: it is sent again, by hand, once they have signed in.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from anyio.to_thread import run_sync
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.links import hash_token
from quarterday.adapters.signing import Signer
from quarterday.adapters.store import StoreUnavailableError
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, SignedIn
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty, Officer
from quarterday.domain.rulings.officer_sessions import IDLE_LIFE, SESSION_LIFE, session_of
from quarterday.web.door.entrance import FIELD_BYTES, FIELDS, FILE_BYTES, FORM_BYTES, TooLargeError, limited
from quarterday.web.door.guard import CSRF_FIELD, FORM_COOKIE, csrf_for, from_elsewhere, is_ours, remember, visitor
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import RegisterBusyError
from quarterday.web.serving.site import Site

_LOG = logging.getLogger(__name__)
HOME = "/officers"
SESSION_COOKIE = "qd_officer"
FORMS = "officers"  # whose forms they are: what a partner's link is for a partner's
_REFRESHED = timedelta(minutes=1)  # how old a cookie's word of the last visit may be before it is given anew


@dataclass(frozen=True)
class SignedInVisit:
    """An officer who has signed in, and the facts as they stand now."""

    officer: Officer
    session: SignedIn
    framework: Framework
    facts: Facts
    now: datetime

    @property
    def today(self) -> date:
        """Today in London."""
        return london_day(self.now)

    def may(self, duty: str) -> bool:
        """Whether the officer decides about such things."""
        return Duty(duty) in self.officer.may


Page = Callable[[Site, Request, SignedInVisit], Response]
Act = Callable[[Site, Request, SignedInVisit, Form], Response]


class OfficersDoor:
    """Makes endpoints of officers' pages and of what they do there."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def page(self, page: Page) -> Callable[[Request], object]:
        """An endpoint that shows a page."""

        def show(request: Request) -> Response:
            found = visit_of(self._site, request)
            if found is None:
                return to_sign_in(request)
            try:
                return _seen(self._site, request, page(self._site, request, found))
            except RegisterBusyError:
                return officers_problem(self._site, request, "busy", 503)
            except (OSError, StoreUnavailableError):
                return _store_failed(self._site, request)

        async def endpoint(request: Request) -> Response:
            return await run_sync(show, request)

        return endpoint

    def act(self, act: Act, *, with_file: bool = False) -> Callable[[Request], object]:
        """An endpoint that takes a form, `with_file` one that brings a file."""

        def take(request: Request, data: FormData) -> Response:
            found = visit_of(self._site, request)
            if found is None:
                return _once_more(self._site, request, data)
            return _seen(self._site, request, act(self._site, request, found, _form(self._site, data, found.today)))

        return taking(self._site, take, with_file=with_file)


def taking(
    site: Site, take: Callable[[Request, FormData], Response], *, with_file: bool = False
) -> Callable[[Request], object]:
    """An endpoint for a form of ours, whoever sends it."""

    async def endpoint(request: Request) -> Response:
        if from_elsewhere(request, site.installation.settings.portal_url):
            return officers_problem(site, request, "form", 403)
        try:
            request = limited(request, FILE_BYTES if with_file else FORM_BYTES)
            async with request.form(max_files=int(with_file), max_fields=FIELDS, max_part_size=FIELD_BYTES) as data:
                if not is_ours(site.signer, FORMS, request, data.get(CSRF_FIELD)):
                    return officers_problem(site, request, "form", 403)
                return await run_sync(take, request, data)
        except TooLargeError:
            return officers_problem(site, request, "large", 413)
        except MultiPartException:
            return officers_problem(site, request, "form", 400)
        except RegisterBusyError:
            return officers_problem(site, request, "busy", 503)
        except (OSError, StoreUnavailableError):
            return await run_sync(_store_failed, site, request)

    return endpoint


def _store_failed(site: Site, request: Request) -> Response:
    """The page for what could not be kept or read: a full disk, or a store that does not answer."""
    _LOG.exception("A file could not be kept or read for an officer")
    return officers_problem(site, request, "unkept", 503)


def visit_of(site: Site, request: Request) -> SignedInVisit | None:
    """The officer behind a browser's cookie; None for whoever has not signed in, or whose session is over."""
    installation, now = site.installation, site.installation.now()
    token = _token_in(site.signer, request.cookies.get(SESSION_COOKIE, ""), now)
    if not token:
        return None
    facts = site.current.snapshot().facts
    found = session_of(installation.framework, facts, hash_token(token), now)
    return SignedInVisit(found[1], found[0], installation.framework, facts, now) if found else None


def give_session(site: Site, response: Response, token: str, now: datetime) -> None:
    """Give a browser the cookie of a session, with the moment of its last visit."""
    moment = str(int(now.timestamp()))
    value = f"{token}.{moment}.{site.signer.sign('session', token, moment)}"
    remember(response, SESSION_COOKIE, value, site.https, int(SESSION_LIFE.total_seconds()), HOME)


def _token_in(signer: Signer, cookie: str, now: datetime) -> str:
    """The session's token in a cookie of ours that was used within the hour; else empty."""
    token, _, rest = cookie.partition(".")
    moment, _, signature = rest.partition(".")
    if not signer.knows(signature, "session", token, moment) or not moment.isdigit():
        return ""
    return token if now.timestamp() - int(moment) < IDLE_LIFE.total_seconds() else ""


def _seen(site: Site, request: Request, response: Response) -> Response:
    """Note in the browser's cookie that its officer was here now."""
    now = site.installation.now()
    token, _, rest = request.cookies.get(SESSION_COOKIE, "").partition(".")
    moment = rest.partition(".")[0]
    ended = any(SESSION_COOKIE in value for value in response.headers.getlist("set-cookie"))
    if not ended and moment.isdigit() and now.timestamp() - int(moment) >= _REFRESHED.total_seconds():
        give_session(site, response, token, now)
    return response


def to_sign_in(request: Request) -> Response:
    """The way to the sign-in, and from there to the page that was wanted."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{HOME}/sign-in?to={quote(wanted, safe='')}", SEE_OTHER)


def _once_more(site: Site, request: Request, data: FormData) -> Response:
    """What was typed, kept on a page of its own: the session ended, nothing was recorded."""
    kept = [(name, value) for name, value in data.multi_items() if isinstance(value, str) and name != CSRF_FIELD]
    return officers_page(site, request, None, "officers/once_more", 401, kept=kept, action=request.url.path)


def _form(site: Site, data: FormData, today: date) -> Form:
    return Form(data, site.words, today)


def officers_page(
    site: Site,
    request: Request,
    visit: SignedInVisit | None,
    template: str,
    status: int = 200,
    form: Form | None = None,
    **context: Any,
) -> Response:
    """A page of the officers' side, with the field that its forms carry. Errors of a form stand on top."""
    name = visitor(request)
    before = context.pop("typed_before", {})
    errors = form.errors if form else {}
    context |= {
        "officer_visit": visit,
        "sections": _sections(site.installation.framework),
        "csrf": {"name": CSRF_FIELD, "value": csrf_for(site.signer, FORMS, name)},
        "errors": errors,
        "typed": form.said if form else lambda field: before.get(field, ""),
        "ticked": form.ticked if form else lambda field: (before.get(field, ""),),
        "path": request.url.path,
    }
    response = site.pages.render(template, context, 422 if errors else status)
    if request.cookies.get(FORM_COOKIE) != name:
        remember(response, FORM_COOKIE, name, site.https, path=HOME)
    return response


def _sections(house: Framework) -> list[tuple[str, str]]:
    """What the menu leads to, by name: boards and risks only where the partnership has them."""
    there = {"asks": house.partnership.follows_up, "risks": house.risks or house.bids or house.submissions}
    every = ("collections", "asks", "risks", "indicators", "decisions")
    return [("today", HOME), *((name, f"{HOME}/{name}") for name in every if there.get(name, True))]


def officers_problem(site: Site, request: Request, name: str, status: int, **values: object) -> Response:
    """A page of the officers' side that says what went wrong and what to do; nothing that was decided is lost."""
    try:
        visit = visit_of(site, request)
    except Exception:  # the register may be what is wrong
        visit = None
    return officers_page(site, request, visit, "officers/problem", status, problem=name, values=values)
