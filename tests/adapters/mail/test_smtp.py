"""SMTP, against a real server on loopback."""

import asyncio
import smtplib
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from quarterday.adapters.mail.smtp import SmtpServer, open_smtp, why_not_reached
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import Outcome
from tests.adapters.mail.conftest import an_email


@dataclass
class Postbox:
    """What the server was given, and what it answers."""

    mail_answer: str = ""
    rcpt_answer: str = ""
    data_answer: str = "250 OK"
    envelopes: list[Envelope] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)  # of each message, its connection
    hang_up: bool = False
    tires_after: int = 99  # messages on one connection
    slow: float = 0.0  # seconds over its last answer

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sessions.count(session) >= self.tires_after:
            return "421 too many messages on this connection"
        if self.mail_answer:
            return self.mail_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt_answer:
            return self.rcpt_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        self.envelopes.append(envelope)
        self.sessions.append(session)
        await asyncio.sleep(self.slow)
        if self.hang_up:
            server.transport.abort()
        return self.data_answer


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of our own for localhost, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, key


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("localhost", 0)) as listening:
        return listening.getsockname()[1]


@pytest.fixture
def postbox() -> Postbox:
    """Takes everything."""
    return Postbox()


@pytest.fixture
def server(postbox: Postbox, certificate: tuple[Path, Path]) -> Iterator[SmtpServer]:
    """A mail server that insists on encryption and a password, and our way to it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*map(str, certificate))

    def knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
        return AuthResult(success=getattr(given, "password", b"") == b"secret", handled=False)

    controller = Controller(
        postbox,
        hostname="localhost",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        authenticator=knows,
        auth_required=True,
    )
    controller.start()
    yield SmtpServer("localhost", controller.port, "starttls", 5, "us", "secret", certificate[0])
    controller.stop()


def test_an_email_arrives_whole_over_an_encrypted_line(server: SmtpServer, postbox: Postbox) -> None:
    """Envelope, thread, both bodies and the calendar file, as the outbox would have written them."""
    sent = server.send(an_email())
    envelope = postbox.envelopes[0]
    read = message_from_bytes(envelope.content, policy=default)

    assert Outcome.SENT is sent.outcome
    assert ("returns@somewhere.example", ["fay.fire@partner.example"]) == (envelope.mail_from, envelope.rcpt_tos)
    assert "<before@somewhere.example>" == read["In-Reply-To"]
    assert ["text/plain", "text/html", "text/calendar"] == [
        part.get_content_type() for part in read.walk() if not part.is_multipart()
    ]


@pytest.mark.parametrize(
    ("stage", "answer", "again"),
    [
        ("mail_answer", "451 try later", True),
        ("mail_answer", "553 returns@somewhere.example may not send here", True),
        ("rcpt_answer", "451 try later", True),
        ("data_answer", "452 full", True),
        ("data_answer", "554 no, fay.fire@partner.example", False),
    ],
)
def test_a_refusal_is_a_failure_that_may_pass_or_not(
    server: SmtpServer, postbox: Postbox, stage: str, answer: str, again: bool
) -> None:
    """4xx passes, what concerns us alone is put right; the server's words, which quote the address, are not kept."""
    setattr(postbox, stage, answer)
    sent = server.send(an_email())

    assert (Outcome.FAILED, again) == (sent.outcome, sent.again)
    assert "@" not in sent.detail


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("mail_answer", "530 5.7.0 Authentication required"),
        ("mail_answer", "550 5.7.60 this client may not send as returns@somewhere.example"),
        ("rcpt_answer", "530 5.7.1 Authentication required"),
        ("rcpt_answer", "550 5.7.54 Unable to relay recipient fay.fire@partner.example in non-accepted domain"),
        ("rcpt_answer", "554 5.7.1 <fay.fire@partner.example>: Relay access denied"),
    ],
)
def test_a_server_that_does_not_let_us_send(server: SmtpServer, postbox: Postbox, stage: str, answer: str) -> None:
    """It refuses every email alike, so no address has bounced: it is told what to put right, and tried again."""
    setattr(postbox, stage, answer)
    sent = server.send(an_email())

    assert (Outcome.FAILED, True) == (sent.outcome, sent.again)
    assert "put QUARTERDAY_SMTP_USER and QUARTERDAY_SMTP_PASSWORD right" in sent.detail
    assert "@" not in sent.detail


def test_a_line_that_breaks_after_the_message_leaves_it_unconfirmed(server: SmtpServer, postbox: Postbox) -> None:
    """The server has it all and has not said so: perhaps it went, so it is not sent again."""
    postbox.hang_up = True
    sent = server.send(an_email())

    assert (Outcome.UNCONFIRMED, False) == (sent.outcome, sent.again)


def test_an_address_that_the_server_does_not_know_has_bounced(server: SmtpServer, postbox: Postbox) -> None:
    """It is told at once what others learn from an event later: whoever decides next tries the deputy."""
    postbox.rcpt_answer = "550 fay.fire@partner.example: no such user"
    sent = server.send(an_email())

    assert (Outcome.BOUNCED, False) == (sent.outcome, sent.again)
    assert "@" not in sent.detail


def test_no_answer_to_the_message_in_time_leaves_it_unconfirmed(server: SmtpServer, postbox: Postbox) -> None:
    """The server has it all and is thinking."""
    postbox.slow = 0.6
    sent = replace(server, timeout=0.3).send(an_email())

    assert (Outcome.UNCONFIRMED, False) == (sent.outcome, sent.again)
    assert 1 == len(postbox.envelopes)


def test_a_run_of_emails_is_one_connection(server: SmtpServer, postbox: Postbox) -> None:
    """Three emails, one greeting and one password."""
    with server.session() as session:
        sent = [session.send(an_email(subject=f"Number {number}")) for number in range(3)]

    assert [Outcome.SENT] * 3 == [each.outcome for each in sent]
    assert 3 == len(postbox.envelopes)
    assert 1 == len({id(each) for each in postbox.sessions})


def test_a_server_that_has_had_enough_of_a_connection_gets_a_new_one(server: SmtpServer, postbox: Postbox) -> None:
    """Some take so many messages a connection: what they will not take there is offered again, and taken once."""
    postbox.tires_after = 2
    with server.session() as session:
        sent = [session.send(an_email(subject=f"Number {number}")) for number in range(5)]

    assert [Outcome.SENT] * 5 == [each.outcome for each in sent]
    assert [2, 2, 1] == [postbox.sessions.count(each) for each in dict.fromkeys(postbox.sessions)]


def test_a_refused_email_does_not_spoil_the_next(server: SmtpServer, postbox: Postbox) -> None:
    """Nothing of the refused one is left on the connection."""
    with server.session() as session:
        postbox.rcpt_answer = "550 no such user"
        refused = session.send(an_email(to_email="nobody@partner.example"))
        postbox.rcpt_answer = ""
        sent = session.send(an_email())

    assert (Outcome.BOUNCED, Outcome.SENT) == (refused.outcome, sent.outcome)
    assert [["fay.fire@partner.example"]] == [each.rcpt_tos for each in postbox.envelopes]


def test_a_line_that_broke_over_one_email_carries_the_next_anew(server: SmtpServer, postbox: Postbox) -> None:
    """The one in doubt stays in doubt; the next goes over a new line."""
    with server.session() as session:
        postbox.hang_up = True
        doubtful = session.send(an_email())
        postbox.hang_up = False
        sent = session.send(an_email(subject="The next"))

    assert (Outcome.UNCONFIRMED, Outcome.SENT) == (doubtful.outcome, sent.outcome)
    assert 2 == len(postbox.envelopes)


def test_a_server_without_encryption_is_told_nothing(postbox: Postbox) -> None:
    """Where STARTTLS was asked for and is not offered, neither password nor email crosses the line."""
    controller = Controller(postbox, hostname="localhost", port=free_port())
    controller.start()
    try:
        sent = SmtpServer("localhost", controller.port, "starttls", 5, "us", "secret").send(an_email())
    finally:
        controller.stop()

    assert (Outcome.FAILED, True) == (sent.outcome, sent.again)
    assert "put QUARTERDAY_SMTP_SECURITY and QUARTERDAY_SMTP_PORT right" in sent.detail
    assert [] == postbox.envelopes


def test_a_server_whose_name_nobody_knows_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that is down loses no email, and whoever looks is told where the name stands."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    sent = SmtpServer("mail.example", 25, "starttls", 1).send(an_email())

    assert (Outcome.FAILED, True, False) == (sent.outcome, sent.again, sent.reached)
    assert "put QUARTERDAY_SMTP_HOST, or the name server, right" in sent.detail


def test_a_server_that_is_not_there_is_tried_again_later(certificate: tuple[Path, Path]) -> None:
    """Nothing was sent, for certain, and no server was tried."""
    sent = SmtpServer("localhost", 1, "starttls", 1).send(an_email())

    assert (Outcome.FAILED, True, False) == (sent.outcome, sent.again, sent.reached)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (smtplib.SMTPConnectError(421, b"too busy"), "will not have us for now (SMTPConnectError 421)"),
        (smtplib.SMTPResponseException(454, b"TLS not available"), "for now (SMTPResponseException 454)"),
        (smtplib.SMTPAuthenticationError(454, b"try later"), "for now (SMTPAuthenticationError 454)"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "put QUARTERDAY_SMTP_USER and QUARTERDAY_SMTP_PASSWORD right"),
    ],
)
def test_what_may_pass_is_told_from_what_is_to_be_put_right(problem: Exception, said: str) -> None:
    """A server that is busy, or whose own parts are away, sends nobody to the settings."""
    assert said in why_not_reached(problem)


def test_a_certificate_that_we_do_not_trust_stops_us(server: SmtpServer, postbox: Postbox) -> None:
    """No email and no password goes to whoever cannot prove who they are."""
    sent = SmtpServer(server.host, server.port, "starttls", 5, "us", "secret").send(an_email())

    assert (Outcome.FAILED, True) == (sent.outcome, sent.again)
    assert "put QUARTERDAY_SMTP_CA_FILE right" in sent.detail
    assert [] == postbox.envelopes


def test_a_wrong_password_is_told_and_may_be_put_right(server: SmtpServer, postbox: Postbox) -> None:
    """Once the setting is right, the next run sends what waited."""
    sent = SmtpServer(server.host, server.port, "starttls", 5, "us", "wrong", server.ca_file).send(an_email())

    assert (Outcome.FAILED, True, True) == (sent.outcome, sent.again, sent.reached)
    assert "(SMTPAuthenticationError 535): put QUARTERDAY_SMTP_USER and QUARTERDAY_SMTP_PASSWORD right" in sent.detail


def test_a_password_never_crosses_the_line_in_clear() -> None:
    """Asking for that is refused with a sentence that says what to set."""
    with pytest.raises(ValueError, match="QUARTERDAY_SMTP_SECURITY"):
        open_smtp(Settings(smtp_user="us", smtp_security="none", _env_file=None))
