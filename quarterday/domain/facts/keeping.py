"""How the register itself is kept: the nightly head over all facts, and persons taken out of it or put right."""

from dataclasses import dataclass
from datetime import datetime

from quarterday.domain.facts.fact import Fact


@dataclass(frozen=True, kw_only=True)
class HeadRecorded(Fact):
    """A hash over all facts up to a moment and over the head before: a fact that is changed since does not fit it."""

    partnership: str
    number: int  # of the partnership's heads, from 1
    until: datetime  # the last moment whose facts it covers
    facts: int  # how many they are
    before: str  # the head before; empty where this is the first
    head: str  # SHA-256 in hexadecimal
    broken: str = ""  # what of the head before did not hold when this one was made; empty where it held

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.number}"


@dataclass(frozen=True, kw_only=True)
class PersonErased(Fact):
    """An officer had a person's name and address taken out of one fact, or put right in it. All else of it stays.

    `ask` is the id of what a lead asked with its words on an activity, which follows from them: it stays what it was.
    """

    partnership: str
    table: str  # that keeps the fact
    fact: str  # its key
    put_right: bool
    ask: str = ""

    @property
    def key(self) -> str:
        return f"{self.table}|{self.fact}|{self.at.isoformat()}"
