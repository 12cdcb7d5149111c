"""Every side effect of every run, page and ruling, killed before it and after it; and everything lost, and put back."""

from pathlib import Path
from pkgutil import iter_modules

import pytest
from starlette.routing import Route

from quarterday import commands
from quarterday.adapters.doctor.running import deployments_wanted
from quarterday.web.officers.decisions import DECISIONS
from simulation.__main__ import said
from simulation.faults import Fault
from simulation.restoring import rehearse
from simulation.struck import empty, side_effects, table, years_that_strike
from simulation.year import Story, Told
from tests.web.conftest import an_office

ROOT = Path(__file__).parents[2]


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


# What changes nothing that is kept, and what starts processes: `tests/several` kills those.
READ_ONLY = {"check", "doctor", "history", "plan", "read", "rules", "settings", "verify"}
STARTS = {"deploy", "look", "rehearse", "up"}


def names_in_the_table() -> set[str]:
    """What the table tells of: runs, pages, decisions, rulings and commands."""
    lines = (ROOT / "docs" / "side-effects.md").read_text().splitlines()
    return {line.split("|")[1].strip() for line in lines if line.startswith("| ")}


def test_every_command_is_in_the_table() -> None:
    """But those that change nothing, or start what `tests/several` kills: a new one is struck, or said to be one."""
    rows = {name.removeprefix("command: ") for name in names_in_the_table() if name.startswith("command: ")}
    known = {name.partition(", ")[0] for name in rows}
    wanted = {each.name.replace("_", "-") for each in iter_modules(commands.__path__)}

    assert set() == wanted - known - READ_ONLY - STARTS
    assert set() == known - wanted


def test_every_decision_is_in_the_table() -> None:
    """Each of the officers' pages; the forms in Prefect record by the same rulings, in one place."""
    assert set(DECISIONS) == {each.removeprefix("decision: ") for each in names_in_the_table() if "decision: " in each}


def test_a_form_of_each_kind_in_prefect_is_in_the_table() -> None:
    """Of each file of them one at least: what records and what takes up again is one place for all."""
    struck = {name.removeprefix("form: ") for name in names_in_the_table() if name.startswith("form: ")}
    files = {each.name: each.read_text() for each in (ROOT / "flows").glob("*_decisions.py")}

    assert [] == [name for name, text in files.items() if not any(f'@decision("{form}")' in text for form in struck)]


PRESSED_IN_YEARS = {  # by what the table calls them
    **{f"/r/{{token}}/{name}": f"page: {name}" for name in ("activities", "nil", "time", "reference", "colleague")},
    **dict.fromkeys(("/r/{token}/upload", "/r/{token}/part", "/r/{token}/period"), "page: send"),
    "/r/{token}/uploads/{upload}/send": "page: send",
    "/r/{token}/not-available": "page: not-available",
    "/officers/decide/{decision}/{about:path}": "decision: write",
}


def test_every_page_with_a_form_is_in_the_table(tmp_path: Path) -> None:
    """A new one is struck: in years, or in a copy of a quarter."""
    routes = [each for each in an_office(tmp_path).client.app.routes if isinstance(each, Route)]
    forms = {each.path for each in routes if "POST" in (each.methods or ())}
    known = names_in_the_table()
    struck = {each for each in forms if f"page: {each}" in known or PRESSED_IN_YEARS.get(each) in known}

    assert set() == forms - struck


def test_every_scheduled_run_is_in_the_table() -> None:
    """As `prefect.yaml` names them; a return that is checked at once goes the way of the sweep."""
    runs = {each["name"] for each in deployments_wanted() if "decision" not in each["tags"]}

    assert set() == runs - names_in_the_table() - {"receive-return"}


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_every_side_effect_was_struck_and_every_promise_held(home: Path) -> None:
    """The table of `docs/side-effects.md`, made anew: none is empty. Years that are struck some 300 times each."""
    played = years_that_strike(home)

    assert [] == [said(each) for each in played if each.broken]
    assert [] == empty(side_effects(played))


@pytest.mark.proof
@pytest.mark.timeout(900)
def test_everything_is_lost_and_put_back(home: Path) -> None:
    """As `make rehearse-restore` does it: nothing is missing, and no email goes twice. A real quarter."""
    broken, happened = rehearse(home)

    assert [] == broken
    assert 3 == len(happened)
