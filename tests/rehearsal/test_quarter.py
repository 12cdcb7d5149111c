"""A whole quarter, as `make quarter` plays it: killed in the middle, resumed, with the police's own export."""

import csv
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import closing
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from quarterday.adapters.config_files import load_framework
from tests.conftest import begin_with

PROJECT = Path(__file__).parents[2]
EXPORT = PROJECT / ".." / "shared" / "data" / "lewisham_ward_crime" / "mps_ward_crime_202307-202506.csv"
MONTHS = ("202504", "202505", "202506")

pytestmark = [pytest.mark.proof, pytest.mark.prefect, pytest.mark.timeout(900)]


def start(home: Path, log: Path, *more: str) -> "subprocess.Popen[bytes]":
    """A rehearsal in a process of its own, with the police's real export where it is at hand."""
    given = [f"--return=met-police={EXPORT}"] if EXPORT.exists() else []
    with log.open("ab") as sink:
        return subprocess.Popen(
            [sys.executable, "-m", "rehearsal", "--quarter", "2025-26Q1", "--home", str(home), *given, *more],
            cwd=PROJECT,
            env={**os.environ, "QUARTERDAY_HOME": str(home)},
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def identity(file: Path) -> tuple[str, ...]:
    """What makes an email this one and no other: its thread, its kind, its reader, the return that it is about."""
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    names = ("X-Quarterday-Request", "X-Quarterday-Email", "X-Quarterday-Recipient", "Subject")
    text = message.get_body(("plain",)).get_content()
    reference = re.search(r"R-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2}", text)
    return (*(str(message[name] or "").strip() for name in names), reference[0] if reference else "")


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory, prefect_template: Path) -> Path:
    """The home of a quarter that was killed with -9 once thirty emails had gone, and then resumed to its end."""
    home = tmp_path_factory.mktemp("quarter")
    begin_with(home, prefect_template)
    log = home.parent / "rehearsal.log"
    first = start(home, log)
    while first.poll() is None and len(list((home / "outbox").glob("*.eml"))) < 30:
        time.sleep(0.2)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    resumed = start(home, log, "--resume")
    assert 0 == resumed.wait(), log.read_text()[-3000:]
    return home


def test_a_quarter_killed_midway_and_resumed_repeats_no_email(quarter):
    """Every email is in the outbox once."""
    sent = Counter(identity(file) for file in (quarter / "outbox").glob("*.eml"))

    assert {} == {each: count for each, count in sent.items() if count > 1}


def test_every_ward_and_offence_is_the_sum_of_its_three_months(quarter):
    """What is published equals what the police's own file says, added up independently of quarterday."""
    if not EXPORT.exists():
        pytest.skip("the Metropolitan Police's export is not at hand (../shared/data)")
    expected: dict[tuple[str, str], int] = defaultdict(int)
    with EXPORT.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["LookUp_BoroughName"] == "Lewisham":
                category = re.sub(r"[^a-z0-9]+", "-", row["MinorText"].lower()).strip("-")
                expected[row["WardCode"], category] += sum(int(row[month]) for month in MONTHS)
    (observations,) = (quarter / "store" / "published").glob("*/v1/observations.csv")
    with observations.open(encoding="utf-8", newline="") as file:
        figures = [row for row in csv.DictReader(file) if row["indicator"] == "recorded-crime-ward"]
    published = {(row["area_code"], row["category"]): float(row["value"] or "nan") for row in figures}

    assert len(expected) > 500
    assert dict(expected) == {key: published.get(key) for key in expected}


def test_the_release_verifies_whole(quarter):
    """`quarterday verify` finds every file as its manifest says."""
    (folder,) = (quarter / "store" / "published").glob("*/v1")
    done = subprocess.run(
        [sys.executable, "-m", "quarterday", "verify", str(folder)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stdout + done.stderr


def tokens_in(outbox: Path) -> set[str]:
    """The token of every link that was mailed, read as people read it: whole, not folded into lines."""
    texts = (BytesParser(policy=policy.default).parsebytes(file.read_bytes()) for file in outbox.glob("*.eml"))
    return {
        token
        for message in texts
        for token in re.findall(r"/r/([A-Za-z0-9_-]{22,})", message.get_body(("plain",)).get_content())
    }


def addresses() -> set[str]:
    """The address of everybody at a partner."""
    people = (
        person
        for partner in load_framework(PROJECT / "config").partners
        for person in (partner.contact, partner.deputy, partner.manager)
    )
    return {person.email for person in people if person}


def kept_by_prefect(home: Path) -> str:
    """All that Prefect's database holds: its files as they lie on the disk, and every value of every row."""
    files = [file for file in (home / "prefect").glob("prefect.db*") if file.suffix != ".new"]
    raw = "".join(file.read_bytes().decode("latin-1") for file in files)
    with closing(sqlite3.connect(f"file:{home / 'prefect' / 'prefect.db'}?mode=ro", uri=True)) as database:
        return raw + "\n".join(database.iterdump())  # a long value is spread over pages of the file, but whole in a row


def test_prefect_keeps_no_token_no_address_and_nothing_that_a_partner_wrote(quarter):
    """Everybody with the login sees runs, parameters, artifacts and logs: what is a partner's is in none of them.

    The last two are what the rehearsal's people type into a cell and beside a warning.
    """
    canaries = tokens_in(quarter / "outbox") | addresses() | {"about a dozen", "it is right"}
    kept = kept_by_prefect(quarter)

    assert len(canaries) > 60
    assert "receive-return" in kept
    assert [] == sorted(each for each in canaries if each in kept)


def test_no_address_and_nothing_that_a_partner_wrote_is_in_any_log(quarter):
    """Logs of portal, server and flows speak of requests and references alone."""
    logs = "".join(
        file.read_text(errors="replace") for file in (*quarter.rglob("*.log"), quarter.parent / "rehearsal.log")
    )

    assert [] == sorted(each for each in addresses() | {"about a dozen", "it is right"} if each in logs)


def test_a_token_is_in_its_email_and_nowhere_else(quarter):
    """No log, no register, no store, no pack, nothing of Prefect's: whatever lies in the home, but for the outbox."""
    tokens = re.compile("|".join(sorted(tokens_in(quarter / "outbox"))).encode())
    files = [file for file in quarter.rglob("*") if file.is_file() and "outbox" not in file.relative_to(quarter).parts]
    names = {file.name for file in (*files, quarter.parent / "rehearsal.log")}

    assert {"register.db", "prefect.db", "portal.log", "server.log", "observations.csv", "rehearsal.log"} <= names
    assert tokens.pattern.count(b"|") > 40
    assert [] == [file for file in (*files, quarter.parent / "rehearsal.log") if tokens.search(file.read_bytes())]
