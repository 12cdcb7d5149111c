"""The pages in a real browser: desktop and telephone, with and without scripts, by axe's rules and by keyboard."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from quarterday.adapters.pack_drafts import keep_draft
from quarterday.domain.facts import FiguresSeen
from quarterday.domain.rulings.officer_links import OfficerPage
from tests.axe import bring_axe, broken_rules
from tests.chromium import launched, needs_chromium
from tests.several.place import wait
from tests.web.conftest import A_FILE, COLLECTION, FIRE, UNUSUAL, WRONG, Office, an_office
from tests.web.test_activities import CAMPAIGN, VISITS

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.proof,
    needs_chromium,
]
DESKTOP, TELEPHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
PAGES = (
    *("", "activities", "type", "nil", "part", "period", "time", "reference", "not-available", "colleague"),
    *("code", "code?asked"),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """One browser for all tests."""
    with playwright.sync_playwright() as driver:
        browser = launched(driver)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def referers() -> list[str]:
    """What browsers have told the portal of the pages that they came from."""
    return []


def noting_referers(app: Any, referers: list[str]) -> Any:
    """The same portal, noting what browsers tell."""

    async def noting(scope: Any, receive: Any, send: Any) -> None:
        referers.extend(value.decode() for name, value in scope.get("headers", ()) if name == b"referer")
        await app(scope, receive, send)

    return noting


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, referers: list[str]) -> Iterator[tuple[Office, str]]:
    """An office whose portal listens."""
    office = an_office(tmp_path_factory.mktemp("served"), activities=(CAMPAIGN, VISITS))
    app = noting_referers(office.client.app, referers)
    with serving(app) as base:
        yield office, base


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """An application that listens on loopback; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


JOURNEYS = ("desktop", "telephone without scripts")
EVERY_WAY = (*JOURNEYS, "telephone", "desktop without scripts")  # axe looks in all of them, journeys are made in two


@pytest.fixture(params=JOURNEYS)
def visitor(request: pytest.FixtureRequest, chromium, served, referers) -> Iterator[tuple[object, Office, str]]:
    """A page in a browser of its own, the office, and the address of a new link."""
    office, base = served
    office.checks.finds = ()
    size = TELEPHONE if "telephone" in request.param else DESKTOP
    context = chromium.new_context(viewport=size)
    bring_axe(context)
    page = context.new_page()
    if "without" in request.param:  # no script of ours arrives: axe, which is a script, still can look
        page.route("**/*.js*", lambda route: route.fulfill(body=""))
    page.set_default_timeout(10_000)
    elsewhere: list[str] = []
    page.on("request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(base) else None)
    page.on("pageerror", lambda error: elsewhere.append(str(error)))
    yield page, office, f"{base}/r/{office.link()[0]}"
    context.close()

    assert [] == elsewhere
    assert [] == referers  # the address of every page holds the reader's token


def scripts_run(page) -> bool:
    """Whether the page's own scripts run."""
    return bool(page.locator("body.js-enabled").count())


def is_accessible(page) -> None:
    """No rule of axe is broken, and nothing is wider than the screen."""
    page.wait_for_load_state()  # a click returns once the next page begins
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    assert [] == broken_rules(page), page.url
    assert not wider, page.url


def test_whoever_leaves_a_page_does_not_tell_where_they_were(chromium, served, referers) -> None:
    """Not to a foreign page that they click through to, nor to one that opens beside it: the token is theirs."""
    office, base = served
    with a_foreign_place() as (url, told):
        for way in ("location.href = url", "window.open(url)", "fetch(url, {mode: 'no-cors'}).catch(() => 0)"):
            context = chromium.new_context()
            page = context.new_page()
            page.goto(f"{base}/r/{office.link()[0]}")
            asked = len(told)
            page.evaluate(f"url => {{ {way} }}", url)
            if "fetch" not in way:
                wait(lambda asked=asked: len(told) > asked, "the foreign page to be asked for")
            context.close()

    assert [None, None] == told  # the third way is closed by the Content-Security-Policy
    assert [] == referers


@contextmanager
def a_foreign_place() -> Iterator[tuple[str, list[str | None]]]:
    """Somebody else's server on loopback, and what it was told of where each visitor came from."""
    told: list[str | None] = []

    class Foreign(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/":
                told.append(self.headers.get("Referer"))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<title>Elsewhere</title>")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Foreign)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", told
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("visitor", EVERY_WAY, indirect=True)
def test_every_page_is_accessible(visitor) -> None:
    """Every page, empty and with its errors, breaks none of axe's rules."""
    page, _, link = visitor
    for name in PAGES:
        page.goto(f"{link}/{name}".rstrip("/"))
        is_accessible(page)
        buttons = page.locator("main form button")
        (buttons.last if name == "time" else buttons.first).click()  # its first buttons are days
        is_accessible(page)
        if (
            name
            and "part" not in name
            and "period" not in name
            and page.locator("main form input[type=file]").count() == 0
        ):
            assert page.title().startswith("Error: "), name
    base = link.rpartition("/r/")[0]
    for path in ("/r/" + "g" * 32, "/", "/packs/"):
        page.goto(base + path)
        is_accessible(page)


def test_from_file_to_receipt(visitor) -> None:
    """A file with something to put right, its correction, an explanation, and the receipt."""
    page, office, link = visitor
    figures = {"name": "figures.csv", "mimeType": "text/csv", "buffer": A_FILE}
    office.checks.finds = (WRONG, UNUSUAL)
    page.goto(link)
    page.locator("input[type=file]").set_input_files(figures)
    page.get_by_role("button", name="Check this file").click()
    page.wait_for_url("**/uploads/**")

    assert "Something needs putting right" == page.locator("h1").inner_text()
    is_accessible(page)
    office.checks.finds = (UNUSUAL,)
    page.locator("input[type=file]").set_input_files(figures)
    page.get_by_role("button", name="Check this file").click()
    page.get_by_label("Tell us about").fill("The fair was in April.")
    is_accessible(page)
    page.get_by_role("button", name="Send the return").click()
    page.wait_for_url("**/returns/**")

    assert "Return received" == page.locator("h1").inner_text()
    is_accessible(page)


def test_an_answer_is_confirmed(visitor) -> None:
    """More time, said, changed, confirmed."""
    page, _, link = visitor
    page.goto(f"{link}/time")
    for part, typed in (("Day", "28"), ("Month", "7"), ("Year", "2025")):
        page.get_by_label(part).fill(typed)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Change").click()

    assert "28" == page.get_by_label("Day").input_value()
    page.get_by_label("Day").fill("29")
    page.get_by_role("button", name="Continue").click()
    is_accessible(page)
    page.get_by_role("button", name="Ask for this date").click()

    assert "Thank you for telling us" == page.locator("h1").inner_text()
    is_accessible(page)


PATHS = {
    "type": {"value-0": "12"},
    "part": {"rest_by-day": "25", "rest_by-month": "7", "rest_by-year": "2025", "file": ""},
    "period": {
        **{"start-day": "1", "start-month": "6", "start-year": "2024"},
        **{"end-day": "30", "end-month": "9", "end-year": "2024", "file": ""},
    },
    "reference": {"reference": "FOI 12/34"},
    "not-available": {"indicators": "yes", "reason": "The system was down."},
    "colleague": {"colleague_name": "Carol Fire", "colleague_email": "carol@partner.example"},
}


def test_every_other_path_to_its_end(visitor) -> None:
    """Typed figures, a part, another period, a reference, not available, a colleague: each to its last page."""
    page, _, link = visitor
    for name, filled in PATHS.items():
        page.goto(f"{link}/{name}")
        for field, value in filled.items():
            box = page.locator(f"[name='{field}']").first
            if field == "file":
                box.set_input_files({"name": "figures.csv", "mimeType": "text/csv", "buffer": A_FILE})
            elif field == "indicators":
                box.check()
            else:
                box.fill(value)
        page.locator("main form button[type=submit]").first.click()
        is_accessible(page)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()

        assert ("/returns/" if name in ("type", "part", "period") else "/replies/") in page.url, name
        is_accessible(page)


def test_activities_are_told(visitor) -> None:
    """Late without a reason is put right; the page thanks, and the request shows the word."""
    page, _, link = visitor
    page.goto(f"{link}/activities")
    page.locator("[name='campaign-state'][value='late']").check()
    page.locator("main form button[type=submit]").first.click()
    is_accessible(page)

    assert page.title().startswith("Error: ")
    page.locator("[name='campaign-in_the_way']").fill("The printer went out of business.")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/activities/told")

    assert "A campaign" in page.locator("main").inner_text()
    is_accessible(page)
    page.goto(link)

    assert "Late" in page.locator("main").inner_text()
    is_accessible(page)


def test_an_officers_pages(visitor) -> None:
    """A file handed in, a contact named with the keyboard, a draft opened: every page by axe's rules."""
    page, office, link = visitor
    base = link.rpartition("/r/")[0]
    token, _ = office.officer_page(OfficerPage.HAND_IN, collection=COLLECTION, request=FIRE)
    page.goto(f"{base}/r/{token}")
    is_accessible(page)
    figures = A_FILE + b"# %d" % office.count()  # another file each time: the same one is refused
    page.locator("input[type=file]").set_input_files({"name": "f.csv", "mimeType": "text/csv", "buffer": figures})
    page.get_by_role("button", name="Check this file").click()
    page.get_by_role("button", name="Send the return").click()
    page.wait_for_url("**/returns/**")
    is_accessible(page)

    token, rest = office.officer_page(OfficerPage.CONTACT, about="fire/deputy")
    page.goto(f"{base}/r/{token}/{rest}")
    is_accessible(page)
    page.locator("main form button").first.click()
    assert page.title().startswith("Error: ")
    is_accessible(page)
    for typed in (f"Ann Other {'x' * office.count()}", f"ann{office.count()}@partner.example"):
        _tab_to(page, "INPUT")
        page.keyboard.type(typed)
    _tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    page.get_by_text("is the deputy of").wait_for()
    is_accessible(page)

    draft = keep_draft(
        office.installation.stores.raw, COLLECTION, 1, office.installation.now(), {"packs/board.html": b""}
    )
    token, rest = office.officer_page(OfficerPage.PREVIEW, collection=COLLECTION, about=draft)
    page.goto(f"{base}/r/{token}/{rest}")
    is_accessible(page)
    page.get_by_role("link", name="board.html").click()
    page.wait_for_url("**/preview/board.html")
    assert ("draft", f"{COLLECTION}/v1/board.html") in {
        (each.what, each.partner_return) for each in office.kept(FiguresSeen)
    }


def test_too_large_a_file_is_told(visitor, tmp_path: Path) -> None:
    """A file beyond 20 MB: with scripts it is told before it is sent, without them a page says so."""
    page, _, link = visitor
    large = tmp_path / "large.csv"
    large.write_bytes(b"1" * (22 * 1024 * 1024))
    page.goto(link)
    page.locator("input[type=file]").set_input_files(large)
    page.get_by_role("button", name="Check this file").click()
    if scripts_run(page):
        assert "The file must be 20 MB or smaller" == page.get_by_role("alert").inner_text()
    else:
        assert "The file is too large" == page.locator("h1").inner_text()


def test_by_keyboard_alone(visitor) -> None:
    """Nothing to report, told with the keyboard alone: skip link, box, button."""
    page, _, link = visitor
    page.goto(f"{link}/nil")
    page.keyboard.press("Tab")

    assert "Skip to main content" == page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("Enter")
    _tab_to(page, "INPUT")
    page.keyboard.press("Space")
    _tab_to(page, "BUTTON")
    page.keyboard.press("Enter")
    page.wait_for_url("**/returns/**")

    assert 1 == page.locator("h1").count()


def _tab_to(page, tag: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == tag:
            return
    raise AssertionError(f"no {tag} is reached with the Tab key")


def test_a_scanner_that_submits_every_form(visitor) -> None:
    """A scanner that runs scripts, follows every link and submits every form empty changes nothing.

    Some twenty seconds for each kind of browser: every form of every page is submitted in a real one.
    """
    page, office, link = visitor
    before = office.count()
    for name in PAGES:
        page.goto(f"{link}/{name}".rstrip("/"))
        for number in range(page.locator("form").count()):
            page.goto(f"{link}/{name}".rstrip("/"))
            page.locator("form").nth(number).locator("button").last.click()

    assert before == office.count()
