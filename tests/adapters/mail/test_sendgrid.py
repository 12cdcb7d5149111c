"""SendGrid: its real client, against a stand-in on loopback and SendGrid's own published description."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import gaierror
from ssl import SSLCertVerificationError
from threading import Thread
from time import sleep, time
from typing import Any
from urllib.error import URLError

import pytest

from quarterday.adapters.mail import sendgrid_api
from quarterday.adapters.mail.sendgrid_api import LONGEST_PAUSE, TRIES, SendGridApi, open_sendgrid
from quarterday.adapters.mail.sendgrid_body import body_of
from quarterday.adapters.mail.transport import open_transport
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import Outcome
from tests.adapters.mail.conftest import an_email

Answer = tuple[int, dict[str, str]]


@dataclass
class StandIn:
    """What was asked of the stand-in, and what it answers, one after the other; the last answer goes on."""

    answers: list[Answer] = field(default_factory=lambda: [(202, {"X-Message-Id": "abc123"})])
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hang_up: bool = False
    slow: float = 0.0  # seconds
    says: bytes = b""
    url: str = ""

    def answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def handler_of(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    """The stand-in as a web server speaks it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            stand_in.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            stand_in.headers.append({"path": self.path, **self.headers})
            sleep(stand_in.slow)
            if stand_in.hang_up:
                self.connection.close()
                return
            code, headers = stand_in.answer()
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(stand_in.says)))
            self.end_headers()
            self.wfile.write(stand_in.says)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """SendGrid's place on loopback."""
    known = StandIn()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(known))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    known.url = f"http://127.0.0.1:{server.server_port}"
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def pauses() -> list[float]:
    """How long was waited between tries, in seconds."""
    return []


@pytest.fixture
def api(stand_in: StandIn, pauses: list[float]) -> SendGridApi:
    """Our way to the stand-in, which waits for nobody."""
    return SendGridApi("a-key", stand_in.url, timeout=2, pause=pauses.append)


def test_what_is_sent_fits_sendgrids_own_description(
    api: SendGridApi, stand_in: StandIn, fits_the_description: Callable[[Any], list[str]]
) -> None:
    """The body that the real client put on the line, checked against the published OpenAPI description."""
    sent = api.send(an_email())

    assert Outcome.SENT is sent.outcome
    assert "accepted by SendGrid abc123" == sent.detail
    assert [] == fits_the_description(stand_in.bodies[0])
    assert ("/v3/mail/send", "Bearer a-key") == (stand_in.headers[0]["path"], stand_in.headers[0]["Authorization"])


def test_the_description_would_find_a_fault(fits_the_description: Callable[[Any], list[str]]) -> None:
    """The check itself checks: the outbox id at the root has the wrong type there."""
    body = body_of([an_email()]) | {"custom_args": {"outbox_id": "x"}}

    assert 1 == len(fits_the_description(body))


def test_links_are_not_rewritten_and_openings_not_watched(api: SendGridApi, stand_in: StandIn) -> None:
    """Tracking is off for each message, in plain text too."""
    api.send(an_email())
    tracking = stand_in.bodies[0]["tracking_settings"]

    assert {"enable": False, "enable_text": False} == tracking["click_tracking"]
    assert not any(each["enable"] for each in tracking.values())


def test_reply_address_thread_and_outbox_id_go_with_it(api: SendGridApi, stand_in: StandIn) -> None:
    """Replies reach the officers, the thread holds, and the webhook will give the outbox id back."""
    api.send(an_email())
    body = stand_in.bodies[0]

    assert "officers@somewhere.example" == body["reply_to"]["email"]
    assert "<before@somewhere.example>" == body["personalizations"][0]["headers"]["In-Reply-To"]
    assert an_email().outbox_id == body["personalizations"][0]["custom_args"]["outbox_id"]
    assert "text/calendar; method=PUBLISH" == body["attachments"][0]["type"]
    assert ["quarterday", "request"] == body["categories"]


def test_categories_and_arguments_hold_nothing_personal() -> None:
    """SendGrid keeps them for ever and treats them as public."""
    body = body_of([an_email()])
    kept = json.dumps([body["categories"], body["personalizations"][0]["custom_args"]])

    assert "@" not in kept
    assert "Fay" not in kept


@pytest.mark.parametrize("passing", [429, 500, 503])
def test_what_was_certainly_not_taken_is_tried_again(
    api: SendGridApi, stand_in: StandIn, pauses: list[float], passing: int
) -> None:
    """Too many requests, or a fault before accepting: twice as long a pause each time."""
    stand_in.answers = [(passing, {}), (passing, {}), (202, {})]
    sent = api.send(an_email())

    assert Outcome.SENT is sent.outcome
    assert [1.0, 2.0] == pauses


def test_sendgrid_says_when_it_takes_requests_again(api: SendGridApi, stand_in: StandIn, pauses: list[float]) -> None:
    """Its reset header, a time in seconds since 1970, is kept to."""
    stand_in.answers = [(429, {"X-RateLimit-Reset": str(int(time()) + 30)}), (202, {})]
    api.send(an_email())

    assert 28 <= pauses[0] <= 30


def test_too_long_a_wait_is_left_to_the_next_run(api: SendGridApi, stand_in: StandIn, pauses: list[float]) -> None:
    """Nothing waits for minutes on end."""
    stand_in.answers = [(429, {"X-RateLimit-Reset": str(int(time() + LONGEST_PAUSE) + 600)})]
    sent = api.send(an_email())

    assert (Outcome.FAILED, True) == (sent.outcome, sent.again)
    assert [] == pauses


def test_trying_again_has_an_end(api: SendGridApi, stand_in: StandIn) -> None:
    """After a few tries the next run takes it up."""
    stand_in.answers = [(503, {})]
    sent = api.send(an_email())

    assert (Outcome.FAILED, True) == (sent.outcome, sent.again)
    assert TRIES == len(stand_in.bodies)


@pytest.mark.parametrize("gateway", [502, 504])
def test_a_gateways_fault_leaves_it_unconfirmed(api: SendGridApi, stand_in: StandIn, gateway: int) -> None:
    """Behind the gateway the email may have been taken: it is not sent again."""
    stand_in.answers = [(gateway, {})]
    sent = api.send(an_email())

    assert (Outcome.UNCONFIRMED, False) == (sent.outcome, sent.again)
    assert 1 == len(stand_in.bodies)


def test_a_line_that_breaks_before_the_answer_leaves_it_unconfirmed(api: SendGridApi, stand_in: StandIn) -> None:
    """SendGrid has it all and has not said so."""
    stand_in.hang_up = True
    sent = api.send(an_email())

    assert Outcome.UNCONFIRMED is sent.outcome
    assert 1 == len(stand_in.bodies)


def test_no_answer_in_time_leaves_it_unconfirmed(api: SendGridApi, stand_in: StandIn) -> None:
    """The client would wait for ever: ours does not."""
    stand_in.slow = 0.5
    sent = replace(api, timeout=0.1).send(an_email())

    assert Outcome.UNCONFIRMED is sent.outcome
    assert 1 == len(stand_in.bodies)


def test_what_never_reached_sendgrid_is_tried_again(pauses: list[float]) -> None:
    """Nobody listens there: nothing was sent, for certain."""
    sent = SendGridApi("a-key", "http://127.0.0.1:1", timeout=1, pause=pauses.append).send(an_email())

    assert (Outcome.FAILED, True) == (sent.outcome, sent.again)
    assert TRIES - 1 == len(pauses)


@pytest.mark.parametrize(("refusal", "again"), [(400, False), (413, False), (401, True), (403, True)])
def test_a_refusal_is_not_argued_with(
    api: SendGridApi, stand_in: StandIn, pauses: list[float], refusal: int, again: bool
) -> None:
    """A bad email fails for good; a bad key is put right, and the next run sends what waited."""
    stand_in.answers = [(refusal, {})]
    sent = api.send(an_email())

    assert (Outcome.FAILED, again) == (sent.outcome, sent.again)
    assert again or [] == pauses


@pytest.mark.parametrize(
    ("code", "says", "told"),
    [
        (401, "Maximum credits exceeded", "has sent all that its plan allows (401): have the plan raised, or wait"),
        (
            403,
            "The from address does not match a verified Sender Identity. jo@somewhere.example",
            "does not know our address as a sender (403)",
        ),
        (401, "The provided authorization grant is invalid", "put QUARTERDAY_SENDGRID_KEY right"),
    ],
)
def test_what_is_to_be_put_right_is_what_sendgrid_refuses(
    api: SendGridApi, stand_in: StandIn, code: int, says: str, told: str
) -> None:
    """One code means several things: a plan that is used up is no wrong key. All are tried again."""
    stand_in.answers, stand_in.says = [(code, {})] * TRIES, says.encode()
    sent = api.send(an_email())

    assert (Outcome.FAILED, True, True) == (sent.outcome, sent.again, sent.reached)
    assert told in sent.detail
    assert "@" not in sent.detail


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (gaierror(-2, "Name or service not known"), "put the name server right"),
        (SSLCertVerificationError("self-signed"), "a certificate that we do not trust"),
        (ConnectionRefusedError(111, "refused"), "could not be reached (ConnectionRefusedError)"),
    ],
)
def test_why_no_line_came_about(
    api: SendGridApi, monkeypatch: pytest.MonkeyPatch, reason: Exception, told: str
) -> None:
    """Nothing was taken; what to look at is told where it is not SendGrid's doing."""

    def away(*_: object) -> None:
        raise URLError(reason)

    monkeypatch.setattr(sendgrid_api.SendGridAPIClient, "send", away)
    sent = api.send(an_email())

    assert (Outcome.FAILED, True, False) == (sent.outcome, sent.again, sent.reached)
    assert told in sent.detail


def test_no_log_holds_the_email_at_any_level(api: SendGridApi, caplog: pytest.LogCaptureFixture) -> None:
    """The client's own debug log would print every email, its link and our key."""
    with caplog.at_level(logging.DEBUG):
        api.send(an_email())

    assert "a-token" not in caplog.text
    assert "a-key" not in caplog.text


def test_the_sandbox_and_the_region_are_settings(stand_in: StandIn) -> None:
    """Europe unless told otherwise; the sandbox delivers nothing."""
    europe = open_transport(Settings(mail="sendgrid", sendgrid_key="k", _env_file=None))
    trial = Settings(
        mail="sendgrid", sendgrid_key="k", sendgrid_url=stand_in.url, sendgrid_sandbox=True, _env_file=None
    )
    open_transport(trial).send(an_email())

    assert "https://api.eu.sendgrid.com" == europe.url
    assert stand_in.bodies[0]["mail_settings"]["sandbox_mode"]["enable"]


def test_sendgrid_without_a_key_is_told_at_the_start() -> None:
    """In a sentence that names the setting."""
    with pytest.raises(ValueError, match="QUARTERDAY_SENDGRID_KEY"):
        open_sendgrid(Settings(mail="sendgrid", _env_file=None))
