"""The officers' interface in a real browser: a decision taken by clicking ends as a fact in the register."""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as hour
from pathlib import Path
from typing import Any

import pytest

from quarterday.adapters.installation import Installation, open_installation
from quarterday.adapters.settings import Settings, get_settings
from quarterday.decision import what_is_due
from quarterday.facts import ContactChanged, RequestMade, RequestWaived
from quarterday.standing import LONDON

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
CONFIG = Path(__file__).parents[2] / "config"
PICTURES = os.environ.get("PICTURES", "")  # a folder, where the pages are to be looked at
QUARTER = "2025-26 Q1"
PATIENCE = 120  # seconds: a run's process starts cold
pytestmark = [
    pytest.mark.prefect,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}: install it with `make browser`"),
]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Running:
    """A whole installation that runs: its address, its parts, and a page of a browser."""

    url: str
    office: Installation
    page: Any
    foreign: list[str]  # addresses outside this machine that a page asked for

    def picture(self, name: str) -> None:
        """Keep what the page shows, where somebody wants to look."""
        if PICTURES:
            self.page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Prefect's server and a worker, started as `quarterday up` starts them, with requests made on 1 July 2025."""
    from flows import running, server
    from flows.acting import perform

    home = tmp_path_factory.mktemp("officers")
    clock = home / "clock"
    clock.write_text(datetime.combine(date(2025, 7, 1), hour(9), LONDON).isoformat())
    url = f"http://127.0.0.1:{server.free_port()}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"HOME": home, "CONFIG": CONFIG, "CLOCK_FILE": clock, "PREFECT_UI_URL": url}.items():
            patch.setenv(f"QUARTERDAY_{name}", str(value))
        get_settings.cache_clear()
        settings = Settings()
        office = open_installation(settings)
        for action in what_is_due(office.framework, office.facts(), office.today()):
            perform(office, action)
        server.prepare_database(home, home / "template.db")
        parts = [running.prefect_part(settings), running.worker_part(settings)]
        try:
            parts[0].keep(print)
            server.wait_until_up(f"{url}/api/health", parts[0].running, home / "prefect" / "server.log")
            running.deploy(settings)
            parts[1].keep(print)
            with playwright.sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
                page = browser.new_page(viewport={"width": 1400, "height": 1000})
                foreign: list[str] = []
                page.on("request", lambda each: foreign.append(each.url) if not _ours(each.url, url) else None)
                yield Running(url, office, page, foreign)
                browser.close()
        finally:
            for part in reversed(parts):
                if part.running:
                    server.stop(part.running)
            get_settings.cache_clear()


def _ours(address: str, url: str) -> bool:
    return address.startswith((url, "data:", "blob:"))


def decide(running: Running, deployment: str, fields: dict[str, str]) -> None:
    """Open a deployment from the list, fill in its form by clicking and typing, and submit it."""
    page = running.page
    page.goto(f"{running.url}/deployments")
    page.get_by_placeholder("Search deployments").fill(deployment)
    page.get_by_role("link", name=deployment, exact=True).first.click()
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("Custom run").first.click()
    for name, value in fields.items():
        title = page.locator(".schema-form-property__label", has_text=re.compile(f"^{name}$"))
        box = title.locator("xpath=following::textarea[1]")  # the label's own reference leads nowhere
        box.click()
        box.fill(value)
    running.picture(f"{deployment}-form")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="View run").first.dispatch_event("click")  # it slides away while one aims at it
    page.wait_for_url("**/runs/flow-run/**")
    page.get_by_text(FINISHED).first.wait_for(timeout=PATIENCE * 1000)
    running.picture(f"{deployment}-run")


FINISHED = re.compile("^(Recorded|Failed)$")


def test_a_decision_taken_by_clicking_is_in_the_register(running):
    """An officer waives a request in the interface; the fact bears who and why."""
    request = running.office.facts().of(RequestMade)[0]
    who = {"who": "coordinator", "why": "A fire in their office."}
    decide(running, "waive-request", {"quarter": QUARTER, "partner": request.partner, **who})
    (waived,) = running.office.facts().of(RequestWaived)

    assert (request.request, "coordinator", "A fire in their office.") == (waived.request, waived.by, waived.reason)
    assert [] == running.foreign


def test_a_decision_that_is_refused_says_why_on_its_page(running):
    """Somebody who is no officer changes nothing, and reads who may."""
    change = {"role": "contact", "name": "Ann Other", "email": "ann@partner.example"}
    partner = running.office.facts().of(RequestMade)[0].partner
    decide(running, "change-contact", {"partner": partner, **change, "who": "somebody", "why": "They left."})
    running.page.get_by_text("is not an officer").first.wait_for(timeout=20_000)

    assert () == running.office.facts().of(ContactChanged)
    assert [] == running.foreign


def test_the_doctor_finds_nothing_wrong_with_a_prefect_that_quarterday_started(running):
    """Every deployment and schedule is there, a worker looks after the pool, and nothing is told to anybody."""
    from quarterday.adapters.doctor.running import look_at_prefect

    until = time.monotonic() + PATIENCE  # a worker that has just been started says so when it is ready
    while (told := [str(each) for each in look_at_prefect(running.office.settings)]) and time.monotonic() < until:
        time.sleep(1)

    assert [] == told
