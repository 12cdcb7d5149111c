"""A `config/` that changed in the middle of a quarter, as real runs take it, told by check and by the overview.

In the worked example the first partners are asked for the first quarter of 2025-26 from 4 July 2025 on.
"""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from quarterday.__main__ import app
from quarterday.adapters.settings import get_settings
from quarterday.domain.facts import (
    CollectionBound,
    MessageReserved,
    ReleaseMade,
    RequestMade,
    RequestWaived,
    ReturnKind,
    ReturnReceived,
    VerdictGiven,
)
from tests.flows.test_request_decisions import artifact

pytestmark = [pytest.mark.proof, pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]
PROJECT = Path(__file__).parents[2]
QUARTER = "2025-26 Q1"
WHO = {"who": "performance", "why": "The chair has moved the meeting."}


@pytest.fixture
def asked(tmp_path, monkeypatch, office, clock):
    """The worked example with a `config/` of its own, on the morning on which its first partners were asked."""
    from flows.open_collection import open_collection

    config = tmp_path / "config"
    shutil.copytree(PROJECT / "config", config)
    monkeypatch.setenv("QUARTERDAY_CONFIG", str(config))
    monkeypatch.setenv("QUARTERDAY_PACK_FORMATS", "html")
    _read_anew()
    clock.set(date(2025, 7, 4))
    open_collection()
    return tmp_path


def _read_anew():
    """The installation as the next process finds it."""
    from flows.performing import process

    get_settings.cache_clear()
    process.this_installation.cache_clear()
    return process.this_installation()


def change(home: Path, pattern: str, now: str):
    """Change every place in `partnership.yaml`, and read it anew."""
    file = home / "config" / "partnership.yaml"
    text = re.sub(pattern, now, file.read_text())
    assert text != file.read_text()
    file.write_text(text)
    return _read_anew()


def moved_two_weeks_later(home: Path):
    """The meetings that leave their papers first are held in the last days of August."""
    return change(home, r"on: 2025-08-1[12], considers: 2025-26 Q1", "on: 2025-08-28, considers: 2025-26 Q1")


def checked() -> str:
    """What `quarterday check` says."""
    said = CliRunner().invoke(app, ["check"])
    assert 0 == said.exit_code, said.output
    return said.output


def told(office, occasion: str) -> list[str]:
    """The requests about which an email of an occasion went."""
    return [each.request for each in office.facts().of(MessageReserved) if each.occasion == occasion]


def test_what_differs_is_told_left_and_adopted_in_part(asked, clock):
    """Check and overview say it in sentences; left, it is told no more; changed anew and adopted, each hears once."""
    from flows.chase_returns import chase_returns
    from flows.collection_decisions import adopt_changes, leave_changes

    office = moved_two_weeks_later(asked)
    clock.set(date(2025, 7, 7))
    chase_returns()
    requests = {each.request for each in office.facts().of(RequestMade)}
    overview, check = artifact("overview"), checked()

    assert "nothing changes until it is adopted" in check
    for said in (check, overview):
        assert "By config/ 2025-26 Q1 would be due on" in said
        assert "are told the new date once" in said
    assert [] == told(office, "date-moved")

    leave_changes(QUARTER, **WHO, parts=["dates"])
    assert "would be due on" not in checked()
    office = change(asked, r"on: 2025-08-2[016], considers: 2025-26 Q1", "on: 2025-08-27, considers: 2025-26 Q1")
    clock.set(date(2025, 7, 7), hour=11)
    adopted = adopt_changes(QUARTER, **WHO, parts=["dates"], return_state=True)
    clock.set(date(2025, 7, 8))
    chase_returns()
    chase_returns()

    assert "Recorded" == adopted.name
    assert "had decided (The chair has moved the meeting)" in str(adopted.message)
    assert [0, 1, 2] == [each.number for each in office.facts().of(CollectionBound)]
    assert ("dates",) == office.facts().of(CollectionBound)[-1].adopted
    assert requests == set(told(office, "date-moved"))
    assert len(requests) == len(told(office, "date-moved"))
    assert "would be due on" not in checked()


def test_a_quarter_that_is_called_off_lets_everybody_off_and_still_takes_what_is_sent(asked, clock):
    """No board considers it: adopting says so, partners hear it kindly, a return is judged, nothing is published."""
    from flows.chase_returns import chase_returns
    from flows.collection_decisions import adopt_changes
    from flows.publish_collection import publish_collection
    from flows.receive_return import receive_return

    office = change(asked, r" *- \{on: \d{4}-\d\d-\d\d, considers: 2025-26 Q1\}\n", "")
    assert "No board in config/ considers 2025-26 Q1 any more" in checked()
    adopt_changes(QUARTER, ["all"], **WHO, say_to_the_partner="The boards do not meet this summer.")
    clock.set(date(2025, 7, 7))
    chase_returns()
    made = office.facts().of(RequestMade)[0]
    received = ReturnReceived(
        at=office.now(),
        by=f"{made.partner}/contact",
        partnership=made.partnership,
        request=made.request,
        partner_return="R-NIL",
        kind=ReturnKind.NIL,
    )
    office.register.append(received)
    receive_return("R-NIL")
    for day in (date(2025, 7, 8), date(2025, 8, 5), date(2025, 8, 6)):
        clock.set(day)
        chase_returns()
        publish_collection()

    requests = {each.request for each in office.facts().of(RequestMade)}
    assert requests == {each.request for each in office.facts().of(RequestWaived)} == set(told(office, "let-off"))
    assert ["accepted"] == [each.verdict for each in office.facts().of(VerdictGiven)]
    assert [made.request] == told(office, "receipt")
    assert {"request", "let-off", "receipt"} == {
        each.occasion for each in office.facts().of(MessageReserved) if each.request
    }
    assert () == office.facts().of(ReleaseMade)
