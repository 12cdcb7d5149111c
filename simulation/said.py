"""What letters and logs say, held against what happened: read apart from the product's own words and rules."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

import httpx

from quarterday.domain.facts import (
    CollectionBound,
    EmailKept,
    ExtensionDecided,
    Facts,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
)
from quarterday.domain.framework.calendar import WorkingDays
from simulation.post import Accepted
from simulation.world import World, configuration

CANARY = "Zaunkoenig 4711"  # what people write into every field, which no log may hold
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (\d{1,2} \w+ \d{4})"
_ANY_DAY = re.compile(_DAY)
_REPEATED = re.compile(rf"(?:(?:are|were|was) due on|had until|we have noted) {_DAY}")


class Shown(httpx.BaseTransport):
    """A browser's way to the pages, which notes the days that they name."""

    def __init__(self, through: httpx.BaseTransport, days: set[date]) -> None:
        self._through, self._days = through, days

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See `httpx.BaseTransport`."""
        response = self._through.handle_request(request)
        if "html" in response.headers.get("content-type", ""):
            self._days |= set(map(_day, _ANY_DAY.findall(" ".join(response.read().decode().split()))))
        return response


def dates_nobody_told(world: World) -> Iterator[tuple[str, date]]:
    """Letters that remind of a day which was never told, promised, granted, bound or shown; each with that day.

    Whether what was told before arrived is not asked: a letter may be lost on its way. A holiday that is proclaimed
    moves what was told.
    """
    facts, raw = world.office.facts(), world.office.stores.raw
    calendar = world.office.framework.calendar
    proclaimed = calendar.bank_holidays - configuration(world.office.settings.config)[0].calendar.bank_holidays
    told: dict[str, set[date]] = {}
    for kept in sorted(facts.of(EmailKept), key=lambda each: each.at):
        if not kept.request or not raw.exists(kept.stored_as):
            continue
        known = told.setdefault(kept.request, set(world.shown.get(kept.request, ())))
        text = " ".join(raw.get(kept.stored_as).decode().split())
        for day in map(_day, _REPEATED.findall(text)):
            if day not in moved_by(proclaimed, calendar, known | _on_record(facts, kept.request)):
                yield kept.message, day
        known |= set(map(_day, _ANY_DAY.findall(text)))


def moved_by(proclaimed: Collection[date], calendar: WorkingDays, days: Iterable[date]) -> set[date]:
    """Days that were told, and what each became with the holidays that were proclaimed up to it."""
    return {
        moved
        for day in days
        for moved in (day, *(calendar.add(day, later) for later in range(sum(off <= day for off in proclaimed) + 1)))
    }


def _on_record(facts: Facts, request: str) -> set[date]:
    """The days that either side named to the other, in whatever way, since letters may be lost."""
    made = facts.about(request, RequestMade)[0]
    days = {made.due, *(each.until for each in facts.about(request, ReplyReceived) if each.until)}
    days |= {each.until for each in facts.about(request, ExtensionDecided) if each.until}
    days |= {each.rest_by for each in facts.about(request, ReturnReceived) if each.rest_by}
    for bound in facts.of(CollectionBound):
        if bound.collection == made.collection:
            days |= {bound.due, *(day for partner, day in bound.due_on if partner == made.partner)}
    return days


def _day(written: str) -> date:
    return datetime.strptime(written, "%d %B %Y").replace(tzinfo=UTC).date()


def secrets_in(lines: Sequence[str], letters: Sequence[Accepted]) -> Iterator[str]:
    """The lines of logs that hold a link's token, or what somebody wrote; each with its secret taken out."""
    tokens = {each.token for each in letters if each.token}
    for line in lines:
        if CANARY in line:
            yield line.replace(CANARY, "…")
        elif any(word in tokens for word in re.split(r"[^A-Za-z0-9_\-]+", line)):
            yield re.sub(r"[0-9a-f]{32,}", "…", line)
