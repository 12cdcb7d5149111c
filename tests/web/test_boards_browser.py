"""The pages of boards' leads and owners in a real browser: what is wanting is told and put right, by axe's rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from quarterday.domain.facts import AskWithdrawn
from tests.axe import bring_axe
from tests.chromium import launched, needs_chromium
from tests.domain.activities_example import CAMPAIGN
from tests.domain.asks_example import following, raised
from tests.domain.risks_example import LATE_DATA
from tests.web.conftest import Office, an_office
from tests.web.test_boards import AFTER, mailed
from tests.web.test_browser import DESKTOP, TELEPHONE, is_accessible, serving

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.proof,
    needs_chromium,
]


@contextmanager
def at_a_browser(office: Office, size: dict[str, int]) -> Iterator[tuple[Any, str]]:
    """A page with axe at hand, and where the office's pages are."""
    with playwright.sync_playwright() as driver, serving(office.client.app) as base:
        browser = launched(driver)
        context = browser.new_context(viewport=size)
        bring_axe(context)
        yield context.new_page(), base
        browser.close()


@pytest.mark.parametrize("size", [DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
def test_a_lead_records_what_was_decided(tmp_path, size) -> None:
    """Decided without a word is told beside its field; then it is on record, and an action is set for it."""
    known = following()
    parts = {"ladders": known.ladders, "priorities": known.priorities, "activities": (CAMPAIGN,)}
    office = an_office(tmp_path, partnership=known.partnership, **parts)
    office.installation.register.append(raised(date(2025, 8, 5), consequence="Figures stay a quarter old."))
    office.at(AFTER)
    _, person, where = mailed(office, "after-meeting", "operational/lead")
    with at_a_browser(office, size) as (page, base):
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
        fill_in_day(page, "due", "30", "9", "2025")
        page.get_by_role("button", name="Set the action").click()
        page.wait_for_load_state()

        assert "Police. By 30 September 2025." in page.locator("main").inner_text()


def test_asks_are_withdrawn_and_a_risk_without_a_request_is_reviewed(tmp_path) -> None:
    """A lead after the meeting, a partner beside its request, an owner on the page of its email; on a telephone."""
    known = following()
    parts = {"ladders": known.ladders, "priorities": known.priorities, "activities": (CAMPAIGN,)}
    risk = LATE_DATA.model_copy(update={"owner": "haven", "board": "streets", "review": date(2025, 8, 20)})
    office = an_office(tmp_path, partnership=known.partnership, partners=known.partners, risks=(risk,), **parts)
    office.installation.register.append(
        raised(date(2025, 8, 5), board="top", asker="operational", ask="A-3", what="Fund it."),
        raised(date(2025, 7, 10), asker="fire", ask="A-2", what="Name who answers for data."),
    )
    office.at(AFTER)
    _, lead, meeting = mailed(office, "after-meeting", "operational/lead")
    _, owner, reviews = mailed(office, "risk-review", "haven/contact")
    with at_a_browser(office, TELEPHONE) as (page, base):
        withdraws(page, f"{base}/r/{lead.token}/{meeting}", "A-3", "The grant was extended.")
        withdraws(page, f"{base}/r/{office.person().token}/boards", "A-2", "It is solved.")
        page.goto(f"{base}/r/{owner.token}/{reviews}")
        is_accessible(page)
        page.get_by_role("button", name="Send").click()
        assert page.title().startswith("Error: ")
        page.locator("[name='late-data-trend'][value='rising']").check()
        fill_in_day(page, "late-data-next_on", "31", "10", "2025")
        page.get_by_role("button", name="Send").click()
        page.wait_for_url("**/reviews/reviewed")
        is_accessible(page)

        assert "We have noted 1 review" in page.locator("main").inner_text()
    assert {("A-3", "operational/lead"), ("A-2", "fire/contact")} == {
        (each.ask, each.by) for each in office.kept(AskWithdrawn)
    }


def withdraws(page: Any, address: str, ask: str, why: str) -> None:
    """Whoever asked chooses it, is told that a reason is wanting, gives one, and reads that it is asked no more."""
    page.goto(address)
    is_accessible(page)
    page.locator("[name='withdraw']").select_option(ask)
    page.get_by_role("button", name="Withdraw it").click()
    assert page.title().startswith("Error: ")
    is_accessible(page)
    page.locator("[name='withdraw_why']").fill(why)
    page.get_by_role("button", name="Withdraw it").click()
    page.wait_for_load_state()
    assert f"It was withdrawn on 15 August 2025. {why}" in page.locator("main").inner_text()


def fill_in_day(page: Any, name: str, *parts: str) -> None:
    """A day in its three fields."""
    for part, said in zip(("day", "month", "year"), parts, strict=True):
        page.locator(f"[name='{name}-{part}']").fill(said)
