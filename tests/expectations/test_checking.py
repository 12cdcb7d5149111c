"""The warm process answers many at once, loses no more than one check to a crash, and leaves its caller light."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from expectations import warm
from expectations.checking import Checker
from expectations.lent import Lent, borrowed, lend, note_in
from expectations.warm import CheckDiedError, CheckFailedError, WarmProcess
from quarterday.domain.facts import Verdict
from quarterday.domain.figures.findings import Severity
from tests.expectations.conftest import cell, earlier, good_rows, job, row_of, workbook
from tests.expectations.damages import DAMAGES

ROOT = Path(__file__).parents[2]
SECONDS = 10


class Misbehaves:
    """A question that, as soon as the child reads it, calls something."""

    def __init__(self, function: object, *arguments: object) -> None:
        self.call = function, arguments

    def __reduce__(self) -> tuple[object, ...]:
        return self.call


@pytest.fixture(scope="module")
def short() -> Iterator[Checker]:
    """A checker whose patience a test can wait for."""
    with Checker(seconds=SECONDS) as warm:
        warm.start()
        yield warm


def warm_process(checker: Checker) -> WarmProcess:
    """What the checker asks."""
    return checker._warm


def test_a_good_return_is_accepted_with_its_rows(checker: Checker) -> None:
    """A whole check, reading included, gives the return and its verdict."""
    checked = checker.check(job(workbook(good_rows())))

    assert Verdict.ACCEPTED is checked.verdict
    assert checked.partner_return is not None
    assert len(good_rows()) == len(checked.partner_return.rows)


def test_a_history_of_what_is_asked_crosses_to_the_child(checker: Checker) -> None:
    """A change against the supplier's own history is seen; figures that say nothing are left behind."""
    steady = [*earlier("weapon-finds", [30, 31] * 6), *earlier("secrets", [1] * 12)]
    checked = checker.check(job(workbook(good_rows()), earlier=(*steady, replace(steady[0], value=None))))

    assert {("change", (cell(row_of("weapon-finds"), "Value"),))} == {
        (each.rule, each.cells) for each in checked.findings
    }


def test_a_file_that_is_no_return_is_refused_with_the_reason(checker: Checker) -> None:
    """A refusal of the reading becomes one critical finding."""
    checked = checker.check(job(b"%PDF-1.7 and so on", suffix=".pdf"))

    assert Verdict.QUERIED is checked.verdict
    assert checked.partner_return is None
    assert [(Severity.CRITICAL, True)] == [
        (each.severity, each.rule.startswith("refused:")) for each in checked.findings
    ]


def test_personal_data_quarantines_and_nothing_of_the_file_comes_back(checker: Checker) -> None:
    """A quarantined return has no rows, and no finding of it quotes a value."""
    rows = good_rows()
    rows[0]["Value"], rows[0]["Comment"] = 21, "Danielle Whitcombe, 943 476 5919"
    checked = checker.check(job(workbook(rows)))

    assert Verdict.QUARANTINED is checked.verdict
    assert checked.partner_return is None
    assert not any(value in repr(checked) for value in ("Whitcombe", "943", "5919", "21 is more"))
    assert (cell(0, "Comment"),) in {each.cells for each in checked.findings}


def test_threads_are_answered_each_with_its_own_return(checker: Checker) -> None:
    """Checks that run at once do not mix."""
    panels = row_of("ward-panels")

    def panels_held(number: int) -> float | None:
        rows = good_rows()
        rows[panels]["Value"] = number
        checked = checker.check(job(workbook(rows)))
        assert checked.partner_return is not None
        return checked.partner_return.rows[panels].value

    with ThreadPoolExecutor(4) as threads:
        assert [9, 10, 11, 12] == list(threads.map(panels_held, (9, 10, 11, 12)))


@pytest.mark.parametrize(
    "question",
    [Misbehaves(os.abort), Misbehaves(os._exit, 1), Misbehaves(time.sleep, 60), Misbehaves(bytearray, 3 * 1024**3)],
    ids=["aborts", "exits", "takes too long", "takes too much memory"],
)
def test_a_child_that_dies_costs_its_own_check_alone(short: Checker, question: object) -> None:
    """Whatever a child does, its caller gets a failure that is told as ours, and the next check works."""
    with pytest.raises(CheckFailedError):
        warm_process(short).ask(question)

    assert Verdict.QUERIED is short.check(DAMAGES["a blank figure"].job).verdict


def test_what_a_library_said_of_a_value_does_not_cross(checker: Checker) -> None:
    """The message of an error that is not ours may quote what was sent, so it stays in the child."""
    with pytest.raises(CheckFailedError) as raised:
        warm_process(checker).ask(Misbehaves(int, "Danielle Whitcombe"))

    assert "Whitcombe" not in str(raised.value)


def test_a_file_with_too_much_in_it_is_refused_in_words(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that dies of a huge file is the file's fault, and its sender is told what to send instead."""
    lines = "\n".join(f"{number},words" for number in range(60_000))

    def dies(_question: object) -> None:
        raise CheckDiedError

    monkeypatch.setattr(warm_process(checker), "ask", dies)
    checked = checker.check(job(f"Number,Word\n{lines}\n".encode(), suffix=".csv"))

    assert ["refused:too-much"] == [each.rule for each in checked.findings]


def test_the_callers_process_imports_neither_great_expectations_nor_pandas() -> None:
    """Portal and command line import the checker within a moment."""
    heavy = (
        "import sys, expectations.checking; print([m for m in ('great_expectations', 'pandas') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True, cwd=ROOT)

    assert "[]" == said.stdout.strip()


def test_a_process_that_does_not_get_warm_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody waits for it for ever, and who asks next has another begun; also where a killed portal left its note."""
    note = note_in(tmp_path)
    lend(note, Lent(str(tmp_path / "gone"), "00"))
    with Checker(borrows=note) as cold:
        monkeypatch.setattr(warm, "WARM_WITHIN", 0.001)
        with pytest.raises(CheckFailedError, match="not loaded within"):
            cold.check(job(workbook(good_rows())))
        monkeypatch.undo()

        assert Verdict.ACCEPTED is cold.check(job(workbook(good_rows()))).verdict


def test_a_process_that_is_lent_saves_another_of_ones_own(tmp_path: Path) -> None:
    """Runs ask the portal's process, also the new one that the portal starts when the first has died."""
    note = note_in(tmp_path)
    with Checker(lends=note) as portals, Checker(borrows=note) as runs:
        portals.start()
        process = warm_process(portals)._process
        assert process is not None
        process.kill()
        process.wait()

        assert Verdict.ACCEPTED is portals.check(job(workbook(good_rows()))).verdict
        assert 0o600 == note.stat().st_mode & 0o777
        assert Verdict.ACCEPTED is runs.check(job(workbook(good_rows()))).verdict
        assert warm_process(runs)._process is None
    assert not note.exists()


def test_a_process_of_another_version_is_not_borrowed(tmp_path: Path) -> None:
    """While an upgrade goes on, the old portal's process would answer with what the new code may read otherwise."""
    note = note_in(tmp_path)
    lend(note, Lent(str(tmp_path / "checks"), "00", of="0.0.1"))

    assert borrowed(note) is None
