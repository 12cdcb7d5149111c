"""How long the link to a partner's page works."""

from datetime import date, timedelta

AFTER_CLOSE = timedelta(weeks=6)  # late returns still make a revision, so a link outlives the close


def link_ends(closes: date, today: date, due: date | None = None) -> date:
    """The last day of a link that is made today: some weeks after the close, and after whatever date is promised."""
    return max(closes, today, due or today) + AFTER_CLOSE
