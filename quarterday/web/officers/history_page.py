"""Earlier quarters that came along in a partner's own export: an officer sees them and brings them in as history.

So a first quarter has charts. A figure that came as a return stands before one brought in so.
"""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.brought_in import stored
from quarterday.adapters.history import History, history_in
from quarterday.adapters.reading import Refusal, read_tables
from quarterday.adapters.store import Damaged, NotStored
from quarterday.domain.collection.binding import period_of
from quarterday.domain.framework.partners import Duty
from quarterday.web.officers.officer_door import HOME, SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.return_page import Opened, note_seen_of, opened_by
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site


@dataclass(frozen=True)
class ShownQuarter:
    """One earlier quarter: how many figures it has, or why none of them is taken."""

    period: str
    count: int
    why_not: str


def history_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """What the file of a return says of earlier quarters."""
    opened, history = _history(site, request, visit)
    if opened is None or history is None:
        return officers_problem(site, request, "gone", 404)
    note_seen_of(site, visit, opened, "figures")
    figures, problems = history.read
    before = history.brought_in(visit.facts)
    return officers_page(
        site,
        request,
        visit,
        "officers/history",
        section="collections",
        back=f"{HOME}/returns/{opened.received.partner_return}",
        reference=opened.received.partner_return,
        quarters=[
            ShownQuarter(site.words.period(each.period), len(each.rows), " ".join(each.why_not))
            for each in history.quarters
        ],
        count=len(figures) if not problems else 0,
        problems=[each.sentence for each in problems],
        before=before,
        may=visit.may(Duty.REQUESTS),
        who_may=[each.name for each in visit.framework.partnership.officers if Duty.REQUESTS in each.may],
    )


def bring_in(site: Site, request: Request, visit: SignedInVisit, _form: Form) -> Response:
    """Bring the earlier figures in. Pressed twice, it does so once."""
    opened, history = _history(site, request, visit)
    if opened is None or history is None:
        return officers_problem(site, request, "gone", 404)
    if not visit.may(Duty.REQUESTS):
        return officers_problem(site, request, "not_yours", 403)
    figures, problems = history.read
    if figures and not problems:
        why = site.words.say("officers.history.reason", reference=opened.received.partner_return)
        fact = stored(
            site.installation.stores.raw,
            history.data,
            at=visit.now,
            by=visit.officer.code,
            why=why,
            partnership=visit.framework.partnership.code,
            rows=len(figures),
        )
        record(site.installation.register, fact)
    return RedirectResponse(request.url.path, SEE_OTHER)


def _history(site: Site, request: Request, visit: SignedInVisit) -> tuple[Opened | None, History | None]:
    """The return and what its file says of earlier quarters; nothing where it is kept from everybody, or is gone."""
    opened = opened_by(request, visit)
    if opened is None or opened.upload is None or opened.verdict is None or opened.apart:
        return None, None
    try:
        data = site.installation.stores.raw.get(opened.upload.stored_as, opened.upload.sha256)
    except (NotStored, Damaged):
        return opened, None
    reading = read_tables(data, opened.upload.file_name)
    if isinstance(reading, Refusal):
        return opened, None
    asked = period_of(visit.framework, visit.facts, opened.made.collection)
    return opened, history_in(reading, opened.made.partner, visit.framework, site.installation.exports, asked)
