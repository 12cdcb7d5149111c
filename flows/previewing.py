"""The release that would come next, for officers before it is published: what it is made from, what is missing."""

from collections import Counter

from prefect.artifacts import create_markdown_artifact

from flows.markdown import blocks, escaped
from quarterday.actions import Publish
from quarterday.adapters.installation import Installation
from quarterday.facts import Facts, ReturnReceived
from quarterday.framework import Framework
from quarterday.periods import say_date, say_day, slug
from quarterday.publishing.candidate import Candidate, prepare
from quarterday.publishing.disclosure.protect import DisclosureRiskError
from quarterday.publishing.kept_previews import drop_previews, keep_preview
from quarterday.publishing.packs import build_packs
from quarterday.releases import approved, needs_approval, next_version
from quarterday.returns import Marker
from quarterday.timetable import Timetable


def show_preview(installation: Installation, facts: Facts, plan: Timetable) -> None:
    """Show the next version under the quarter's key, without a figure of it; its packs are kept for officers' eyes."""
    version = next_version(facts, plan.collection)
    kind = "provisional" if version == 1 else "revised"
    action = Publish(plan.collection, version, kind, plan.publish_on, "previewed by an officer")
    try:
        candidate = prepare(installation, action)
    except DisclosureRiskError as risk:
        drop_previews(installation.stores, plan.collection)
        told = [f"**No safe release can be made.** {risk}"]
    else:
        told = [*_packs(installation, candidate, version), *_told(installation.framework, facts, plan, candidate)]
    create_markdown_artifact(
        key=f"preview-{slug(plan.period)}",
        markdown=blocks([f"## {plan.label}, version {version} ({kind})", *_passing(installation, facts, plan), *told]),
        description=f"The next release of {plan.label}, before it is published",
    )


def _passing(installation: Installation, facts: Facts, plan: Timetable) -> list[str]:
    """Whether it passes, and if not, why not and what an officer does."""
    given, why = approved(installation.framework, facts, plan), needs_approval(installation.framework, facts, plan)
    on = f"It is published from {say_day(plan.publish_on)} on."
    if given:
        return [f"Approved by {given.by}: “{escaped(given.reason)}”. {on}"]
    if not why:
        return [f"Nothing critical is open: it passes by itself. {on}"]
    return ["**It waits for an officer: run “approve-release”.**", *(f"- {each}" for each in why)]


def _packs(installation: Installation, candidate: Candidate, version: int) -> list[str]:
    """Keep the packs as they would be, for officers' eyes, and say where they lie."""
    packs = build_packs(installation.framework, candidate.tables, ["html"])
    kept = keep_preview(installation.stores, candidate.tables.collection, version, packs, installation.now())
    place = installation.stores.raw.path(kept.folder)
    portal = installation.settings.portal_url.rstrip("/")
    return [
        f"The packs as they would be: `{place or kept.folder}` in the private store, until the version is published. "
        f"[What readers have now]({portal}/packs/)."
    ]


def _told(framework: Framework, facts: Facts, plan: Timetable, candidate: Candidate) -> list[str]:
    tables = candidate.tables
    senders = {each.partner_return: each.by for each in facts.of(ReturnReceived)}
    return [
        f"### Made from {len(candidate.returns)} return(s)",
        *(f"- {each}, sent by {senders.get(each, 'an officer')}" for each in candidate.returns),
        "### What each indicator shows",
        "| Indicator | shown | hidden | missing |",
        "| --- | --- | --- | --- |",
        *_by_indicator(framework, candidate),
        "### Gaps",
        *(
            f"- {framework.indicator[each.indicator].title}: {escaped(each.why)}; {escaped(each.owner)}"
            + (f", expected {say_date(each.expected)}" if each.expected else "")
            for each in tables.gaps
            if each.indicator in framework.indicator
        ),
        *([] if tables.gaps else ["- None."]),
        f"### Changes against the version before: {sum(each.version == tables.version for each in tables.revisions)}",
    ]


def _by_indicator(framework: Framework, candidate: Candidate) -> list[str]:
    """How many cells each indicator shows, hides and misses; never what they hold."""
    unseen = {Marker.CONFIDENTIAL: "hidden", Marker.NOT_AVAILABLE: "missing"}
    counted: dict[str, Counter[str]] = {}
    for each in candidate.tables.observations:
        state = unseen.get(each.marker, "shown") if each.marker else "shown"
        counted.setdefault(each.indicator, Counter())[state] += 1
    return [
        f"| {framework.indicator[code].title} | {count['shown']} | {count['hidden']} | {count['missing']} |"
        for code, count in counted.items()
        if code in framework.indicator
    ]
