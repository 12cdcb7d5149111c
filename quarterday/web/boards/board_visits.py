"""What a link opens that went to a board's lead after a meeting, or to whoever owns an action or a risk."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from quarterday.adapters.installation import Installation
from quarterday.domain.collection.mailed_pages import MAILED_PAGES, answers_for
from quarterday.domain.collection.risk_words import OCCASION as RISK_REVIEW
from quarterday.domain.rulings.officer_links import message_of
from quarterday.web.door.mailed_visits import MailedVisit
from quarterday.web.door.visits import Visit
from quarterday.web.serving.current_facts import Snapshot


class BoardVisit(MailedVisit):
    """One such link opened once, by whoever speaks for a board or owns an action or a risk."""

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


def who_says(visit: Visit | BoardVisit) -> dict[str, Any]:
    """The fields that every fact bears which somebody records on these pages."""
    partnership = visit.framework.partnership.code
    return {"at": visit.now, "by": visit.by, "reason": visit.reason, "partnership": partnership}


def board_visit(
    occasion: str, installation: Installation, state: Snapshot, token: str, _shown: Callable[[datetime], bool]
) -> BoardVisit | None:
    """What a token opens of such a page; None alike for one unknown, expired, revoked, or of another page.

    What an officer may still take back by one press is on no board's page yet: nobody was told of it.
    """
    now, facts, framework = installation.now(), state.facts.firm, installation.framework
    link = state.live_link(token, now)
    follows = framework.partnership.follows_up or occasion == RISK_REVIEW
    message = message_of(facts, link) if link and follows else None
    if link is None or message is None or message.occasion != occasion:
        return None
    if not answers_for(framework, facts, occasion, message.tells_of, link.recipient):
        return None
    return BoardVisit(token, MAILED_PAGES[occasion], link, message, framework, facts, now)
