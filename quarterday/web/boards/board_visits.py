"""What a link opens that went to a board's lead after a meeting, or to whoever owns an action."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from quarterday.adapters.installation import Installation
from quarterday.domain.collection.following import BOARDS_PAGES, answers_for
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, LinkIssued, MessageReserved
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.officer_links import message_of
from quarterday.web.serving.current_facts import Snapshot


@dataclass(frozen=True)
class BoardVisit:
    """One such link opened once: `message` is the email that brought it, and says what it is about."""

    token: str
    page: str
    link: LinkIssued
    message: MessageReserved
    framework: Framework
    facts: Facts
    now: datetime

    def url(self, rest: str = "") -> str:
        """A page of this link."""
        return f"/r/{self.token}/{self.page}/{rest}".rstrip("/")

    @property
    def officer(self) -> None:
        """No officer acts on these pages: they have their own."""

    @property
    def by(self) -> str:
        """Who acts, as the register knows them: never an address."""
        return self.link.recipient

    @property
    def reason(self) -> str:
        """Nobody asks a board why it decides."""
        return ""

    @property
    def today(self) -> date:
        """Today in London."""
        return london_day(self.now)


def board_visit(
    occasion: str, installation: Installation, state: Snapshot, token: str, _shown: Callable[[datetime], bool]
) -> BoardVisit | None:
    """What a token opens of such a page; None alike for one unknown, expired, revoked, or of another page."""
    now, facts, framework = installation.now(), state.facts, installation.framework
    link = state.live_link(token, now)
    message = message_of(facts, link) if link and framework.partnership.follows_up else None
    if link is None or message is None or message.occasion != occasion:
        return None
    if not answers_for(facts, occasion, message.tells_of, link.recipient):
        return None
    return BoardVisit(token, BOARDS_PAGES[occasion], link, message, framework, facts, now)
