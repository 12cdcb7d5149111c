"""What mail services tell us: SendGrid's signed events, recorded once however often they are told."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from quarterday.adapters.mail.events import (
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
    NotGenuineError,
    settled_by_events,
    verify,
)
from quarterday.web.serving.recording import RegisterBusyError, record
from quarterday.web.serving.site import Site

_MOST_BYTES = 2 * 1024 * 1024  # SendGrid sends batches of up to some hundred kilobytes


async def sendgrid(site: Site, request: Request) -> Response:
    """Record what became of emails. 403 for a call not signed; 503, so that it is told again, when we cannot."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return PlainTextResponse("too large", 413)
    return await run_sync(_record, site, request, bytes(body))


def _record(site: Site, request: Request, body: bytes) -> Response:
    installation = site.installation
    signature, timestamp = request.headers.get(SIGNATURE_HEADER, ""), request.headers.get(TIMESTAMP_HEADER, "")
    key = installation.settings.sendgrid_webhook_key
    if not key:
        return PlainTextResponse("no webhook key is set", 403)
    try:
        verify(body, signature, timestamp, key, installation.now())  # before anything is read for a stranger
        record(installation.register, *settled_by_events(body, installation.facts(), installation.now()))
    except NotGenuineError:
        return PlainTextResponse("not signed by SendGrid", 403)
    except RegisterBusyError:
        return PlainTextResponse("busy, please tell us again", 503)
    return PlainTextResponse("thank you")
