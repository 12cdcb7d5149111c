"""Officers' decisions as real runs: recorded with who and why, carried out, refused where they contradict a first."""

import asyncio
import email
import re
from datetime import date, timedelta
from email.policy import default
from types import SimpleNamespace

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterKey,
    DeploymentFilter,
    DeploymentFilterId,
)
from prefect.client.schemas.objects import StateType

from quarterday.adapters.pack_drafts import draft_names
from quarterday.domain.collection.runs import Run
from quarterday.domain.collection.undo import asked_once
from quarterday.domain.facts import (
    LinkReplaced,
    LinkRevoked,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReleaseApproved,
    RequestMade,
    RequestWaived,
    Step,
)
from quarterday.web.serving.asking_for_checks import CheckRuns
from tests.flows.test_coming_back import offer

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]
QUARTER = "2025-26 Q1"
WHO = {"who": "performance", "why": "They telephoned."}


@pytest.fixture
def asked(office) -> SimpleNamespace:
    """The worked example once its first partners were asked."""
    from flows.open_collection import open_collection

    open_collection()
    request = office.facts().of(RequestMade)[0]
    return SimpleNamespace(office=office, request=request.request, partner=request.partner)


def artifact(key: str) -> str:
    """The text of the latest artifact under a key."""
    with get_client(sync_client=True) as client:
        found = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key])))
    return str(max(found, key=lambda each: each.created).data)


def test_an_officer_page_is_mailed_to_the_officer_who_decides(asked, outbox):
    """One email each, and a link that neither the run nor Prefect's database holds."""
    from flows.partner_decisions import change_contact, hand_in_return, revoke_officer_links

    before = set(outbox.glob("*.eml"))
    states = [
        change_contact(asked.partner, "deputy", **WHO, return_state=True),
        hand_in_return(QUARTER, asked.partner, **WHO, return_state=True),
    ]
    mails = [email.message_from_bytes(each.read_bytes(), policy=default) for each in set(outbox.glob("*.eml")) - before]
    tokens = {found for mail in mails for found in re.findall(r"/r/([\w-]+)", str(mail.get_body(("plain",))))}
    revoke_officer_links("performance", **WHO)

    assert ["Link sent", "Link sent"] == [each.name for each in states]
    assert {"ama.boateng@safer-lewisham.example"} == {mail["to"].addresses[0].addr_spec for mail in mails}
    assert 2 == len(tokens) == len(asked.office.facts().of(LinkRevoked))
    assert not [token for token in tokens for state in states if token in state.model_dump_json()]


def test_what_follows_from_a_page_s_decision_stands_at_the_end_of_its_minutes(prefect_server, office, clock):
    """Asked for by the page, and by a run that comes before: Prefect has one such run, at that time."""
    from flows.performing.coming_back import come_back

    decided = offer(office, office.now() + timedelta(minutes=5))
    with get_client(sync_client=True) as client:
        flow = client.create_flow_from_name("chase-returns")
        deployment = client.create_deployment(flow, name="chase-returns")
        asyncio.run(CheckRuns(prefect_server).run("chase-returns", None, asked_once(Run.CHASE, decided), 5))
        come_back(office, Run.CHASE)
        (run,) = client.read_flow_runs(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])))
        client.delete_deployment(deployment)

    assert StateType.SCHEDULED == run.state_type
    assert timedelta(minutes=4) < run.expected_start_time - run.created <= timedelta(minutes=5)


def test_an_officer_page_that_cannot_be(asked):
    """A role that no partner has, no partner, and nobody who is an officer: each names what there is."""
    from flows.partner_decisions import change_contact

    said = [
        str(each.message)
        for each in (
            change_contact(asked.partner, "boss", **WHO, return_state=True),
            change_contact("nobody", "deputy", **WHO, return_state=True),
            change_contact(asked.partner, "deputy", "somebody", "why not", return_state=True),
        )
    ]

    assert "The roles are: contact, deputy, manager" in said[0]
    assert f"The partners are: {asked.partner}" in said[1]
    assert "Say who decides: performance" in said[2]


def test_the_same_decision_twice_at_once_is_refused_in_a_sentence(asked):
    """Two officers press the same button in the same moment: one is recorded, the other reads whose stands."""
    from flows.request_decisions import waive_request

    first = waive_request(QUARTER, asked.partner, **WHO, return_state=True)
    second = waive_request(QUARTER, asked.partner, **WHO, return_state=True)

    assert ("Recorded", "Refused") == (first.name, second.name)
    assert "performance has already decided exactly this, on 1 July 2025" in str(second.message)
    assert 1 == len(asked.office.facts().of(RequestWaived))


def test_whoever_decides_otherwise_is_told_who_had_decided_before(asked, clock):
    """The partner was let off, and is asked after all a day later: the run names the officer, day and reason."""
    from flows.request_decisions import lift_waiver, waive_request

    waive_request(QUARTER, asked.partner, **WHO, return_state=True)
    clock.set(date(2025, 7, 2))
    lifted = lift_waiver(QUARTER, asked.partner, **WHO, return_state=True)

    assert "Before, on 1 July 2025, " in str(lifted.message)
    assert WHO["why"].rstrip(".") in str(lifted.message)


def test_a_replaced_link_is_mailed_at_once(asked, outbox):
    """The old link is stopped, and one email with a fresh one has gone."""
    from flows.partner_decisions import replace_link

    before = len(list(outbox.glob("*.eml")))
    replace_link(QUARTER, asked.partner, **WHO)
    facts = asked.office.facts()

    assert 1 == len(list(outbox.glob("*.eml"))) - before
    assert 1 == len(facts.of(LinkReplaced)) == len(facts.of(LinkRevoked))
    assert "fresh-link" in {each.occasion for each in facts.of(MessageReserved)}


def test_an_approval_names_what_it_was_given_for(asked, clock):
    """A second one is refused naming the first; so is a withdrawal of what was never published."""
    from flows.release_decisions import approve_release, withdraw_release

    clock.set(date(2025, 7, 31))
    approve_release(QUARTER, **WHO)
    second = approve_release(QUARTER, **WHO, return_state=True)
    never = withdraw_release(QUARTER, 1, **WHO, return_state=True)
    (approved,) = asked.office.facts().of(ReleaseApproved)

    assert (1, ()) == (approved.version, approved.returns)
    assert "performance has already approved version 1" in str(second.message)
    assert "Nothing has been published" in str(never.message)


def test_the_preview_tells_without_a_figure(asked):
    """What the release is made from, hides and misses; its packs for the eyes of whoever asked, until housekeeping."""
    from flows.release_decisions import preview_release

    state = preview_release(QUARTER, "performance", return_state=True)
    told = artifact("preview-2025-26-q1")
    (mailed,) = [each for each in asked.office.facts().of(MessageReserved) if each.email == "officer-preview"]

    assert "version 1 (provisional)" in told
    assert "Made from 0 return(s)" in told
    assert "Link sent" == state.name
    assert "operational-board.html" in draft_names(asked.office.stores.raw, mailed.tells_of)


def test_an_email_that_failed_is_shown(asked, clock):
    """Nothing is raised by it, so the day's page must show it; no address stands there."""
    from flows.chase_returns import chase_returns

    message = asked.office.facts().of(MessageReserved)[0]
    for outcome, event in ((Outcome.BOUNCED, "e1"), (Outcome.UNCONFIRMED, "e2")):
        asked.office.register.append(
            MessageSettled(
                at=asked.office.now(),
                by="quarterday",
                partnership=asked.office.framework.partnership.code,
                message=message.message,
                outcome=outcome,
                step=Step.REPORTED,
                event=event,
            )
        )
    clock.set(date(2025, 7, 2))
    chase_returns()

    for key in ("today-and-tomorrow", "what-needs-me"):
        assert f"{message.recipient} of Tuesday 1 July 2025: it came back" in artifact(key)
        assert "@" not in artifact(key)
