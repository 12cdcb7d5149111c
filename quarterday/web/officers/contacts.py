"""The page on which an officer says whom to write to at a partner: no form of Prefect sees a name or an address."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.domain.collection.people import change_of, holder
from quarterday.domain.facts import ContactChanged
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.partners import Role
from quarterday.domain.rulings.partner_rulings import change_contact
from quarterday.domain.rulings.request_rulings import RulingRefusedError
from quarterday.web.officers.officer_visits import OfficerVisit
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site


def contact_page(site: Site, request: Request, visit: OfficerVisit, form: Form | None = None) -> Response:
    """Who holds the role now, and the form for whom to write to from now on."""
    partner, role = whose_and_role(visit.message.tells_of)
    if partner not in visit.framework.partner:
        return site.problem("gone", 404)
    changed = _changed_here(visit, partner, Role(role))
    return site.page(
        request,
        visit,
        "contact",
        form=form,
        partner=visit.framework.partner[partner].name,
        role=role,
        now=holder(visit.framework, visit.facts, partner, Role(role)),
        done=changed,
    )


def _changed_here(visit: OfficerVisit, partner: str, role: Role) -> ContactChanged | None:
    """What was said last of who holds the role, where this officer said it since the link was made."""
    changed = change_of(visit.facts, partner, role)
    return changed if changed and changed.by == visit.officer.code and changed.at >= visit.link.at else None


def change(site: Site, request: Request, visit: OfficerVisit, form: Form) -> Response:
    """Record who holds the role from now on, as decided by the officer whose link it is."""
    partner, role = whose_and_role(visit.message.tells_of)
    say = site.words.say
    name = form.text("name", 100, needed=say("officer.name_needed"), label=say("officer.name"))
    email = form.text("email", 254, needed=say("officer.email_needed"), label=say("officer.email"))
    before = _changed_here(visit, partner, Role(role))
    if before and (before.name, before.email) == (name, email):  # whoever saw no answer presses again
        return RedirectResponse(visit.url(), SEE_OTHER)
    if not form.errors:
        try:
            fact = change_contact(
                visit.framework, visit.facts, visit.ruling, partner=partner, role=role, name=name, email=email
            )
        except RulingRefusedError as refused:
            form.errors["email"] = str(refused)
        else:
            record(site.installation.register, fact)
            return RedirectResponse(visit.url(), SEE_OTHER)
    return contact_page(site, request, visit, form)
