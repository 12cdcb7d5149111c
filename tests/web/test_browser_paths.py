"""The paths beside the straight one, in a real browser at both sizes: a colleague, drafts, more time, what was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from expectations.marking import marked
from quarterday.domain.facts import ReplyReceived, ReturnKind, ReturnReceived
from tests.axe import bring_axe
from tests.chromium import launched, needs_chromium
from tests.domain.conftest import indicator
from tests.web.conftest import A_FILE, WRONG, Checks, Office, an_office
from tests.web.test_browser import DESKTOP, TELEPHONE, is_accessible, serving
from tests.web.test_code_pages import mailed_code

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.proof,
    needs_chromium,
]
TWO = (indicator("deliberate-fires", "fire"), indicator("dwelling-fires", "fire"))


class MarkingChecks(Checks):
    """Checks that find what a test tells them to, and mark workbooks as the real ones do."""

    def mark(self, data: bytes, suffix: str, findings: Any) -> bytes | None:
        """The marked workbook."""
        return marked(data, findings) if suffix == ".xlsx" else None


@dataclass(frozen=True)
class House:
    """A browser, an office, the address of its portal, and how large the browser's pages are."""

    browser: Any
    office: Office
    base: str
    size: dict[str, int]


@pytest.fixture(scope="module", params=[DESKTOP, TELEPHONE], ids=["desktop", "telephone"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An office that asks the fire service for two figures, and browsers of one size."""
    office = an_office(tmp_path_factory.mktemp("paths"), checks=MarkingChecks(), indicators=TWO)
    with serving(office.client.app) as base, playwright.sync_playwright() as driver:
        browser = launched(driver)
        yield House(browser, office, base, request.param)
        browser.close()


@contextmanager
def reading(house: House) -> Iterator[Any]:
    """A page of a browser of its own."""
    context = house.browser.new_context(viewport=house.size)
    bring_axe(context)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def press(page: Any, button: str) -> None:
    """Press a button, and look at the page that follows by axe's rules."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).first.click()
    is_accessible(page)


def a_workbook() -> bytes:
    """A workbook with one figure, at the place of which the checks speak."""
    book, saved = Workbook(), BytesIO()
    book.active.title = "Figures"
    book.active["H2"] = "-4"
    book.save(saved)
    return saved.getvalue()


def test_more_time_in_one_press(house: House) -> None:
    """A day among those offered; until somebody decides, the page says that it is asked for."""
    office, base = house.office, house.base
    with reading(house) as page:
        link = f"{base}/r/{office.link()[0]}"
        page.goto(f"{link}/time")
        is_accessible(page)
        press(page, "Tuesday 29 July 2025")
        page.goto(link)
        is_accessible(page)

        assert "not yet decided" in page.inner_text("main")


def test_a_colleague_answers_for_her_part(house: House) -> None:
    """Given one of two figures, she types it, keeps it, comes back, says why another box stays empty, and sends."""
    office, base = house.office, house.base
    with reading(house) as page:
        page.goto(f"{base}/r/{office.link()[0]}/colleague")
        page.get_by_label("name").first.fill("Carol Fire")
        page.locator("[name=colleague_email]").fill("carol.fire@partner.example")
        page.get_by_label("Dwelling fires").check()
        press(page, "Continue")
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()
        is_accessible(page)
        hers = f"fire/colleague-{office.kept(ReplyReceived)[-1].reply}"
        link = f"{base}/r/{office.link(hers)[0]}"
        page.goto(link)
        is_accessible(page)

        assert "Dwelling fires" in page.inner_text("main")
        assert "Deliberate fires" not in page.inner_text("main")
        page.goto(f"{link}/type")
        page.locator("[name=value-0]").fill("12")
        press(page, "Keep this and come back later")
        page.goto(f"{link}/type")

        assert "12" == page.locator("[name=value-0]").input_value()
        page.locator("[name=value-0]").fill("")
        press(page, "Check these figures")

        assert page.title().startswith("Error: ")
        page.locator("select").first.select_option(index=1)
        page.locator("textarea").first.fill("The system is away.")
        press(page, "Check these figures")
        press(page, "Send")

        assert ReturnKind.PART is office.kept(ReturnReceived)[-1].kind
        assert "/returns/" in page.url


def test_what_was_marked_and_what_was_sent_comes_back(house: House) -> None:
    """The workbook with its cell marked; after sending the very bytes; in another browser both behind the code."""
    office, base = house.office, house.base
    office.checks.finds = (WRONG,)
    token = office.link()[0]
    with reading(house) as page:
        page.goto(f"{base}/r/{token}")
        page.locator("input[type=file]").set_input_files(
            {"name": "figures.xlsx", "mimeType": "application/octet-stream", "buffer": a_workbook()}
        )
        press(page, "Check this file")
        with page.expect_download() as book:
            page.get_by_role("link", name="Download your workbook").click()
        assert WRONG.sentence in load_workbook(BytesIO(book.value.path().read_bytes()))["Figures"]["H2"].comment.text
        office.checks.finds = ()
        page.locator("input[type=file]").set_input_files(
            {"name": "figures.csv", "mimeType": "text/csv", "buffer": A_FILE}
        )
        press(page, "Check this file")
        press(page, "Send the return")
        sent = page.url
        with page.expect_download() as came:
            page.locator("a[href$='/file']").click()
        assert A_FILE == came.value.path().read_bytes()
    with reading(house) as page:
        page.goto(sent)
        is_accessible(page)
        assert 0 == page.locator("a[href$='/file']").count()
        page.goto(f"{base}/r/{token}/code")
        page.locator("input[type=email], [name=email]").first.fill("fay.fire@partner.example")
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()
        page.locator("[name=code]").fill(mailed_code(office))
        with page.expect_navigation():
            page.locator("main form button[type=submit]").last.click()
        page.goto(sent)
        is_accessible(page)
        assert 1 == page.locator("a[href$='/file']").count()
