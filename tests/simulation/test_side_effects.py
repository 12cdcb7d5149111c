"""Every side effect of every run, page and ruling, killed before it and after it; and everything lost, and put back."""

from pathlib import Path

import pytest

from simulation.__main__ import said
from simulation.faults import Fault
from simulation.restoring import rehearse
from simulation.struck import empty, side_effects, table, years_that_strike
from simulation.year import Story, Told


def told(**struck: int) -> Told:
    """A story in which a request was recorded and read."""
    passed = {("open-collection", "record RequestMade"): 5, ("open-collection", "read a manifest"): 2}
    faults = {("open-collection", "record RequestMade", name): count for name, count in struck.items()}
    return Told(Story(1), (), (), 0, 0, passed, faults)


def test_a_side_effect_that_was_not_struck_is_named():
    """By what was never tried; what changes nothing is no side effect."""
    once = side_effects([told(**{str(Fault.KILLED_BEFORE): 1})])
    twice = side_effects([told(**{str(Fault.KILLED_BEFORE): 1}), told(**{str(Fault.KILLED_AFTER): 2, "locked": 1})])

    assert ["open-collection, record RequestMade: never killed after"] == empty(once)
    assert [] == empty(twice)
    assert "| open-collection | record RequestMade | 1 | 2 | locked |" == list(table(twice))[-1]


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_every_side_effect_was_struck_and_every_promise_held(tmp_path: Path) -> None:
    """The table of `docs/side-effects.md`, made anew: none is empty. Years that are struck some 300 times each."""
    played = years_that_strike(tmp_path)

    assert [] == [said(each) for each in played if each.broken]
    assert [] == empty(side_effects(played))


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_everything_is_lost_and_put_back(tmp_path: Path) -> None:
    """As `make rehearse-restore` does it: nothing is missing, and no email goes twice. A real quarter."""
    broken, happened = rehearse(tmp_path)

    assert [] == broken
    assert 3 == len(happened)
