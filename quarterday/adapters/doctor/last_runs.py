"""When each flow that runs by itself last succeeded, and what failed since: Prefect is asked over plain HTTP.

A flow is silent where no run of it has succeeded since the moment at which one was last due and an hour more. Prefect
keeps its runs by the real clock, so the real clock tells; where Prefect has lost its database, the next runs tell anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from cronsim import CronSim

from quarterday.adapters.doctor.running import deployments_wanted, flow_of
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.standing import say_moment

GRACE = timedelta(hours=1)  # from when a run is due until it is missed: none takes so long
_FAILED = ("FAILED", "CRASHED")
_ENOUGH = 50  # failed runs that are looked through, latest first


@dataclass(frozen=True)
class LastRun:
    """What is known of a flow's last runs."""

    name: str  # its deployment's
    succeeded: datetime | None  # when a run last did; None where Prefect knows of none
    failed: datetime | None  # when one failed since
    due: datetime | None  # when one was last due that has had its time; None where none was yet

    @property
    def silent(self) -> bool:
        """Whether a run should have succeeded and none has."""
        return self.due is not None and (self.succeeded is None or self.succeeded < self.due)

    @property
    def ill(self) -> bool:
        """Whether somebody should look."""
        return self.silent or self.failed is not None

    def __str__(self) -> str:
        """In a sentence, without what to do."""
        known = f"last succeeded {_when(self.succeeded)}" if self.succeeded else "has not succeeded yet"
        failed = f"; a run failed {_when(self.failed)}" if self.failed else ""
        due = f"; one was due {_when(self.due)}" if self.silent and self.due and not self.failed else ""
        return f"“{self.name}” {known}{failed}{due}."


def last_runs(client: httpx.Client, settings: Settings, partnership: str, now: datetime) -> list[LastRun]:
    """Each flow with a schedule. `client` speaks to Prefect's API.

    Raises `httpx.HTTPError` where that does not answer.
    """
    wanted = [each for each in deployments_wanted(settings.deployment_suffix) if each.get("schedules")]
    failures = _runs(
        client,
        deployments={"name": {"any_": [each["name"] for each in wanted]}},
        limit=_ENOUGH,
        states=_FAILED,
    )
    found = []
    for each in wanted:
        flow = {"name": {"any_": [flow_of(each)]}}
        runs = _runs(client, flows=flow, limit=1, states=("COMPLETED",), tags=partnership)
        succeeded = max((_ended(run) for run in runs), default=None)
        deployment = _deployment(client, each)
        failed = [_ended(run) for run in failures if run.get("deployment_id") == deployment.get("id")]
        since = [moment for moment in failed if succeeded is None or moment > succeeded]
        due = None if settings.clock_file else _last_due(each, now, deployment)
        found.append(LastRun(each["name"], succeeded, max(since, default=None), due))
    return found


def _deployment(client: httpx.Client, wanted: dict[str, Any]) -> dict[str, Any]:
    answer = client.get(f"deployments/name/{flow_of(wanted)}/{wanted['name']}")
    return answer.json() if answer.is_success and isinstance(answer.json(), dict) else {}


def _last_due(wanted: dict[str, Any], now: datetime, deployment: dict[str, Any]) -> datetime | None:
    """The latest moment at which a run was due by one of a deployment's schedules, an hour or more ago.

    None for what was deployed only later, or is deployed nowhere: that is told of by itself.
    """
    moments = [
        next(CronSim(each["cron"], (now - GRACE).astimezone(ZoneInfo(each["timezone"])), reverse=True))
        for each in wanted["schedules"]
    ]
    since = datetime.fromisoformat(deployment["created"]) if deployment.get("created") else None
    return max((moment for moment in moments if since and moment > since), default=None)


def _runs(
    client: httpx.Client, *, limit: int, states: tuple[str, ...], tags: str = "", **others: Any
) -> list[dict[str, Any]]:
    """Runs that ended in one of some states, latest first."""
    runs: dict[str, Any] = {"state": {"type": {"any_": list(states)}}}
    runs |= {"tags": {"all_": [tags]}} if tags else {}
    asked = {"flow_runs": runs, "sort": "END_TIME_DESC", "limit": limit, **others}
    answer = client.post("flow_runs/filter", json=asked)
    answer.raise_for_status()
    return [each for each in answer.json() if each.get("end_time")]


def _ended(run: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(run["end_time"])


def _when(moment: datetime) -> str:
    return f"on {say_moment(moment)}"


def what_helps(run: LastRun) -> str:
    """What to do about a flow that is ill."""
    if run.failed:
        return "Open its last failed run in the Prefect UI: its page says what to do."
    return "See that a worker runs, then start it in the Prefect UI, under Deployments."
