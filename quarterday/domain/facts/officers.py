"""Officers: signing in and out, and what they looked at."""

from dataclasses import dataclass
from datetime import datetime

from quarterday.domain.facts.fact import Fact


@dataclass(frozen=True, kw_only=True)
class SignInAsked(Fact):
    """Somebody asked to be let in as an officer: a link and a code went to that officer's address."""

    partnership: str
    officer: str
    asked: str  # SHA-256 of the link's token
    code_hash: str  # SHA-256 of the token and the code together: neither is kept
    expires: datetime

    @property
    def key(self) -> str:
        return self.asked

    @property
    def about(self) -> str:
        return self.asked


@dataclass(frozen=True, kw_only=True)
class SignInTried(Fact):
    """A code is about to be compared; its number makes it unique, so that of tries at once only one is made."""

    partnership: str
    asked: str
    number: int

    @property
    def key(self) -> str:
        return f"{self.asked}|{self.number}"

    @property
    def about(self) -> str:
        return self.asked


@dataclass(frozen=True, kw_only=True)
class SignedIn(Fact):
    """An officer's session began. What let them in is the key, so that it lets nobody in twice."""

    partnership: str
    officer: str
    session: str  # SHA-256 of what the browser's cookie holds
    let_in_by: str  # the asking's hash, or that of the state of an OpenID Connect sign-in
    expires: datetime

    @property
    def key(self) -> str:
        return self.let_in_by

    @property
    def about(self) -> str:
        return self.session


@dataclass(frozen=True, kw_only=True)
class SignedOut(Fact):
    """A session ended; without one, every session of the officer that had begun by then."""

    partnership: str
    officer: str
    session: str = ""

    @property
    def key(self) -> str:
        return f"{self.officer}|{self.session}|{self.at.isoformat()}"

    @property
    def about(self) -> str:
        return self.officer


@dataclass(frozen=True, kw_only=True)
class FiguresSeen(Fact):
    """An officer looked at a return's figures, took its file or a published one away, or opened a draft.

    So does whoever was given access to a draft before publication: the first visit, and each pack.
    """

    partnership: str
    partner_return: str  # or which draft, or which published file
    what: str  # figures, file, draft or release

    @property
    def key(self) -> str:
        return f"{self.partner_return}|{self.what}|{self.by}|{self.at.isoformat()}"
