"""Returns while clamd is away, as real runs: none gets a verdict, and the first sweep after it is back judges them."""

from collections.abc import Iterator

import pytest

from flows.performing import process
from quarterday.adapters.arrivals import keep_file
from quarterday.domain.collection.verdicts import unjudged
from quarterday.domain.facts import MessageReserved, RequestMade, ReturnKind, ReturnReceived, Verdict, VerdictGiven
from tests.clamd import EICAR, clamd

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]


@pytest.fixture
def returned(office, monkeypatch) -> Iterator[ReturnReceived]:
    """A return with a virus in it, which came while clamd was away."""
    from flows.open_collection import open_collection

    monkeypatch.setenv("QUARTERDAY_CLAMD", "/nowhere/clamd.ctl")
    open_collection()
    made = office.facts().of(RequestMade)[0]
    kept = keep_file(office.stores.raw, made, b"Indicator,Value\n" + EICAR, "figures.csv", "met-police", office.now())
    received = ReturnReceived(
        at=office.now(),
        by=kept.by,
        partnership=made.partnership,
        request=made.request,
        partner_return="R-BAD",
        kind=ReturnKind.FIGURES,
        upload=kept.upload,
        sha256=kept.sha256,
        stored_as=kept.stored_as,
        suffix=kept.suffix,
    )
    office.register.append(kept, received)
    look_for_clamd(monkeypatch, "/nowhere/clamd.ctl")
    yield received
    process.close_installation()


def look_for_clamd(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """As the settings of the next run's process say."""
    from quarterday.adapters.settings import get_settings

    monkeypatch.setenv("QUARTERDAY_CLAMD", at)
    get_settings.cache_clear()
    process.checker.cache_clear()


def test_a_return_waits_for_clamd_and_is_then_set_apart(office, returned, monkeypatch):
    """Not yet checked, and the sweep that finds it so says it to officers; the next one sets it apart and tells."""
    from flows.receive_return import receive_return, sweep_returns

    with clamd() as at:
        waits, fails = (
            receive_return(returned.partner_return, return_state=True),
            sweep_returns(return_state=True),
        )
        assert "Not yet checked" == waits.name
        assert "1 of 1 returns are not yet checked" in str(fails.message)
        assert [returned] == unjudged(office.facts())
        assert () == office.facts().of(VerdictGiven)

        look_for_clamd(monkeypatch, at)
        assert sweep_returns(return_state=True).is_completed()

    (given,) = office.facts().of(VerdictGiven)
    assert Verdict.INFECTED is given.verdict
    emails = [each.email for each in office.facts().of(MessageReserved)]
    assert 1 == emails.count("sent-back")
    assert 1 == emails.count("officer-failure")
