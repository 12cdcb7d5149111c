"""What officers and subgroups say of an indicator: words for the pack, notes of their own, limits set anew."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quarterday.domain.facts.fact import Fact


class WordsOn(StrEnum):
    """What words on an indicator are for."""

    COMMENTARY = "commentary"  # of its owner, for the pack; the latest of a collection holds
    READING = "reading agreed"  # what a board or subgroup agreed that a change means: kept beside the figure
    NOTE = "note"  # of a subgroup, for the officers' page alone


@dataclass(frozen=True, kw_only=True)
class IndicatorNoted(Fact):
    """Words on an indicator in a collection. Empty words take the earlier ones back."""

    partnership: str
    collection: str
    indicator: str
    kind: WordsOn
    words: str
    signed: str  # whose words they are: the owner's name, or the board that agreed

    @property
    def key(self) -> str:
        return f"{self.collection}|{self.indicator}|{self.kind}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class LimitsSet(Fact):
    """From a period on the limits of an indicator's series are set anew; with `holds` False no longer."""

    partnership: str
    indicator: str
    from_day: date  # the first day of that period
    for_readers: str  # why: it stands beside the chart
    holds: bool = True

    @property
    def key(self) -> str:
        return f"{self.indicator}|{self.from_day}|{self.at.isoformat()}"
