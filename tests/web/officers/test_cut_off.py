"""Officers who are cut off in the middle, in a real browser: by an hour away, by a colleague, by leaving `config/`.

Slow, since a real browser walks each of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quarterday.domain.facts import ExtensionDecided
from quarterday.domain.framework.partners import Officer
from tests.axe import bring_axe
from tests.web.conftest import FIRE, Office
from tests.web.officers.conftest import JO, OfficerAtWork, an_office_of, letter_that_comes
from tests.web.officers.test_deciding import wants_time
from tests.web.test_browser import (  # noqa: F401 - fixtures
    DESKTOP,
    TELEPHONE,
    chromium,
    is_accessible,
    serving,
)
from tests.web.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.proof]

MO = Officer(code="mo", name="Mo Colleague", email="mo@somewhere.example")
WHY = "They told us early – “zoë” & <b>2</b>."
GRANT = f"/officers/decide/grant-time/{FIRE}"


@dataclass
class Desk:
    """An office that serves, and an officer's browser."""

    office: Office
    base: str
    context: Any
    page: Any
    who: Officer = JO

    def sign_in(self, page: Any) -> None:
        """Come in by a mailed code, in a page of the officer's browser."""
        jo, before = OfficerAtWork(self.office, self.who), set(self.office.outbox())
        page.goto(f"{self.base}/officers/sign-in")
        page.fill("#email", self.who.email)
        page.click("main button")
        page.wait_for_selector("#code")
        jo.letter = letter_that_comes(page, self.office, before)
        page.fill("#code", jo.mailed()[0])
        page.click("main button")
        page.wait_for_selector("#owing")

    def typed(self) -> None:
        """Jo is about to give time."""
        self.page.goto(f"{self.base}{GRANT}")
        self.page.fill("#why", WHY)

    @property
    def granted(self) -> list[str]:
        """The reasons on record."""
        return [each.reason for each in self.office.kept(ExtensionDecided)]


@pytest.fixture
def desk(chromium: Any, tmp_path: Path) -> Iterator[Desk]:  # noqa: F811
    """Jo has signed in, and somebody waits for time."""
    office = an_office_of(tmp_path, (JO, MO))
    wants_time(office)
    with serving(office.client.app) as base:
        context = chromium.new_context(viewport=DESKTOP)
        bring_axe(context)
        desk = Desk(office, base, context, context.new_page())
        desk.sign_in(desk.page)
        yield desk
        context.close()


def test_an_hour_away_loses_nothing_that_was_typed(desk: Desk) -> None:
    """The page says so and keeps it; signed in again in another tab, it is sent once more, and taken once."""
    desk.typed()
    desk.office.at("2025-07-16T23:30:00+01:00")
    desk.page.click("main button")
    desk.page.wait_for_selector("text=You were signed out")
    is_accessible(desk.page)
    assert [] == desk.granted
    with desk.context.expect_page() as opened:
        desk.page.click("main a[target]")
    desk.sign_in(opened.value)
    desk.page.click("main button")
    desk.page.wait_for_selector("text=was given time until")

    assert [WHY] == desk.granted


def test_who_was_signed_out_by_a_colleague_decides_nothing(desk: Desk) -> None:
    """At the next press, in every tab; reading ends too."""
    desk.typed()
    mo = OfficerAtWork(desk.office, MO).sign_in()
    mo.open("/officers/decide/sign-out-officer/jo")
    mo.send("/jo", why="Their laptop was stolen.")
    desk.page.click("main button")
    desk.page.wait_for_selector("text=You were signed out")
    desk.page.goto(f"{desk.base}/officers")

    assert desk.page.url.startswith(f"{desk.base}/officers/sign-in")
    assert [] == desk.granted


def test_who_left_config_is_out_everywhere_at_once(desk: Desk) -> None:
    """The very next page asks to sign in, and the address is sent no code any more."""
    desk.typed()
    installation = desk.office.installation
    partnership = installation.framework.partnership
    staying = tuple(each for each in partnership.officers if each.code != JO.code)
    changed = partnership.model_copy(update={"officers": staying})
    object.__setattr__(installation, "framework", installation.framework.model_copy(update={"partnership": changed}))
    letters = len(desk.office.outbox())
    desk.page.click("main button")
    desk.page.wait_for_selector("text=You were signed out")
    desk.page.goto(f"{desk.base}/officers/sign-in")
    desk.page.fill("#email", JO.email)
    desk.page.click("main button")
    desk.page.wait_for_selector("#code")

    assert letters == len(desk.office.outbox())
    assert [] == desk.granted


def test_two_presses_are_one_decision(desk: Desk) -> None:
    """However fast: the second finds what the first recorded."""
    desk.typed()
    desk.page.evaluate("document.querySelector('main form').submit(); document.querySelector('main form').submit()")
    desk.page.wait_for_load_state("networkidle")  # else the second press is still on its way
    desk.page.goto(f"{desk.base}/officers")
    desk.page.wait_for_selector("#owing")

    assert [WHY] == desk.granted


def test_two_officers_at_one_moment_decide_once(desk: Desk, chromium: Any) -> None:  # noqa: F811
    """Both have the same form open. The second to press sees what the first decided, its own words kept."""
    desk.office.installation.settings.undo_minutes = 5
    desk.typed()
    context = chromium.new_context(viewport=TELEPHONE)
    bring_axe(context)
    mo = Desk(desk.office, desk.base, context, context.new_page(), MO)
    mo.sign_in(mo.page)
    mo.page.goto(f"{desk.base}{GRANT}")
    mo.page.fill("#why", "Mo was quicker.")
    desk.office.at("2025-07-15T09:01:00+01:00")
    mo.page.click("main button")
    mo.page.wait_for_selector("text=was given time until")
    is_accessible(mo.page)
    desk.office.at("2025-07-15T09:01:30+01:00")
    desk.page.click("main button")
    desk.page.wait_for_selector("text=Since you opened this page")
    is_accessible(desk.page)
    assert WHY == desk.page.input_value("#why")
    assert ["Mo was quicker."] == desk.granted
    desk.page.goto(f"{desk.base}/officers")
    is_accessible(desk.page)
    desk.page.click("text=Undo: Fire Service was given time")
    desk.page.wait_for_selector("text=Taken back, before anything followed")
    mo.page.click("text=Undo: Fire Service was given time")
    mo.page.wait_for_selector("text=Jo Officer has undone it already")
    is_accessible(mo.page)
    context.close()

    assert [] == desk.granted
