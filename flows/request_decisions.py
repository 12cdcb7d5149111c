"""Officers' decisions as deployments with plain forms: wraps `quarterday.domain.rulings.request_rulings`.

Who decides and why are required, checked and kept. Each is run from its form in the Prefect UI.
"""

from datetime import date
from typing import Literal

from flows.performing.process import this_installation
from flows.performing.recording import Decided, decision, what_it_means
from flows.performing.recording import at_hand as about_request
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.undo import Matter
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
) -> Decided:
    """Grant a partner more time until a date, or refuse it. The latest decision holds, whatever was decided before.

    Args:
        decide: grant, or refuse
        until: the day; empty for the one that the partner named
    """
    at_hand = about_request(quarter, partner, who, why, say_to_the_partner)
    grant = decide == "grant"
    fact = time_rulings.decide_extension(*at_hand, grant=grant, until=until)
    what, matter = ("Extension granted", "grant-time") if grant else ("Extension refused", "refuse-time")
    return Decided(what, [fact], at_hand.matter(matter), partner, quarter, what_it_means(at_hand, fact.until))


@decision("accept-return")
def accept_return(quarter: str, partner: str, who: str, why: str, say_to_the_partner: str = "") -> Decided:
    """Accept with caveats a return that was sent back.

    Args:
        say_to_the_partner: goes into the email to whoever sent the return; empty for nothing beside the decision
    """
    at_hand = about_request(quarter, partner, who, why, say_to_the_partner)
    fact = return_rulings.accept_return(*at_hand)
    return Decided("Return accepted with caveats", [fact], at_hand.matter("accept-return"), partner, quarter)


@decision("send-back-return")
def send_back_return(
    quarter: str, partner: str, say_to_the_partner: str, who: str, why: str, reference: str = ""
) -> Decided:
    """Send back a return, also an accepted one, with a question in your words.

    Args:
        say_to_the_partner: the question, as whoever sent the return reads it
        reference: the return's, from its receipt; empty for the latest
    """
    at_hand = about_request(quarter, partner, who, why, say_to_the_partner)
    fact = return_rulings.send_back(*at_hand, partner_return=reference.strip())
    return Decided("Return sent back with a question", [fact], at_hand.matter("send-back"), partner, quarter)


@decision("waive-request")
def waive_request(quarter: str, partner: str, who: str, why: str, say_to_the_partner: str = "") -> Decided:
    """Let a partner off for this quarter; it is told so. A return that it sends all the same counts."""
    at_hand = about_request(quarter, partner, who, why, say_to_the_partner)
    return Decided("Request waived", [rulings.waive_request(*at_hand)], at_hand.matter("let-off"), partner, quarter)


@decision("lift-waiver")
def lift_waiver(quarter: str, partner: str, who: str, why: str, say_to_the_partner: str = "") -> Decided:
    """Ask a partner again that was let off. Where it was told so it is told of the change; it gets time to answer."""
    at_hand = about_request(quarter, partner, who, why, say_to_the_partner)
    return Decided("Waiver lifted", [rulings.lift_waiver(*at_hand)], at_hand.matter("ask-after-all"), partner, quarter)


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
) -> Decided:
    """Record that a figure will not come, who owns the gap and when to expect it; again, to change any of it.

    Args:
        indicator: the indicator's code, as in config/framework
        owner: who owns the gap
        expected: when the figure may be expected, where that is known
        publish: the reason as readers of the packs see it; empty for what the register says of the figure
    """
    at_hand = about_request(quarter, partner, who, why, publish)
    fact = rulings.record_gap(*at_hand, indicator=indicator, owner=owner, expected=expected)
    return Decided("Gap recorded", [fact], at_hand.matter("record-gap"), partner, quarter)


@decision("hold-figures")
def hold_figures(
    quarter: str,
    partner: str,
    decide: Literal["hold back", "let in again"],
    who: str,
    why: str,
    indicators: str = "",
    publish: str = "",
) -> Decided:
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
    what, matter = ("Figures held back", "hold-figures") if hold else ("Figures let in again", "publish-figures")
    return Decided(what, facts, at_hand.matter(matter), partner, quarter, then)


@decision("revoke-links")
def revoke_links(quarter: str, partner: str, who: str, why: str) -> Decided:
    """Stop every link of a partner's request at once; the next reminder carries a new one."""
    at_hand = about_request(quarter, partner, who, why)
    facts = rulings.revoke_links(*at_hand)
    return Decided("Links revoked", facts, at_hand.matter("stop-links"), partner, quarter, undo=False)


@decision("hold-email")
def hold_email(message: str, decide: Literal["hold back", "let go"], who: str, why: str) -> Decided:
    """Hold back an email that would go, by its key, or let it go again.

    Args:
        message: the email's key: the links of the artifact “today-and-tomorrow” bring it
        decide: hold back, or let go
    """
    installation, hold = this_installation(), decide == "hold back"
    fact = rulings.hold_email(
        installation.framework, installation.facts(), message, Ruling(who, why, installation.now()), hold=hold
    )
    what, matter = ("Email held", "hold-email") if hold else ("Email released", "let-email-go")
    return Decided(what, [fact], Matter(matter, message), undo=False)


@decision("settle-emails")
def settle_emails(
    which: Literal["given up", "in doubt"], decide: Literal["send again", "they arrived"], who: str, why: str
) -> Decided:
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
    decided = "emails-arrived" if arrived else "doubtful-again" if which == "in doubt" else "given-up-again"
    matter = Matter(decided, installation.framework.partnership.code)
    return Decided(f"{len(facts)} emails settled", facts, matter, then=then)
