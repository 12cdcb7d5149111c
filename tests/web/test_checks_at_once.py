"""Pages that check a file: one check a file, and no more at once than posts are allowed."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from quarterday.adapters.register import Register
from quarterday.web.door.entrance import UPLOADS_AT_ONCE
from tests.web.conftest import A_FILE, Office, an_office


class Slowly:
    """Checks that take a moment, and count how many run at the same time."""

    def __init__(self, office: Office) -> None:
        self.checks, self.now, self.most, self.lock = 0, 0, 0, threading.Lock()
        self._true = office.checks.check
        office.checks.check = self

    def __call__(self, job: object) -> object:
        with self.lock:
            self.now, self.checks = self.now + 1, self.checks + 1
            self.most = max(self.most, self.now)
        time.sleep(0.05)
        try:
            return self._true(job)
        finally:
            with self.lock:
                self.now -= 1


def all_at_once(office: Office, paths: list[str]) -> set[int]:
    """Somebody opens many addresses in the same moment."""
    with TestClient(office.client.app) as client, ThreadPoolExecutor(len(paths)) as pool:
        return {each.status_code for each in pool.map(client.get, paths)}


def test_a_file_is_checked_once_however_often_its_page_is_opened(tmp_path: Path) -> None:
    """By when the rest comes changes nothing that a check goes by."""
    office = an_office(tmp_path)
    person = office.person()
    person.upload()
    path = urlsplit(str(person.page.url)).path
    slowly = Slowly(office)
    answers = all_at_once(office, [f"{path}?part=yes&rest_by=2025-08-{day:02d}" for day in range(1, 29)])

    assert ({200}, 1) == (answers, slowly.checks)


def test_pages_that_check_wait_their_turn_with_the_posts(tmp_path: Path) -> None:
    """Eight files' pages, whose checks nobody remembers."""
    office = an_office(tmp_path)
    paths = []
    for number in range(8):
        person = office.person()
        person.upload(A_FILE + b"# %d" % number)
        paths.append(urlsplit(str(person.page.url)).path)
    slowly = Slowly(office)
    answers = all_at_once(office, [f"{each}?part=yes" for each in paths])

    assert ({200}, 8) == (answers, slowly.checks)
    assert slowly.most <= UPLOADS_AT_ONCE


def test_readers_of_packs_do_not_have_the_register_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty visits while nothing changes read it once."""
    office = an_office(tmp_path)
    reads: list[str] = []
    true = Register.facts
    monkeypatch.setattr(Register, "facts", lambda self, code: reads.append(code) or true(self, code))
    for _ in range(10):
        office.client.get("/packs/")
        office.client.get("/packs/somewhere.2025-26-q1/board.html")

    assert ["somewhere"] == reads
