"""Links to a page: unguessable, kept only as a hash, for one recipient and message, ending, revocable."""

import hashlib
import re
import secrets
from datetime import UTC, date, datetime, time, timedelta

from quarterday.adapters.settings import Settings
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.links import AFTER_CLOSE, LiveLinks, link_ends
from quarterday.domain.collection.standing import LONDON, london_day
from quarterday.domain.facts import LinkIssued, LinkRevoked, RequestMade
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.rulings.officer_links import DAYS, OfficerPage

TOKEN_BYTES = 24  # 192 bits
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
_PAGES = {OfficerPage.HAND_IN: "", OfficerPage.CONTACT: "/contact", OfficerPage.PREVIEW: "/preview"}


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_code(token: str, code: str) -> str:
    """What is kept of a code. The token goes in with it: six digits alone would be tried out in no time."""
    return hashlib.sha256(f"{token}\n{code}".encode()).hexdigest()


def hash_token(token: str) -> str:
    """What is kept of a token: its SHA-256, from which it cannot be had back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def link_url(settings: Settings, token: str, officer_page: OfficerPage | None = None) -> str:
    """The address that goes into the email, and nowhere else: the partner's page, or that of an officer's page."""
    return f"{settings.portal_url.rstrip('/')}/r/{token}{_PAGES[officer_page] if officer_page else ''}"


def issue_link(
    request: RequestMade, recipient: str, message: str, at: datetime, by: str = "quarterday", due: date | None = None
) -> tuple[str, LinkIssued]:
    """A new token and the fact that records it by its hash. The token is not kept: only the email holds it.

    `due` is the date that the partner was given, where that lies after the close: the link outlives it too.
    """
    token = new_token()
    issued = LinkIssued(
        at=at,
        by=by,
        partnership=request.partnership,
        request=request.request,
        token_hash=hash_token(token),
        recipient=recipient,
        message=message,
        expires=expiry(link_ends(request.closes, london_day(at), due)),
    )
    return token, issued


def issue_officer_link(send: Send, partnership: str, at: datetime) -> tuple[str, LinkIssued]:
    """A new token for an officer's page, and the fact that records it with who wanted it and why."""
    token = new_token()
    issued = LinkIssued(
        at=at,
        by=whose_and_role(send.recipient.code)[1],
        reason=send.why,
        partnership=partnership,
        request=send.request,
        token_hash=hash_token(token),
        recipient=send.recipient.code,
        message=send.key,
        expires=at + timedelta(days=DAYS),
    )
    return token, issued


def issue_page_link(send: Send, partnership: str, at: datetime, ends: datetime | None = None) -> tuple[str, LinkIssued]:
    """A new token for a page that belongs to no request, and the fact that records it.

    Of a board's meeting, of an action, of a risk's reviews, or of packs that are not public yet, which says when it
    `ends`; else it lasts as long after its day as a request's.
    """
    token = new_token()
    issued = LinkIssued(
        at=at,
        by="quarterday",
        partnership=partnership,
        request="",
        token_hash=hash_token(token),
        recipient=send.recipient.code,
        message=send.key,
        expires=ends or expiry(london_day(at) + AFTER_CLOSE),
    )
    return token, issued


def expiry(last_day: date) -> datetime:
    """The end of a London day."""
    return datetime.combine(last_day, time(23, 59, 59), tzinfo=LONDON).astimezone(UTC)


def opened_by(links: LiveLinks, token: str, now: datetime) -> LinkIssued | None:
    """The link that a token opens now; None alike for one unknown, ended or revoked, or no token."""
    return links.opened_by(hash_token(token), now) if _TOKEN.fullmatch(token) else None


def revoke_link(link: LinkIssued, at: datetime, by: str, reason: str) -> LinkRevoked:
    """The fact that ends a link at once."""
    return LinkRevoked(
        at=at, by=by, reason=reason, partnership=link.partnership, request=link.request, token_hash=link.token_hash
    )
