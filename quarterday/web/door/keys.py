"""Keys of partners' own scripts: what one opens is the requests of its partner, and nothing else."""

from datetime import datetime

from starlette.requests import Request

from quarterday.adapters.installation import Installation
from quarterday.adapters.links import hash_token
from quarterday.domain.facts import Facts, LinkIssued, RequestMade
from quarterday.domain.facts.recipients import recipient_code
from quarterday.domain.rulings.key_rulings import holder_of_key
from quarterday.web.door.visits import Visit, visit_to

SCRIPT = "script"  # the role under which the register knows what a script sent
_BEGINS = "qd_"  # so that whoever finds a key lying about knows what it is
_SCHEME = "Bearer "


def key_of(token: str) -> str:
    """The key that a fresh token makes: nobody can guess it."""
    return f"{_BEGINS}{token}"


def partner_by_key(facts: Facts, request: Request) -> str:
    """The partner whose key a call bears; empty alike without one, with one unknown, and with one revoked."""
    said = request.headers.get("authorization", "")
    key = said.removeprefix(_SCHEME).strip()
    if not said.startswith(_SCHEME) or not key.startswith(_BEGINS) or len(key) > 100:
        return ""
    return holder_of_key(facts, hash_token(key))


def requests_of(facts: Facts, partner: str) -> list[RequestMade]:
    """A partner's requests, the latest first."""
    return [each for each in reversed(facts.of(RequestMade)) if each.partner == partner]


def visit_by_key(installation: Installation, facts: Facts, made: RequestMade, now: datetime) -> Visit:
    """A visit of a partner's script to one of its requests: it is shown nothing that follows from earlier figures."""
    link = LinkIssued(
        at=now,
        by="quarterday",
        partnership=made.partnership,
        request=made.request,
        token_hash="",
        recipient=recipient_code(made.partner, SCRIPT),
        message="",
        expires=now,
    )
    return visit_to(installation, facts, made, link, now)
