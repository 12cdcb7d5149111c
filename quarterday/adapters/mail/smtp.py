"""Email through an SMTP server: one connection a run, and an honest word on how far each email got."""

import smtplib
import socket
import ssl
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from quarterday.adapters.mail.message import Email, to_mime
from quarterday.adapters.mail.one_by_one import OneByOne, nobody_notes
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import Outcome

ACCEPTED, START_DATA, PASSING, FOR_GOOD, SIGN_IN_FIRST = 250, 354, 400, 500, 530
_LET_US_SEND = (  # whoever is to read it has nothing to do with it: every email is refused alike until it is put right
    "put QUARTERDAY_SMTP_USER and QUARTERDAY_SMTP_PASSWORD right, or let it take `sender` of config/partnership.yaml"
)


@dataclass(frozen=True)
class SmtpServer(OneByOne):
    """A mail server. Until it has been given the whole message nothing went; once it has, only its answer counts."""

    host: str
    port: int
    security: str  # starttls, tls or none
    timeout: float  # seconds
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None

    repeatable = False

    def send(self, email: Email, handing_over: Callable[[], None] = nobody_notes) -> Sent:
        """Hand one email to the server, on a connection of its own."""
        with self.session() as session:
            return session.send(email, handing_over)

    def send_together(self, emails: Sequence[Email], handing_over: Callable[[], None] = nobody_notes) -> Sent:
        """See `Transport.send_together`."""
        (only,) = emails
        return self.send(only, handing_over)

    def greet(self) -> None:
        """Come in and go again. Raises `OSError` or `SMTPException` where that cannot be."""
        _say_goodbye(self.connected())

    def outcome_of(self, outbox_id: str) -> Outcome | None:
        """A mail server cannot be asked."""
        return None

    @contextmanager
    def session(self) -> Generator["SmtpSession"]:
        """One connection for many emails, opened with the first of them."""
        session = SmtpSession(self)
        try:
            yield session
        finally:
            session.close()

    def connected(self) -> smtplib.SMTP:
        """A connection, encrypted and signed in as the settings say."""
        context = ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            server.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                server.starttls(context=context)
                server.ehlo()
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


class SmtpSession(OneByOne):
    """A connection that is kept while emails go, and made again where the server has had enough of it."""

    repeatable = False

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def send_together(self, emails: Sequence[Email], handing_over: Callable[[], None] = nobody_notes) -> Sent:
        """See `Transport.send_together`."""
        (only,) = emails
        return self.send(only, handing_over)

    def send(self, email: Email, handing_over: Callable[[], None] = nobody_notes) -> Sent:
        """Hand the email to the server. What a used connection will not take is offered once more on a new one."""
        if self._connection is not None:
            sent = self._on(self._connection, email, handing_over)
            if not sent.again:
                return sent
            self.close()
        try:
            self._connection = self._server.connected()
        except OSError as problem:
            return Sent(Outcome.FAILED, why_not_reached(problem), again=True, reached=_answered(problem))
        return self._on(self._connection, email, handing_over)

    def outcome_of(self, outbox_id: str) -> Outcome | None:
        """A mail server cannot be asked."""
        return None

    def close(self) -> None:
        """Say goodbye: whatever the server answers, what it has accepted stays accepted."""
        connection, self._connection = self._connection, None
        if connection is not None:
            _say_goodbye(connection)

    def _on(self, connection: smtplib.SMTP, email: Email, handing_over: Callable[[], None]) -> Sent:
        try:
            for code, _ in (connection.rset(), connection.mail(email.from_email)):
                if code >= PASSING:
                    remedy = f": {_LET_US_SEND}" if code >= FOR_GOOD else ""
                    return _not_sent(f"the mail server answered {code} to the sender{remedy}", again=True)
            code, said = connection.rcpt(email.to_email)
            if code == SIGN_IN_FIRST or (code >= FOR_GOOD and b"relay" in said.lower()):
                detail = f"the mail server sends nothing outside for us ({code}): {_LET_US_SEND}"
                return _not_sent(detail, again=True)
            if code >= FOR_GOOD:
                return Sent(Outcome.BOUNCED, f"the mail server answered {code} to the address")
            if code >= PASSING:
                return _not_sent(f"the mail server answered {code} to the address", again=True)
        except OSError as problem:
            return _not_sent(f"the connection broke before the message was given ({_kind(problem)})", again=True)
        handing_over()
        try:
            code, _ = connection.data(to_mime(email).as_bytes())
        except smtplib.SMTPDataError as refused:
            again = refused.smtp_code < FOR_GOOD
            return _not_sent(f"the mail server answered {refused.smtp_code} before the message", again=again)
        except OSError as problem:
            return Sent(Outcome.UNCONFIRMED, f"the connection broke while the message was given ({_kind(problem)})")
        if code != ACCEPTED:
            return _not_sent(f"the mail server answered {code} to the message", again=code < FOR_GOOD)
        return Sent(Outcome.SENT, "accepted by the mail server")


def _say_goodbye(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except OSError:
        connection.close()


def open_smtp(settings: Settings) -> SmtpServer:
    """The mail server that the settings name. Raises `ValueError` where a password would cross a line in clear."""
    if settings.smtp_user and settings.smtp_security == "none":
        raise ValueError(
            "QUARTERDAY_SMTP_USER needs an encrypted connection: set QUARTERDAY_SMTP_SECURITY to starttls or tls."
        )
    return SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        timeout=settings.mail_timeout,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        ca_file=settings.smtp_ca_file,
    )


def _not_sent(detail: str, *, again: bool) -> Sent:
    return Sent(Outcome.FAILED, detail, again=again)


def _answered(problem: Exception) -> bool:
    """Whether there was a mail server at all, which then would not have us."""
    return isinstance(problem, smtplib.SMTPException) and not isinstance(problem, smtplib.SMTPServerDisconnected)


def why_not_reached(problem: Exception) -> str:
    """What kept us from the server, and which setting to look at."""
    match problem:
        case smtplib.SMTPResponseException(smtp_code=code) if code < FOR_GOOD:  # busy, or its own parts are away
            return f"the mail server will not have us for now ({_kind(problem)}): that may pass by itself"
        case smtplib.SMTPAuthenticationError():
            what, put_right = "refused our user name or password", "QUARTERDAY_SMTP_USER and QUARTERDAY_SMTP_PASSWORD"
        case ssl.SSLCertVerificationError():
            what, put_right = "showed a certificate that we do not trust", "QUARTERDAY_SMTP_CA_FILE"
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            what, put_right = "does not encrypt as we expect", "QUARTERDAY_SMTP_SECURITY and QUARTERDAY_SMTP_PORT"
        case socket.gaierror():
            what, put_right = "is not known by its name", "QUARTERDAY_SMTP_HOST, or the name server,"
        case _:
            return f"the mail server could not be reached or refused us ({_kind(problem)})"
    return f"the mail server {what} ({_kind(problem)}): put {put_right} right"


def _kind(problem: Exception) -> str:
    """What went wrong without the server's words, which may quote the address."""
    code = getattr(problem, "smtp_code", None)
    return f"{type(problem).__name__}{f' {code}' if code else ''}"
