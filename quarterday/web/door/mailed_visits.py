"""What the links of officers and boards open: a page of its own, by the email that brought the link."""

from dataclasses import dataclass
from datetime import date, datetime

from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, LinkIssued, MessageReserved
from quarterday.domain.framework.framework import Framework


@dataclass(frozen=True)
class MailedVisit:
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
    def today(self) -> date:
        """Today in London."""
        return london_day(self.now)
