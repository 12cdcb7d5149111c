"""The flows as real runs on a real Prefect server, over the worked example."""

from datetime import date

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

from quarterday.facts import CollectionOpened, MessageReserved, RequestMade

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]


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


def test_an_unknown_return_fails_in_one_sentence(office):
    """A mistyped reference says where to find the right one."""
    from flows.receive_return import receive_return

    state = receive_return("R-NONE", return_state=True)

    assert state.is_failed()
    assert "Copy its reference from the receipt" in str(state.message)


@pytest.mark.parametrize("who", ["nobody", ""])
def test_a_decision_by_somebody_who_is_no_officer_is_refused(office, who):
    """Who decides is checked against config/."""
    from flows.officer_decisions import waive_request
    from flows.open_collection import open_collection

    open_collection()
    partner = office.facts().of(RequestMade)[0].partner
    state = waive_request("2025-26 Q1", partner, who, "A fire in their office.", return_state=True)

    assert state.is_failed()
    assert "is not an officer" in str(state.message)
