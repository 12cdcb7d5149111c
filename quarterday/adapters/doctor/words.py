"""What is written and what was said: configuration, mail, and returns that wait."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy.exc import DatabaseError

from quarterday.adapters import clock
from quarterday.adapters.config_files import kept_since, load_framework
from quarterday.adapters.config_files.load import check_configuration
from quarterday.adapters.config_files.problems import ConfigurationProblems
from quarterday.adapters.doctor.complaints import Complaint, complaint_of
from quarterday.adapters.doctor.keeping import known_framework, look_at_register, look_at_returns
from quarterday.adapters.doctor.running import HERE
from quarterday.adapters.mail.smtp import open_smtp, why_not_reached
from quarterday.adapters.mail.transport import open_transport
from quarterday.adapters.register import existing_register
from quarterday.adapters.register.register import said_of_anothers
from quarterday.adapters.settings import Settings
from quarterday.adapters.settings_page import unknown
from quarterday.domain.collection.became import Booked
from quarterday.domain.collection.booked import given_up, held_up, in_doubt
from quarterday.domain.collection.horizon import running_out
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.undelivered import NEWS
from quarterday.domain.collection.verdicts import unjudged
from quarterday.domain.facts import Facts
from quarterday.domain.framework.calendar import CalendarNotCoveredError
from quarterday.domain.framework.periods import say_day

WAITS_TOO_LONG = timedelta(minutes=30)  # the sweep comes every ten
A_QUARTER_AHEAD = timedelta(days=120)


def look_at_configuration(settings: Settings) -> Iterator[Complaint]:
    """What `quarterday check` finds."""
    read = check_configuration(settings.config)
    for problem in read.problems:
        yield Complaint(f"{settings.config / problem.file}:{problem.line}: {problem.sentence}", problem.remedy)
    if read.problems and (since := kept_since(settings.home)):
        yield Complaint(
            f"Until it loads, what runs goes on with the configuration of {say_day(london_day(since))}.",
            "Nothing that was changed since counts.",
            serious=False,
        )
    if settings.clock_file:
        yield Complaint(
            f"The clock is simulated: it is read from {settings.clock_file}.",
            "Take QUARTERDAY_CLOCK_FILE away for real use.",
            serious=False,
        )
    if not read.problems:
        yield from _calendar(settings)
        yield from _anothers(settings)


def _anothers(settings: Settings) -> Iterator[Complaint]:
    """Whether the configuration is that of the partnership whose facts the home holds."""
    if any(look_at_register(settings)):
        return
    code = load_framework(settings.config).partnership.code
    try:
        with existing_register(settings) as register:
            said = said_of_anothers(settings, register, code)
    except DatabaseError:
        return  # told with the facts
    if said:
        yield complaint_of(said, "Until then the last one that was this home's goes on.")


def _calendar(settings: Settings) -> Iterator[Complaint]:
    """Whether working days can be counted in the months to come: a quarter's dates reach that far."""
    calendar, today = load_framework(settings.config).calendar, clock.today(settings)
    for day, serious in ((today, True), (today + A_QUARTER_AHEAD, False)):
        try:
            calendar.is_working_day(day)
        except CalendarNotCoveredError as problem:
            sentence, _, remedy = str(problem).partition(". ")
            yield Complaint(f"{sentence}.", remedy, serious=serious)
            return


def look_at_mail(settings: Settings) -> Iterator[Complaint]:
    """Whether emails can go, and whether anybody would get them."""
    try:
        open_transport(settings)
    except ValueError as problem:
        yield Complaint(f"Mail by {settings.mail} is not set up.", str(problem))
        return
    yield from _mail_server(settings)
    if settings.mail == "outbox" and not _made_up(settings):
        yield Complaint(
            "Emails are only written to the outbox folder: nobody gets them.",
            "Set QUARTERDAY_MAIL to smtp or sendgrid.",
        )
    if urlsplit(settings.portal_url).hostname in HERE and not _made_up(settings):
        yield Complaint(
            f"Emails carry links to {settings.portal_url}, which only this machine can open.",
            "Set QUARTERDAY_PORTAL_URL to the address at which partners reach the portal.",
        )
    if settings.mail == "sendgrid" and settings.sendgrid_sandbox:
        yield Complaint("SendGrid delivers nothing: its sandbox is on.", "Set QUARTERDAY_SENDGRID_SANDBOX to false.")
    if settings.mail == "sendgrid" and not settings.sendgrid_webhook_key:
        yield Complaint(
            "Nobody tells us which emails came back.",
            "Set QUARTERDAY_SENDGRID_WEBHOOK_KEY and point SendGrid's event webhook to /hooks/sendgrid.",
            serious=False,
        )


def _mail_server(settings: Settings) -> Iterator[Complaint]:
    """Whether the SMTP server lets us in; nothing is sent."""
    if settings.mail != "smtp":
        return
    try:
        open_smtp(settings).greet()
    except OSError as problem:  # all that smtplib raises among them
        yield Complaint(
            f"No email can go by {settings.smtp_host}:{settings.smtp_port}: {why_not_reached(problem)}.",
            "Correct QUARTERDAY_SMTP_HOST, _PORT, _SECURITY, _USER and _PASSWORD.",
        )


def look_at_quarter(settings: Settings) -> Iterator[Complaint]:
    """Emails of which nobody knows, and returns that nobody has checked."""
    framework = known_framework(settings)
    if framework is None:
        return
    for each in running_out(framework, clock.today(settings)):
        yield Complaint(str(each), "`quarterday plan` shows what is planned.", serious=False)
    with existing_register(settings) as register:
        facts = register.facts(framework.partnership.code)
    yield from look_at_returns(settings, facts)
    now = clock.now(settings)
    lost = [each for each in in_doubt(facts) if each.message.at > now - NEWS]
    if lost:
        why = f" Of the last: {lost[-1].detail}." if lost[-1].detail else ""
        yield Complaint(
            f"Nobody knows whether {len(lost)} email(s) went: {_named(lost)}.{why}",
            "Ask them; then settle all of them together with the deployment “settle-emails”.",
        )
    yield from _held_up(facts, now)
    late = [each.partner_return for each in unjudged(facts) if each.at < now - WAITS_TOO_LONG]
    if late:
        yield Complaint(
            f"{len(late)} return(s) have waited more than half an hour for their check: {', '.join(late[:5])}.",
            "See that a worker runs, then open the last run of “sweep-returns” in the Prefect UI.",
        )


def _held_up(facts: Facts, now: datetime) -> Iterator[Complaint]:
    """Emails that did not go: given up, or still tried, each with what kept it."""
    lost = [each for each in given_up(facts) if each.last_word > now - NEWS]
    if lost:
        yield Complaint(
            f"{len(lost)} email(s) were given up: {_named(lost)}. {_why(lost[-1])}",
            "Put that right, then send all of them again with the deployment “settle-emails”.",
        )
    if waiting := held_up(facts):
        yield Complaint(
            f"{len(waiting)} email(s) have not gone yet and are tried again: {_named(waiting)}. {_why(waiting[-1])}",
            "Put right what keeps them; they then go by themselves.",
        )


def _named(emails: Sequence[Booked]) -> str:
    told = ", ".join(f"{each.message.email} to {each.message.recipient}" for each in emails[:5])
    return f"{told}{' and more' if len(emails) > 5 else ''}"


def _why(known: Booked) -> str:
    return f"The last answer was: {known.detail}."


def look_at_settings(_settings: Settings) -> Iterator[Complaint]:
    """Names that begin as our settings do and are none."""
    for sentence in unknown():
        yield Complaint(sentence, "Correct the name, or take it out: `quarterday settings` lists those there are.")


def _made_up(settings: Settings) -> bool:
    try:
        return load_framework(settings.config).partnership.synthetic
    except ConfigurationProblems:
        return True  # told with the configuration
