"""When each flow last succeeded: silence and failures are told, with what to do."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from quarterday.adapters.doctor.last_runs import LastRun, last_runs, what_helps
from quarterday.adapters.prefect_api import Shown
from quarterday.adapters.settings import Settings

WEDNESDAY_NOON = datetime(2026, 5, 6, 11, tzinfo=UTC)  # in London 12:00
CREATED = "2026-04-01T08:00:00+00:00"


class Prefect:
    """A Prefect server as its interface shows it: which runs ended when, and how."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, str, str]] = []  # flow, state, when it ended
        self.created = CREATED
        self.asked: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/csrf-token":
            return httpx.Response(200, json={"token": "t"})
        if request.method == "GET":
            return httpx.Response(200, json={"id": request.url.path.rpartition("/")[2], "created": self.created})
        assert "t" == request.headers["prefect-csrf-token"]
        asked = json.loads(request.content)
        self.asked.append(asked)
        flows = asked.get("flows", {}).get("name", {}).get("any_")
        names = flows or asked["deployments"]["name"]["any_"]
        found = [
            {"end_time": ended, "deployment_id": flow}
            for flow, state, ended in sorted(self.runs, key=lambda run: run[2], reverse=True)
            if flow in names and state in asked["flow_runs"]["state"]["type"]["any_"]
        ]
        return httpx.Response(200, json=found[: asked["limit"]])


@pytest.fixture
def prefect() -> Prefect:
    return Prefect()


def known(prefect: Prefect, now: datetime = WEDNESDAY_NOON, **settings: Any) -> dict[str, LastRun]:
    """What is known of each flow."""
    transport = httpx.MockTransport(prefect)
    shown = Shown("http://prefect/api", "")
    with httpx.Client(base_url="http://prefect/api/", transport=transport, auth=shown) as client:
        return {each.name: each for each in last_runs(client, Settings(**settings), "safer-lewisham", now)}


def test_every_flow_with_a_schedule_is_known(prefect):
    """And those alone: a decision is no silence."""
    scheduled = {"open-collection", "chase-returns", "publish-collection", "sweep-returns", "housekeeping"}

    assert scheduled == set(known(prefect))


def test_a_flow_that_succeeded_when_it_was_due(prefect):
    """It is well, and only runs of this partnership count."""
    prefect.runs = [("chase-returns", "COMPLETED", "2026-05-06T08:03:00+00:00")]
    chase = known(prefect)["chase-returns"]

    assert not chase.ill
    assert "“chase-returns” last succeeded on Wednesday 6 May 2026 at 09:03." == str(chase)
    assert {"all_": ["safer-lewisham"]} == prefect.asked[1]["flow_runs"]["tags"]


def test_a_publication_that_failed_twice(prefect):
    """Whatever succeeded before: it is told when it failed last, and where to read what to do."""
    prefect.runs = [
        ("publish-collection", "COMPLETED", "2026-05-05T14:01:00+00:00"),
        ("publish-collection", "FAILED", "2026-05-06T09:01:00+00:00"),
        ("publish-collection", "CRASHED", "2026-05-06T10:30:00+00:00"),
    ]
    publish = known(prefect)["publish-collection"]

    assert publish.ill
    assert "last succeeded on Tuesday 5 May 2026 at 15:01; a run failed on Wednesday 6 May 2026 at 11:30." in str(
        publish
    )
    assert "its page says what to do" in what_helps(publish)


def test_a_failure_that_was_made_up_for(prefect):
    """A later run that succeeded took up what was left."""
    prefect.runs = [
        ("housekeeping", "FAILED", "2026-05-06T09:01:00+00:00"),
        ("housekeeping", "COMPLETED", "2026-05-06T10:01:00+00:00"),
    ]

    assert not known(prefect)["housekeeping"].ill


def test_a_flow_that_nobody_runs(prefect):
    """No run failed, none came: the moment at which one was due is told."""
    prefect.runs = [("chase-returns", "COMPLETED", "2026-05-05T08:03:00+00:00")]
    chase = known(prefect)["chase-returns"]

    assert chase.silent
    assert "; one was due on Wednesday 6 May 2026 at 09:00." in str(chase)
    assert "worker" in what_helps(chase)


def test_a_run_has_an_hour(prefect):
    """At half past nine nobody worries over the run of nine; nor on a Sunday over that of Friday."""
    prefect.runs = [("chase-returns", "COMPLETED", "2026-05-05T08:03:00+00:00")]
    at_half_past = known(prefect, datetime(2026, 5, 6, 8, 30, tzinfo=UTC))["chase-returns"]
    prefect.runs = [("chase-returns", "COMPLETED", "2026-05-08T08:03:00+00:00")]
    on_sunday = known(prefect, datetime(2026, 5, 10, 11, tzinfo=UTC))["chase-returns"]

    assert (False, False) == (at_half_past.silent, on_sunday.silent)


def test_what_was_deployed_since_is_not_late(prefect):
    """Nor is anything by a simulated clock, which Prefect does not know."""
    prefect.created = "2026-05-06T10:50:00+00:00"
    fresh = known(prefect)["chase-returns"]
    prefect.created = CREATED
    rehearsed = known(prefect, clock_file=Path("clock"))["chase-returns"]

    assert "“chase-returns” has not succeeded yet." == str(fresh)
    assert (False, False) == (fresh.ill, rehearsed.ill)
