"""Five tasks of an officer's day, counted: each takes two clicks from the first page and one sentence.

Slow, since a real browser does them all; the table in docs/how-to/decide-as-an-officer.md is held to what is counted.
"""

import re
from datetime import date
from typing import Any

import pytest

from quarterday.domain.facts import CollectionBound, ExtensionDecided, MessageSettled, ReleaseApproved, VerdictGiven
from quarterday.domain.framework.partners import Meeting
from quarterday.domain.framework.periods import parse_quarter
from tests.axe import bring_axe
from tests.domain.conftest import framework
from tests.web.conftest import ROOT, Office
from tests.web.officers.conftest import OfficerAtWork, an_office_of, letter_that_comes
from tests.web.officers.test_deciding import wants_time
from tests.web.officers.test_looking import a_return
from tests.web.officers.test_settling import bound, in_doubt_on
from tests.web.test_browser import (  # noqa: F401 - fixtures
    DESKTOP,
    chromium,
    is_accessible,
    serving,
)
from tests.web.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.proof]

HOW_TO = ROOT / "docs" / "how-to" / "decide-as-an-officer.md"


class Hand:
    """An officer's hand on a mouse: counts its clicks and its sentences."""

    def __init__(self, page: Any) -> None:
        self.page, self.clicks, self.sentences = page, 0, 0

    def click(self, what: str) -> None:
        """Press something."""
        self.clicks += 1
        self.page.click(what)

    def says(self, sentence: str) -> None:
        """Type the one sentence."""
        self.sentences += 1
        self.page.fill("#why", sentence)


def sign_in(page: Any, base: str, office: Office) -> None:
    """Come in by a mailed code."""
    jo, before = OfficerAtWork(office), set(office.outbox())
    page.goto(f"{base}/officers")
    page.fill("#email", jo.who.email)
    page.click("main button")
    page.wait_for_selector("#code")
    jo.letter = letter_that_comes(page, office, before)
    page.fill("#code", jo.mailed()[0])
    page.click("main button")
    page.wait_for_selector("#owing")


def task(page: Any, base: str, button: str) -> tuple[int, int]:
    """From the first page: press the matter's button, say why, press the decision's; what stands there afterwards."""
    page.goto(f"{base}/officers")
    hand = Hand(page)
    hand.click(f'main a[role="button"]:has-text("{button}")')
    hand.says("It was agreed by telephone.")
    hand.click("main form button")
    page.wait_for_selector(".govuk-notification-banner--success")
    return hand.clicks, hand.sentences


def moved(office: Office, on: date, **more: Any) -> None:
    """The board's meeting is moved in config/, and nothing else."""
    partnership = office.installation.framework.partnership
    meetings = (Meeting(on=on, considers=parse_quarter("2025-26 Q1")),)
    boards = (partnership.boards[0].model_copy(update={"meetings": meetings}),)
    known = framework(partnership=partnership.model_copy(update={"boards": boards, **more}))
    object.__setattr__(office.installation, "framework", known)


def test_each_of_five_tasks_takes_two_clicks_and_a_sentence(chromium, tmp_path):  # noqa: F811
    """Seen at once, and in the register; the table in the how-to says the same."""
    office, counted = an_office_of(tmp_path), {}
    bound(office)
    with serving(office.client.app) as base:
        page = chromium.new_context(viewport=DESKTOP).new_page()
        sign_in(page, base, office)
        wants_time(office)
        counted["Give a partner the time it asked for"] = task(page, base, "Give more time")
        office.at("2025-07-15T09:10:00+01:00")
        a_return(office, "queried")
        office.at("2025-07-15T09:11:00+01:00")
        counted["Accept a return with caveats"] = task(page, base, "Accept with caveats")
        in_doubt_on(office, "R-1")
        office.at("2025-07-15T09:12:00+01:00")
        counted["Settle an email of which nobody knows"] = task(page, base, "It arrived")
        moved(office, date(2025, 8, 21))
        office.at("2025-07-15T09:13:00+01:00")
        counted["Move a meeting, once config/ has its day"] = task(page, base, "Adopt what the configuration says")
        moved(office, date(2025, 8, 21), releases="approval")
        office.at("2025-08-11T09:00:00+01:00")
        page = chromium.new_context(viewport=DESKTOP).new_page()
        sign_in(page, base, office)
        counted["Approve a release"] = task(page, base, "Approve")
        page.context.close()

    assert {(2, 1)} == set(counted.values())
    assert 1 == len(office.kept(ExtensionDecided))
    assert ["jo"] == [each.overrides for each in office.kept(VerdictGiven) if each.overrides]
    assert ["jo"] == [each.by for each in office.kept(MessageSettled) if each.by == "jo"]
    assert [(), ("dates",)] == [each.adopted for each in office.kept(CollectionBound)]
    assert ["jo"] == [each.by for each in office.kept(ReleaseApproved)]
    rows = dict(re.findall(r"^\| ([^|]+?) \| (\d) clicks, 1 sentence \|", HOW_TO.read_text(), re.MULTILINE))
    assert {name: str(clicks) for name, (clicks, _) in counted.items()} == rows


def test_a_decision_is_taken_by_keyboard_alone(chromium, tmp_path):  # noqa: F811
    """Tab and Enter lead from the first page to the decision; what has the keyboard's attention is seen to have it."""
    office = an_office_of(tmp_path)
    wants_time(office)
    with serving(office.client.app) as base:
        context = chromium.new_context(viewport=DESKTOP)
        bring_axe(context)
        page = context.new_page()
        sign_in(page, base, office)
        tab_to(page, "Give more time")
        style = "getComputedStyle(document.activeElement)"
        outlined = page.evaluate(f"{style}.outlineStyle + {style}.boxShadow")
        page.keyboard.press("Enter")
        page.wait_for_selector("#why")
        tab_to(page, "Why?")
        page.keyboard.type("They told us early.")
        tab_to(page, "Give more time")
        page.keyboard.press("Enter")
        page.wait_for_selector(".govuk-notification-banner--success")
        is_accessible(page)
        context.close()

    assert "nonenone" != outlined
    assert ["They told us early."] == [each.reason for each in office.kept(ExtensionDecided)]


def tab_to(page: Any, name: str) -> None:
    """Press Tab until something of this name has the keyboard's attention."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = "document.activeElement"
        said = page.evaluate(f"({here}.labels && {here}.labels[0] || {here}).textContent.trim()")
        if said == name:
            return
    pytest.fail(f"“{name}” is not reached by Tab")
