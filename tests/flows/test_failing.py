"""Runs that fail or are lost: the officers hear once, and the UI tells the truth."""

import re
import shutil
from datetime import date, timedelta
from importlib import import_module

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.states import AwaitingConcurrencySlot, Pending, Running

from quarterday.adapters.doctor.running import deployments_wanted
from quarterday.adapters.settings import get_settings
from quarterday.domain.facts import MessageReserved

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]


def test_a_failing_flow_is_mailed_once_a_day(office, clock, outbox):
    """Two failures of a day make one email, which leads to the run; the next day's failure makes another."""
    from flows.performing.failing import watched

    @watched("always-fails")
    def always_fails() -> None:
        raise RuntimeError("Turn the key, then try again.")

    states = [always_fails(return_state=True) for _ in "ab"]
    first = len(list(outbox.glob("*.eml")))
    first_email = next(outbox.glob("*.eml")).read_bytes().decode().replace("=\r\n", "")
    clock.set(date(2025, 7, 2))
    always_fails(return_state=True)
    told = [each for each in office.facts().of(MessageReserved) if each.occasion == "officer-failure"]

    with get_client(sync_client=True) as client:
        overview = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["overview"])))

    assert overview
    assert "Turn the key" in str(states[0].message)
    assert 1 == first
    assert 2 == len(list(outbox.glob("*.eml"))) == len(told)
    assert f"/runs/flow-run/{states[0].state_details.flow_run_id}" in first_email


def test_backups_that_cannot_be_copied_fail_the_run_after_its_work(office, tmp_path, outbox, monkeypatch):
    """The night's backup is made and the officers hear of its copy; once the other place is back, so is all well."""
    from flows.housekeeping import housekeeping
    from flows.performing.process import this_installation

    monkeypatch.setenv("QUARTERDAY_BACKUPS", str(tmp_path / "near"))
    monkeypatch.setenv("QUARTERDAY_BACKUPS_COPY", str(tmp_path / "far"))
    get_settings.cache_clear()
    this_installation.cache_clear()
    failed = housekeeping(return_state=True)
    (tmp_path / "far").mkdir()
    well = housekeeping(return_state=True)

    assert failed.is_failed()
    assert "there is no such folder: make it, or mount what belongs there" in str(failed.message)
    assert 1 == len(list(outbox.glob("*.eml")))
    assert well.is_completed()
    for place in ("near", "far"):
        assert ["quarterday-2025-07-01.tar.gz"] == [each.name for each in (tmp_path / place).iterdir()]


def test_every_step_is_taken_whichever_fails(caplog):
    """The first that failed is raised, and what the others said stands in the log."""
    from flows.housekeeping import all_of

    taken = []

    def fails(why):
        taken.append(why)
        raise RuntimeError(why)

    with pytest.raises(RuntimeError, match="damage"):
        all_of(lambda: taken.append("room"), lambda: fails("damage"), lambda: fails("no copy"))

    assert ["room", "damage", "no copy"] == taken
    assert "no copy" in caplog.text


def test_whatever_raised_the_run_says_what_to_do(office):
    """A store that does not answer raises what nobody understands: on the run's page stands what to do."""
    from flows.performing.failing import watched

    @watched("store-is-away")
    def store_is_away() -> None:
        raise TimeoutError("The read operation timed out")

    @watched("nobody-knows")
    def nobody_knows() -> None:
        raise KeyError("deliberate-fires")

    away, unknown = (each(return_state=True).message for each in (store_is_away, nobody_knows))

    assert "did not answer in time. If it fails again, run `quarterday doctor`" in away
    assert "the next run takes up what is left" in unknown
    assert "whoever looks after quarterday" in unknown


def test_the_overview_says_when_runs_last_succeeded(office, clock, monkeypatch):
    """Each flow with its schedule, from what Prefect itself knows."""
    from flows.chase_returns import chase_returns
    from flows.showing import last_runs

    monkeypatch.setattr(last_runs, "ASKED_AGAIN", timedelta(0))
    chase_returns()
    chase_returns()
    with get_client(sync_client=True) as client:
        shown = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["overview"])))
    overview = str(max(shown, key=lambda each: each.created).data).replace("\\", "")

    assert "### When runs last succeeded" in overview
    assert "“chase-returns” last succeeded on" in overview
    assert re.search("“publish-collection” (has not succeeded yet|last succeeded on)", overview)


def test_a_configuration_that_does_not_load_is_mailed_and_shown(office, outbox, tmp_path, monkeypatch):
    """Once a day, by whatever runs; the quarter goes on with the last one that loaded, and the overview says so."""
    from flows.chase_returns import chase_returns
    from flows.open_collection import open_collection
    from flows.performing import process

    spoilt = shutil.copytree(office.settings.config, tmp_path / "config")
    (spoilt / "partners.yaml").write_text("partners: [")
    monkeypatch.setenv("QUARTERDAY_CONFIG", str(spoilt))
    get_settings.cache_clear()
    process.this_installation.cache_clear()
    asked = open_collection()
    run = chase_returns(return_state=True)
    told = [each for each in office.facts().of(MessageReserved) if each.occasion == "officer-failure"]
    (mail,) = [text for file in outbox.glob("*.eml") if "The configuration needs" in (text := file.read_text())]
    with get_client(sync_client=True) as client:
        shown = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["overview"])))
        tags = client.read_flow_run(run.state_details.flow_run_id).tags

    assert asked > 0
    assert 1 == len(told)
    assert "partners.yaml" in mail
    assert "The configuration does not load" in str(max(shown, key=lambda each: each.created).data)
    assert "configuration does not load" in tags


def test_a_decision_that_is_refused_is_no_failure(office, outbox):
    """Whoever took it reads why: nobody else hears of it."""
    from flows.partner_decisions import change_contact

    refused = change_contact("nobody", "deputy", "performance", "They left.", return_state=True)

    assert "Refused" == refused.name
    assert [] == list(outbox.glob("*.eml"))


@pytest.mark.parametrize("entrypoint", sorted({each["entrypoint"] for each in deployments_wanted()}))
def test_every_flow_is_watched(entrypoint):
    """Whatever fails or crashes in any of them, an officer hears of it."""
    from flows.performing.failing import tell_of_configuration, tell_officers

    file, _, name = entrypoint.partition(":")
    flow = getattr(import_module(file.removesuffix(".py").replace("/", ".")), name)

    assert [tell_officers] == flow.on_failure_hooks == flow.on_crashed_hooks
    assert [tell_of_configuration] == flow.on_completion_hooks


@flow(name="somebody-elses-nightly-training")
def theirs() -> None:
    """Another project's, in a Prefect that is shared."""


def test_a_run_whose_worker_was_killed_is_shown_as_crashed(office):
    """One that has just begun is left alone; one that has run too long is ended with a sentence, and only ours."""
    from flows.installation.lost_runs import end_lost_runs

    @flow(name="chase-returns")
    def ours() -> None:
        """Never called: its worker is gone."""

    settings, code = office.settings, office.framework.partnership.code
    with get_client(sync_client=True) as client:
        run = client.create_flow_run(ours, state=Running(), tags=[code])
        deployed = client.create_deployment(client.create_flow(theirs), name="chase-returns")
        others = [
            client.create_flow_run(theirs, state=Running()),
            client.create_flow_run_from_deployment(deployed, state=Running()),  # by chance of the name of one of ours
            client.create_flow_run(ours, state=Running(), tags=["another-partnership"]),
        ]
        kept = end_lost_runs(settings, code)
        before = client.read_flow_run(run.id).state
        ended = end_lost_runs(settings, code, timedelta(0))
        after = client.read_flow_run(run.id).state

        assert [True] * 3 == [client.read_flow_run(each.id).state.is_running() for each in others]
    assert (0, True) == (kept, before.is_running())
    assert (1, True) == (ended, after.is_crashed())
    assert "the next run takes up what is left" in after.message


def test_what_waited_for_a_run_that_died_with_its_worker_begins_when_no_worker_runs(office):
    """After a power cut: what ran and what was about to is ended, and with it what it held; other projects' runs stay.

    Prefect itself would keep the dead run's place for five minutes, and show it as running for ever.
    """
    from flows.installation.lost_runs import end_runs_of_workers

    @flow(name="open-collection")
    def ours() -> None:
        """Never called: its worker is gone."""

    with get_client(sync_client=True) as client:
        deployed = client.create_deployment(client.create_flow(ours), name="open-collection", concurrency_limit=1)
        elsewhere = client.create_deployment(client.create_flow(theirs), name="nightly")
        died, waits = (client.create_flow_run_from_deployment(deployed) for _ in "ab")
        other = client.create_flow_run_from_deployment(elsewhere, state=Running())
        for state in (Pending(), Running()):
            client.set_flow_run_state(died.id, state)
        refused = client.set_flow_run_state(waits.id, Pending()).state
        ended = end_runs_of_workers(office.settings)
        taken = client.set_flow_run_state(waits.id, Pending()).state
        again = end_runs_of_workers(office.settings)

        said = [client.read_flow_run(each.id).state.type.value for each in (died, waits, other)]
    assert ("AwaitingConcurrencySlot", 1) == (refused.name, ended)
    assert ("PENDING", 1) == (taken.type.value, again)
    assert ["CRASHED", "CRASHED", "RUNNING"] == said


def test_a_run_that_was_about_to_begin_when_its_worker_was_killed_is_shown_as_crashed(office):
    """It never began, so that nothing else tells of it; one that waits for its turn is left waiting."""
    from flows.installation.lost_runs import end_lost_runs

    @flow(name="publish-collection")
    def ours() -> None:
        """Never called: its worker is gone."""

    settings, code = office.settings, office.framework.partnership.code
    with get_client(sync_client=True) as client:
        about_to = client.create_flow_run(ours, state=Pending(), tags=[code])
        waiting = client.create_flow_run(ours, state=AwaitingConcurrencySlot(), tags=[code])
        kept = end_lost_runs(settings, code)
        ended = end_lost_runs(settings, code, timedelta(0))

        assert ["CRASHED", "SCHEDULED"] == [client.read_flow_run(x.id).state.type.value for x in (about_to, waiting)]
    assert (0, 1) == (kept, ended)
