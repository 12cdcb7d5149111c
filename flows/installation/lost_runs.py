"""Runs whose worker was killed: Prefect would show them as running for ever."""

from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.context import FlowRunContext
from prefect.states import Crashed

LONGEST = timedelta(hours=1)  # no run of ours takes longer than minutes
UNFINISHED = [StateType.RUNNING, StateType.CANCELLING]
SAID = (
    "Its worker ended before it did. Nothing is lost and nothing needs repeating: the next run takes up what is left."
)


def end_lost_runs(longest: timedelta = LONGEST) -> int:
    """Mark as crashed what has been running for longer than any run does. Returns how many. Goes by the real clock."""
    current = FlowRunContext.get()
    own = current.flow_run.id if current and current.flow_run else None
    begun_before = FlowRunFilterStartTime(before_=datetime.now(UTC) - longest)
    wanted = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)), start_time=begun_before
    )
    with get_client(sync_client=True) as client:
        lost = [each for each in client.read_flow_runs(flow_run_filter=wanted) if each.id != own]
        for run in lost:
            client.set_flow_run_state(run.id, Crashed(message=SAID), force=True)
    return len(lost)
