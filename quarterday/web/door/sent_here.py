"""That a browser sent a return itself: it may then see what it sent, without a code, for a day."""

import hashlib
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.links import hash_token
from quarterday.adapters.signing import Signer
from quarterday.web.door.guard import remember

KNOWN_FOR = timedelta(days=1)


def note_sent(signer: Signer, response: Response, token: str, reference: str, now: datetime, https: bool) -> None:
    """Set the cookie by which this browser is known to have sent this return with this link."""
    until = str(int((now + KNOWN_FOR).timestamp()))
    value = f"{until}.{signer.sign('sent', hash_token(token), reference, until)}"
    remember(response, _name(reference), value, https, int(KNOWN_FOR.total_seconds()), path=f"/r/{token}")


def sent_here(signer: Signer, request: Request, token: str, reference: str, now: datetime) -> bool:
    """Whether this browser sent the return, within the day."""
    until, _, signature = request.cookies.get(_name(reference), "").partition(".")
    if not until.isascii() or not until.isdigit() or len(until) > 12:
        return False
    return int(until) > now.timestamp() and signer.knows(signature, "sent", hash_token(token), reference, until)


def _name(reference: str) -> str:
    return f"qd_sent_{hashlib.sha256(reference.encode()).hexdigest()[:12]}"
