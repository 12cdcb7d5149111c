"""An officer's visit: what the link of an officer's page opens that concerns no one request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from quarterday.adapters.installation import Installation
from quarterday.domain.framework.partners import Officer
from quarterday.domain.rulings.officer_links import OfficerPage, holder_of, message_of, opens
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.web.door.mailed_visits import MailedVisit
from quarterday.web.serving.current_facts import Snapshot


@dataclass(frozen=True)
class OfficerVisit(MailedVisit):
    """One officer's link opened once."""

    officer: Officer

    @property
    def by(self) -> str:
        """Who looks, as the register knows them."""
        return self.officer.code

    @property
    def collection(self) -> str:
        """The collection that the page is about, where it is about one."""
        return self.message.collection

    @property
    def folder(self) -> str:
        """Where the draft lies, on the page of one."""
        return self.message.tells_of

    @property
    def ruling(self) -> Ruling:
        """The officer's decision, with the reason that was given for the link."""
        return Ruling(self.officer.code, self.link.reason, self.now)


def officer_visit(
    officer_page: OfficerPage,
    page: str,
    installation: Installation,
    state: Snapshot,
    token: str,
    _shown: Callable[[datetime], bool],
) -> OfficerVisit | None:
    """What a token opens of an officer's page; None alike for one unknown, expired, revoked, or of another page."""
    now, facts, framework = installation.now(), state.facts, installation.framework
    link = state.live_link(token, now)
    if link is None or not opens(framework, facts, link, officer_page):
        return None
    message, officer = message_of(facts, link), holder_of(framework, link)
    return OfficerVisit(token, page, link, message, framework, facts, now, officer) if message and officer else None
