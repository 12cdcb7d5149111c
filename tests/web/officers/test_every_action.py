"""Every action of an officer's, by clicking, on a desktop with scripts and on a telephone without.

Slow, since a real browser goes through some thirty forms twice: part of `make proof`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from quarterday.domain.facts import (
    CollectionBound,
    ContactChanged,
    ExtensionDecided,
    Fact,
    FiguresHeld,
    GapRecorded,
    IndicatorNoted,
    KeyMade,
    KeyRevoked,
    LimitsSet,
    LinkReplaced,
    LinkRevoked,
    MessageHeld,
    MessageSettled,
    OfficerWrote,
    ReleaseApproved,
    ReleaseHeld,
    RequestWaived,
    SignedOut,
    UndoClosed,
    VerdictGiven,
    WaiverLifted,
)
from tests.axe import bring_axe
from tests.web.conftest import COLLECTION, Office
from tests.web.officers.conftest import LOU, OfficerAtWork, an_office_of, letter_that_comes
from tests.web.officers.test_deciding import wants_time
from tests.web.officers.test_looking import a_return
from tests.web.officers.test_settling import bound, in_doubt_on
from tests.web.test_browser import (  # noqa: F401 - fixtures
    DESKTOP,
    TELEPHONE,
    chromium,
    is_accessible,
    serving,
)
from tests.web.test_browser import pytestmark as browser

pytestmark = [pytest.mark.proof, *browser]

TODAY, PARTNER, LOG = "", f"/partners/fire/{COLLECTION}", "/decisions"
HERE, RELEASE = f"/collections/{COLLECTION}", f"/collections/{COLLECTION}/release"
INDICATOR = "/indicators/deliberate-fires"
WHY = {"why": "It was discussed on the telephone."}


def day(name: str, of: int, month: int = 7) -> dict[str, str]:
    """A day, as its three boxes take it."""
    return {f"{name}-day": str(of), f"{name}-month": str(month), f"{name}-year": "2025"}


@dataclass(frozen=True)
class Action:
    """A decision: from which page, with what in its fields, and what is then on record."""

    page: str
    decision: str
    kept: type[Fact]
    typed: dict[str, str] = field(default_factory=lambda: WHY)
    undone: bool = False  # whether it is taken back by one press and taken once more
    about: str = ""  # where several such links stand on the page


ACTIONS = (
    Action(PARTNER, "write", OfficerWrote, {"say": "Hello Fay, is May complete?"}, undone=True),
    Action(PARTNER, "hold-figures", FiguresHeld, WHY | {"indicators": "deliberate-fires"}, undone=True),
    Action(PARTNER, "publish-figures", FiguresHeld, WHY | {"indicators": "deliberate-fires"}),
    Action(PARTNER, "send-back", VerdictGiven, WHY | {"say": "Does it hold the fire at the depot?"}, undone=True),
    Action(PARTNER, "accept-return", VerdictGiven, undone=True),
    Action(PARTNER, "change-contact", ContactChanged, WHY | {"name": "Ann", "email": "ann@fire.example"}, undone=True),
    Action(PARTNER, "stop-links", LinkRevoked),
    Action(PARTNER, "fresh-link", LinkReplaced),
    Action(PARTNER, "make-key", KeyMade),
    Action(PARTNER, "revoke-keys", KeyRevoked),
    Action(TODAY, "email-arrived", MessageSettled, about="R-1/"),
    Action(TODAY, "email-again", MessageSettled, about="R-2/"),
    Action(TODAY, "emails-arrived", MessageSettled, undone=True),
    Action(HERE, "more-time-for-all", CollectionBound, WHY | day("until", 25), undone=True),
    Action(HERE, "close-later", CollectionBound, WHY | day("closes", 5, 8)),
    Action(INDICATOR, "comment", IndicatorNoted, {"say": "One warehouse.", "signed": "Max"}, undone=True),
    Action(INDICATOR, "agree-reading", IndicatorNoted, {"say": "More reporting.", "signed": "The Board"}),
    Action(INDICATOR, "take-note", IndicatorNoted, {"say": "Ask again.", "signed": "The Board"}),
    Action(INDICATOR, "limits-anew", LimitsSet, {"say": "A new station."} | day("from_day", 1, 4), undone=True),
    Action(INDICATOR, "limits-back", LimitsSet, WHY | {"from_day": "2025-04-01"}),
    Action(RELEASE, "hold-release", ReleaseHeld, undone=True),
    Action(RELEASE, "approve-release", ReleaseApproved, undone=True),
    Action(LOG, "sign-out-officer", SignedOut, about="lou"),
    Action(PARTNER, "hand-in", Fact),
)
UNANSWERED = (
    Action(TODAY, "refuse-time", ExtensionDecided, undone=True),
    Action(PARTNER, "grant-time", ExtensionDecided, WHY | day("until", 30), undone=True),
    Action(PARTNER, "let-off", RequestWaived, undone=True),
    Action(PARTNER, "ask-after-all", WaiverLifted, undone=True),
    Action(TODAY, "hold-email", MessageHeld, about="/fire/contact"),
    Action(TODAY, "let-email-go", MessageHeld),
    Action(PARTNER, "record-gap", GapRecorded, WHY | {"indicator": "deliberate-fires", "owner": "Max"}, undone=True),
    Action(HERE, "call-off", CollectionBound, undone=True),
)


@dataclass
class Clicking:
    """Jo's browser, which only clicks and types."""

    office: Office
    base: str
    page: Any
    minutes: int = 0

    def sign_in(self) -> None:
        """Come in by a mailed code."""
        jo, before = OfficerAtWork(self.office), set(self.office.outbox())
        self.page.goto(f"{self.base}/officers/sign-in")
        self.page.fill("#email", jo.who.email)
        self.page.click("main button")
        self.page.wait_for_selector("#code")
        jo.letter = letter_that_comes(self.page, self.office, before)
        self.page.fill("#code", jo.mailed()[0])
        self.page.click("main button")
        self.page.wait_for_selector("#owing")

    def ever(self, kind: type[Fact]) -> int:
        """How many facts of a kind were recorded."""
        return len(self.office.installation.facts().ever(kind))

    def take(self, action: Action, once_more: bool = False) -> None:
        """Take a decision by clicking, and see it in the register. Once more, its pages are those of the first time."""
        self.minutes += 1
        self.office.at(f"2025-07-16T09:{self.minutes:02}:00+01:00")
        before = self.ever(action.kept)
        if self.page.url.partition("?")[0] != f"{self.base}/officers{action.page}":
            self.page.goto(f"{self.base}/officers{action.page}")
        about = f'[href*="{action.about}"]' if action.about else ""
        way = f'a[href*="/decide/{action.decision}/"]{about}'
        link = self.page.locator(f"main {way}").first
        assert link.count(), f"{action.decision} is not offered"
        if not link.is_visible():
            self.page.locator("details", has=self.page.locator(way)).locator("summary").first.click()
        with self.page.expect_navigation():
            link.click()
        if not once_more:
            is_accessible(self.page)
        for name, value in action.typed.items():
            self._fill(name, value)
        with self.page.expect_navigation():
            self.page.click("main form .govuk-button")
        assert "/decide/" not in self.page.url, self.page.inner_text("main")
        if not once_more:
            is_accessible(self.page)
        assert before < self.ever(action.kept), action.decision

    def _fill(self, name: str, value: str) -> None:
        box = self.page.locator(f'main [name="{name}"]').first
        kind = box.evaluate("each => each.tagName + (each.type || '')").lower()
        if kind.startswith("select"):
            box.select_option(value)
        elif "checkbox" in kind:
            self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        else:
            box.fill(value)

    def undo(self, action: Action) -> None:
        """Take it back by one press."""
        ended, standing = self.ever(UndoClosed), len(self.office.kept(action.kept))
        self.page.locator("main form[action*='/undo/'] button").first.click()
        self.page.wait_for_selector("text=Taken back, before anything followed")
        is_accessible(self.page)
        assert ended + 1 == self.ever(UndoClosed)
        assert standing > len(self.office.kept(action.kept)), action.decision


def walk(chromium: Any, office: Office, seen: str, actions: tuple[Action, ...]) -> None:  # noqa: F811
    """Go through actions in a browser of that kind."""
    office.installation.settings.undo_minutes = 5
    bound(office)
    office.at("2025-07-16T09:00:00+01:00")
    OfficerAtWork(office, LOU).sign_in()
    with serving(office.client.app) as base:
        context = chromium.new_context(viewport=TELEPHONE if "telephone" in seen else DESKTOP)
        bring_axe(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if "without" in seen:
            page.route("**/*.js*", lambda route: route.fulfill(body=""))
        jo = Clicking(office, base, page)
        jo.sign_in()
        for action in actions:
            jo.take(action)
            if action.undone:
                jo.undo(action)
                jo.take(action, once_more=True)
        context.close()


SEEN = pytest.mark.parametrize("seen", ["desktop", "telephone without scripts"])


@SEEN
def test_what_is_decided_about_an_answer(chromium: Any, tmp_path: Path, seen: str) -> None:  # noqa: F811
    """Figures, people, links, emails in doubt, dates for all, words on indicators, releases."""
    office = an_office_of(tmp_path)
    a_return(office, "accepted")
    in_doubt_on(office, "R-1", "R-2", "R-3", "R-4", "R-5")
    walk(chromium, office, seen, ACTIONS)


@SEEN
def test_what_is_decided_before_an_answer(chromium: Any, tmp_path: Path, seen: str) -> None:  # noqa: F811
    """More time, gaps, letting off, emails held, and the end of a collection."""
    office = an_office_of(tmp_path)
    wants_time(office)
    walk(chromium, office, seen, UNANSWERED)
