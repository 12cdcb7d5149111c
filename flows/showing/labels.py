"""Names and tags that people recognise in the Prefect UI."""

from collections.abc import Sequence
from datetime import date

from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext

from flows.performing.process import this_installation
from quarterday.adapters.installation import Installation
from quarterday.domain.collection.actions import Action
from quarterday.domain.collection.binding import plans, under_way
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import Facts
from quarterday.domain.framework.periods import quarter_name


def label_work(installation: Installation, what: str, due: Sequence[Action], today: date) -> None:
    """Name and tag the current run by the quarters that it works on; where nothing is due, by the one under way."""
    facts, worked_on = installation.facts(), {getattr(each, "collection", "") for each in due}
    known = plans(installation.framework, facts.going_on)
    quarters = [collection_label(each) for each in known if each.collection in worked_on]
    labels = quarters or [collection_label(current_collection(installation, facts, today)[0])]
    label_run(installation, what, " and ".join(labels), *labels)


def current_collection(installation: Installation, facts: Facts, today: date) -> tuple[Timetable | None, Facts]:
    """The collection that is under way, and the facts that tell of it.

    What goes on tells of it but where every quarter is at rest: then it is the last of them, by all the facts.
    """
    for known in (facts.going_on, facts):
        if plan := under_way(installation.framework, known, today):
            return plan, known
    return None, facts.going_on


def label_run(installation: Installation, what: str, detail: str, *tags: str) -> None:
    """Name the current run `Chase returns · 2025-26 Q1 · Tue 22 Jul 2025` and tag it; outside a run, do nothing."""
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    today = installation.today()
    name = " · ".join(part for part in (what, detail, f"{today:%a} {today.day} {today:%b %Y}") if part)
    every_tag = {*context.flow_run.tags, installation.framework.partnership.code, *(tag for tag in tags if tag)}
    if installation.instead_of:
        every_tag.add("configuration does not load")
    with get_client(sync_client=True) as client:
        client.update_flow_run(context.flow_run.id, name=name, tags=sorted(every_tag))


def collection_label(plan: Timetable | None) -> str:
    """`2025-26 Q1`, or nothing where no collection is under way."""
    return (quarter_name(plan.period) or str(plan.period)) if plan else ""


def artifact_key(name: str) -> str:
    """An artifact's stable key; where several partnerships share one Prefect, with this one's own ending."""
    return f"{name}{this_installation().settings.deployment_suffix}"
