"""A run that leaves what may still be undone asks for its like; what was never asked for is taken up by the sweep."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from quarterday.domain.collection.runs import Run
from quarterday.domain.facts import UndoOffered

FOUR_PAST = datetime(2025, 7, 1, 9, 4, tzinfo=UTC)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The runs that were asked for, by name and by what makes them one."""
    from flows.performing import coming_back

    found: list[tuple[str, str]] = []
    monkeypatch.setattr(
        coming_back, "run_deployment", lambda name, **said: found.append((name, said["idempotency_key"]))
    )
    return found


def offer(office: Any, until: datetime) -> UndoOffered:
    """A decision that may be taken back until then."""
    made = UndoOffered(
        partnership=office.framework.partnership.code,
        decision="grant-time",
        matter="somewhere.2025-26-q1.fire",
        decided=("ExtensionDecided one",),
        touches=("somewhere.2025-26-q1.fire",),
        until=until,
        at=until - timedelta(minutes=5),
        by="jo",
    )
    office.register.append(made)
    return made


def test_a_run_comes_back_once_for_each_offer(office: Any, asked: list[tuple[str, str]]) -> None:
    """The page asked for the very same run: Prefect makes one of both."""
    from flows.performing.coming_back import come_back
    from quarterday.domain.collection.undo import asked_once

    made = offer(office, FOUR_PAST)
    come_back(office, Run.CHASE)
    assert [("chase-returns/chase-returns", asked_once("chase-returns", made))] == asked


def test_the_sweep_takes_up_what_no_run_came_for(office: Any, clock: Any, asked: list[tuple[str, str]]) -> None:
    """Ten minutes after its time, on a working day: Prefect could not be asked, or the run was killed."""
    from flows.performing.coming_back import take_up_what_was_left

    offer(office, FOUR_PAST)
    for moment in ("2025-07-01T10:13:00+01:00", "2025-07-05T12:00:00+01:00"):
        clock.file.write_text(moment)
        take_up_what_was_left(office)
    assert [] == asked
    clock.file.write_text("2025-07-01T10:15:00+01:00")
    take_up_what_was_left(office)
    assert ["chase-returns/chase-returns", "publish-collection/publish-collection"] == [name for name, _ in asked]


def test_where_prefect_does_not_answer_the_run_goes_on(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it left is taken up by the sweep or the next working day's run."""
    from flows.performing import coming_back

    def down(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(coming_back, "run_deployment", down)
    offer(office, FOUR_PAST)
    coming_back.come_back(office, Run.PUBLISH)
