"""Earlier figures and contacts: hidden until a code shows that the visitor reads the mail at the link's own address."""

import logging

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.mail.templates import SAID_ONCE
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.booked import mail_is_away
from quarterday.domain.collection.people import by_code
from quarterday.domain.facts.message_keys import message_key
from quarterday.web.door.guard import address_of, remember
from quarterday.web.door.sent_once import new_once
from quarterday.web.door.visits import Visit
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.site import Site

_log = logging.getLogger(__name__)


def code_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """Where a code is asked for, and typed in."""
    asked = "asked" in request.query_params or (form and "code" in form.data)
    away = mail_is_away(visit.facts.going_on, but=SAID_ONCE)
    return site.page(request, visit, "code", form=form, asked=asked, away=away)


def ask_code(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Send a code to the link's own address, if that is the address which was typed. The answer is the same if not."""
    typed = form.text("email", 254, needed=site.words.say("code.email_needed"), label=site.words.say("code.email"))
    if form.errors:
        return code_page(site, request, visit, form)
    person = by_code(visit.framework, visit.facts, visit.request.request, visit.request.partner, visit.by)
    if typed.lower() == person.email.lower():
        code = site.codes.make(visit.facts, visit.token, visit.by, address_of(request), visit.now)
        if code:
            _send(site, visit, code)
    return RedirectResponse(visit.url("code?asked"), SEE_OTHER)


def _send(site: Site, visit: Visit, code: str) -> None:
    request = visit.request
    person = by_code(visit.framework, visit.facts, request.request, request.partner, visit.by)
    action = Send(
        key=message_key(request.request, "code", new_once()[:16], person.code),
        collection=request.collection,
        request=request.request,
        partner=request.partner,
        occasion="code",
        email="code",
        recipient=person,
        on=visit.today,
        why="Someone at the partner's page asked to see what was sent before.",
    )
    try:
        perform_send(site.installation, action, visit.facts, {"code": f"{code[:3]} {code[3:]}"})
    except Exception:  # the visitor is told the same either way, and may ask again
        _log.exception("The email with a code could not be sent")


def use_code(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Show what was sent before to whoever types the code, for an hour, in this browser."""
    typed = form.text("code", 20, label=site.words.say("code.code"))
    if not site.codes.uses(visit.facts, visit.token, visit.by, address_of(request), typed, visit.now):
        form.errors["code"] = site.words.say("code.wrong")
        return code_page(site, request, visit, form)
    response = RedirectResponse(visit.url("#so-far").replace("/#", "#"), SEE_OTHER)
    name, value, seconds = site.codes.cookie(visit.token, visit.now)
    remember(response, name, value, site.https, seconds)
    return response
