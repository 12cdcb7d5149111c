"""More time in one click: two or three likely days as buttons, and another day on a page of its own.

The buttons stand in one form and carry the day themselves: a mail scanner that sends the form off without pressing one
of them, or presses the last, asks for nothing.
"""

import hashlib
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.arrivals import reference
from quarterday.domain.collection.more_time import likely_days, undecided_time
from quarterday.domain.facts import ReplyKind, ReplyReceived
from quarterday.web.door.visits import Visit
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site
from quarterday.web.words import Words


def days_offered(words: Words, visit: Visit) -> list[tuple[str, str]]:
    """The days that are offered, as a form carries them and as they are said; none where nothing is awaited."""
    awaiting = visit.standing.awaiting
    if awaiting is None or visit.officer or visit.part:
        return []
    days = likely_days(visit.framework.calendar, awaiting.due, visit.request.closes, visit.today)
    return [(each.isoformat(), words.day(each)) for each in days]


def ask_for_time(site: Site, _request: Request, visit: Visit, form: Form) -> Response:
    """Ask for the day whose button was pressed; any other is named on the page of more time.

    Once it is asked for, other days are offered: whoever saw no answer and presses again is shown that it was.
    """
    said, once = form.said("until"), _once(form)
    offered, known = {day for day, _ in days_offered(site.words, visit)}, {each.reply for each in visit.replies}
    if reference("A", visit.request.request, once) not in known:
        if said not in offered:
            return RedirectResponse(visit.url("time"), SEE_OTHER)
        record(site.installation.register, reply_of(visit, ReplyKind.NEEDS_TIME, once, until=date.fromisoformat(said)))
    return RedirectResponse(visit.url(f"replies/{reference('A', visit.request.request, once)}"), SEE_OTHER)


def _once(form: Form) -> str:
    """The same for two presses of a button on one page; `after` tells pages from one another."""
    return hashlib.sha256(f"{form.said('until')}\n{form.said('after')[:40]}".encode("utf-8", "replace")).hexdigest()


def reply_of(visit: Visit, kind: ReplyKind, once: str, **said: Any) -> ReplyReceived:
    """A reply of this visitor; sent twice with the same `once` it is one."""
    return ReplyReceived(
        at=visit.now,
        by=visit.by,
        partnership=visit.request.partnership,
        request=visit.request.request,
        reply=reference("A", visit.request.request, once),
        kind=kind,
        **said,
    )


def pages_mark(visit: Visit) -> str:
    """What tells a page from one made before something else was said."""
    return visit.replies[-1].reply if visit.replies else "first"


def asked_undecided(visit: Visit) -> ReplyReceived | None:
    """The asking for time that no officer has decided yet."""
    return undecided_time(visit.replies, visit.extensions, visit.standing)
