"""An officer's visit: what the link of an errand opens that concerns no one request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from quarterday.adapters.installation import Installation
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, LinkIssued, MessageReserved
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Officer
from quarterday.domain.rulings.officer_links import Errand, holder_of, message_of, opens
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.web.serving.known import State


@dataclass(frozen=True)
class ErrandVisit:
    """One officer's link opened once: `message` is the email that brought it, and says what it is about."""

    token: str
    page: str
    link: LinkIssued
    message: MessageReserved
    officer: Officer
    framework: Framework
    facts: Facts
    now: datetime

    def url(self, rest: str = "") -> str:
        """A page of this link."""
        return f"/r/{self.token}/{self.page}/{rest}".rstrip("/")

    @property
    def today(self) -> date:
        """Today in London."""
        return london_day(self.now)

    @property
    def ruling(self) -> Ruling:
        """The officer's decision, with the reason that was given for the link."""
        return Ruling(self.officer.code, self.link.reason, self.now)


def errand_visit(
    errand: Errand,
    page: str,
    installation: Installation,
    state: State,
    token: str,
    _shown: Callable[[datetime], bool],
) -> ErrandVisit | None:
    """What a token opens of an errand; None alike for one unknown, expired, revoked, or of another errand."""
    now, facts, framework = installation.now(), state.facts, installation.framework
    link = state.live_link(token, now)
    if link is None or not opens(framework, facts, link, errand):
        return None
    message, officer = message_of(facts, link), holder_of(framework, link)
    return ErrandVisit(token, page, link, message, officer, framework, facts, now) if message and officer else None
