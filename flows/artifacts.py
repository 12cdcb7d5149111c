"""What officers read in the Prefect UI: no address, no token, no figure from a return."""

from collections.abc import Sequence
from datetime import date, timedelta

from prefect.artifacts import create_markdown_artifact, create_progress_artifact, create_table_artifact

from quarterday.actions import Action, Send
from quarterday.adapters.installation import Installation
from quarterday.completeness import rates
from quarterday.decision import what_is_due
from quarterday.facts import Facts
from quarterday.findings import Finding
from quarterday.findings_text import as_markdown
from quarterday.periods import say_date, say_day, slug
from quarterday.status import status_lines
from quarterday.timetable import Timetable


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
    create_table_artifact(
        key=f"returns-{slug(plan.period)}",
        table=table,
        description=f"**Returns for {plan.label}, as of {say_day(today)}.** {closes}",
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
    text = "\n".join(
        [
            f"## Done on {say_day(today)}",
            *([f"- {each.why}" for each in done] or ["- Nothing was due."]),
            f"## Emails of {say_day(next_day)}, as things stand",
            *([f"- {each.email} to {each.recipient.code}: {each.why}" for each in coming] or ["- None."]),
        ]
    )
    create_markdown_artifact(key="today-and-tomorrow", markdown=text, description="Today’s actions, tomorrow’s emails")


def show_findings(partner: str, name: str, plan: Timetable, findings: Sequence[Finding], verdict: str) -> None:
    """The findings of one return, values left out."""
    create_markdown_artifact(
        key=f"findings-{partner}-{slug(plan.period)}",
        markdown=f"## {name}, {plan.label}: {verdict}\n\n{as_markdown(findings)}",
        description=f"What the checks saw in the return of {name}",
    )
