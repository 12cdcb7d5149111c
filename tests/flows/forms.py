"""Prefect's forms in a real browser, and the runs that they ask for: carried out in this process, or by a worker."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from quarterday.adapters.installation import Installation

playwright = pytest.importorskip("playwright.sync_api")
PATIENCE = 300  # seconds: a worker starts a cold process for each run, and several share the machine
ENDED = ("COMPLETED", "CANCELLED", "FAILED", "CRASHED")


@dataclass
class Running:
    """A whole installation that runs: its address, its parts, and a page of a browser."""

    url: str
    office: Installation
    page: Any
    foreign: list[str]  # addresses outside this machine that a page asked for
    start_worker: Callable[[], None]
    pictures: str = ""  # a folder, where the pages are to be looked at
    runs: dict[str, str] = field(default_factory=dict)  # the runs asked for: their addresses, by what they were to do

    def kept(self, kind: type) -> tuple[Any, ...]:
        """The facts of one kind."""
        return self.office.facts().of(kind)

    def picture(self, name: str) -> None:
        """Keep what the page shows, where somebody wants to look."""
        if self.pictures:
            self.page.screenshot(path=f"{self.pictures}/{name}.png", full_page=True)

    def run(self, what: str) -> dict[str, Any]:
        """A run as the server knows it."""
        return asked(f"{self.url}/api/flow_runs/{self.runs[what].rpartition('/')[2]}")

    def state(self, what: str) -> dict[str, Any]:
        """Where a run stands, and what it says."""
        return dict(self.run(what)["state"])

    def wait(self, *whats: str) -> None:
        """Until runs have ended; the server is asked now and then, for it has enough to do."""
        until, waiting = time.monotonic() + PATIENCE, set(whats)
        while waiting := {each for each in waiting if self.state(each)["type"] not in ENDED}:
            assert time.monotonic() < until, {each: self.state(each)["name"] for each in waiting}
            time.sleep(1)

    def carry_out(self, what: str) -> None:
        """Do in this process what a worker's new process would do: load the run's flow from its deployment, and run it.

        In a thread of its own, since Playwright keeps a loop in this one.
        """
        with ThreadPoolExecutor(1) as thread:
            thread.submit(copy_context().run, _run, UUID(self.run(what)["id"])).result()


def _run(run: UUID) -> None:
    from prefect.flow_engine import load_flow, load_flow_run, run_flow

    flow_run = load_flow_run(run)
    run_flow(load_flow(flow_run), flow_run=flow_run, return_type="state")


def asked(url: str) -> dict[str, Any]:
    """What the server answers. On SQLite one writer may keep all others waiting for a minute: then it is asked anew."""
    for _ in range(5):
        try:
            return dict(httpx.get(url, trust_env=False, timeout=60, verify=False).json())
        except httpx.TimeoutException:
            continue
    raise AssertionError("the server stayed busy")


def decide(running: Running, what: str, deployment: str, fields: dict[str, Any]) -> None:
    """Open a deployment's form, the first one from the list; fill it in by clicking, and submit it.

    A form that a busy server left half loaded asks for no run when it is submitted: it is opened and filled in anew.
    """
    for _ in range(3):
        _filled_in(running, what, deployment, fields)
        try:
            running.runs[what] = f"{running.url}/runs/flow-run/{_submitted(running.page)}"
            running.page.goto("about:blank")  # the run's own page would draw and ask on while the run is carried out
        except playwright.TimeoutError:
            running.picture(f"{what}-stuck")
        else:
            _is_as_clicked(running, what, fields)
            return
    raise AssertionError(f"no run was asked for by the form of {deployment}")


def _is_as_clicked(running: Running, what: str, fields: dict[str, Any]) -> None:
    """The run that the form asked for has what was clicked; what was left alone is as the flow has it, empty or off."""
    clicked = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    run = running.run(what)
    form = asked(f"{running.url}/api/deployments/{run['deployment_id']}")["parameter_openapi_schema"]["properties"]
    left = {name: value for name, value in run["parameters"].items() if name not in clicked}

    assert clicked == {name: value for name, value in run["parameters"].items() if name in clicked}
    assert not {name for name, value in left.items() if value and value != form[name].get("default")}


def _filled_in(running: Running, what: str, deployment: str, fields: dict[str, Any]) -> None:
    page = running.page
    if not running.runs:
        _from_the_list(page, running.url, deployment)
    else:
        found = asked(f"{running.url}/api/deployments/name/{deployment}/{deployment}")
        page.goto(f"{running.url}/deployments/deployment/{found['id']}/run?parameters={{}}")
    page.locator(".schema-form-property__label").first.wait_for()
    for name, value in fields.items():
        fill(page, name, value)
    running.picture(f"{what}-form")


def _from_the_list(page: Any, url: str, deployment: str) -> None:
    """The form as an officer comes to it. Where the server was too busy to fill a page, the page is opened again."""
    for _ in range(4):
        page.goto(f"{url}/deployments")
        page.get_by_placeholder("Search deployments").fill(deployment)
        try:
            page.get_by_role("link", name=deployment, exact=True).first.click(timeout=30_000)
            page.get_by_role("button", name="Run", exact=True).click(timeout=30_000)
        except playwright.TimeoutError:
            continue
        page.get_by_text("Custom run").first.click()
        return
    raise AssertionError("the server stayed busy")


def _submitted(page: Any) -> str:
    """The id of the run that was asked for. SQLite answers 503 while it is busy: who sees that submits once more."""
    for _ in range(5):
        with page.expect_response(lambda each: each.url.endswith("/create_flow_run"), timeout=45_000) as made:
            page.get_by_role("button", name="Submit").dispatch_event("click")  # a notice may lie over it
        if made.value.ok:
            return str(made.value.json()["id"])
        assert 503 == made.value.status, made.value.text()
    raise AssertionError("the server stayed busy")


def field_of(page: Any, name: str) -> Any:
    """A field of the form that is shown."""
    label = re.compile(rf"^{name}( \(Optional\))?$")
    return page.locator(".schema-form-property", has=page.locator(".schema-form-property__label", has_text=label)).last


def fill(page: Any, name: str, value: Any) -> None:
    """Fill in one field as the form shows it: a list, a calendar, a number, or a box for text."""
    shown = field_of(page, name)
    if shown.locator(".p-select-button").count():
        _choose(page, shown, value if isinstance(value, list) else [str(value)])
    elif isinstance(value, date):
        optional = shown.get_by_role("button", name="date", exact=True)
        if optional.count():  # a day that must be said has its calendar at once
            optional.click()
        shown.locator(".p-date-button__control").click()
        calendar = page.locator(".p-date-picker")
        for part, said in (("year", str(value.year)), ("month", f"{value:%b}")):
            calendar.locator(f".p-date-picker__title-{part}").click()
            calendar.get_by_role("button", name=re.compile(f"^{said}")).last.click()
        days = calendar.locator(".p-calendar-date-picker__date--in-month")
        days.get_by_text(str(value.day), exact=True).click()
        page.get_by_role("button", name="Apply").click()
    elif isinstance(value, int):
        shown.locator("input").last.fill(str(value))
    else:
        shown.locator("textarea").fill(value)


def _choose(page: Any, shown: Any, values: list[str]) -> None:
    """Choose from a list: it opens at its arrow, and stays open where several may be chosen."""
    shown.locator(".p-select-button svg").last.click()
    for value in values:
        page.locator(".p-select-option").get_by_text(value, exact=True).click()
    page.keyboard.press("Escape")
