"""Officers' decisions on releases, as deployments with plain forms: wraps `quarterday.domain.rulings`."""

from datetime import date
from typing import Literal

from prefect.states import Completed, State

from flows.performing.officer_links import send_officer_page
from flows.performing.process import this_installation
from flows.performing.recording import Decided, decision, mails_a_page
from flows.showing.labels import label_run
from flows.showing.previewing import show_preview
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.undo import Matter
from quarterday.domain.framework.periods import say_day
from quarterday.domain.rulings import activity_rulings, going_on, release_rulings
from quarterday.domain.rulings.officer_links import OfficerPage
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.domain.rulings.words_named import words_named


@mails_a_page("preview-release")
def preview_release(quarter: str, who: str) -> State:
    """Show what the quarter's next release is made from, hides and misses, and mail yourself a link to its packs.

    Args:
        who: who looks: an officer's code, as in config/partnership.yaml
    """
    installation = this_installation()
    facts = installation.facts()
    plan = release_rulings.plan_of_quarter(installation.framework, facts, quarter)
    label_run(installation, "Preview release", plan.label, plan.label)
    ruling = Ruling(who, "to look at the next release before it is published", installation.now())
    ruling.fields(installation.framework)
    draft = show_preview(installation, facts, plan, with_packs=True)
    if not draft:
        return Completed(name="No safe release", message="Why stands in the artifact of this run.")
    return send_officer_page(ruling, OfficerPage.PREVIEW, collection=plan.collection, about=draft)


@decision("approve-release")
def approve_release(quarter: str, who: str, why: str, version: int | None = None) -> Decided:
    """Approve the quarter's next version, as its returns stand now. Empty version: the next one.

    Args:
        version: the number of the version
    """
    installation = this_installation()
    facts = installation.facts()
    plan = release_rulings.plan_of_quarter(installation.framework, facts, quarter)
    fact = release_rulings.approve_release(
        framework_of(installation.framework, facts, plan.collection),
        facts,
        plan,
        Ruling(who, why, installation.now()),
        version=version,
    )
    then = f"It is published from {say_day(plan.publish_on)} on, by the next run of publish-collection."
    matter = Matter("approve-release", plan.collection, (plan.collection,))
    return Decided(f"Release approved · version {fact.version}", [fact], matter, "", quarter, then)


@decision("withdraw-release")
def withdraw_release(quarter: str, version: int, who: str, why: str, publish: str = "") -> Decided:
    """Take a published version back: readers get the version before it, and the next one waits for an approval.

    Args:
        version: the number of the version
        publish: what readers are told about it, in your words
    """
    installation = this_installation()
    facts = installation.facts()
    plan = release_rulings.plan_of_quarter(installation.framework, facts, quarter)
    fact = release_rulings.withdraw_release(
        framework_of(installation.framework, facts, plan.collection),
        facts,
        plan,
        Ruling(who, why, installation.now(), publish),
        version=version,
    )
    then = "Readers no longer get it. Copies that were downloaded are out of reach: tell the boards that had it."
    matter = Matter("withdraw-release", plan.collection, (plan.collection,))
    return Decided(f"Release withdrawn · version {version}", [fact], matter, "", quarter, then)


@decision("confirm-going-on")
def confirm_going_on(who: str, why: str) -> Decided:
    """Say that the date is right and that what waits may go out: after a restore, or weeks without a run.

    Args:
        why: what you looked at, in a few words; it is kept with the decision
    """
    installation = this_installation()
    ruling = Ruling(who, why, installation.now())
    fact = going_on.confirm_going_on(installation.framework, installation.facts(), ruling, installation.today())
    matter = Matter("go-on", installation.framework.partnership.code)
    return Decided("Runs go on", [fact], matter, then="The next runs do what waited.")


@decision("read-words")
def read_words(
    partner_return: str, indicator: str, decide: Literal["publish", "keep out"], who: str, why: str
) -> Decided:
    """Say whether words that may tell of something hidden may be published. The latest holds.

    Args:
        partner_return: the reference on the return's receipt; of other words, theirs
        indicator: the indicator's code; of other words, that of the activity, ask, action or board
        decide: publish; or keep out, and the pack says that there are some
        who: who has read them: an officer's code, as in config/partnership.yaml
    """
    installation, publish = this_installation(), decide == "publish"
    facts, reference = installation.facts(), partner_return.strip()
    fact = release_rulings.read_words(
        installation.framework,
        facts,
        Ruling(who, why, installation.now()),
        partner_return=reference,
        indicator=indicator.strip(),
        publish=publish,
    )
    name = f"Words {'published' if publish else 'kept out'} · {indicator}"
    came = words_named(facts, reference, fact.indicator) or facts.received(reference)
    decided = "publish-words" if publish else "keep-words-back"
    matter = Matter(decided, f"{reference}/{fact.indicator}", (came.request,) if came and came.request else ())
    return Decided(name, [fact], matter, then="It holds from the next version of the release on.")


@decision("give-up-activity")
def give_up_activity(quarter: str, activity: str, who: str, why: str, expected: date | None = None) -> Decided:
    """Record that no word on an activity will come this quarter. A word that comes all the same counts.

    Args:
        activity: the activity's code
        expected: when a word may be expected, where that is known
    """
    installation = this_installation()
    facts = installation.facts()
    collection = release_rulings.plan_of_quarter(installation.framework, facts, quarter).collection
    fact = activity_rulings.give_up_activity(
        installation.framework,
        facts,
        collection,
        Ruling(who, why, installation.now()),
        activity=activity.strip(),
        expected=expected,
    )
    what, matter = f"No word expected · {fact.activity}", _on_activity("give-up-activity", collection, fact.activity)
    return Decided(what, [fact], matter, fact.partner, quarter, "Nobody is chased for it.")


@decision("rate-activity")
def rate_activity(
    quarter: str,
    activity: str,
    rag: Literal["done", "green", "amber", "red", "stopped"],
    publish: str,
    who: str,
    why: str,
) -> Decided:
    """See an activity otherwise in one quarter than the open rule does. The latest holds.

    Args:
        activity: the activity's code
        rag: how it stands as you see it
        publish: what readers are told about it, in your words
    """
    installation = this_installation()
    facts = installation.facts()
    plan = release_rulings.plan_of_quarter(installation.framework, facts, quarter)
    fact = activity_rulings.rate_activity(
        installation.framework,
        facts,
        plan.collection,
        Ruling(who, why, installation.now(), publish),
        activity=activity.strip(),
        rag=rag,
    )
    what, matter = f"Activity seen as {rag} · {fact.activity}", _on_activity("rate-activity", plan.collection, activity)
    return Decided(what, [fact], matter, "", quarter, "It holds from the next version on.")


def _on_activity(decided: str, collection: str, activity: str) -> Matter:
    return Matter(decided, f"{collection}/{activity.strip()}", (collection,))
