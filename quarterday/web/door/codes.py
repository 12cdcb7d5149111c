"""Codes that show a visitor reads the mail at the link's own address: six digits, ten minutes, used once.

They are facts of the register, as hashes, so that any portal knows them. A forwarded link alone therefore shows no
earlier figure and no contact.
"""

import secrets
from datetime import datetime, timedelta

from quarterday.adapters.links import hash_code, hash_token
from quarterday.adapters.register import Register
from quarterday.adapters.signing import Signer
from quarterday.domain.collection import show_codes
from quarterday.domain.facts import CodeAsked, CodeTried, CodeUsed, Facts
from quarterday.web.serving.recording import record

SHOWN_FOR = timedelta(hours=1)
_AT_ONCE = 20  # tries of one link at the same moment, each of which takes a number of its own


class Codes:
    """Makes codes, knows each once, and signs the cookie by which a browser keeps seeing what was shown."""

    def __init__(self, signer: Signer, register: Register, partnership: str) -> None:
        self._signer, self._register, self._partnership = signer, register, partnership

    def make(self, facts: Facts, token: str, by: str, address: str, now: datetime) -> str | None:
        """A new code for a link; None where too many were asked for."""
        link, source = hash_token(token), self._source(address)
        if not show_codes.may_ask(facts, link, source, now):
            return None
        code = f"{secrets.randbelow(1_000_000):06}"
        asked = CodeAsked(
            at=now,
            by=by,
            partnership=self._partnership,
            link=link,
            code_hash=hash_code(token, code),
            source=source,
            expires=now + show_codes.LIFE,
        )
        record(self._register, asked)
        return code

    def uses(self, facts: Facts, token: str, by: str, address: str, said: str, now: datetime) -> bool:
        """Whether it is a code of the link. It works once; each try is on record before it is made."""
        link, source = hash_token(token), self._source(address)
        digits = "".join(each for each in said if each.isascii() and each.isdigit())
        if not digits or not show_codes.may_try(facts, link, source, now):
            return False
        if not self._tries(facts, link, by, source, now):
            return False
        code_hash = hash_code(token, digits)
        if not any(secrets.compare_digest(code_hash, live) for live in show_codes.live_codes(facts, link, now)):
            return False
        used = CodeUsed(at=now, by=by, partnership=self._partnership, link=link, code_hash=code_hash)
        return bool(record(self._register, used))

    def _tries(self, facts: Facts, link: str, by: str, source: str, now: datetime) -> bool:
        """Take the next free number; False where so many try at once that none is free."""
        first = show_codes.next_number(facts, link)
        return any(
            record(
                self._register,
                CodeTried(at=now, by=by, partnership=self._partnership, link=link, source=source, number=number),
            )
            for number in range(first, first + _AT_ONCE)
        )

    def _source(self, address: str) -> str:
        return self._signer.sign("source", address)[:16]

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
