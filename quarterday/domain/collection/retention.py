"""The retention rule: how long a raw file is kept, by the agreement under which it was shared."""

from collections.abc import Container
from datetime import date, timedelta

from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import (
    EmailKept,
    Facts,
    FileDeleted,
    FileKept,
    MessageReserved,
    Outcome,
    RequestMade,
    ReturnReceived,
    UploadKept,
    VerdictGiven,
)
from quarterday.domain.facts.returns import return_spoken_of
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import calendar_month

SET_APART_DAYS = timedelta(days=30)  # that a file with personal data is kept at most, and by each officer's decision
SENT_BACK = "sent-back"  # the email that tells what was found
_GONE = frozenset({Outcome.SENT, Outcome.DELIVERED})
WORDS_MONTHS = (
    24  # that the words of an email are kept at least: whoever asks what was said asks within two yearly reviews
)


def files_past_keeping(framework: Framework, facts: Facts, today: date) -> list[UploadKept]:
    """The uploads not yet deleted whose agreements' time has passed: the longest that covers what was asked counts.

    One that was set apart, since it holds personal data or a virus, goes the day after its sender was told, or after
    days where nobody could be told; an officer may keep it for a stated reason, for as many days each time.
    """
    requests = {each.request: each for each in facts.of(RequestMade)}
    gone = {each.stored_as for each in facts.of(FileDeleted)}
    apart = set_apart(facts)
    return [
        upload
        for upload in facts.of(UploadKept)
        if upload.stored_as not in gone
        and upload.request in requests
        and (
            today > apart.get(upload.stored_as, date.max)
            or today > keep_until(framework, requests[upload.request], upload)
        )
    ]


def counted_files(facts: Facts, counted: Container[str]) -> list[UploadKept]:
    """The files, not yet deleted, of returns whose cases were counted: only their number is kept.

    `counted` holds the references of those returns.
    """
    gone = {each.stored_as for each in facts.of(FileDeleted)}
    stored = {each.stored_as for each in facts.of(ReturnReceived) if each.partner_return in counted}
    return [each for each in facts.of(UploadKept) if each.stored_as in stored - gone]


def set_apart(facts: Facts) -> dict[str, date]:
    """The files whose last verdict is that they are set apart, each with the last day on which it is kept."""
    received = {each.partner_return: each for each in facts.of(ReturnReceived)}
    last = {each.partner_return: each for each in facts.of(VerdictGiven)}
    kept = {each.partner_return: london_day(each.at) for each in facts.of(FileKept)}
    apart = [each for each in last.values() if each.verdict.apart and each.partner_return in received]
    until: dict[str, date] = {}
    for given in apart:
        stored, decided = received[given.partner_return].stored_as, kept.get(given.partner_return)
        told = _told_on(facts, given)
        day = decided + SET_APART_DAYS if decided else told or london_day(given.at) + SET_APART_DAYS
        until[stored] = max(day, until.get(stored, day))
    return until


def _told_on(facts: Facts, given: VerdictGiven) -> date | None:
    """The day on which the sender of a return was told what was found in it; None where no email of it has gone."""
    told = [
        each
        for each in facts.about(given.request, MessageReserved)
        if each.email == SENT_BACK and return_spoken_of(each.tells_of) == given.partner_return and each.at >= given.at
    ]
    gone = [word for each in told for word in facts.settled(each.message) if word.outcome in _GONE]
    return min((london_day(each.at) for each in gone), default=None)


def emails_past_keeping(framework: Framework, facts: Facts, today: date) -> list[EmailKept]:
    """The kept words of emails whose time has passed: as long as what their request brought, and two years at least.

    Of two emails that read alike the words are one file: it goes when the later one's time has passed.
    """
    requests = {each.request: each for each in facts.of(RequestMade)}
    gone = {each.stored_as for each in facts.of(FileDeleted)}
    latest = {each.stored_as: each for each in facts.of(EmailKept) if each.stored_as not in gone}
    past_least = [each for each in latest.values() if today > _months_after(london_day(each.at), WORDS_MONTHS)]
    return [
        each
        for each in past_least
        if each.request not in requests or today > keep_until(framework, requests[each.request], each)
    ]


def keep_until(framework: Framework, request: RequestMade, upload: UploadKept | EmailKept) -> date:
    """The last day on which an upload may be kept: so many months after it came."""
    months = max(
        (
            agreement.keep_raw_months
            for agreement in framework.agreements
            for code in request.asked
            if code in framework.indicator
            and agreement.covers(request.partner, code, framework.indicator[code].purpose)
        ),
        default=24,
    )
    return _months_after(london_day(upload.at), months)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar_month(day.year + years, month + 1).end
    return last.replace(day=min(day.day, last.day))
