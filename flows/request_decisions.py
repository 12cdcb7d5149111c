"""Officers' decisions as deployments with plain forms: wraps `quarterday.domain.rulings.request_rulings`.

Who decides and why are required, checked and kept. Each is run from its form in the Prefect UI.
"""

from datetime import date

from prefect.states import State

from flows.performing.process import this_installation
from flows.performing.recording import at_hand, decision, record
from quarterday.domain.rulings import request_rulings as rulings
from quarterday.domain.rulings import return_rulings, time_rulings
from quarterday.domain.rulings.request_rulings import Ruling


@decision("decide-extension")
def decide_extension(quarter: str, partner: str, grant: bool, who: str, why: str, until: date | None = None) -> State:
    """Grant a partner more time until a date, or refuse what it asked for.

    Args:
        quarter: such as 2025-26 Q1
        partner: the partner's code, as in config/partners.yaml
        grant: ticked to grant, empty to refuse
        who: who decides: an officer's code, as in config/partnership.yaml
        why: the reason, in a few words; it is kept with the decision
        until: the day; empty for the one that the partner named
    """
    fact = time_rulings.decide_extension(*at_hand(quarter, partner, who, why), grant=grant, until=until)
    return record("Extension granted" if grant else "Extension refused", partner, quarter, [fact])


@decision("accept-return")
def accept_return(quarter: str, partner: str, who: str, why: str) -> State:
    """Accept with caveats a return that the checks sent back.

    Args:
        quarter: such as 2025-26 Q1
        partner: the partner's code, as in config/partners.yaml
        who: who decides: an officer's code, as in config/partnership.yaml
        why: the reason, in a few words; it is kept with the decision
    """
    fact = return_rulings.accept_return(*at_hand(quarter, partner, who, why))
    return record("Return accepted with caveats", partner, quarter, [fact])


@decision("waive-request")
def waive_request(quarter: str, partner: str, who: str, why: str) -> State:
    """Let a partner off for this quarter.

    Args:
        quarter: such as 2025-26 Q1
        partner: the partner's code, as in config/partners.yaml
        who: who decides: an officer's code, as in config/partnership.yaml
        why: the reason, in a few words; it is kept with the decision
    """
    fact = rulings.waive_request(*at_hand(quarter, partner, who, why))
    return record("Request waived", partner, quarter, [fact])


@decision("record-gap")
def record_gap(
    quarter: str, partner: str, indicator: str, owner: str, who: str, why: str, expected: date | None = None
) -> State:
    """Record that a figure will not come, who owns the gap and when to expect it.

    Args:
        quarter: such as 2025-26 Q1
        partner: the partner's code, as in config/partners.yaml
        indicator: the indicator's code, as in config/framework
        owner: who owns the gap
        who: who decides: an officer's code, as in config/partnership.yaml
        why: the reason, in a few words; it is kept with the decision
        expected: when the figure may be expected, where that is known
    """
    fact = rulings.record_gap(
        *at_hand(quarter, partner, who, why),
        indicator=indicator,
        owner=owner,
        expected=expected,
    )
    return record("Gap recorded", partner, quarter, [fact])


@decision("revoke-links")
def revoke_links(quarter: str, partner: str, who: str, why: str) -> State:
    """Stop every link of a partner's request at once; the next reminder carries a new one.

    Args:
        quarter: such as 2025-26 Q1
        partner: the partner's code, as in config/partners.yaml
        who: who decides: an officer's code, as in config/partnership.yaml
        why: the reason, in a few words; it is kept with the decision
    """
    facts = rulings.revoke_links(*at_hand(quarter, partner, who, why))
    return record("Links revoked", partner, quarter, facts)


@decision("hold-email")
def hold_email(message: str, hold: bool, who: str, why: str) -> State:
    """Hold back an email that would go, by its key, or let it go again.

    Args:
        message: the email's key, copied from the artifact “today-and-tomorrow”
        hold: ticked to hold it back, empty to let it go again
        who: who decides: an officer's code, as in config/partnership.yaml
        why: the reason, in a few words; it is kept with the decision
    """
    installation = this_installation()
    fact = rulings.hold_email(
        installation.framework, installation.facts(), message, Ruling(who, why, installation.now()), hold=hold
    )
    return record("Email held" if hold else "Email released", "", "", [fact])
