"""A person's name and address taken out of the register, or put right, by an officer: looked at first, then done.

Whom it concerns goes by the form alone: no address, log or form of Prefect ever holds the name.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.register.erasing import erase
from quarterday.domain.facts import PersonErased
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.persons import Instead, mentioning, rule_on_person
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.telling.sentences.keeping import where_named
from quarterday.web.officers.officer_door import SignedInVisit, officers_page
from quarterday.web.serving.forms import Form
from quarterday.web.serving.recording import in_turn, while_busy
from quarterday.web.serving.site import Site


def persons_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The page before anybody was named."""
    return _page(site, request, visit, None)


def take_out(site: Site, request: Request, visit: SignedInVisit, form: Form) -> Response:
    """Show which facts name somebody; pressed again with a reason, take them out or put them right.

    In turn with all who decide: of two who press at the same moment the second sees what the first did.
    """
    if not visit.may(Duty.PERSONAL_DATA):
        return _page(site, request, visit, None)
    with in_turn(site.installation.register):
        return _take_out(site, request, replace(visit, facts=site.current.snapshot().facts), form)


def _take_out(site: Site, request: Request, visit: SignedInVisit, form: Form) -> Response:
    person = form.text("person", 254, needed=site.words.say("officers.persons.person_needed"), label="person")
    name, email = form.said("name").strip(), form.said("email").strip()
    instead = Instead(name, email) if name or email else None
    if form.errors:
        return _page(site, request, visit, form)
    try:
        why = form.said("why").strip() or site.words.say("officers.persons.looked")
        ruling = Ruling(visit.officer.code, why, visit.now)
        rulings = rule_on_person(visit.framework, visit.facts, ruling, person, instead)
    except RulingRefusedError as refused:
        form.errors["person"] = str(refused)
        return _page(site, request, visit, form)
    found = {"found": _counted(rulings), "mentioned": len(mentioning(visit.facts, person))}
    if form.said("do") != "erase":
        return _page(site, request, visit, form, **found)
    if not form.text("why", 1000, needed=site.words.say("officers.persons.why_needed"), label="why"):
        return _page(site, request, visit, form, **found)
    while_busy(lambda: erase(site.installation.register, rulings, person, instead))
    return _page(site, request, visit, None, done=len(rulings), put_right=rulings[0].put_right, **found)


def _counted(rulings: list[PersonErased]) -> list[tuple[str, int]]:
    return sorted(Counter(where_named(each.table) for each in rulings).items())


def _page(site: Site, request: Request, visit: SignedInVisit, form: Form | None, **shown: Any) -> Response:
    settings, officers = site.installation.settings, visit.framework.partnership.officers
    context: dict[str, Any] = {"found": (), "mentioned": 0, "done": 0, "put_right": False, **shown}
    return officers_page(
        site,
        request,
        visit,
        "officers/persons",
        form=form,
        may=visit.may(Duty.PERSONAL_DATA),
        who_may=[each.name for each in officers if Duty.PERSONAL_DATA in each.may],
        last=say_date(visit.today + timedelta(days=settings.backups_kept)),
        copied=bool(settings.backups_copy),
        **context,
    )
