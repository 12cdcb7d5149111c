"""Runs whose worker was killed: Prefect would show them as running for ever. Other projects' runs are theirs."""

from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterStartTime,
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
UNFINISHED = [StateType.RUNNING, StateType.CANCELLING]
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
    with get_client(sync_client=True) as client:
        lost = [each for each in _unfinished(client, settings, partnership, longest) if each.id != own]
        for run in lost:
            client.set_flow_run_state(run.id, Crashed(message=SAID), force=True)
    return len(lost)


def _unfinished(client: SyncPrefectClient, settings: Settings, partnership: str, longest: timedelta) -> list[FlowRun]:
    wanted = deployments_wanted(settings.deployment_suffix)
    flows = FlowFilter(name=FlowFilterName(any_=sorted({flow_of(each) for each in wanted})))
    long_ago = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)),
        start_time=FlowRunFilterStartTime(before_=datetime.now(UTC) - longest),
    )
    deployments = DeploymentFilter(name=DeploymentFilterName(any_=[each["name"] for each in wanted]))
    deployed = client.read_flow_runs(flow_filter=flows, flow_run_filter=long_ago, deployment_filter=deployments)
    labelled = long_ago.model_copy(update={"tags": FlowRunFilterTags(all_=[partnership])})
    others = client.read_flow_runs(flow_filter=flows, flow_run_filter=labelled)
    return list({each.id: each for each in (*deployed, *others)}.values())
