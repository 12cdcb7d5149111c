"""Email through SendGrid, whose interface has no key against sending twice: what is not known is never repeated."""

import http.client
import logging
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.error import URLError

from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient

from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.one_by_one import nobody_notes
from quarterday.adapters.mail.sendgrid_body import AT_ONCE, body_of, calls
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import Outcome

REGIONS = {"eu": "https://api.eu.sendgrid.com", "global": "https://api.sendgrid.com"}
TRIES = 4
LONGEST_PAUSE = 60.0  # seconds: whatever SendGrid asks for beyond it is left to the next run
TOO_MANY, WRONG_KEY, BEFORE_ACCEPTING = 429, (401, 403), (500, 503)

# At its debug level the client logs whole emails, links included.
logging.getLogger("python_http_client.client").setLevel(logging.WARNING)


@dataclass(frozen=True)
class SendGridApi:
    """SendGrid. `pause` waits between tries, in seconds."""

    key: str = field(repr=False)
    url: str
    timeout: float  # seconds
    sandbox: bool = False
    at_once: int = AT_ONCE
    pause: Callable[[float], None] = time.sleep
    seconds_now: Callable[[], float] = time.time

    repeatable = False

    def calls(self, emails: Sequence[Email]) -> list[list[Email]]:
        """Which emails go together."""
        return calls(emails, self.at_once)

    def send(self, email: Email) -> Sent:
        """Ask SendGrid to send one email."""
        return self.send_together([email])

    def send_together(self, emails: Sequence[Email], handing_over: Callable[[], None] = nobody_notes) -> Sent:
        """Ask SendGrid to send emails in one call; again, after a pause, only where it certainly has not taken it."""
        body = body_of(emails, sandbox=self.sandbox)
        handing_over()
        for number in range(1, TRIES + 1):
            sent, pause = self._try(body, number)
            if not sent.again or number == TRIES or pause > LONGEST_PAUSE:
                return sent
            self.pause(pause)
        raise AssertionError("every try returns")

    def outcome_of(self, outbox_id: str) -> Outcome | None:
        """SendGrid tells by its event webhook, in its own time."""
        return None

    def _try(self, body: dict[str, Any], number: int) -> tuple[Sent, float]:
        """One try, and how long to wait before another where that is allowed."""
        client = SendGridAPIClient(api_key=self.key, host=self.url)
        client.client.timeout = self.timeout  # it has none of its own
        try:
            response = client.send(body)
        except HTTPError as refused:
            return _refusal(refused.status_code, refused.body or b""), self._wait(refused.headers, number)
        except URLError as problem:
            # urllib raises this only before the whole request has gone out, so nothing was taken.
            detail = f"SendGrid could not be reached ({type(problem.reason).__name__}){_look_at(problem.reason)}"
            return Sent(Outcome.FAILED, detail, again=True, reached=False), self._wait({}, number)
        except (OSError, http.client.HTTPException) as problem:
            detail = f"SendGrid did not answer ({type(problem).__name__}): whether the email went is not known"
            return Sent(Outcome.UNCONFIRMED, detail), 0
        return Sent(Outcome.SENT, _said(response)), 0

    def _wait(self, headers: Mapping[str, str] | None, number: int) -> float:
        """Seconds until SendGrid takes requests again, where it says so; else twice as long each time."""
        reset = (headers or {}).get("X-RateLimit-Reset", "")
        if reset.isdigit():
            return max(1.0, int(reset) - self.seconds_now())
        return float(2 ** (number - 1))


def open_sendgrid(settings: Settings) -> SendGridApi:
    """SendGrid as the settings name it. Raises `ValueError` where the key is missing."""
    if not settings.sendgrid_key.get_secret_value():
        raise ValueError("QUARTERDAY_MAIL is sendgrid, which needs its key in QUARTERDAY_SENDGRID_KEY.")
    return SendGridApi(
        key=settings.sendgrid_key.get_secret_value(),
        url=(settings.sendgrid_url or REGIONS[settings.sendgrid_region]).rstrip("/"),
        timeout=settings.mail_timeout,
        sandbox=settings.sendgrid_sandbox,
        at_once=settings.sendgrid_at_once,
    )


def _look_at(reason: object) -> str:
    """What keeps a line from coming about, where that is not SendGrid's own doing."""
    if isinstance(reason, ssl.SSLError):
        return ": see what stands between this machine and SendGrid, which shows a certificate that we do not trust"
    return ": put the name server right, or the network" if isinstance(reason, socket.gaierror) else ""


def _refusal(code: int, said: bytes) -> Sent:
    """What a refusal means; its words may quote addresses and are not kept.

    A gateway's 502 or 504 does not say whether the email was taken behind it.
    """
    if code == TOO_MANY or code in BEFORE_ACCEPTING:
        return Sent(Outcome.FAILED, f"SendGrid was too busy to take it ({code})", again=True)
    if code in WRONG_KEY and b"credits" in said.lower():
        detail = f"SendGrid's account has sent all that its plan allows ({code}): have the plan raised, or wait"
        return Sent(Outcome.FAILED, detail, again=True)
    if code in WRONG_KEY and (b"sender" in said.lower() or b"from address" in said.lower()):
        detail = f"SendGrid does not know our address as a sender ({code}): verify there what config/ names as `sender`"
        return Sent(Outcome.FAILED, detail, again=True)
    if code in WRONG_KEY:
        return Sent(Outcome.FAILED, f"SendGrid refused our key ({code}): put QUARTERDAY_SENDGRID_KEY right", again=True)
    if code >= BEFORE_ACCEPTING[0]:
        return Sent(Outcome.UNCONFIRMED, f"SendGrid answered {code}: whether the email went is not known")
    return Sent(Outcome.FAILED, f"SendGrid refused the email ({code})")


def _said(response: Any) -> str:
    """SendGrid's own id of the message, for whoever looks into its activity feed."""
    return f"accepted by SendGrid {response.headers.get('X-Message-Id') or ''}".strip()
