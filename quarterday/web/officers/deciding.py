"""What a decision on the officers' pages is: about what, who may, what it asks for, and the ruling behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from quarterday.adapters.links import new_token
from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.differences import differences
from quarterday.domain.collection.pre_release import given_for
from quarterday.domain.collection.releases import next_version
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import Fact, Facts, ReplyKind, ReplyReceived, RequestMade, ReturnReceived
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.web.officers.subjects import Kind, Subject

CHASE, PUBLISH = "chase-returns", "publish-collection"
SAY = "say"


@dataclass(frozen=True)
class Case:
    """What a decision is taken on."""

    framework: Framework
    facts: Facts
    subject: Subject
    today: date
    fresh_token: str = field(default_factory=new_token, repr=False)  # of a link, where the decision makes one

    @property
    def request(self) -> RequestMade:
        """The request that is decided about."""
        assert self.subject.request
        return self.subject.request

    @property
    def asked_until(self) -> date | None:
        """Until when the partner asked for time, where it did last."""
        replies = self.facts.about(self.request.request, ReplyReceived)
        asked = [each for each in replies if each.kind is ReplyKind.NEEDS_TIME]
        return asked[-1].until if asked else None

    @property
    def plan(self) -> Timetable:
        """The collection that is decided about."""
        assert self.subject.plan
        return self.subject.plan

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What `config/` says otherwise than the collection promised: the name of each part, and what it means."""
        found = differences(self.framework, self.facts, self.today, closed=self.subject.name)
        return [(each.part, str(each)) for each in found if each.collection == self.subject.name]

    @property
    def collections(self) -> list[tuple[str, str]]:
        """The collections that have begun, the latest first."""
        begun = [each for each in plans(self.framework, self.facts) if each.opens <= self.today]
        return [(each.collection, each.label) for each in reversed(begun)]

    @property
    def early_readers(self) -> list[tuple[str, str]]:
        """Who may still be given access to the next version before it is public."""
        access, version = self.framework.partnership.pre_release, next_version(self.facts, self.subject.name)
        given = {each.reader for each in given_for(self.facts, self.subject.name, version)}
        readers = access.readers if access else ()
        return [(each.code, f"{each.name}, {each.post}") for each in readers if each.code not in given]

    @property
    def returns(self) -> list[tuple[str, str]]:
        """The returns of the request, the latest first."""
        sent = self.facts.about(self.request.request, ReturnReceived)
        return [(each.partner_return, each.partner_return) for each in reversed(sent)]

    def titles(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        """Indicators to choose from."""
        known = self.framework.indicator
        return [(code, known[code].title if code in known else code) for code in codes]


@dataclass(frozen=True)
class Field:
    """One thing that a decision asks for beside the reason. Its words stand under its name."""

    name: str
    kind: str  # day (after today), any day, line, lines, choice or choices
    needed: bool = True
    limit: int = 1000  # characters that may be typed
    words: str = ""  # under which its sentences stand, where that is not its name
    offered: Callable[[Case], Any] = lambda _case: None  # what stands in it at first
    options: Callable[[Case], list[tuple[str, str]]] = lambda _case: []

    @property
    def said_under(self) -> str:
        """Under which name its sentences stand."""
        return f"officers.field.{self.words or self.name}"


Take = Callable[[Case, Ruling, dict[str, Any]], Fact | Iterable[Fact]]


@dataclass(frozen=True)
class Decision:
    """A decision: about what, who may, what it asks for, the ruling, and the run that then does what follows."""

    name: str
    about: Kind
    take: Take
    fields: tuple[Field, ...] = ()
    duty: Duty = Duty.REQUESTS
    then: str = CHASE  # empty where nothing follows but the record
    grave: bool = False  # its button warns
    asks_why: bool = True  # a letter's words say it themselves
    undo: bool = True  # whether one press takes it back for some minutes; not what has to work at once
    leads_to: Callable[[Case], str] | None = None  # another page than that of what was decided about

    def facts(self, case: Case, ruling: Ruling, said: dict[str, Any]) -> tuple[Fact, ...]:
        """What would be recorded. Raises `RulingRefusedError`."""
        taken = self.take(case, ruling, said)
        return (taken,) if isinstance(taken, Fact) else tuple(taken)

    @property
    def words(self) -> str:
        """Under which name its sentences stand."""
        return f"officers.decide.{self.name.replace('-', '_')}"
