"""The flows as real runs on a real Prefect server, over the worked example."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas import TaskRun
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterKey,
    FlowRunFilter,
    FlowRunFilterId,
    LogFilter,
    LogFilterFlowRunId,
)

from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.templates import EmailTemplateError
from quarterday.adapters.settings import get_settings
from quarterday.domain.collection.actions import CloseCollection
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.facts import CollectionOpened, MessageReserved, RequestMade
from tests.sendgrid_stand_in import PostBox, sendgrid
from tests.several.place import wait

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]


class SendGridOffice(NamedTuple):
    """An installation that sends through SendGrid's stand-in."""

    installation: Installation
    box: PostBox


@pytest.fixture
def sendgrid_office(office, monkeypatch) -> Iterator[SendGridOffice]:
    """The worked example, its emails going to SendGrid's place on loopback."""
    from flows.performing import process as flows_office

    with sendgrid() as box:
        values = {"MAIL": "sendgrid", "SENDGRID_KEY": "a-key", "SENDGRID_URL": box.url, "SENDGRID_AT_ONCE": "1000"}
        for name, value in values.items():
            monkeypatch.setenv(f"QUARTERDAY_{name}", value)
        get_settings.cache_clear()
        flows_office.this_installation.cache_clear()
        yield SendGridOffice(flows_office.this_installation(), box)


def emails(outbox):
    """The files of the outbox."""
    return sorted(file.name for file in outbox.glob("*.eml"))


def test_opening_twice_sends_each_request_once(office, outbox):
    """A second run of the day finds nothing to do."""
    from flows.open_collection import open_collection

    first = open_collection()
    before = emails(outbox)
    second = open_collection()

    assert first > 0
    assert 0 == second
    assert before == emails(outbox)
    assert len(office.facts().of(RequestMade)) == len(before) == len(office.facts().of(MessageReserved))


def test_the_run_is_named_and_tagged_for_people(office):
    """`Open collection · 2025-26 Q1 · Tue 1 Jul 2025`, tagged with the quarter."""
    from flows.open_collection import open_collection

    state = open_collection(return_state=True)
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(state.state_details.flow_run_id)

    assert "Open collection · 2025-26 Q1 · Tue 1 Jul 2025" == run.name
    assert {"2025-26 Q1", office.framework.partnership.code} <= set(run.tags)


def test_a_run_carries_the_quarters_that_it_worked_on(office, clock):
    """In October the summer's collection has begun, and the spring's is what is chased: the name says both."""
    from flows.showing.labels import label_work

    first, second = timetables(office.framework)[:2]
    due = [CloseCollection(each.collection, each.closes, "it closes") for each in (first, second)]

    @flow(name="chase-returns")
    def chases(due: list[CloseCollection]) -> None:
        label_work(office, "Chase returns", due, second.opens)

    states = [chases(due[:1], return_state=True), chases(due, return_state=True)]
    with get_client(sync_client=True) as client:
        one, both = (client.read_flow_run(each.state_details.flow_run_id) for each in states)

    assert f"Chase returns · {first.label} · Tue 1 Jul 2025" == one.name
    assert f"Chase returns · {first.label} and {second.label} · Tue 1 Jul 2025" == both.name
    assert ({first.label}, {first.label, second.label}) == (
        {each for each in one.tags if each.startswith("20")},
        {each for each in both.tags if each.startswith("20")},
    )


def test_a_lost_prefect_database_repeats_nothing(office, outbox, clock):
    """The register alone says what was done: after a week of silence the next run sends only what is new."""
    from flows.chase_returns import chase_returns
    from flows.open_collection import open_collection

    open_collection()
    clock.set(date(2025, 7, 18))
    chase_returns()
    first = emails(outbox)
    chase_returns()

    assert first == emails(outbox)
    assert 1 == len(office.facts().of(CollectionOpened))


def test_officers_see_who_owes_what_and_what_comes_tomorrow(office, clock):
    """The day's run leaves the table of returns and the list of tomorrow's emails, without an address."""
    from flows.chase_returns import chase_returns
    from flows.open_collection import open_collection

    open_collection()
    clock.set(date(2025, 7, 17))
    chase_returns()
    with get_client(sync_client=True) as client:
        filters = ArtifactFilter(key=ArtifactFilterKey(any_=["returns-2025-26-q1", "today-and-tomorrow"]))
        artifacts = client.read_artifacts(artifact_filter=filters)

    assert {"returns-2025-26-q1", "today-and-tomorrow"} == {artifact.key for artifact in artifacts}
    assert all("@" not in str(artifact.data) for artifact in artifacts)


def test_emails_that_share_a_call_are_a_task_that_says_what_became_of_each(sendgrid_office, clock):
    """The task names its readers and is tagged with their partners; its log has a line an email, without an address."""
    from flows.open_collection import open_collection

    clock.set(date(2025, 7, 8))
    state = open_collection(return_state=True)
    asked = sorted(each.partner for each in sendgrid_office.installation.facts().of(RequestMade))
    said = [f"Email request to {partner}/contact: sent" for partner in asked]
    with get_client(sync_client=True) as client:
        run = FlowRunFilter(id=FlowRunFilterId(any_=[state.state_details.flow_run_id]))

        def tasks() -> list[TaskRun]:
            found = client.read_task_runs(flow_run_filter=run)
            return [each for each in found if each.name.startswith("Email request to") and each.end_time]

        def lines() -> list[str]:
            return [
                each.message for each in client.read_logs(LogFilter(flow_run_id=LogFilterFlowRunId(any_=run.id.any_)))
            ]

        wait(lambda: tasks() and set(said) <= set(lines()), "the server to have recorded what was done")
        (shared,) = tasks()
        kept = shared.name + str(lines())

    assert 1 == sendgrid_office.box.calls
    assert len(asked) > 8
    assert asked == sorted(shared.tags)
    assert f"{len(asked)} sent" == shared.state.message
    assert f"Email request to {len(asked)}: " in shared.name
    assert "@" not in kept


def test_one_email_that_cannot_be_written_holds_up_none_that_share_its_call(sendgrid_office, clock, monkeypatch):
    """What fails together is tried one by one: the run fails, names the one, and all the others have gone."""
    from flows.open_collection import open_collection
    from quarterday.adapters.mail import attempts

    whole = attempts.compose

    def cannot(*given, **more):
        if given[4].partner == "met-police":
            raise EmailTemplateError("The template cannot be filled in.")
        return whole(*given, **more)

    monkeypatch.setattr(attempts, "compose", cannot)
    clock.set(date(2025, 7, 8))
    state = open_collection(return_state=True)
    facts = sendgrid_office.installation.facts()
    asked = [each.message for each in facts.of(MessageReserved) if each.occasion == "request"]

    assert "1 action(s) failed: Email request to met-police/contact" in str(state.message)
    assert len(facts.of(RequestMade)) - 1 == len(asked)
    assert len(facts.of(MessageReserved)) == sendgrid_office.box.count


def test_an_unknown_return_fails_in_one_sentence(office):
    """A mistyped reference says where to find the right one."""
    from flows.receive_return import receive_return

    state = receive_return("R-NONE", return_state=True)

    assert state.is_failed()
    assert "Copy its reference from the receipt" in str(state.message)


@pytest.mark.parametrize("who", ["nobody", ""])
def test_a_decision_by_somebody_who_is_no_officer_is_refused(office, who):
    """Who decides is checked against config/."""
    from flows.open_collection import open_collection
    from flows.request_decisions import waive_request

    open_collection()
    partner = office.facts().of(RequestMade)[0].partner
    state = waive_request("2025-26 Q1", partner, who, "A fire in their office.", return_state=True)

    assert state.is_cancelled()  # no failure: no dashboard turns red
    assert "is not an officer" in str(state.message)
