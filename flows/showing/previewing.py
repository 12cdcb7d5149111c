"""The release that would come next, for officers before it is published: what it is made from, what is missing."""

from collections import Counter

from prefect.artifacts import create_markdown_artifact

from flows.showing.form_links import Links, officers_page
from flows.showing.labels import artifact_key
from quarterday.adapters.installation import Installation
from quarterday.adapters.pack_drafts import keep_draft
from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.held_figures import held_in
from quarterday.domain.collection.releases import approved, needs_approval, next_version
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import Facts, ReleaseKind, ReturnReceived
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import period_code, quarter_name, say_date, say_day
from quarterday.domain.telling.markdown import blocks, escaped
from quarterday.publishing.candidate import Candidate, prepare
from quarterday.publishing.disclosure.risk import DisclosureRiskError
from quarterday.publishing.pack.packs import build_packs


def show_preview(installation: Installation, facts: Facts, plan: Timetable, *, with_packs: bool = False) -> str:
    """Show the next version under the quarter's key, without a figure of it. With packs, gives where they are kept."""
    version, framework = (
        next_version(facts, plan.collection),
        framework_of(installation.framework, facts, plan.collection),
    )
    kind = ReleaseKind.PROVISIONAL if version == 1 else ReleaseKind.REVISED
    action = Publish(plan.collection, version, kind, plan.publish_on, "previewed by an officer")
    draft = ""
    try:
        candidate = prepare(installation, action)
    except DisclosureRiskError as risk:
        told = [f"**No safe release can be made.** {risk}"]
    else:
        told = _told(framework, facts, plan, candidate)
        if with_packs:
            packs = build_packs(framework, candidate.tables, ["html"])
            pages = {name: data for name, data in packs.items() if name.endswith(".html")}
            draft = keep_draft(installation.stores.raw, plan.collection, version, installation.now(), pages)
    create_markdown_artifact(
        key=artifact_key(f"preview-{period_code(plan.period)}"),
        markdown=blocks(
            [
                f"## {plan.label}, version {version} ({kind})",
                *_passing(installation, facts, plan),
                _looked_at(installation),
                *told,
            ]
        ),
        description=f"The next release of {plan.label}, before it is published",
    )
    return draft


def _passing(installation: Installation, facts: Facts, plan: Timetable) -> list[str]:
    """Whether it passes, and if not, why not and what an officer does."""
    collection = CollectionToday(installation.framework, facts, plan, installation.today())
    given, why = approved(collection), needs_approval(collection)
    on = f"It is published from {say_day(plan.publish_on)} on."
    if given:
        return [f"Approved by {given.by}: “{escaped(given.reason)}”. {on}"]
    if not why:
        return [f"Nothing critical is open: it passes by itself. {on}"]
    page = officers_page(installation, f"/collections/{plan.collection}/release", "decide on its page")
    form = Links(installation).form("approve-release", {"quarter": quarter_name(plan.period) or ""})
    return [f"**It waits for an officer**: {page}, or here with {form}.", *(f"- {each}" for each in why)]


def _looked_at(installation: Installation) -> str:
    """Where the packs can be looked at: as they would be, and those that readers have."""
    portal = installation.settings.portal_url.rstrip("/")
    return (
        "To open the packs as they would be, run “preview-release”: a link to them comes to you by email. "
        f"[What readers have now]({portal}/packs/)."
    )


def _told(framework: Framework, facts: Facts, plan: Timetable, candidate: Candidate) -> list[str]:
    tables = candidate.tables
    senders = {each.partner_return: each.by for each in facts.of(ReturnReceived)}
    held = held_in(facts, plan.collection).values()
    return [
        f"### Made from {len(set(senders) & set(candidate.returns))} return(s)",
        *(f"- {each}, sent by {senders[each]}" for each in candidate.returns if each in senders),
        *(f"- Without “{framework.indicator[each.indicator].title}”, held back by {each.by}" for each in held),
        *(["### Look at this first"] if candidate.to_look_at else []),
        *(f"- {escaped(each)}" for each in candidate.to_look_at),
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
