"""The page after a meeting in a real browser: an answer that lacks its words is put right, by axe's rules."""

import os
from datetime import date
from pathlib import Path

import pytest

from tests.axe import bring_axe
from tests.domain.activities_example import CAMPAIGN
from tests.domain.asks_example import following, raised
from tests.web.conftest import an_office
from tests.web.test_boards import AFTER, mailed
from tests.web.test_browser import ARGUMENTS, DESKTOP, TELEPHONE, is_accessible, serving

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}: install it with `make browser`"),
]


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
def test_a_lead_records_what_was_decided(tmp_path, size) -> None:
    """Decided without a word is told beside its field; then it is on record, and an action is set for it."""
    known = following()
    parts = {"ladders": known.ladders, "priorities": known.priorities, "activities": (CAMPAIGN,)}
    office = an_office(tmp_path, partnership=known.partnership, **parts)
    office.installation.register.append(raised(date(2025, 8, 5), consequence="Figures stay a quarter old."))
    office.at(AFTER)
    _, person, where = mailed(office, "after-meeting", "operational/lead")
    with playwright.sync_playwright() as driver, serving(office.client.app) as base:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        context = browser.new_context(viewport=size)
        bring_axe(context)
        page = context.new_page()
        page.goto(f"{base}/r/{person.token}/{where}")
        is_accessible(page)
        page.locator("[name='A-1-answer'][value='decided']").check()
        page.get_by_role("button", name="Record the answers").click()
        assert page.title().startswith("Error: ")
        is_accessible(page)
        page.locator("[name='A-1-for_readers']").fill("Ten working days, for all.")
        page.get_by_role("button", name="Record the answers").click()
        page.wait_for_url("**/meeting/kept")
        is_accessible(page)
        page.locator("[name='what']").fill("Name a person at each partner.")
        page.locator("[name='owner']").select_option("police")
        page.locator("[name='for_ask']").select_option("A-1")
        for part, said in (("day", "30"), ("month", "9"), ("year", "2025")):
            page.locator(f"[name='due-{part}']").fill(said)
        page.get_by_role("button", name="Set the action").click()
        page.wait_for_load_state()

        assert "Police. By 30 September 2025." in page.locator("main").inner_text()
        browser.close()
