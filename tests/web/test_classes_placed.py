"""A return that went back for classes nobody knew is read again once they are placed: its sender sends nothing anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from expectations.checking import Checked
from flows import receive_return
from quarterday.adapters.arrivals import keep_file
from quarterday.adapters.kept_returns import keep_checked
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.verdicts import last_word, was_accepted
from quarterday.domain.facts import RequestMade, ReturnKind, ReturnReceived, Verdict, VerdictGiven
from quarterday.domain.figures.findings import Finding, Severity
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.framework.indicators import Breakdown, Category
from tests.domain.conftest import framework
from tests.web.conftest import Office, an_office

READ = PartnerReturn("fire", "somewhere.2025-26-q1", None, (), "fires")


def found(rule: str, sentence: str = "Piracy is none of ours.") -> Finding:
    """What the checks find in a class that nobody placed."""
    severity = Severity.CRITICAL if rule != "export-new-classes" else Severity.WARNING
    return Finding(rule, severity, sentence, "A class is none of ours.")


def sent(office: Office, verdict: Verdict, *findings: Finding, overrides: str = "") -> ReturnReceived:
    """The fire service sent its export, and what the checks made of it."""
    installation, request = office.installation, office.kept(RequestMade)[0]
    at = installation.now() - timedelta(hours=1)
    kept = keep_file(installation.stores.raw, request, b"Month,Count\n", "fires.csv", "fire/contact", at)
    who: dict[str, Any] = {"at": at, "by": "quarterday", "partnership": kept.partnership, "request": kept.request}
    findings_at, rows_at = keep_checked(installation.stores, "R-1", Checked(READ, findings, verdict), at)
    received = ReturnReceived(
        partner_return="R-1", kind=ReturnKind.FIGURES, upload=kept.upload, sha256=kept.sha256,
        stored_as=kept.stored_as, suffix=kept.suffix, **who,
    )  # fmt: skip
    given = VerdictGiven(
        partner_return="R-1", verdict=verdict, critical=1, warnings=0, notes=0, findings_stored_as=findings_at,
        rows_stored_as=rows_at, overrides=overrides, **who,
    )  # fmt: skip
    installation.register.append(kept, received, given)
    return received


@pytest.fixture
def office(tmp_path: object) -> Office:
    """An office in which the fire service was asked."""
    return an_office(tmp_path)


def reads_now(monkeypatch: pytest.MonkeyPatch, verdict: Verdict, findings: Iterable[Finding] = ()) -> None:
    """What the checks make of the same bytes now."""
    monkeypatch.setattr(receive_return, "check_return", lambda *_: Checked(READ, tuple(findings), verdict))


def test_it_is_accepted_and_its_sender_thanked_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second word counts, the sender hears of it, and another sweep says nothing more."""
    received = sent(office, Verdict.QUERIED, found("export-unknown-category"))
    reads_now(monkeypatch, Verdict.ACCEPTED)

    helped = [len(receive_return.read_again(office.installation)) for _ in range(2)]
    assert [1, 0] == helped
    facts = office.installation.facts()
    assert was_accepted(last_word(facts, received))
    due = what_is_due(office.installation.framework, facts, office.installation.today())
    assert ["receipt", "accepted"] == [each.email for each in due if isinstance(each, Send) and each.about == "R-1"]


def test_until_they_are_placed_nothing_changes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same class is as unknown as before."""
    sent(office, Verdict.QUERIED, found("export-unknown-category"))
    reads_now(monkeypatch, Verdict.QUERIED, [found("export-unknown-category")])

    assert [] == receive_return.read_again(office.installation)


def test_it_is_read_again_only_where_what_places_classes_changed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sweep comes every ten minutes, and a check takes a second: once by each placing is enough."""
    sent(office, Verdict.QUERIED, found("export-unknown-category"))
    read: list[object] = []
    checked = Checked(READ, (found("export-unknown-category"),), Verdict.QUERIED)
    monkeypatch.setattr(receive_return, "check_return", lambda *each: read.append(each) or checked)
    installation = office.installation
    piracy = Breakdown(code="offence", title="Offence", categories=(Category(code="piracy", title="Piracy"),))
    placed = replace(installation, framework=framework(breakdowns=(piracy,)))

    for each in (installation, installation, placed, placed, placed):
        receive_return.read_again(each)
    assert 2 == len(read)


def test_what_counted_apart_is_placed_in_silence(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sender was thanked already."""
    sent(office, Verdict.ACCEPTED_WITH_CAVEATS, found("export-new-classes"))
    reads_now(monkeypatch, Verdict.ACCEPTED)

    assert 1 == len(receive_return.read_again(office.installation))
    facts = office.installation.facts()
    due = what_is_due(office.installation.framework, facts, office.installation.today())
    assert ["receipt"] == [each.email for each in due if isinstance(each, Send) and each.about.startswith("R-1")]


@pytest.mark.parametrize(
    ("findings", "overrides"),
    [((found("export-unknown-category"), found("not-a-number")), ""), ((found("export-unknown-category"),), "jo")],
    ids=["more is wrong with it", "an officer sent it back"],
)
def test_other_returns_are_left_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch, findings: tuple[Finding, ...], overrides: str
) -> None:
    """What its sender can put right is asked of it, and what an officer said stands."""
    sent(office, Verdict.QUERIED, *findings, overrides=overrides)
    reads_now(monkeypatch, Verdict.ACCEPTED)

    assert [] == receive_return.read_again(office.installation)
