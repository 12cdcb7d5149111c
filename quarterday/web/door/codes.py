"""Codes that show a visitor reads the mail at the link's own address: six digits, ten minutes, used once.

They are kept in this process's memory, as hashes: a portal that starts again has forgotten them, and the visitor asks
for a new one. A forwarded link alone therefore shows no earlier figure and no contact.
"""

import hashlib
import secrets
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from quarterday.adapters.links import hash_token
from quarterday.web.door.signing import Signer

LIFE = timedelta(minutes=10)
SHOWN_FOR = timedelta(hours=1)
TRIES = 5  # wrong ones after which a code ends
ASKED_AT_MOST = 5  # codes that a link may ask for in an hour


@dataclass
class _Code:
    digest: bytes
    ends: datetime
    tries: int = 0


class Codes:
    """Makes codes, knows each once, and signs the cookie by which a browser keeps seeing what was shown."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._codes: dict[str, _Code] = {}
        self._asked: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def make(self, token: str, now: datetime) -> str | None:
        """A new code for a link, which ends the one before; None where too many were asked for."""
        place = hash_token(token)
        with self._lock:
            asked = self._asked.setdefault(place, deque())
            while asked and now - asked[0] > timedelta(hours=1):
                asked.popleft()
            if len(asked) >= ASKED_AT_MOST:
                return None
            asked.append(now)
            code = f"{secrets.randbelow(1_000_000):06}"
            self._codes[place] = _Code(_digest(code), now + LIFE)
            return code

    def uses(self, token: str, said: str, now: datetime) -> bool:
        """Whether it is the link's code. It works once."""
        place = hash_token(token)
        digits = "".join(each for each in said if each.isascii() and each.isdigit())
        with self._lock:
            code = self._codes.get(place)
            if code is None or now >= code.ends or code.tries >= TRIES:
                self._codes.pop(place, None)
                return False
            if not secrets.compare_digest(code.digest, _digest(digits)):
                code.tries += 1
                return False
            del self._codes[place]
            return True

    def cookie(self, token: str, now: datetime) -> tuple[str, str, int]:
        """The name, value and life in seconds of the cookie that keeps a link's earlier figures shown."""
        until = str(int((now + SHOWN_FOR).timestamp()))
        value = f"{until}.{self._signer.sign('shown', hash_token(token), until)}"
        return cookie_name(token), value, int(SHOWN_FOR.total_seconds())

    def shows(self, token: str, cookie: str, now: datetime) -> bool:
        """Whether a browser's cookie says that a code was used for this link within the hour."""
        until, _, signature = cookie.partition(".")
        if not until.isascii() or not until.isdigit() or len(until) > 12:
            return False
        return int(until) > now.timestamp() and self._signer.knows(signature, "shown", hash_token(token), until)


def cookie_name(token: str) -> str:
    """Each link's own cookie, so that two links in one browser do not hide one another."""
    return f"qd_shown_{hash_token(token)[:12]}"


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
