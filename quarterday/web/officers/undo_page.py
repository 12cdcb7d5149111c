"""Taking a decision back by one press, as long as nothing has followed from it.

Whoever decided, or anybody who may decide the same, presses once. A run that goes on at that very moment and this press
cannot both win: the register holds one end of each offer. Afterwards another decision follows with a word of its own.
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.domain.collection.undo import closing
from quarterday.domain.facts import UndoClosed, UndoOffered
from quarterday.domain.telling.audit import Teller
from quarterday.web.officers.decisions import DECISIONS
from quarterday.web.officers.officer_door import HOME, SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import recorded_url
from quarterday.web.officers.subjects import subject_of
from quarterday.web.officers.undo_offered import decided_by, may_undo
from quarterday.web.officers.undoing import built_on, holds, taken_back_by
from quarterday.web.officers.waiting import Way, ways_of
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import in_turn, record
from quarterday.web.serving.site import Site


def to_decisions(_site: Site, _request: Request, _visit: SignedInVisit) -> Response:
    """Whoever opens the address of a press by hand comes to the log, which has the button."""
    return RedirectResponse(f"{HOME}/decisions", SEE_OTHER)


def undo(site: Site, request: Request, visit: SignedInVisit, _form: Form) -> Response:
    """Take the decision back, or say why that is over and what can be done instead; in turn with all who decide."""
    with in_turn(site.installation.register):
        return _undo(site, request, replace(visit, facts=site.current.snapshot().facts))


def _undo(site: Site, request: Request, visit: SignedInVisit) -> Response:
    key = request.path_params["offer"]
    offer = next((each for each in visit.facts.of(UndoOffered) if each.key == key), None)
    if offer is None:
        return officers_problem(site, request, "gone", 404)
    if not may_undo(visit, offer):
        return officers_problem(site, request, "may_not_undo", 403)
    why_not = _over(site, visit, offer) or _decided_since(site, visit, offer)
    if why_not:
        return _refused(site, request, visit, offer, why_not)
    end = closing(offer, at=visit.now, by=visit.officer.code, taken_back=True)
    if not record(site.installation.register, end):  # a run, or somebody else, was first: at this very moment
        return _refused(site, request, visit, offer, site.words.say("officers.undo.gone_on"))
    return RedirectResponse(recorded_url(_page_of(visit, offer), end), SEE_OTHER)


def _page_of(visit: SignedInVisit, offer: UndoOffered) -> str:
    decision = DECISIONS.get(offer.decision)
    subject = subject_of(decision.about, visit.framework, visit.facts, offer.matter) if decision else None
    return subject.page if subject else HOME


def _over(site: Site, visit: SignedInVisit, offer: UndoOffered) -> str:
    """That it was taken back already, by whom; or that a run has gone on."""
    end = next((each for each in visit.facts.of(UndoClosed) if each.offer == offer.key), None)
    if end is None:
        return ""
    if not end.taken_back:
        return site.words.say("officers.undo.gone_on")
    entry = Teller(visit.framework, visit.facts).entry(end)
    return site.words.say("officers.undo.already", who=entry.who, when=entry.when)


def _decided_since(site: Site, visit: SignedInVisit, offer: UndoOffered) -> str:
    """That something was decided since that rests on it, or took its place."""
    decided = decided_by(visit.facts, offer)
    if all(holds(visit.facts, each) for each in decided) and not built_on(visit.facts, decided):
        return ""
    return site.words.say("officers.undo.since")


def _refused(site: Site, request: Request, visit: SignedInVisit, offer: UndoOffered, why_not: str) -> Response:
    teller = Teller(visit.framework, visit.facts)
    decided = decided_by(visit.facts, offer)
    ways: dict[str, Way] = {}
    for fact in decided:
        names, about = taken_back_by(visit.facts, fact)
        ways |= {each.href: each for each in ways_of(site.words, names, about)}
    return officers_page(
        site,
        request,
        visit,
        "officers/undone_not",
        409,
        why_not=why_not,
        decided=[teller.entry(each) for each in decided],
        ways=list(ways.values()),
        page=_page_of(visit, offer),
    )
