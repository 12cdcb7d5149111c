"""Links to pages: how long one works, and which work now. The only definition of a live link is here."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from quarterday.domain.facts import Facts, LinkIssued, LinkRevoked

AFTER_CLOSE = timedelta(weeks=6)  # late returns still make a revision, so a link outlives the close


def link_ends(closes: date, today: date, due: date | None = None) -> date:
    """The last day of a link that is made today: some weeks after the close, and after whatever date is promised."""
    return max(closes, today, due or today) + AFTER_CLOSE


class LiveLinks:
    """The links that nobody has revoked: each works until it ends."""

    def __init__(self, facts: Facts) -> None:
        revoked = {each.token_hash for each in facts.of(LinkRevoked)}
        self._links = {each.token_hash: each for each in facts.of(LinkIssued) if each.token_hash not in revoked}

    def opened_by(self, token_hash: str, now: datetime) -> LinkIssued | None:
        """The link that a token opens now, by the token's hash; None alike for one unknown, ended or revoked."""
        link = self._links.get(token_hash)
        return link if link is not None and _works(link, now) else None

    def for_message(self, message: str) -> tuple[LinkIssued, ...]:
        """Those that were issued for an email, ended or not."""
        return tuple(each for each in self._links.values() if each.message == message)

    def at(self, now: datetime) -> Iterator[LinkIssued]:
        """Those that work now, in the order in which they were issued."""
        return (each for each in self._links.values() if _works(each, now))


def _works(link: LinkIssued, now: datetime) -> bool:
    return now < link.expires
