"""Runs whose worker was killed: Prefect would show them as running for ever. Other projects' runs are theirs."""

from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.context import FlowRunContext
from prefect.states import Crashed

from quarterday.adapters.doctor.running import deployments_wanted, flow_of
from quarterday.adapters.settings import Settings

LONGEST = timedelta(hours=1)  # no run of ours takes longer than minutes
UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
SAID = (
    "Its worker ended before it did. Nothing is lost and nothing needs repeating: the next run takes up what is left."
)


def end_lost_runs(settings: Settings, partnership: str, longest: timedelta = LONGEST) -> int:
    """Mark as crashed what of ours has been running for longer than any run does. Returns how many.

    Goes by the real clock. Ours are the runs of our deployments, and those of our flows that bear the partnership's
    code, as each does from its first moment on: one that another run began, or somebody at a terminal.
    """
    current = FlowRunContext.get()
    own = current.flow_run.id if current and current.flow_run else None
    long_ago = datetime.now(UTC) - longest
    with get_client(sync_client=True) as client:
        of_workers, labelled = _unfinished(client, settings), _unfinished(client, settings, labelled=partnership)
        found = {each.id: each for each in (*of_workers, *labelled)}
        lost = [run for run in found.values() if run.id != own and _since(run) < long_ago]
        _end(client, lost)
    return len(lost)


def end_runs_of_workers(settings: Settings) -> int:
    """Mark as crashed whatever a worker had begun and not ended; for where no worker is running. Returns how many.

    What waits for their places begins at once: else each would keep its place until Prefect took it back.
    """
    with get_client(sync_client=True) as client:
        lost = _unfinished(client, settings)
        _end(client, lost)
    return len(lost)


def _since(run: FlowRun) -> datetime:
    """When it began or, where it was only about to, when that was said."""
    return run.start_time or (run.state.timestamp if run.state else datetime.now(UTC))


def _end(client: SyncPrefectClient, lost: list[FlowRun]) -> None:
    for run in lost:
        client.set_flow_run_state(run.id, Crashed(message=SAID), force=True)


def _unfinished(client: SyncPrefectClient, settings: Settings, *, labelled: str = "") -> list[FlowRun]:
    """Of our flows, what our deployments began or, where a label is given, whatever bears it."""
    wanted = deployments_wanted(settings.deployment_suffix)
    deployments = DeploymentFilter(name=DeploymentFilterName(any_=[each["name"] for each in wanted]))
    return client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=sorted({flow_of(each) for each in wanted}))),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)),
            tags=FlowRunFilterTags(all_=[labelled]) if labelled else None,
        ),
        deployment_filter=None if labelled else deployments,
    )
