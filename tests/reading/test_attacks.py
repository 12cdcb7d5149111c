"""Whatever a file does, the caller lives, and the sender is told the right reason."""

import subprocess
import sys

import pytest

from quarterday.adapters.parsing.refusals import SENTENCES
from quarterday.adapters.reading import FileTables, Refusal, read_tables
from tests.reading.attacks import ATTACKS, READ, workbook
from tests.reading.conftest import shared


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_for_the_right_reason(name: str) -> None:
    """A built attack is refused for a reason that is right, or read where it is harmless."""
    attack = ATTACKS[name]

    result = read_tables(attack.build(), attack.name)

    assert (result.reason if isinstance(result, Refusal) else READ) in attack.right


def test_there_are_at_least_thirty_attacks() -> None:
    """Thirty attacks were promised."""
    assert len(ATTACKS) >= 30


@pytest.mark.parametrize("folder", ["poi_workbooks", "calamine_workbooks"])
def test_strange_workbooks_are_read_or_refused(folder: str) -> None:
    """Every workbook of two spreadsheet libraries' own tests is read, or refused with a sentence of the catalogue."""
    for path in sorted(shared(folder).iterdir()):
        result = read_tables(path.read_bytes(), path.name)

        assert isinstance(result, FileTables) or result.reason in SENTENCES, path.name


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("protect.xlsx", "encrypted"),
        ("password.xls", "encrypted"),
        ("protected_sha512.xlsx", "encrypted"),
        ("xor-encryption-abc.xls", "encrypted"),
        ("poc-xmlbomb.xlsx", "unsafe-xml"),
        ("duplicate-filename.xlsx", "unsafe-package"),
        ("SimpleMacro.xlsm", "macros"),
        ("SimpleMacro.xls", "macros"),
        ("protected_passtika.xlsb", "encrypted"),
    ],
)
def test_a_strange_workbook_has_its_own_reason(file: str, reason: str) -> None:
    """Workbooks of which the trouble is known are refused for it."""
    path = shared("poi_workbooks", file)

    result = read_tables(path.read_bytes(), path.name)

    assert isinstance(result, Refusal)
    assert reason == result.reason


def test_a_file_that_is_too_slow_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that takes longer than it may is killed, and the sender is told so."""
    from quarterday.adapters.parsing import limits
    from quarterday.adapters.reading import process

    monkeypatch.setattr(limits, "SECONDS", 0)
    monkeypatch.setattr(process, "_EXTRA_SECONDS", 0.001)

    result = read_tables(workbook(), "a.xlsx")

    assert isinstance(result, Refusal)
    assert "too-slow" == result.reason


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
        "open('/tmp/written-by-a-file', 'w')",
        "import os; os.open('/tmp/written-by-a-file', os.O_WRONLY | os.O_CREAT)",
    ],
)
def test_the_reading_process_cannot_reach_out(deed: str) -> None:
    """Inside the fences neither the network, nor another program, nor a file to write can be reached."""
    code = f"from quarterday.adapters.parsing.limits import fence_in; fence_in(); {deed}"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert "PermissionError" in done.stderr


def test_the_reading_process_gets_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret of ours is in the process that opens the file."""
    from quarterday.adapters.reading import process

    seen: list[object] = []
    real = subprocess.Popen

    def watched(*arguments: object, **options: object) -> object:
        seen.append(options["env"])
        return real(*arguments, **options)

    monkeypatch.setattr(process.subprocess, "Popen", watched)
    read_tables(b"a,b\n1,2\n", "a.csv")

    assert [{}] == seen
