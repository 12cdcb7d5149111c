"""Damaged returns are seen through, at the right cell, and good ones are left alone."""

import pytest

from expectations.check_return import check_reading, check_readings
from expectations.checking import Checked, Job
from quarterday.adapters.parsing.files import parse
from quarterday.adapters.reading import FileTables
from quarterday.domain.facts import Verdict
from quarterday.domain.figures.findings import Severity
from tests.expectations.damages import DAMAGES, GOOD


def read(job: Job) -> tuple[Job, FileTables]:
    """A file of our own making as read, for which no fences are needed."""
    reading = parse(job.data, "return.xlsx")
    assert isinstance(reading, FileTables)
    return job, reading


@pytest.fixture(scope="module")
def checked() -> dict[str, Checked]:
    """Every damaged and every good return, checked in one validation."""
    damaged = {name: read(damage.job) for name, damage in DAMAGES.items()}
    return check_readings(damaged | {name: read(make()) for name, make in GOOD.items()})


def but_notes(checked: Checked) -> set[tuple[str, tuple[str, ...]]]:
    """The findings that send back or ask, by rule and cells."""
    return {(each.rule, each.cells) for each in checked.findings if each.severity is not Severity.INFORMATION}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found_at_its_cell_and_nothing_else_is(name: str, checked: dict[str, Checked]) -> None:
    """Each known damage leads to its own findings, at its own cells, and to no others."""
    assert DAMAGES[name].expected == but_notes(checked[name])


@pytest.mark.parametrize("name", GOOD)
def test_a_good_return_is_accepted(name: str, checked: dict[str, Checked]) -> None:
    """A good return leads to no finding but notes, and is accepted."""
    assert set() == but_notes(checked[name])
    assert Verdict.ACCEPTED is checked[name].verdict


def test_there_are_at_least_forty_damages() -> None:
    """The corpus knows forty ways of damaging a return, and more."""
    assert len(DAMAGES) >= 40


def test_one_return_alone_and_among_many_has_the_same_findings(checked: dict[str, Checked]) -> None:
    """A suite that speaks of rules finds the same whether it sees one return or many."""
    for name in ("a ward deleted", "figures for four months", "a row twice"):
        assert checked[name] == check_reading(*read(DAMAGES[name].job))


def test_a_warning_alone_is_accepted_with_caveats(checked: dict[str, Checked]) -> None:
    """Figures for four months are published for their own period, and a pack says so."""
    found = checked["figures for four months"]

    assert Verdict.ACCEPTED_WITH_CAVEATS is found.verdict
    assert "Covers June to September 2025, where April to June 2025 was asked for." in {
        each.caveat for each in found.findings
    }


def test_a_fatal_finding_stops_the_rest(checked: dict[str, Checked]) -> None:
    """Nobody reads what is wrong with the figures of another organisation's form."""
    found = checked["another organisations form"]

    assert 1 == len(found.findings)
    assert found.partner_return is None


def test_what_was_not_asked_for_is_not_kept(checked: dict[str, Checked]) -> None:
    """A row without a place in the grid goes no further."""
    kept = checked["a month that is none"].partner_return

    assert kept is not None
    assert 2 == sum(row.indicator == "calls" for row in kept.rows)
