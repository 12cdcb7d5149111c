"""Runs that fail or are lost: the officers hear once, and the UI tells the truth."""

from datetime import date, timedelta

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.states import Running

from quarterday.domain.facts import MessageReserved

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]


def test_a_failing_flow_is_mailed_once_a_day(office, clock, outbox):
    """Two failures of a day make one email, which leads to the run; the next day's failure makes another."""
    from flows.performing.failing import tell_officers

    @flow(name="always-fails", on_failure=[tell_officers])
    def always_fails() -> None:
        raise RuntimeError("Turn the key, then try again.")

    states = [always_fails(return_state=True) for _ in "ab"]
    first = len(list(outbox.glob("*.eml")))
    first_email = next(outbox.glob("*.eml")).read_bytes().decode().replace("=\r\n", "")
    clock.set(date(2025, 7, 2))
    always_fails(return_state=True)
    told = [each for each in office.facts().of(MessageReserved) if each.rung == "officer-failure"]

    assert "Turn the key" in str(states[0].message)
    assert 1 == first
    assert 2 == len(list(outbox.glob("*.eml"))) == len(told)
    assert f"/runs/flow-run/{states[0].state_details.flow_run_id}" in first_email


def test_a_run_whose_worker_was_killed_is_shown_as_crashed(office):
    """One that has just begun is left alone; one that has run too long is ended with a sentence."""
    from flows.installation.lost_runs import end_lost_runs

    @flow(name="killed")
    def killed() -> None:
        """Never called: its worker is gone."""

    with get_client(sync_client=True) as client:
        run = client.create_flow_run(killed, state=Running())
        kept = end_lost_runs()
        before = client.read_flow_run(run.id).state
        ended = end_lost_runs(timedelta(0))
        after = client.read_flow_run(run.id).state

    assert (0, True) == (kept, before.is_running())
    assert (1, True) == (ended, after.is_crashed())
    assert "the next run takes up what is left" in after.message
