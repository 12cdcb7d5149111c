"""How a partner's people and scripts show who they are: codes mailed for a link, and keys for scripts."""

from dataclasses import dataclass
from datetime import datetime

from quarterday.domain.facts.fact import Fact


@dataclass(frozen=True, kw_only=True)
class CodeAsked(Fact):
    """Somebody at a partner's page asked for a code: it went to the address that the link was sent to."""

    partnership: str
    link: str  # SHA-256 of the link's token
    code_hash: str  # SHA-256 of the token and the code together: neither is kept
    source: str  # our signature over the network address that asked, cut short: it tells askers apart, and no more
    expires: datetime

    @property
    def key(self) -> str:
        return f"{self.link}|{self.code_hash}|{self.at.isoformat()}"

    @property
    def about(self) -> str:
        return self.link


@dataclass(frozen=True, kw_only=True)
class CodeTried(Fact):
    """A code is about to be compared; its number makes it unique, so that of tries at once only one is made."""

    partnership: str
    link: str
    source: str
    number: int

    @property
    def key(self) -> str:
        return f"{self.link}|{self.number}"

    @property
    def about(self) -> str:
        return self.link


@dataclass(frozen=True, kw_only=True)
class CodeUsed(Fact):
    """A code showed what it was asked for. It does so once."""

    partnership: str
    link: str
    code_hash: str

    @property
    def key(self) -> str:
        return f"{self.link}|{self.code_hash}"

    @property
    def about(self) -> str:
        return self.link


@dataclass(frozen=True, kw_only=True)
class KeyMade(Fact):
    """An officer made a key with which a partner's own script sends its figures."""

    partnership: str
    partner: str
    key_hash: str  # SHA-256 of the key, which is shown once and kept nowhere

    @property
    def key(self) -> str:
        return self.key_hash


@dataclass(frozen=True, kw_only=True)
class KeyRevoked(Fact):
    """A key stopped working at once."""

    partnership: str
    partner: str
    key_hash: str

    @property
    def key(self) -> str:
        return self.key_hash
