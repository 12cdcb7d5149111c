"""The page on which an officer takes a decision: what it is about, what follows, a reason, a button.

The decision is on record before the answer goes, so its outcome is on the next page; the emails go by the run that is
asked for meanwhile. A page that was opened before somebody else decided shows what they decided, and asks once more.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.links import new_token
from quarterday.domain.collection.undo import Matter, asked_once, offering
from quarterday.domain.facts import Fact
from quarterday.domain.framework.calendar import CalendarNotCoveredError
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.telling.audit import Entry, Teller
from quarterday.domain.telling.news import news_since, said_already
from quarterday.web.door.sent_once import is_once, new_once
from quarterday.web.officers.deciding import SAY, Case, Decision, Field
from quarterday.web.officers.decisions import DECISIONS
from quarterday.web.officers.officer_door import SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import done_url
from quarterday.web.officers.subjects import Kind, Subject, subject_of
from quarterday.web.officers.words_waiting import words_to_read
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import in_turn, record
from quarterday.web.serving.site import Site


def decide_page(
    site: Site, request: Request, visit: SignedInVisit, form: Form | None = None, news: list[Entry] | None = None
) -> Response:
    """What is decided, about what, with what consequence; and the form."""
    found = _found(site, request, visit)
    if isinstance(found, Response):
        return found
    decision, case = found
    may = visit.may(decision.duty)
    fields = [(each, each.options(case)) for each in decision.fields]
    return officers_page(
        site,
        request,
        visit,
        "officers/decide",
        status=409 if news else 200,
        form=form,
        typed_before=_offered(decision, case) | _brought(request, decision, case),
        to_read=words_to_read(site, visit, case.subject) if may and decision.about is Kind.WORDS else (),
        decision=decision,
        subject=case.subject,
        fields=fields,
        nothing=any(each.needed and each.kind in ("choice", "choices") and not options for each, options in fields),
        seen=visit.now.isoformat(),
        once=new_once(),
        news=news or [],
        may=may,
        who_may=[each.name for each in visit.framework.partnership.officers if decision.duty in each.may],
    )


def decide(site: Site, request: Request, visit: SignedInVisit, form: Form) -> Response:
    """Record the decision, or say beside the field what speaks against it.

    One after the other, at however many portals: of two who press at the same moment the second sees what the first
    decided.
    """
    with in_turn(site.installation.register):
        return _decide(site, request, replace(visit, facts=site.current.snapshot().facts), form)


def _decide(site: Site, request: Request, visit: SignedInVisit, form: Form) -> Response:
    found = _found(site, request, visit)
    if isinstance(found, Response):
        return found
    decision, case = found[0], replace(found[1], fresh_token=_token_of(site, request, visit, form))
    subject = case.subject
    news = _news(visit, subject, form.said("seen"))
    if news:
        return decide_page(site, request, visit, form, news)
    said = {each.name: _said(site, form, each, case) for each in decision.fields}
    why = _why(site, form) if decision.asks_why else said.get(SAY) or site.words.say(f"{decision.words}.heading")
    if form.errors:
        return decide_page(site, request, visit, form)
    try:
        ruling = Ruling(visit.officer.code, why, visit.now, said.pop(SAY, ""))
        facts = decision.facts(case, ruling, said)
    except (RulingRefusedError, CalendarNotCoveredError) as refused:
        form.errors[_at_fault(decision, str(refused))] = str(refused)
        return decide_page(site, request, visit, form)
    if repeated := said_already(visit.facts, facts, _moment(form.said("seen")) or visit.now):
        if decision.leads_to:  # to what it made, which the answer that got lost would have shown
            return RedirectResponse(decision.leads_to(case), SEE_OTHER)
        teller = Teller(visit.framework, visit.facts)
        return decide_page(site, request, visit, form, [teller.entry(each) for each in repeated])
    minutes = site.installation.settings.undo_minutes if decision.undo else 0
    matter = Matter(decision.name, subject.name, subject.touches)
    offer = offering(matter, facts, visit.framework.partnership.code, minutes)
    record(site.installation.register, *facts, *([offer] if minutes else []))
    asked = (decision.then, None, asked_once(decision.then, offer), minutes)
    run = BackgroundTask(site.check_runs.run, *asked) if decision.then else None
    to = decision.leads_to(case) if decision.leads_to else done_url(subject, facts[0])
    return RedirectResponse(to, SEE_OTHER, background=run)


def _token_of(site: Site, request: Request, visit: SignedInVisit, form: Form) -> str:
    """The token of the link or key that a form makes: sent again, it makes the very same."""
    once = form.said("once")
    return site.signer.sign("made", visit.session.key, request.url.path, once)[:48] if is_once(once) else new_token()


def _why(site: Site, form: Form) -> str:
    return form.text("why", 500, needed=site.words.say("officers.why_needed"), label=site.words.say("officers.why"))


def _found(site: Site, request: Request, visit: SignedInVisit) -> tuple[Decision, Case] | Response:
    decision = DECISIONS.get(request.path_params["decision"])
    subject = (
        subject_of(decision.about, visit.framework, visit.facts, request.path_params["about"]) if decision else None
    )
    if decision is None or subject is None:
        return officers_problem(site, request, "gone", 404)
    return decision, Case(visit.framework, visit.facts, subject, visit.today)


def _offered(decision: Decision, case: Case) -> dict[str, str]:
    """What stands in the fields at first; no decision is offered, only what was asked for."""
    offered: dict[str, str] = {}
    for each in decision.fields:
        value = each.offered(case)
        if each.kind.endswith("day") and value:
            offered |= {f"{each.name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}
        elif value:
            offered[each.name] = str(value)
    return offered


def _brought(request: Request, decision: Decision, case: Case) -> dict[str, str]:
    """What the link that led here says of the matter, such as at which figure a question is asked."""
    brought = {
        each: request.query_params.get(each.name, "")[:200] for each in decision.fields if not each.kind.endswith("day")
    }
    return {
        each.name: value
        for each, value in brought.items()
        if value and (each.kind == "line" or (each.kind == "choice" and value in dict(each.options(case))))
    }


def _said(site: Site, form: Form, field: Field, case: Case) -> Any:
    say, words = site.words.say, field.said_under
    label = say(words)
    needed = say(f"{words}_needed") if field.needed and not field.kind.endswith("day") else ""
    match field.kind:
        case "any day":
            return form.day(field.name, label, field.needed)
        case "day":
            return form.future_day(field.name, label, field.needed)
        case "choice":
            chosen = form.text(field.name, 200, needed=needed, label=label)
            if chosen and chosen not in dict(field.options(case)):
                form.errors[field.name] = say(f"{words}_needed")
            return chosen
        case "choices":
            ticked = form.choices(field.name, tuple(dict(field.options(case))))
            if not ticked:
                form.errors[field.name] = needed
            return ticked
        case "lines":
            return form.text(field.name, field.limit, lines=True, needed=needed, label=label)
        case _:
            return form.text(field.name, 254, needed=needed, label=label)


def _at_fault(decision: Decision, sentence: str) -> str:
    """Beside which field a refusal stands: the one that it speaks of, else the reason, which every decision has."""
    speaks_of = {"until": "until when", "email": "email", "owner": "owns", "expected": "expected", "parts": "adopt"}
    future = {"until": "ive a", "closes": "close"}  # “Give a later day.”
    for each in decision.fields:
        told = (speaks_of.get(each.name, each.name), future.get(each.name, ""))
        if any(words and words in sentence for words in told):
            return each.name
    return "why"


def _news(visit: SignedInVisit, subject: Subject, seen: str) -> list[Entry]:
    """What was recorded of the subject since the page was opened."""
    moment = _moment(seen)
    if moment is None or moment >= visit.now:
        return []
    news: list[Fact] = news_since(visit.framework, visit.facts, subject.name, moment)
    teller = Teller(visit.framework, visit.facts)
    return [teller.entry(each) for each in news]


def _moment(seen: str) -> datetime | None:
    """When the page was opened, as its form says; None where it says nothing that can be."""
    try:
        moment = datetime.fromisoformat(seen)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
