"""Officers' decisions as deployments with plain forms: wraps `quarterday.domain.rulings.request_rulings`.

Who decides and why are required, checked and kept. Each is run from its form in the Prefect UI.
"""

from datetime import date
from typing import Literal

from prefect.states import State

from flows.performing.process import this_installation
from flows.performing.recording import at_hand as about_request
from flows.performing.recording import decision, record, what_it_means
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.rulings import figure_rulings, message_rulings, return_rulings, time_rulings
from quarterday.domain.rulings import request_rulings as rulings
from quarterday.domain.rulings.request_rulings import Ruling


@decision("decide-extension")
def decide_extension(
    quarter: str,
    partner: str,
    decide: Literal["grant", "refuse"],
    who: str,
    why: str,
    until: date | None = None,
    say_to_the_partner: str = "",
) -> State:
    """Grant a partner more time until a date, or refuse it. The latest decision holds, whatever was decided before.

    Args:
        decide: grant, or refuse
        until: the day; empty for the one that the partner named
    """
    at_hand = about_request(quarter, partner, who, why, say_to_the_partner)
    grant = decide == "grant"
    fact = time_rulings.decide_extension(*at_hand, grant=grant, until=until)
    what = "Extension granted" if grant else "Extension refused"
    return record(what, partner, quarter, [fact], what_it_means(at_hand, fact.until))


@decision("accept-return")
def accept_return(quarter: str, partner: str, who: str, why: str, say_to_the_partner: str = "") -> State:
    """Accept with caveats a return that was sent back.

    Args:
        say_to_the_partner: goes into the email to whoever sent the return; empty for nothing beside the decision
    """
    fact = return_rulings.accept_return(*about_request(quarter, partner, who, why, say_to_the_partner))
    return record("Return accepted with caveats", partner, quarter, [fact])


@decision("send-back-return")
def send_back_return(
    quarter: str, partner: str, say_to_the_partner: str, who: str, why: str, reference: str = ""
) -> State:
    """Send back a return, also an accepted one, with a question in your words.

    Args:
        say_to_the_partner: the question, as whoever sent the return reads it
        reference: the return's, from its receipt; empty for the latest
    """
    at_hand = about_request(quarter, partner, who, why, say_to_the_partner)
    fact = return_rulings.send_back(*at_hand, partner_return=reference.strip())
    return record("Return sent back with a question", partner, quarter, [fact])


@decision("waive-request")
def waive_request(quarter: str, partner: str, who: str, why: str, say_to_the_partner: str = "") -> State:
    """Let a partner off for this quarter; it is told so. A return that it sends all the same counts."""
    fact = rulings.waive_request(*about_request(quarter, partner, who, why, say_to_the_partner))
    return record("Request waived", partner, quarter, [fact])


@decision("lift-waiver")
def lift_waiver(quarter: str, partner: str, who: str, why: str, say_to_the_partner: str = "") -> State:
    """Ask a partner again that was let off. Where it was told so it is told of the change; it gets time to answer."""
    fact = rulings.lift_waiver(*about_request(quarter, partner, who, why, say_to_the_partner))
    return record("Waiver lifted", partner, quarter, [fact])


@decision("record-gap")
def record_gap(
    quarter: str,
    partner: str,
    indicator: str,
    owner: str,
    who: str,
    why: str,
    expected: date | None = None,
    publish: str = "",
) -> State:
    """Record that a figure will not come, who owns the gap and when to expect it; again, to change any of it.

    Args:
        indicator: the indicator's code, as in config/framework
        owner: who owns the gap
        expected: when the figure may be expected, where that is known
        publish: the reason as readers of the packs see it; empty for what the register says of the figure
    """
    fact = rulings.record_gap(
        *about_request(quarter, partner, who, why, publish),
        indicator=indicator,
        owner=owner,
        expected=expected,
    )
    return record("Gap recorded", partner, quarter, [fact])


@decision("hold-figures")
def hold_figures(
    quarter: str,
    partner: str,
    decide: Literal["hold back", "let in again"],
    who: str,
    why: str,
    indicators: str = "",
    publish: str = "",
) -> State:
    """Hold back figures that came from what is published, or let them in again; nobody asks the partner again.

    Args:
        decide: hold back, or let in again
        indicators: the indicators' codes, with commas between them; empty for all that came, or are held
        publish: what stands in place of the figures, as readers see it; empty to say only that they came
    """
    at_hand = about_request(quarter, partner, who, why, publish)
    hold = decide == "hold back"
    taken = figure_rulings.hold_figures if hold else figure_rulings.publish_figures
    facts = taken(*at_hand, indicators=indicators.split(","))
    plan = plan_for(at_hand.framework, at_hand.facts, at_hand.request.collection)
    then = figure_rulings.what_holding_means(at_hand.facts, plan) if plan else ""
    return record("Figures held back" if hold else "Figures let in again", partner, quarter, facts, then)


@decision("revoke-links")
def revoke_links(quarter: str, partner: str, who: str, why: str) -> State:
    """Stop every link of a partner's request at once; the next reminder carries a new one."""
    facts = rulings.revoke_links(*about_request(quarter, partner, who, why))
    return record("Links revoked", partner, quarter, facts)


@decision("hold-email")
def hold_email(message: str, decide: Literal["hold back", "let go"], who: str, why: str) -> State:
    """Hold back an email that would go, by its key, or let it go again.

    Args:
        message: the email's key: the links of the artifact “today-and-tomorrow” bring it
        decide: hold back, or let go
    """
    installation, hold = this_installation(), decide == "hold back"
    fact = rulings.hold_email(
        installation.framework, installation.facts(), message, Ruling(who, why, installation.now()), hold=hold
    )
    return record("Email held" if hold else "Email released", "", "", [fact])


@decision("settle-emails")
def settle_emails(
    which: Literal["given up", "in doubt"], decide: Literal["send again", "they arrived"], who: str, why: str
) -> State:
    """Settle all emails together that were given up, or of which nobody knows whether they went.

    Args:
        which: given up (they did not go), or in doubt (nobody knows)
        decide: send again; or they arrived, if you know that they did
    """
    installation, arrived = this_installation(), decide == "they arrived"
    ruling = Ruling(who, why, installation.now())
    facts = message_rulings.settle_emails(
        installation.framework, installation.facts(), ruling, which=which, arrived=arrived
    )
    then = "" if arrived else "The next run sends them, where they are still wanted."
    return record(f"{len(facts)} emails settled", "", "", facts, then)
