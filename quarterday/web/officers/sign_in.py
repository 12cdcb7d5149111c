"""Signing in by a link and a code that go to the officer's address in `config/`.

Whatever is typed is answered alike and in the same time: what there is to do is done once the answer has gone.
"""

import logging
import secrets
from datetime import datetime
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.disk import why_nothing_is_kept
from quarterday.adapters.links import hash_code, hash_token, new_token
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.mail.templates import SAID_ONCE
from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.booked import mail_is_away
from quarterday.domain.collection.people import word_apart
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import SignedOut, SignInAsked
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.facts.recipients import officer_code
from quarterday.domain.framework.partners import Officer
from quarterday.domain.rulings import officer_sessions as sessions
from quarterday.web.door.guard import address_of
from quarterday.web.officers.officer_door import (
    HOME,
    SESSION_COOKIE,
    SignedInVisit,
    give_session,
    officers_page,
    officers_problem,
    visit_of,
)
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site

EMAIL = "officer-sign-in"
_log = logging.getLogger(__name__)


def sign_in_page(site: Site, request: Request, form: Form | None = None) -> Response:
    """Where an officer says who they are."""
    settings = site.installation.settings
    return officers_page(
        site,
        request,
        None,
        "officers/sign_in",
        form=form,
        to=wanted(request),
        by_code=settings.officers_by_code,
        by_account=settings.openid,
        failed="failed" in request.query_params,
    )


def wanted(request: Request) -> str:
    """The page that was wanted: one of the officers' own, and no other site's."""
    said = request.query_params.get("to", "")
    inside = said == HOME or said.startswith((f"{HOME}/", f"{HOME}?"))
    return said if inside and "\\" not in said and "/sign-" not in said else HOME


def ask(site: Site, request: Request, data: FormData) -> Response:
    """Send a link and a code to the officer at an address; for another address do as if."""
    form = Form(data, site.words, site.installation.today())
    say = site.words.say
    email = form.text("email", 254, needed=say("officers.sign_in.email_needed"), label=say("officers.sign_in.email"))
    if not site.installation.settings.officers_by_code:
        return officers_problem(site, request, "gone", 404)
    if form.errors:
        return sign_in_page(site, request, form)
    if site.guesses.too_many(address_of(request)):
        return officers_problem(site, request, "many", 429)
    if why_nothing_is_kept(site.installation.settings):  # told before it is promised, to whoever asks
        return officers_problem(site, request, "busy", 503)
    token = new_token()
    to = f"{HOME}/sign-in/{token}?to={quote(wanted(request), safe='')}"
    return RedirectResponse(to, SEE_OTHER, background=BackgroundTask(_mail, site, email, token))


def _mail(site: Site, email: str, token: str) -> None:
    installation, now = site.installation, site.installation.now()
    officer = sessions.officer_at(installation.framework, email)
    facts = site.current.snapshot().facts
    if officer is None or not sessions.may_ask(facts, officer, now):
        return
    code = f"{secrets.randbelow(1_000_000):06}"
    asking = SignInAsked(
        at=now,
        by=officer.code,
        partnership=installation.framework.partnership.code,
        officer=officer.code,
        asked=hash_token(token),
        code_hash=hash_code(token, code),
        expires=now + sessions.CODE_LIFE,
    )
    link = f"{installation.settings.portal_url.rstrip('/')}{HOME}/sign-in/{token}"
    try:
        record(installation.register, asking)
        said = {"code": f"{code[:3]} {code[3:]}", "link": link}
        perform_send(installation, _send(installation.framework.partnership.code, officer, asking, now), facts, said)
    except Exception:  # the visitor has been answered, and may ask again
        _log.exception("The email by which an officer signs in could not be sent")


def _send(partnership: str, officer: Officer, asking: SignInAsked, now: datetime) -> Send:
    to = Recipient(officer_code(officer.code), officer.name, officer.email)
    key = message_key(partnership, EMAIL, asking.asked[:16], to.code)
    return word_apart(key, EMAIL, to, london_day(now), "Someone at the officers' pages asked to be let in.")


def code_page(site: Site, request: Request, form: Form | None = None) -> Response:
    """Where the code is typed: the page that the emailed link opens, and that whoever asked is on already."""
    to = request.url.path + f"?to={quote(wanted(request), safe='')}"
    away = mail_is_away(site.current.snapshot().facts.going_on, but=SAID_ONCE)
    return officers_page(site, request, None, "officers/code", form=form, action=to, away=away)


def use_code(site: Site, request: Request, data: FormData) -> Response:
    """Let in whoever types the code that was mailed with the link: once, within ten minutes."""
    installation, now = site.installation, site.installation.now()
    form = Form(data, site.words, installation.today())
    typed = form.text("code", 20, label=site.words.say("officers.sign_in.code"))
    digits = "".join(each for each in typed if each.isascii() and each.isdigit())
    token = request.path_params["token"]
    asking = sessions.open_asking(site.current.snapshot().facts, hash_token(token), now)
    officer = sessions.officer_called(installation.framework, asking.officer) if asking else None
    if officer and asking and _right(site, asking, token, digits):
        if response := let_in(site, officer, asking.asked, wanted(request)):
            return response
    elif asking is None and site.guesses.too_many(address_of(request)):
        return officers_problem(site, request, "many", 429)
    form.errors["code"] = site.words.say("officers.sign_in.wrong")
    return code_page(site, request, form)


def _right(site: Site, asking: SignInAsked, token: str, digits: str) -> bool:
    """Whether it is the code. The try is on record first: of many at once one is made, the others were in vain."""
    a_try = sessions.next_try(site.current.snapshot().facts, asking, site.installation.now())
    ours = record(site.installation.register, a_try)
    return bool(ours) and secrets.compare_digest(asking.code_hash, hash_code(token, digits))


def let_in(site: Site, officer: Officer, by: str, to: str) -> Response | None:
    """Begin a session of its own for whoever was let in; None where the same has let somebody in before."""
    installation, now, token = site.installation, site.installation.now(), new_token()
    partnership = installation.framework.partnership.code
    begun = sessions.begin_session(officer, partnership, session=hash_token(token), let_in_by=by, now=now)
    if not record(installation.register, begun):
        return None
    response = RedirectResponse(to, SEE_OTHER)
    give_session(site, response, token, now)
    return response


def sign_out(site: Site, request: Request, _data: FormData) -> Response:
    """End the session of this browser, for good."""
    visit = visit_of(site, request)
    if visit:
        record(site.installation.register, _ended(visit))
    response = RedirectResponse(f"{HOME}/sign-in", SEE_OTHER)
    response.delete_cookie(SESSION_COOKIE, path=HOME, secure=site.https, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = (
        '"cache"'  # pages that the browser keeps; cookies of others may share the name
    )
    return response


def _ended(visit: SignedInVisit) -> SignedOut:
    return SignedOut(
        at=visit.now,
        by=visit.officer.code,
        partnership=visit.framework.partnership.code,
        officer=visit.officer.code,
        session=visit.session.session,
    )
