"""On the first day what is due is opened at once, and it is said what comes next; later days wait for schedules."""

from pathlib import Path

import httpx
import pytest

from flows.installation.first_day import begin_with
from quarterday.domain.facts import CollectionOpened, Facts
from tests.web.conftest import an_office


class Asked:
    """What was said, and which runs were asked for."""

    def __init__(
        self, home: Path, day: str, *, opened: bool = False, meetings: bool = True, broken: bool = False
    ) -> None:
        office = an_office(home)
        office.at(f"{day}T09:00:00+01:00")
        installation = office.installation
        if not opened:
            facts = [each for each in installation.facts() if not isinstance(each, CollectionOpened)]
            object.__setattr__(installation, "register", _Without(facts))
        self.said: list[str] = []
        self.runs: list[str] = []
        self.broken = broken
        begin_with(installation, self._ask, self.said.append)

    def _ask(self, run: str) -> None:
        if self.broken:
            raise httpx.ConnectTimeout(run)
        self.runs.append(run)


class _Without:
    """A register in which no collection was opened."""

    def __init__(self, facts: list[object]) -> None:
        self._facts = Facts(facts)

    def facts(self, _partnership: str) -> object:
        """What there is."""
        return self._facts


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2025-06-02", "Next: 2025-26 Q1 opens on Tuesday 1 July 2025; its first requests go out that morning."),
        ("2025-07-15", "2025-26 Q1 is opened now: it is due on Tuesday 22 July 2025."),
        ("2025-07-19", "2025-26 Q1 is opened on the next working day: it is due on Tuesday 22 July 2025."),
        ("2026-01-05", "No meeting in config/ lies ahead, so nothing is asked: add the boards' next meetings."),
    ],
)
def test_the_first_day_says_what_comes_and_asks_for_its_runs(tmp_path: Path, day: str, sentence: str) -> None:
    """Opening first, then the run that fills the overview; on a Saturday too, when nothing is sent."""
    first = Asked(tmp_path, day)

    assert [sentence] == first.said
    assert ["open-collection", "chase-returns"] == first.runs


def test_a_later_day_waits_for_its_schedules(tmp_path: Path) -> None:
    """Whoever starts the installation again at night sends nobody an email by it."""
    later = Asked(tmp_path, "2025-07-15", opened=True)

    assert ([], []) == (later.said, later.runs)


def test_a_server_that_does_not_answer_holds_nothing_up(tmp_path: Path) -> None:
    """It is said, and the schedules bring the runs."""
    first = Asked(tmp_path, "2025-07-15", broken=True)

    assert "The run open-collection could not be asked for (ConnectTimeout): its schedule brings it." in first.said
