"""What officers decided about a request or a figure."""

from dataclasses import dataclass
from datetime import date

from quarterday.domain.facts.fact import Fact


@dataclass(frozen=True, kw_only=True)
class ExtensionDecided(Fact):
    """An officer granted or refused more time; the latest holds. `reply` is the asking it answers, if any was."""

    partnership: str
    request: str
    granted: bool
    until: date | None = None
    reply: str = ""
    to_partner: str = ""  # what the partner is told; `reason` stays inside

    @property
    def key(self) -> str:
        return f"{self.request}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class RequestWaived(Fact):
    """An officer let a partner off for this collection, until it is lifted or the partner sends a return after all."""

    partnership: str
    request: str
    to_partner: str = ""  # what the partner is told; `reason` stays inside

    @property
    def key(self) -> str:
        return f"{self.request}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class WaiverLifted(Fact):
    """An officer took back that a partner was let off: its figures are asked for again."""

    partnership: str
    request: str
    to_partner: str = ""  # what the partner is told; `reason` stays inside

    @property
    def key(self) -> str:
        return f"{self.request}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class GapRecorded(Fact):
    """A figure will not come in time: why, who owns the gap, and when it is expected. The latest of a figure holds.

    What quarterday records itself at the close is for readers (`for_readers` None: `reason` is published); of an
    officer's decision `reason` stays inside and `for_readers` is published.
    """

    partnership: str
    collection: str
    request: str  # empty where nothing could be asked
    partner: str
    indicator: str
    owner: str
    expected: date | None = None
    for_readers: str | None = None

    @property
    def by_an_officer(self) -> bool:
        """Whether somebody decided it, rather than the close recording what had not come."""
        return self.by != "quarterday"

    @property
    def key(self) -> str:
        decided = f"|{self.at.isoformat()}" if self.by_an_officer else ""  # an officer may decide anew
        return f"{self.collection}|{self.indicator}{decided}"


@dataclass(frozen=True, kw_only=True)
class FiguresHeld(Fact):
    """An officer keeps figures that came out of what is published, or lets them in again; the latest holds.

    It is for one indicator of one request, whatever returns its figures stand in; `for_readers` is published in their
    place.
    """

    partnership: str
    request: str
    indicator: str
    held: bool
    for_readers: str = ""

    @property
    def key(self) -> str:
        return f"{self.request}|{self.indicator}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class WordsRead(Fact):
    """An officer read what was written where something is hidden that it may tell; the latest holds.

    A supplier's words are named by the return (of why a figure is missing: the reply) and the indicator, a lead's by
    the word's own id and the activity, those of asks and actions by the fact's key and the ask, action or board.
    """

    partnership: str
    collection: str
    partner_return: str
    indicator: str
    publish: bool  # whether the words give nothing hidden away and may be published

    @property
    def key(self) -> str:
        return f"{self.partner_return}|{self.indicator}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class MatterPutOff(Fact):
    """An officer knows of a matter that no decision of ours settles, and wants to be reminded of it on a day."""

    partnership: str
    matter: str  # an agreement's code
    until: date

    @property
    def key(self) -> str:
        return f"{self.matter}|{self.at.isoformat()}"
