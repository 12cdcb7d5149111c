"""Officers' decisions on whom we deal with at a partner, as deployments with plain forms.

Wraps `quarterday.partner_rulings`. What an officer hands in takes the very way of what a partner sends.
"""

import hashlib
from datetime import date

from prefect import flow
from prefect.states import State

from flows.acting import act_on
from flows.office import installation
from flows.receive_return import receive_return
from flows.recording import at_hand, record
from quarterday import partner_rulings
from quarterday.actions import Send
from quarterday.adapters.arrivals import handed_in, keep_file, new_upload, reference
from quarterday.adapters.installation import Installation
from quarterday.decision import what_is_due
from quarterday.facts import LinkReplaced, RequestMade, ReturnKind, ReturnReceived, UploadKept
from quarterday.rulings import Ruling, RulingRefusedError


@flow(name="change-contact")
def change_contact(partner: str, role: str, name: str, email: str, who: str, why: str) -> State:
    """From now on write to somebody else at a partner: role is contact, deputy or manager.

    Args:
        partner: the partner's code, as in config/partners.yaml
        role: contact, deputy or manager
        name: the person's name
        email: the person's address
        who: who decides: an officer's code, as in config/partnership.yaml
        why: the reason, in a few words; it is kept with the decision
    """
    office = installation()
    fact = partner_rulings.change_contact(
        office.framework,
        office.facts(),
        Ruling(who, why, office.now()),
        partner=partner,
        role=role,
        name=name,
        email=email,
    )
    then = "Links that went to the person before still work: “replace-link” stops them and sends a fresh one."
    return record("Contact changed", partner, "", [fact], then)


@flow(name="replace-link")
def replace_link(quarter: str, partner: str, who: str, why: str) -> State:
    """Stop every link of a partner's request and email its contact a fresh one.

    Args:
        quarter: such as 2025-26 Q1
        partner: the partner's code, as in config/partners.yaml
        who: who decides: an officer's code, as in config/partnership.yaml
        why: the reason, in a few words; it is kept with the decision
    """
    office = installation()
    facts = partner_rulings.replace_link(*at_hand(quarter, partner, who, why))
    state = record("Link replaced", partner, quarter, facts, "The email with the fresh link goes on a working day.")
    (replaced,) = (each.replacement for each in facts if isinstance(each, LinkReplaced))
    due = what_is_due(office.framework, office.open_facts(), office.today())
    act_on(office, [each for each in due if isinstance(each, Send) and each.about == replaced])
    return state


@flow(name="hand-in-return")
def hand_in_return(
    quarter: str,
    partner: str,
    who: str,
    why: str,
    file: str = "",
    nothing_to_count: bool = False,
    part: bool = False,
    rest_by: date | None = None,
) -> State:
    """Hand in what a partner sent by other ways: a file from the hand-in folder, or that there is nothing to count.

    Args:
        quarter: such as 2025-26 Q1
        partner: the partner's code, as in config/partners.yaml
        who: who decides: an officer's code, as in config/partnership.yaml
        why: the reason, in a few words; it is kept with the decision
        file: the name of a file in the hand-in folder
        nothing_to_count: ticked where the partner says that there is nothing to count
        part: ticked where the file is only part of the return
        rest_by: until when the rest is promised
    """
    office = installation()
    decided = at_hand(quarter, partner, who, why)
    request, ruling = decided.request, decided.ruling
    if bool(file) == nothing_to_count:
        raise RulingRefusedError(
            f"Either lay the partner's file into {office.settings.hand_in} and give its name, "
            "or say that there is nothing to count."
        )
    if nothing_to_count:
        partner_rulings.refuse_handing_in(*decided, "")
        received = _received(request, ruling, office, ReturnKind.NIL, None, None)
        state = record("Nil return handed in", partner, quarter, [received])
    else:
        path = handed_in(office.settings.hand_in, file)
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        partner_rulings.refuse_handing_in(*decided, digest)
        kept = keep_file(office.stores.raw, request, data, path.name, who, ruling.at, ruling.why)
        kind = ReturnKind.PART if part else ReturnKind.FIGURES
        received = _received(request, ruling, office, kind, kept, rest_by if part else None)
        state = record("Return handed in", partner, quarter, [kept, received], "Its file is in the store now.")
        path.unlink()  # no copy stays beside the store, where the retention rule would not find it
    # checked at once; where that fails, the sweep takes it up
    receive_return(received.partner_return, return_state=True)
    return state


def _received(
    request: RequestMade,
    ruling: Ruling,
    office: Installation,
    kind: ReturnKind,
    kept: UploadKept | None,
    rest_by: date | None,
) -> ReturnReceived:
    """The return that the officer's word or file is; `by` says that an officer sent it."""
    return ReturnReceived(
        **ruling.fields(office.framework),
        request=request.request,
        partner_return=reference("R", request.request, kept.upload if kept else new_upload()),
        kind=kind,
        upload=kept.upload if kept else "",
        sha256=kept.sha256 if kept else "",
        stored_as=kept.stored_as if kept else "",
        suffix=kept.suffix if kept else "",
        rest_by=rest_by,
    )
