"""How many clicks lie between an email and its receipt, counted in a real browser by every click that is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from quarterday.domain.facts import ReplyReceived, ReturnReceived
from tests.chromium import launched, needs_chromium
from tests.web.conftest import A_FILE, Office, an_office
from tests.web.test_browser import DESKTOP, TELEPHONE, serving

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    needs_chromium,
]


@dataclass
class Reader:
    """Somebody at the partner who reads an email and clicks."""

    page: Any
    office: Office
    link: str
    clicks: int = 0

    def follows(self, rest: str = "") -> None:
        """Click on an address in the email."""
        self.page.goto(f"{self.link}{rest}")
        self.clicks += 1

    def clicks_on(self, what: Any) -> None:
        """Click on the page."""
        what.click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def chooses(self, data: bytes) -> None:
        """Choose a file: the click that opens the file picker."""
        file = {"name": "figures.csv", "mimeType": "text/csv", "buffer": data}
        self.page.locator("input[type=file]").first.set_input_files(file)
        self.clicks += 1


@pytest.fixture(params=["desktop", "telephone"])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of an email with a new link."""
    office = an_office(tmp_path_factory.mktemp("clicks"))
    with serving(office.client.app) as base, playwright.sync_playwright() as driver:
        browser = launched(driver)
        page = browser.new_page(viewport=TELEPHONE if request.param == "telephone" else DESKTOP)
        yield Reader(page, office, f"{base}/r/{office.link()[0]}")
        browser.close()


def test_a_clean_template_takes_four(reader: Reader) -> None:
    """The link, the file, its check, and Send."""
    reader.follows()
    reader.chooses(A_FILE)
    reader.clicks_on(reader.page.get_by_role("button", name="Check this file"))
    reader.clicks_on(reader.page.get_by_role("button", name="Send the return"))

    assert "Return received" == reader.page.locator("h1").inner_text()
    assert (4, 1) == (reader.clicks, len(reader.office.kept(ReturnReceived)))


def test_more_time_takes_two(reader: Reader) -> None:
    """The email's own address for it, and the day."""
    reader.follows("/time")
    reader.clicks_on(reader.page.get_by_role("button", name="Tuesday 29 July 2025"))

    assert (2, 1) == (reader.clicks, len(reader.office.kept(ReplyReceived)))


def test_nothing_to_report_takes_three(reader: Reader) -> None:
    """The email's own address for it, the box, and the button."""
    reader.follows("/nil")
    reader.clicks_on(reader.page.get_by_label("Every figure asked for is nought"))
    reader.clicks_on(reader.page.get_by_role("button", name="Confirm and send"))

    assert (3, 1) == (reader.clicks, len(reader.office.kept(ReturnReceived)))
