"""Automated sending: an organisation's own script sends its file with a key, and has the same checks as a person.

A call that sends takes one file. What has something to put right is not sent; the same bytes sent again are the return
that they were. Answers are JSON, and say nothing that follows from earlier figures: a key lies about more easily than a
mailbox.
"""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from quarterday.adapters.arrivals import clean
from quarterday.adapters.parsing.limits import UPLOAD_MEGABYTES
from quarterday.adapters.reading.as_json import figure_said, finding_said, tidied_said
from quarterday.adapters.store import StoreUnavailableError
from quarterday.domain.facts import RequestMade, ReturnReceived, UploadKept
from quarterday.web.door.entrance import FILE_BYTES, TooLargeError, TooSlowError, limited
from quarterday.web.door.guard import address_of
from quarterday.web.door.keys import partner_by_key, requests_of, visit_by_key
from quarterday.web.door.visits import Visit
from quarterday.web.partners.api_description import description
from quarterday.web.partners.check_page import brought_by
from quarterday.web.partners.previews import Declared, Preview
from quarterday.web.partners.sending import forget, keep, return_of
from quarterday.web.partners.words_api import MOST_BYTES, Item, NotReadableError, asked_beside, read_body, told
from quarterday.web.serving.recording import RegisterBusyError, record
from quarterday.web.serving.site import Site

_FIELDS = ("part", "rest_by", "start", "end", "check_only", "explanations")
_AT_ONCE = 2  # files of scripts checked at the same time: people come first
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Sent:
    """What a call brought."""

    data: bytes
    name: str
    said: dict[str, str]

    @property
    def check_only(self) -> bool:
        """Whether the file is only to be looked at."""
        return self.said.get("check_only") == "yes"


def api_routes(site: Site) -> list[Route]:
    """The pages for scripts."""
    limiter = CapacityLimiter(_AT_ONCE)

    async def send(request: Request) -> Response:
        return await _send(site, limiter, request)

    async def requests(request: Request) -> Response:
        return await run_sync(_requests, site, request)

    async def tell(request: Request) -> Response:
        return await _tell(site, request)

    async def described(_request: Request) -> Response:
        return JSONResponse(description(site.installation.settings.portal_url, site.installation.framework))

    return [
        Route("/api/openapi.json", described, methods=["GET"]),
        Route("/api/requests", requests, methods=["GET"]),
        Route("/api/requests/{request}/returns", send, methods=["POST"]),
        Route("/api/requests/{request}/words", tell, methods=["POST"]),
    ]


def _error(site: Site, name: str, status: int, **values: object) -> JSONResponse:
    return JSONResponse({"error": site.words.say(f"api.{name}", **values)}, status)


def _refused(site: Site, request: Request) -> JSONResponse:
    """The same answer for a key that is missing, unknown or revoked; slowed where somebody guesses."""
    if site.guesses.too_many(address_of(request)):
        return _error(site, "too_many", 429)
    refused = _error(site, "no_key", 401)
    refused.headers["www-authenticate"] = "Bearer"
    return refused


def _requests(site: Site, request: Request) -> Response:
    """The requests of the partner whose key it is, the latest first, with what is still to come of each."""
    facts = site.current.snapshot().facts
    partner = partner_by_key(facts, request)
    if not partner:
        return _refused(site, request)
    now = site.installation.now()
    visits = [visit_by_key(site.installation, facts, each, now) for each in requests_of(facts, partner)[:20]]
    return JSONResponse({"requests": [_told(each) for each in visits]})


def _told(visit: Visit) -> dict[str, Any]:
    awaiting = visit.standing.awaiting
    return {
        "request": visit.request.request,
        "period": {"start": visit.period.start.isoformat(), "end": visit.period.end.isoformat()},
        "due": (awaiting.due if awaiting else visit.request.due).isoformat(),
        "closes": visit.request.closes.isoformat(),
        "state": visit.standing.state.value,
        "asked": list(visit.request.asked),
        "still_to_come": list(visit.standing.still_open),
        **asked_beside(visit),
    }


async def _send(site: Site, limiter: CapacityLimiter, request: Request) -> Response:
    opened = await run_sync(_opened, site, request)
    if isinstance(opened, Response):
        return opened
    try:
        sent = await _body(request)
        if sent is None:
            return _error(site, "no_file", 400)
        return await run_sync(_answered, site, opened, sent, limiter=limiter)
    except TooLargeError:
        return _error(site, "large", 413, megabytes=UPLOAD_MEGABYTES)
    except TooSlowError:
        return _error(site, "slow", 408)
    except ClientDisconnect:
        return Response(status_code=400)
    except (MultiPartException, AssertionError, UnicodeDecodeError):
        return _error(site, "form", 400)
    except RegisterBusyError:
        return _error(site, "busy", 503)
    except (OSError, StoreUnavailableError):
        _log.exception("What a script sent could not be kept")
        return _error(site, "unkept", 503)


async def _tell(site: Site, request: Request) -> Response:
    """Record what a script tells beside figures, or say what stands against it."""
    opened = await run_sync(_opened, site, request)
    if isinstance(opened, Response):
        return opened
    try:
        body = read_body(site.words, await limited(request, MOST_BYTES).body())
        return await run_sync(_recorded, site, opened, body)
    except NotReadableError as problem:
        return JSONResponse({"error": str(problem)}, 400)
    except TooLargeError:
        return _error(site, "long_body", 413, kilobytes=MOST_BYTES // 1024)
    except TooSlowError:
        return _error(site, "slow", 408)
    except ClientDisconnect:
        return Response(status_code=400)
    except RegisterBusyError:
        return _error(site, "busy", 503)


def _recorded(site: Site, made: RequestMade, body: dict[str, list[Item]]) -> Response:
    visit = visit_by_key(site.installation, site.current.snapshot().facts, made, site.installation.now())
    found = told(site.words, visit, body)
    new = record(site.installation.register, *found.facts) if found.facts else ()
    answer = {"recorded": len(new), "problems": list(found.problems)}
    return JSONResponse(answer, 422 if found.problems else 201 if new else 200)


def _opened(site: Site, request: Request) -> RequestMade | Response:
    facts = site.current.snapshot().facts
    partner = partner_by_key(facts, request)
    if not partner:
        return _refused(site, request)
    named = request.path_params["request"]
    made = next((each for each in requests_of(facts, partner) if each.request == named), None)
    return made or _error(site, "no_request", 404)


async def _body(request: Request) -> _Sent | None:
    """The file of a call; None where there is none, or it is empty."""
    async with limited(request, FILE_BYTES).form(max_files=1, max_fields=len(_FIELDS), max_part_size=16 * 1024) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            return None
        data = await file.read()
        said = {name: found for name in _FIELDS if isinstance(found := form.get(name), str)}
        return _Sent(data, file.filename or "", said) if data else None


def _answered(site: Site, made: RequestMade, sent: _Sent) -> Response:
    """Keep the file, check it, and send it unless something is to be put right or it was only to be looked at."""
    visit = visit_by_key(site.installation, site.current.snapshot().facts, made, site.installation.now())
    declared = Declared.read(sent.said, visit.today)
    if refused := _not_understood(site, sent.said, declared):
        return refused
    if (known := _sent_before(visit, sent)) and not sent.check_only:
        preview = site.previews.make(visit, known[1], Declared.of(known[0])).seen(visit)
        return _answer(visit, preview, known[0].partner_return, 200)
    kept = keep(site, visit, sent.data, sent.name)
    preview = site.previews.make(visit, kept, declared, sent.data).seen(visit)
    if preview.apart:
        forget(site, visit, kept, preview)
    if sent.check_only:
        return _answer(visit, preview, "", 200)
    if preview.critical:
        return _answer(visit, preview, "", 422)
    explanations = clean(sent.said.get("explanations", ""), 10_000, lines=True)
    received = return_of(visit, kept, declared, explanations)
    if record(site.installation.register, received):
        site.metrics.receipts.labels(str(received.kind)).inc()
    answer = _answer(visit, preview, received.partner_return, 201)
    answer.background = BackgroundTask(site.check_runs.ask_for, received.partner_return)
    return answer


def _not_understood(site: Site, said: dict[str, str], declared: Declared) -> Response | None:
    """What a script said and no page could have: it sees no page that would show what was made of it."""
    if days := declared.leaves_out(said):
        return _error(site, "days", 400, fields=", ".join(days))
    if ticked := [each for each in ("part", "check_only") if said.get(each, "") not in ("yes", "no", "")]:
        return _error(site, "yes", 400, fields=", ".join(ticked))
    return None


def _sent_before(visit: Visit, sent: _Sent) -> tuple[ReturnReceived, UploadKept] | None:
    """The return that these very bytes are, where they were sent before and did not come back."""
    sha256 = hashlib.sha256(sent.data).hexdigest()
    for received in reversed(visit.returns):
        kept = visit.upload(received.upload) if received.upload else None
        if kept and received.sha256 == sha256 and not visit.came_back(received):
            return received, kept
    return None


def _answer(visit: Visit, preview: Preview, reference: str, status: int) -> JSONResponse:
    came = brought_by(visit, preview)
    return JSONResponse(
        {
            "sent": bool(reference),
            "reference": reference,
            "checked": preview.checked,
            "rows": preview.rows,
            "figures_asked": came.asked,
            "figures_answered": came.answered,
            "still_to_come": list(came.lacking),
            "layout": preview.layout,
            "figures": [figure_said(each) for each in preview.answers],
            "tidied": [tidied_said(each) for each in preview.tidied],
            "findings": [finding_said(each) for each in preview.findings],
            "verdict": preview.verdict,
        },
        status,
    )
