"""Email through an SMTP server: one connection an email, and an honest word on how far it got."""

import smtplib
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from quarterday.adapters.mail.message import Email, to_mime
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.settings import Settings
from quarterday.facts import Outcome

ACCEPTED, START_DATA, PASSING, FOR_GOOD = 250, 354, 400, 500


@dataclass(frozen=True)
class SmtpServer:
    """A mail server. Until it has been given the whole message nothing went; once it has, only its answer counts."""

    host: str
    port: int
    security: str  # starttls, tls or none
    timeout: float  # seconds
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None

    repeatable = False

    def send(self, email: Email) -> Sent:
        """Hand the email to the server."""
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as problem:
            return _not_sent(f"the mail server could not be reached or refused us ({_kind(problem)})", again=True)
        try:
            return self._hand_over(server, email)
        finally:
            server.close()

    def greet(self) -> None:
        """Come in and go again. Raises `OSError` or `SMTPException` where that cannot be."""
        _say_goodbye(self._connected())

    def outcome_of(self, outbox_id: str) -> Outcome | None:
        """A mail server cannot be asked."""
        return None

    def _connected(self) -> smtplib.SMTP:
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

    def _hand_over(self, server: smtplib.SMTP, email: Email) -> Sent:
        try:
            for code, _ in (server.mail(email.from_email), server.rcpt(email.to_email)):
                if code >= PASSING:
                    return _not_sent(f"the mail server answered {code} to the addresses", again=code < FOR_GOOD)
        except (OSError, smtplib.SMTPException) as problem:
            return _not_sent(f"the connection broke before the message was given ({_kind(problem)})", again=True)
        try:
            code, _ = server.data(to_mime(email).as_bytes())
        except smtplib.SMTPDataError as refused:
            again = refused.smtp_code < FOR_GOOD
            return _not_sent(f"the mail server answered {refused.smtp_code} before the message", again=again)
        except (OSError, smtplib.SMTPException) as problem:
            return Sent(Outcome.UNCONFIRMED, f"the connection broke while the message was given ({_kind(problem)})")
        if code != ACCEPTED:
            return _not_sent(f"the mail server answered {code} to the message", again=code < FOR_GOOD)
        _say_goodbye(server)
        return Sent(Outcome.SENT, "accepted by the mail server")


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


def _kind(problem: Exception) -> str:
    """What went wrong without the server's words, which may quote the address."""
    code = getattr(problem, "smtp_code", None)
    return f"{type(problem).__name__}{f' {code}' if code else ''}"


def _say_goodbye(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        return  # the message has been accepted: how the server hangs up changes nothing
