"""What officers read in the Prefect UI: no address, no token, no figure from a return."""

from collections.abc import Sequence
from datetime import date, timedelta

from prefect.artifacts import create_markdown_artifact, create_progress_artifact, create_table_artifact

from flows.markdown import blocks, escaped
from quarterday.actions import Action, Send
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.outcomes import booked_messages
from quarterday.completeness import rates
from quarterday.decision import what_is_due
from quarterday.facts import Facts, Outcome
from quarterday.findings import Finding
from quarterday.findings_text import as_markdown
from quarterday.periods import say_date, say_day, slug
from quarterday.releases import newest_releases
from quarterday.standing import london_day
from quarterday.status import status_lines
from quarterday.timetable import Timetable
from quarterday.undecided import undecided

LOOKED_BACK = timedelta(days=30)  # how long an email that did not arrive is shown


def show_status(installation: Installation, facts: Facts, plan: Timetable, today: date) -> None:
    """The table of who owes us what, under a stable key so that the UI keeps its history."""
    lines = status_lines(installation.framework, facts, plan, today)
    table = [
        {
            "Partner": line.name,
            "State": line.state,
            "Due": say_date(line.due) if line.due else "",
            "Last return": say_date(line.answered_on) if line.answered_on else "",
            "Chasers": line.chasers,
            "Why": line.why,
        }
        for line in lines
    ]
    closes = f"Due {say_day(plan.due)}, closes {say_day(plan.closes)}, papers {say_day(plan.papers_on)}."
    packs = _links(installation, facts, plan)
    create_table_artifact(
        key=f"returns-{slug(plan.period)}",
        table=table,
        description=f"**Returns for {plan.label}, as of {say_day(today)}.** {closes} {packs}",
    )
    complete = rates(installation.framework, facts, plan, today).complete
    create_progress_artifact(
        progress=round(100 * complete, 1),
        key=f"complete-{slug(plan.period)}",
        description=f"Figures accepted of those expected for {plan.label}, in per cent",
    )


def show_today(installation: Installation, facts: Facts, done: Sequence[Action], today: date) -> None:
    """What was done today, and which emails the next working day would bring as things stand."""
    calendar = installation.framework.calendar
    next_day = calendar.add(today + timedelta(days=1), 0)
    coming = [each for each in what_is_due(installation.framework, facts, next_day) if isinstance(each, Send)]
    text = blocks(
        [
            f"## Done on {say_day(today)}",
            *([f"- {escaped(each.why)}" for each in done] or ["- Nothing was due."]),
            f"## Emails of {say_day(next_day)}, as things stand",
            *([f"- {each.email} to {each.recipient.code}: {escaped(each.why)}" for each in coming] or ["- None."]),
            "## Emails that may not have arrived",
            *(_doubtful(facts, today) or ["- None."]),
        ]
    )
    create_markdown_artifact(key="today-and-tomorrow", markdown=text, description="Today’s actions, tomorrow’s emails")


def _doubtful(facts: Facts, today: date) -> list[str]:
    """The emails of the last weeks of which nobody knows, or it is known that they did not arrive."""
    said = {
        Outcome.UNCONFIRMED: "nobody knows whether it went; ask them, or send a fresh link with “replace-link”",
        Outcome.FAILED: "it did not go; look at the address, then “change-contact”",
        Outcome.BOUNCED: "it came back; look at the address, then “change-contact”",
    }
    return [
        f"- {each.message.email} to {each.message.recipient} of {say_day(london_day(each.message.at))}: "
        f"{'it has not gone yet; the next run tries again' if each.may_go_again else said[each.outcome]}."
        for each in booked_messages(facts)
        if each.outcome in said and london_day(each.message.at) > today - LOOKED_BACK
    ]


def show_undecided(installation: Installation, facts: Facts, today: date) -> None:
    """What needs an officer now, with the deployment that decides it."""
    lines = [
        f"- {each.what} Since {say_day(each.since)}. Decide with “{each.decide_with}”."
        for each in undecided(installation.framework, facts, today)
    ]
    doubtful = _doubtful(facts, today)
    text = [
        f"## What needs an officer on {say_day(today)}",
        *([*lines, *doubtful] or ["- Nothing."]),
        f"[All decisions]({installation.settings.prefect_ui_url.rstrip('/')}/deployments?tags=decision)",
    ]
    create_markdown_artifact(
        key="what-needs-me", markdown=blocks(text), description="What waits for an officer’s decision"
    )


def _links(installation: Installation, facts: Facts, plan: Timetable) -> str:
    """Links to the partners’ pages and, once there is one, to the release’s packs."""
    portal = installation.settings.portal_url.rstrip("/")
    release = newest_releases(facts).get(plan.collection)
    packs = f" · [Packs of version {release.version}]({portal}/packs/)" if release else ""
    return f"[Partners’ pages]({portal}/){packs}"


def show_findings(partner: str, name: str, plan: Timetable, findings: Sequence[Finding], verdict: str) -> None:
    """The findings of one return, values left out."""
    create_markdown_artifact(
        key=f"findings-{partner}-{slug(plan.period)}",
        markdown=f"## {name}, {plan.label}: {verdict}\n\n{as_markdown(findings)}",
        description=f"What the checks saw in the return of {name}",
    )
