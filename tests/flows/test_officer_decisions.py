"""Officers' decisions as real runs: recorded with who and why, carried out, refused where they contradict a first."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

from quarterday.facts import (
    ContactChanged,
    LinkReplaced,
    LinkRevoked,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReleaseApproved,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    UploadKept,
    VerdictGiven,
)
from quarterday.publishing.kept_previews import newest_preview

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]
QUARTER = "2025-26 Q1"
WHO = {"who": "performance", "why": "They telephoned."}
NOBODY = "nobody@nowhere.example"


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


def test_a_changed_contact_is_on_record_and_a_second_same_change_is_refused(asked):
    """Who and why stand with it; no address shows in the run's name or message."""
    from flows.partner_decisions import change_contact

    change = {"partner": asked.partner, "role": "contact", "name": "Ann Other", "email": NOBODY, **WHO}
    first = change_contact(**change, return_state=True)
    second = change_contact(**change, return_state=True)
    (fact,) = asked.office.facts().of(ContactChanged)

    assert ("Ann Other", "performance", "They telephoned.") == (fact.name, fact.by, fact.reason)
    assert "Recorded" == first.name
    assert NOBODY not in str(first.message)
    assert second.is_failed()
    assert "performance wrote so" in str(second.message)


def test_a_replaced_link_is_mailed_at_once(asked, outbox):
    """The old link is stopped, and one email with a fresh one has gone."""
    from flows.partner_decisions import replace_link

    before = len(list(outbox.glob("*.eml")))
    replace_link(QUARTER, asked.partner, **WHO)
    facts = asked.office.facts()

    assert 1 == len(list(outbox.glob("*.eml"))) - before
    assert 1 == len(facts.of(LinkReplaced)) == len(facts.of(LinkRevoked))
    assert "fresh-link" in {each.rung for each in facts.of(MessageReserved)}


def test_a_file_is_handed_in_the_partner_s_own_way(asked):
    """Kept, received, checked and answered as if it had come by the page; `by` is the officer."""
    from flows.partner_decisions import hand_in_return

    folder = asked.office.settings.hand_in
    folder.mkdir(parents=True)
    (folder / "from the partner.csv").write_text("indicator,value\nsomething,1\n")
    state = hand_in_return(QUARTER, asked.partner, file="from the partner.csv", **WHO, return_state=True)
    facts = asked.office.facts()
    (received,), (kept,), (given,) = facts.of(ReturnReceived), facts.of(UploadKept), facts.of(VerdictGiven)

    assert "Recorded" == state.name
    assert ("performance", kept.sha256, "from the partner.csv") == (received.by, received.sha256, kept.said_name)
    assert received.partner_return == given.partner_return
    assert b"something" in asked.office.stores.raw.get(kept.stored_as, sha256=kept.sha256)
    assert [] == list(folder.iterdir())


@pytest.mark.parametrize("file", ["../register.db", "/etc/hostname", "none.csv", ".hidden"])
def test_only_the_hand_in_folder_is_read(asked, file):
    """A form reaches no other file of the machine."""
    from flows.partner_decisions import hand_in_return

    Path(asked.office.settings.hand_in).mkdir(parents=True)
    state = hand_in_return(QUARTER, asked.partner, file=file, **WHO, return_state=True)

    assert state.is_failed()
    assert "Put it there and give its name alone" in str(state.message)


def test_a_nil_told_by_telephone(asked):
    """Nothing to count is a return like any other; with a file as well it is refused."""
    from flows.partner_decisions import hand_in_return

    both = hand_in_return(QUARTER, asked.partner, file="x.csv", nothing_to_count=True, **WHO, return_state=True)
    hand_in_return(QUARTER, asked.partner, nothing_to_count=True, **WHO)
    (received,) = asked.office.facts().of(ReturnReceived)

    assert both.is_failed()
    assert (ReturnKind.NIL, "performance") == (received.kind, received.by)


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
    """What the release is made from, hides and misses, and the packs for officers' eyes."""
    from flows.release_decisions import preview_release

    preview_release(QUARTER)
    told = artifact("preview-2025-26-q1")

    assert "version 1 (provisional)" in told
    assert "Made from 0 return(s)" in told
    kept = newest_preview(asked.office.stores, "safer-lewisham.2025-26-q1")
    assert kept
    assert kept.packs == tuple(sorted(f"{each.code}.html" for each in asked.office.framework.partnership.boards))


def test_an_email_that_failed_is_shown(asked, clock):
    """Nothing is raised by it, so the day's page must show it; no address stands there."""
    from flows.chase_returns import chase_returns

    message = asked.office.facts().of(MessageReserved)[0]
    for outcome, settles in ((Outcome.BOUNCED, "e1"), (Outcome.UNCONFIRMED, "e2")):
        asked.office.register.append(
            MessageSettled(
                at=asked.office.now(),
                by="quarterday",
                partnership=asked.office.framework.partnership.code,
                message=message.message,
                outcome=outcome,
                settles=settles,
            )
        )
    clock.set(date(2025, 7, 2))
    chase_returns()

    for key in ("today-and-tomorrow", "what-needs-me"):
        assert f"{message.recipient} of Tuesday 1 July 2025: it came back" in artifact(key)
        assert "@" not in artifact(key)
