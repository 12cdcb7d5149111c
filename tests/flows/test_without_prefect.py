"""What flows do and show around their tasks, in plain functions: no Prefect server takes part."""

from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest

from flows.showing.today_and_tomorrow import doubtful_lines
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.mail.sent import Sent
from quarterday.domain.facts import Outcome
from tests.adapters.mail.conftest import Carrier, a_send, an_office


@pytest.mark.parametrize("breaks", ["", "act_on", "come_back", "show_standing"])
def test_only_a_chase_that_succeeded_gives_a_sign_of_life(monkeypatch: pytest.MonkeyPatch, breaks: str) -> None:
    """Whoever listens outside hears nothing of a run that failed, at its very last step, too."""
    chasing = import_module("flows.chase_returns")
    beats: list[object] = []

    def broken(*_: object) -> None:
        raise OSError("the disk is away")

    for name in ("this_installation", "facts_to_act_on", "settle_unfinished", "label_work", "come_back"):
        monkeypatch.setattr(chasing, name, MagicMock(return_value=None if name == "settle_unfinished" else MagicMock()))
    for name in ("what_is_due", "act_on", "show_standing"):
        monkeypatch.setattr(chasing, name, MagicMock(return_value=[]))
    monkeypatch.setattr(chasing, "beat", beats.append)
    if breaks:
        monkeypatch.setattr(chasing, breaks, broken)
    with nullcontext() if not breaks else pytest.raises(Exception, match="Nothing is lost"):
        chasing.chase_returns.fn()

    assert (0 if breaks else 1) == len(beats)


def test_what_broke_over_an_email_in_doubt_stands_in_the_interface(tmp_path: Path) -> None:
    """An officer reads there that the server did not answer in time, and not in `history` alone."""
    broke = "the connection broke while the message was given (TimeoutError)"
    office = an_office(tmp_path, transport=Carrier([Sent(Outcome.UNCONFIRMED, broke)]))
    perform_send(office, a_send())
    links: Any = SimpleNamespace(form=lambda *_: "a form")
    (line,) = doubtful_lines(office, office.facts(), office.today(), links)

    assert "nobody knows whether it went" in line
    assert broke.partition(" (")[0] in line and "TimeoutError" in line
