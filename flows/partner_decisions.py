"""Officers' decisions on whom we deal with at a partner, as deployments with plain forms.

Wraps `quarterday.domain.rulings.partner_rulings`. What a form may not hold, since everybody with the login reads it,
goes by a page behind an emailed link: `flows.performing.officer_links`.
"""

from functools import partial

from prefect.states import State

from flows.performing.acting import act_on
from flows.performing.officer_links import send_officer_page
from flows.performing.process import this_installation
from flows.performing.recording import Decided, decision, mails_a_page
from flows.performing.recording import at_hand as about_request
from flows.showing.labels import label_run
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.undo import Matter
from quarterday.domain.facts import LinkReplaced
from quarterday.domain.facts.recipients import recipient_code
from quarterday.domain.rulings import key_rulings, partner_rulings
from quarterday.domain.rulings.officer_links import OfficerPage, stop_officer_links
from quarterday.domain.rulings.request_rulings import Ruling


@mails_a_page("change-contact")
def change_contact(partner: str, role: str, who: str, why: str) -> State:
    """Mail yourself a link to the page on which you say whom to write to at a partner from now on.

    Args:
        role: contact, deputy or manager
    """
    installation = this_installation()
    ruling = Ruling(who, why, installation.now())
    partner_rulings.refuse_role(installation.framework, partner, role)
    label_run(installation, "Change contact", partner, partner)
    return send_officer_page(ruling, OfficerPage.CONTACT, about=recipient_code(partner, role))


@decision("replace-link")
def replace_link(quarter: str, partner: str, who: str, why: str) -> Decided:
    """Stop every link of a partner's request and email its contact a fresh one."""
    at_hand = about_request(quarter, partner, who, why)
    facts = partner_rulings.replace_link(*at_hand)
    (replaced,) = (each.replacement for each in facts if isinstance(each, LinkReplaced))
    return Decided(
        "Link replaced",
        facts,
        at_hand.matter("fresh-link"),
        partner,
        quarter,
        "The email with the fresh link goes on a working day.",
        undo=False,
        at_once=partial(_mail_fresh_link, replaced),
    )


def _mail_fresh_link(replacement: str) -> None:
    installation = this_installation()
    due = what_is_due(installation.framework, installation.facts(), installation.today())
    act_on(installation, [each for each in due if isinstance(each, Send) and each.about == replacement])


@mails_a_page("hand-in-return")
def hand_in_return(quarter: str, partner: str, who: str, why: str) -> State:
    """Mail yourself a link to the page on which you hand in for a partner: a file, figures, or nothing to count."""
    _, _, request, ruling = about_request(quarter, partner, who, why)
    label_run(this_installation(), "Hand in", f"{partner} · {quarter}", quarter, partner)
    return send_officer_page(ruling, OfficerPage.HAND_IN, collection=request.collection, request=request.request)


@decision("revoke-keys")
def revoke_keys(partner: str, who: str, why: str) -> Decided:
    """Stop every key of a partner's own script at once. A key is made where nobody else reads it: on an officers' page.

    Args:
        partner: whose keys: the partner's code, as in config/partners.yaml
    """
    installation = this_installation()
    ruling = Ruling(who, why, installation.now())
    facts = key_rulings.revoke_keys(installation.framework, installation.facts(), ruling, partner=partner)
    return Decided("Keys revoked", list(facts), Matter("revoke-keys", partner), partner, undo=False)


@decision("revoke-officer-links")
def revoke_officer_links(officer: str, who: str, why: str) -> Decided:
    """Stop at once every link that an officer was mailed.

    Args:
        officer: whose links: an officer's code
    """
    installation = this_installation()
    facts = stop_officer_links(
        installation.framework, installation.facts(), officer, Ruling(who, why, installation.now())
    )
    matter = Matter("revoke-officer-links", officer)
    return Decided("Officer’s links revoked", facts, matter, officer, undo=False)
