"""What a link opens that went to somebody who may see a release before it is public: the newest draft of its packs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from quarterday.adapters.installation import Installation
from quarterday.adapters.pack_drafts import newest_draft
from quarterday.domain.collection.pre_release import OCCASION, given_named, reader_now
from quarterday.domain.facts import FiguresSeen
from quarterday.domain.rulings.officer_links import message_of
from quarterday.web.door.mailed_visits import MailedVisit
from quarterday.web.serving.current_facts import Snapshot


@dataclass(frozen=True)
class EarlyVisit(MailedVisit):
    """One such link opened once: read only."""

    collection: str
    version: int
    folder: str  # of the draft; empty where none is kept

    @property
    def officer(self) -> None:
        """No officer looks here."""

    @property
    def by(self) -> str:
        """Who looks, as the register knows them: never an address."""
        return self.link.recipient

    @property
    def first(self) -> bool:
        """Whether they come for the first time."""
        here = f"{self.collection}/v{self.version}"
        return not any((each.by, each.partner_return) == (self.by, here) for each in self.facts.of(FiguresSeen))


def early_visit(
    installation: Installation, state: Snapshot, token: str, _shown: Callable[[datetime], bool]
) -> EarlyVisit | None:
    """What a token opens of it; None alike for one unknown, of another page, over, or of a version that is public."""
    now, facts, framework = installation.now(), state.facts, installation.framework
    link = state.live_link(token, now)
    message = message_of(facts, link) if link else None
    given = given_named(facts, message.tells_of) if message and message.occasion == OCCASION else None
    if link is None or message is None or given is None or reader_now(framework, facts, given) is None:
        return None
    folder = newest_draft(installation.stores.raw, given.collection, given.version)
    return EarlyVisit(token, OCCASION, link, message, framework, facts, now, given.collection, given.version, folder)
