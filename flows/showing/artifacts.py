"""What officers read in the Prefect UI: no address, no token, no figure from a return."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from prefect.artifacts import create_markdown_artifact, create_progress_artifact, create_table_artifact

from flows.performing.failing import said_of_configuration
from flows.showing.form_choices import offer_choices
from flows.showing.form_links import Links, filled_in_for, officers_page
from flows.showing.labels import artifact_key, current_collection
from flows.showing.last_runs import ill_runs, listed_runs
from flows.showing.progress_chart import progress_picture
from flows.showing.today_and_tomorrow import doubtful_lines, show_today
from quarterday.adapters.config_files import ConfigurationProblems
from quarterday.adapters.installation import Installation
from quarterday.domain.collection.differences import differences
from quarterday.domain.collection.horizon import running_out
from quarterday.domain.collection.releases import newest_releases
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import (
    Fact,
    Facts,
    GapRecorded,
    MessageReserved,
    ReleaseMade,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.figures.findings import Finding
from quarterday.domain.framework.periods import period_code, say_date, say_day
from quarterday.domain.rulings.undecided import Undecided, undecided
from quarterday.domain.telling.completeness import rates
from quarterday.domain.telling.findings_text import as_markdown
from quarterday.domain.telling.markdown import blocks, escaped
from quarterday.domain.telling.progress import progress
from quarterday.domain.telling.status import StatusLine, status_lines


def show_standing(installation: Installation) -> None:
    """Everything that officers look at, as it stands now: the overview, and what it leads to."""
    every, today = installation.facts(), installation.today()
    facts, (plan, of_plan) = every.going_on, current_collection(installation, every, today)
    collection = CollectionToday(installation.framework, of_plan, plan, today) if plan else None
    lines = status_lines(collection) if collection else []
    if collection:
        show_status(installation, collection, lines)
    links = Links(installation)
    show_today(installation, facts, today, links)
    needed = show_undecided(installation, facts, today, links)
    show_overview(installation, facts, collection, lines, needed, links)
    offer_choices(installation, facts)


def show_status(installation: Installation, collection: CollectionToday, lines: Sequence[StatusLine]) -> None:
    """The table of who owes us what, under a stable key so that the UI keeps its history."""
    plan = collection.plan
    table = [
        {
            "Partner": line.name,
            "State": line.state,
            "Due": say_date(line.due) if line.due else "",
            "Last return": say_date(line.answered_on) if line.answered_on else "",
            "Chasers": line.chasers,
            "Why": line.why,
            "Code": line.partner,
        }
        for line in lines
    ]
    create_table_artifact(
        key=artifact_key(f"returns-{period_code(plan.period)}"),
        table=table,
        description=f"**Returns for {plan.label}, as of {say_day(collection.today)}.** {_days(plan)} "
        f"{_links(installation, collection.facts, plan)}",
    )
    complete = rates(collection).complete
    create_progress_artifact(
        progress=round(100 * complete, 1),
        key=artifact_key(f"complete-{period_code(plan.period)}"),
        description=f"Figures accepted of those expected for {plan.label}, in per cent",
    )


def _days(plan: Timetable) -> str:
    return f"Due {say_day(plan.due)}, closes {say_day(plan.closes)}, papers {say_day(plan.papers_on)}."


def show_overview(
    installation: Installation,
    facts: Facts,
    collection: CollectionToday | None,
    lines: Sequence[StatusLine],
    needed: int,
    links: Links,
) -> None:
    """The page to begin with: who owes us what, what happened today, what needs an officer."""
    today = installation.today()
    text = [f"## {installation.framework.partnership.name}, {say_day(today)}"]
    if installation.instead_of:
        text += [f"**{said_of_configuration(installation)}**", *_listed(installation.instead_of)]
    text += ill_runs(installation)
    if collection:
        text += _who_owes_what(installation, collection, lines, links)
    text += _under("What runs out", running_out(installation.framework, today))
    text += _under("What config/ says otherwise", differences(installation.framework, facts, today))
    text += [*_happened(facts, today), *_looked_at_next(installation, needed, links)]
    create_markdown_artifact(
        key=artifact_key("overview"),
        markdown=blocks(text),
        description="Begin here: who owes us what, what happened today, what needs me",
    )


def _who_owes_what(
    installation: Installation, collection: CollectionToday, lines: Sequence[StatusLine], links: Links
) -> list[str]:
    plan, facts = collection.plan, collection.facts
    states, quarter = Counter(each.state for each in lines), period_code(plan.period)
    return [
        f"### Who owes us what: {plan.label}",
        progress_picture(progress(facts, plan, installation.today()), plan),
        *(f"- {count} {state}" for state, count in states.most_common()),
        f"{_days(plan)} {links.artifact(f'returns-{quarter}', 'Partner by partner')} · "
        f"{links.artifact(f'complete-{quarter}', 'Completeness')} · "
        f"{links.artifact(f'preview-{quarter}', 'Next release')} · {_links(installation, facts, plan)}",
    ]


def _under(heading: str, things: Iterable[object]) -> list[str]:
    """A heading and what stands under it; nothing where that is nothing."""
    listed = [f"- {escaped(str(each))}" for each in things]
    return [f"### {heading}", *listed] if listed else []


def _happened(facts: Facts, today: date) -> list[str]:
    happened = (type(each) for each in facts if london_day(each.at) == today)
    counted = Counter(HAPPENED[kind] for kind in happened if kind in HAPPENED)
    listed = [f"- {what}: {number}" for what, number in counted.items()]
    return ["### What happened today", *(listed or ["- Nothing yet."])]


def _looked_at_next(installation: Installation, needed: int, links: Links) -> list[str]:
    things = "thing needs" if needed == 1 else "things need"
    what = links.artifact("what-needs-me", "what, and how to decide")
    return [
        f"{links.artifact('today-and-tomorrow', 'Today’s actions and tomorrow’s emails')} · [Runs](/runs)",
        "### What needs me",
        f"{needed} {things} an officer: {what}." if needed else "Nothing.",
        f"{officers_page(installation, '', 'The officers’ pages')} · [Decide with a form](/deployments)",
        "### When runs last succeeded",
        *listed_runs(installation),
    ]


def _listed(problems: ConfigurationProblems) -> list[str]:
    return [f"- {escaped(str(each))}" for each in problems.problems]


HAPPENED: dict[type[Fact], str] = {
    RequestMade: "Partners asked",
    MessageReserved: "Emails booked",
    ReturnReceived: "Returns received",
    ReplyReceived: "Other answers",
    VerdictGiven: "Verdicts on returns",
    GapRecorded: "Gaps recorded",
    ReleaseMade: "Releases published",
}


def show_undecided(installation: Installation, facts: Facts, today: date, links: Links) -> int:
    """What needs an officer now, with the deployment that decides it. Returns how many things."""
    lines = [
        f"- {escaped(each.what)} Since {say_day(each.since)}."
        + (f" {_where_decided(installation, facts, each, links)}." if each.decide_with else "")
        for each in undecided(installation.framework, facts, today)
    ]
    lines += doubtful_lines(installation, facts, today, links)
    text = [
        f"## What needs an officer on {say_day(today)}",
        *(lines or ["- Nothing."]),
        "[All decisions](/deployments)",
    ]
    create_markdown_artifact(
        key=artifact_key("what-needs-me"), markdown=blocks(text), description="What waits for an officer’s decision"
    )
    return len(lines)


def _where_decided(installation: Installation, facts: Facts, matter: Undecided, links: Links) -> str:
    """The officers' page of a matter, and the form that decides it here."""
    made = facts.about(matter.about, RequestMade)
    page = f"/partners/{made[0].partner}/{made[0].collection}" if made else f"/collections/{matter.about}"
    page += "/release" if matter.decide_with == "approve-release" else ""
    decide = links.form(matter.decide_with, filled_in_for(installation, facts, matter))
    return f"{officers_page(installation, page, 'Decide on its page')}, or here with {decide}"


def _links(installation: Installation, facts: Facts, plan: Timetable) -> str:
    """Links to the partners’ pages and, once there is one, to the release’s packs."""
    portal = installation.settings.portal_url.rstrip("/")
    release = newest_releases(facts).get(plan.collection)
    packs = f" · [Packs of version {release.version}]({portal}/packs/)" if release else ""
    return f"[Partners’ pages]({portal}/){packs}"


def show_findings(partner: str, name: str, plan: Timetable, findings: Sequence[Finding], verdict: Verdict) -> None:
    """The findings of one return, values left out."""
    create_markdown_artifact(
        key=artifact_key(f"findings-{partner}-{period_code(plan.period)}"),
        markdown=f"## {name}, {plan.label}: {verdict}\n\n{as_markdown(findings)}",
        description=f"What the checks saw in the return of {name}",
    )
