"""Pages of the documentation, followed to the letter: the tutorial in an empty folder, how-tos on what it left."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.as_written import DOCS, blocks, run
from tests.postgres import new_database, plain, system_postgres_server

pytestmark = [pytest.mark.proof, pytest.mark.prefect, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder in which the tutorial was followed, and what each block printed; half a minute: it plays a quarter."""
    folder = tmp_path_factory.mktemp("newcomer")
    return folder, [run(block, folder) for block in blocks("tutorial.md")]


def test_each_command_of_the_tutorial_does_what_the_page_says(told: tuple[Path, list[str]]) -> None:
    """A partnership begun, checked, added to, rehearsed, looked at and proved."""
    begun, planned, added, rehearsed, looked, proved = told[1]

    assert "safer-borough holds a new partnership" in begun
    assert "collection closes" in planned
    assert "4 indicators" in added
    assert "received 2 of 2" in rehearsed
    assert "partnership-board.html" in looked
    assert proved


def test_the_indicator_that_the_tutorial_adds_is_in_the_pack(told: tuple[Path, list[str]]) -> None:
    """What was typed on the way is what the board reads."""
    (pack,) = told[0].glob("var/rehearsal/store/published/*/v1/packs/partnership-board.html")

    assert "Calls about antisocial behaviour" in pack.read_text(encoding="utf-8")


@pytest.fixture
def installation(told: tuple[Path, list[str]], tmp_path: Path) -> Path:
    """A folder with a partnership, its settings, and a home in which a quarter has passed."""
    shutil.copytree(told[0], tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("var"))
    kept = ("register.db*", "store")
    for each in (one for pattern in kept for one in (told[0] / "var" / "rehearsal").glob(pattern)):
        copy = shutil.copytree if each.is_dir() else shutil.copy2
        (tmp_path / "var").mkdir(exist_ok=True)
        copy(each, tmp_path / "var" / each.name)
    (tmp_path / "safe").mkdir()
    return tmp_path


AGE_KEYGEN = f"""#!{sys.executable}
import sys
from pathlib import Path
from pyrage import x25519
said, file = sys.argv[1], Path(sys.argv[2])
if said == "-o":
    file.write_text(str(x25519.Identity.generate()) + chr(10))
else:
    print(x25519.Identity.from_str(file.read_text().split()[-1]).to_public())
"""


@pytest.fixture
def age_keygen(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool that makes keys; a stand-in where it is not installed."""
    if not shutil.which("age-keygen"):
        folder = tmp_path_factory.mktemp("age")
        (folder / "age-keygen").write_text(AGE_KEYGEN)
        (folder / "age-keygen").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("age_keygen")
def test_backing_up_and_restoring(installation: Path) -> None:
    """A backup is made, the home is lost, the backup takes its place, and a trial elsewhere tells the same history."""
    stands_for = {"/safe/place": str(installation / "safe"), "/safe/trial": str(installation / "trial")}
    before = run("quarterday history | tail", installation)
    made, gone, keys, *later = blocks("how-to/back-up-and-restore.md")
    for block in (made, gone):
        run(block, installation, stands_for)
    stands_for["PUBLIC_KEY"] = run(keys, installation).split()[-1]
    shut, encrypted, _dump, _back, trial = later  # those with PostgreSQL: below
    _, sealed, tried = [run(block, installation, stands_for) for block in (shut, encrypted, trial)]

    assert "It is encrypted for 1 key(s)" in sealed
    assert (
        (installation / "safe" / "quarterday-2025-07-23.tar.gz.age").read_bytes().startswith(b"age-encryption.org/v1")
    )
    assert before.splitlines()[-1] in tried
    assert (installation / "var.before" / "register.db").exists()
    assert (installation / "var" / "register.db").exists()


def test_moving_into_postgresql_and_backing_up_there(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The register moves out of its file; it is dumped, the files beside it, and both are put back elsewhere."""
    if not shutil.which("pg_dump"):
        pytest.skip(
            "Moving into PostgreSQL is NOT tested here: there is no pg_dump (Debian: apt-get install postgresql)"
        )
    with system_postgres_server() as server:
        first, second = (plain(new_database(server)) for _ in range(2))
        before = run("quarterday history | tail -3", installation)
        (move,) = blocks("how-to/when-to-move.md")
        moved = run(move, installation, {"postgresql://quarterday@db.internal/quarterday": f"'{first}'"})
        dump, back = blocks("how-to/back-up-and-restore.md")[5:7]
        monkeypatch.setenv("DATABASE", first)
        run(dump, installation)
        monkeypatch.setenv("DATABASE", second)
        settings = (installation / ".env").read_text().replace(first, second)
        (installation / ".env").write_text(f"{settings}\nQUARTERDAY_HOME=put-back\n")
        (installation / "register.db").unlink(missing_ok=True)
        put_back = run(back, installation)
        after = run("quarterday history | tail -3", installation)

    assert "are in the new register, each compared" in moved
    assert "stored file(s) are back" in put_back
    assert before in after


def test_installing_on_one_server(tmp_path: Path) -> None:
    """The partnership, its settings, and the page that marks which are set; the unit is one that systemd takes."""
    begun, set_up = [run(block, tmp_path) for block in blocks("how-to/install-on-one-server.md")]
    page = (DOCS / "how-to" / "install-on-one-server.md").read_text(encoding="utf-8")
    unit = page.partition("```ini\n")[2].partition("```")[0]

    assert "is in order" in begun
    assert "QUARTERDAY_SMTP_PASSWORD" in set_up
    assert "the-mail-servers-password" not in set_up
    if shutil.which("systemd-analyze"):
        (tmp_path / "quarterday.service").write_text(unit.replace("/opt/quarterday/bin/quarterday", "/bin/true"))
        done = subprocess.run(
            ["systemd-analyze", "verify", str(tmp_path / "quarterday.service")], capture_output=True, check=False
        )
        assert b"" == done.stderr


def test_a_request_that_went_to_the_wrong_person(installation: Path) -> None:
    """Its links stop, on record, and the listing tells what they were used for."""
    stop, look = blocks("assurance/incidents.md")
    stands_for = {"met-police": "police", "coordinator": "officer"}

    assert "open nothing any more" in run(stop, installation, stands_for)
    assert "Sent to a former colleague" in run(look, installation, stands_for)


def test_changing_the_configuration(installation: Path) -> None:
    """The commands after a change, and another partnership beside the first."""
    checked, begun = [run(block, installation) for block in blocks("how-to/configuration.md")]

    assert "collection closes" in checked
    assert "ours is in order" in begun


def test_proving_a_release_and_bringing_in_earlier_figures(installation: Path) -> None:
    """A release is proved and its figures followed to the file; earlier figures are looked at, then brought in."""
    release = next((installation / "var" / "store" / "published").glob("*/v1"))
    earlier = installation / "FILE.csv"
    earlier.write_text(
        "indicator,area_code,breakdown,category,period_start,period_end,value,numerator,denominator,marker\n"
        "asb-calls,E07000999,,,2026-07-01,2026-09-30,312,,,\n"
    )
    stands_for = {
        "2025-26Q1": release.parent.name.partition(".")[2].upper().replace("-Q", "Q"),
        "FOLDER": str(release.relative_to(installation)),
        "recorded-crime-ward,Bellingham,arson": "asb-calls,E07000999,",
        "deliberate-primary-fires,E09000023,,2024-25 Q4": "deliberate-primary-fires,E07000999,,2026-27 Q4",
        "deliberate-primary-fires,E09000023,": "deliberate-primary-fires,E07000999,",
        "--by jo": "--by officer",
    }
    proved, brought_in = [run(block, installation, stands_for) for block in blocks("how-to/verify-a-release.md")]

    assert "v1 is whole" in proved
    assert "Figures!H" in proved
    assert "1 figure" in brought_in


def test_reading_a_partners_own_export(installation: Path) -> None:
    """A sample is read, a mapping is proposed and kept that `check` takes, and its earlier quarters are brought in."""
    (installation / "sample.csv").write_text(
        "Area,Category,Jan-25,Feb-25,Mar-25,Apr-25,May-25,Jun-25\n"
        + "".join(
            f"Somewhere,{name},{11 + n},{12 + n},{13 + n},{12 + n},{14 + n},{16 + n}\n"
            for n, name in enumerate(("Anti-social behaviour", "Transport", "Public safety and welfare"))
        )
    )
    mapped, brought_in = blocks("how-to/read-a-partners-own-export.md")
    run(mapped, installation)

    assert "across" in next(installation.glob("*/exports/police.yaml")).read_text()
    assert "January to March 2025: " in run(brought_in, installation, {"OFFICER": "officer"})
