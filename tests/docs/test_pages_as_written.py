"""Pages of the documentation, followed to the letter: the tutorial in an empty folder, how-tos on what it left."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import httpx
import pytest
from click.testing import CliRunner

from flows.installation.server import free_port
from quarterday.__main__ import app
from quarterday.adapters.settings import get_settings
from tests.conftest import begin_with
from tests.docs import as_written
from tests.docs.as_written import ROOT, blocks, clean_environment, in_sentences, pages, run
from tests.docs.stand_ins import AGE_KEYGEN, stand_in
from tests.docs.understood import commands_in
from tests.docs.warm import warm_commands
from tests.postgres import new_database, plain, system_postgres_server

pytestmark = [pytest.mark.proof, pytest.mark.prefect, pytest.mark.timeout(600)]


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands of ours start from a process that has imported the program."""
    with warm_commands(tmp_path_factory.mktemp("warm")) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(as_written, "PROGRAMS", (folder, *as_written.PROGRAMS))
        yield


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, prefect_template: Path) -> tuple[Path, list[str]]:
    """The folder in which the tutorial was followed, and what each block printed; half a minute: it plays a quarter."""
    folder = tmp_path_factory.mktemp("newcomer")
    begin_with(folder / "var" / "rehearsal", prefect_template)
    return folder, [run(block, folder) for block in blocks("docs/tutorial.md")]


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
    kept = ("register.db*", "store", "clock")
    for each in (one for pattern in kept for one in (told[0] / "var" / "rehearsal").glob(pattern)):
        copy = shutil.copytree if each.is_dir() else shutil.copy2
        (tmp_path / "var").mkdir(exist_ok=True)
        copy(each, tmp_path / "var" / each.name)
    (tmp_path / "safe").mkdir()
    return tmp_path


@pytest.fixture
def age_keygen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool that makes keys; a stand-in where it is not installed."""
    if not shutil.which("age-keygen"):
        stand_in(monkeypatch, tmp_path / "age", "age-keygen", script=AGE_KEYGEN)


@pytest.mark.usefixtures("age_keygen")
def test_backing_up_and_restoring(installation: Path) -> None:
    """A backup is made, the home is lost, the backup takes its place, and a trial elsewhere tells the same history."""
    stands_for = {"/safe/place": str(installation / "safe"), "/safe/trial": str(installation / "trial")}
    before = run("quarterday history | tail", installation)
    made, gone, keys, *later = blocks("docs/how-to/back-up-and-restore.md")
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
        move, *_ = blocks("docs/how-to/when-to-move.md")
        moved = run(move, installation, {"postgresql://quarterday@db.internal/quarterday": f"'{first}'"})
        dump, back = blocks("docs/how-to/back-up-and-restore.md")[5:7]
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


def test_a_request_that_went_to_the_wrong_person(installation: Path) -> None:
    """Its links stop, on record, and the listing tells what they were used for."""
    stop, look = blocks("docs/assurance/incidents.md")
    stands_for = {"met-police": "police", "coordinator": "officer"}

    assert "open nothing any more" in run(stop, installation, stands_for)
    assert "Sent to a former colleague" in run(look, installation, stands_for)


def test_changing_the_configuration(installation: Path) -> None:
    """The commands after a change, another place's figures beside ours, and another partnership beside the first."""
    check, bring_in, begin = blocks("docs/how-to/configuration.md")
    checked = run(check, installation)
    framework = next(installation.glob("*/framework"))
    began = next(each for each in framework.glob("*.yaml") if "code: stop-search-outcomes" in each.read_text())
    compared = "- code: stop-search-outcomes\n    compared_with: police-force-area"
    began.write_text(began.read_text().replace("- code: stop-search-outcomes", compared))
    page = (ROOT / "docs/how-to/configuration.md").read_text()
    places = page.partition("```yaml\ncomparisons:")[2].partition("indicators:")[0]
    (framework / "others.yaml").write_text(f"comparisons:{places}")
    (installation / "FILE.csv").write_text(
        "indicator,area,period_start,period_end,value\nstop-search-outcomes,london,2026-07-01,2026-09-30,27.5\n"
    )
    brought_in, begun = run(bring_in, installation, {"--by jo": "--by officer"}), run(begin, installation)

    assert "collection closes" in checked
    assert "1 figure" in brought_in
    assert "ours is in order" in begun


def test_sending_figures_by_script(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is made, its requests are listed, its file is sent, and words on what was not asked are refused."""
    with (installation / ".env").open("a") as settings:
        settings.write("\nQUARTERDAY_CLOCK_FILE=var/clock\n")
    make = next(each for each in in_sentences("docs/how-to/send-figures-by-script.md") if "--make" in each)
    said = run(make, installation, {"CODE": "police", "YOU": "officer", "…": "Its system sends the file"})
    monkeypatch.setenv("KEY", said.splitlines()[0])
    sent = next(each for each in (installation / "var" / "store" / "raw").rglob("*.xlsx"))
    shutil.copy2(sent, installation / "figures.xlsx")
    port = free_port()
    serve = in_sentences("docs/how-to/the-partners-page.md")
    (command,) = [each for each in serve if "quarterday.web" in each]
    command = command.replace(".venv/bin/python", sys.executable).replace("8400 [--host 0.0.0.0]", str(port))
    with subprocess.Popen(command.split(), cwd=installation, stderr=subprocess.DEVNULL) as portal:
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz")
            listing, words = blocks("docs/how-to/send-figures-by-script.md")
            stands_for = {"https://returns.example": f"http://127.0.0.1:{port}"}
            listed = run(listing.splitlines()[0], installation, stands_for)
            stands_for["/REQUEST/"] = f"/{json.loads(listed)['requests'][0]['request']}/"
            answered, refused = run(listing, installation, stands_for), run(words, installation, stands_for)
        finally:
            portal.terminate()

    assert '"reference"' in answered
    assert "white-ribbon" in refused


def _wait_for(address: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            if httpx.get(address).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


PLAYED_ELSEWHERE = {
    "init",
    "rehearse",
    "look",
    "up",
    "deploy",
}  # what begins, or starts servers: each has its own tests
NAMES = {
    "PARTNER": "police",
    "CODE": "police",
    "OFFICER": "officer",
    "YOU": "officer",
    "REASON": "'As the page says'",
    "FOLDER": "put-together",
    "FILE": "sample.csv",
    "DATE": "2026-07-14",
    "DAY": "2026-07-14",
}


def test_what_stands_in_sentences(installation: Path) -> None:
    """Each command of ours that a sentence writes out, in the order of the pages, in one home."""
    shutil.copy2(next((installation / "var" / "store" / "raw").rglob("*.xlsx")), installation / "sample.csv")
    published = next((installation / "var" / "store" / "published").glob("*/v1")).parent.name.partition(".")[2]
    names = {**NAMES, "2025-26Q1": published.replace("-q", "Q"), "2025-26": published[:7]}
    written = {each: None for page in pages() if "CHANGELOG" not in page for each in in_sentences(page)}
    ran: list[str] = []
    for command in (each for each in written if each.startswith("quarterday ")):
        (words,) = commands_in(command)
        if len(words) < 3 or words[1] in PLAYED_ELSEWHERE or words[1] == "COMMAND":
            continue
        with patch.dict(os.environ, clean_environment(), clear=True), chdir(installation):
            get_settings.cache_clear()
            done = CliRunner().invoke(app, [names.get(each, each) for each in words[1:]])
        ran.append(command)
        assert done.exit_code < 2, f"{command}\n{done.output}"
        assert done.exception is None or isinstance(done.exception, SystemExit), command
    get_settings.cache_clear()

    assert len(ran) > 10


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
    proved, brought_in = [run(block, installation, stands_for) for block in blocks("docs/how-to/verify-a-release.md")]

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
    mapped, brought_in = blocks("docs/how-to/read-a-partners-own-export.md")
    run(mapped, installation)

    assert "across" in next(installation.glob("*/exports/police.yaml")).read_text()
    assert "January to March 2025: " in run(brought_in, installation, {"OFFICER": "officer"})
