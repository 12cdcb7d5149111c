"""A collection and its requests as they stand on a day: computed once, and handed to all that ask."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.promised import as_promised, binding_of
from quarterday.domain.collection.standing import Standing, standing
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.upward import made_from
from quarterday.domain.facts import (
    CollectionClosed,
    CollectionOpened,
    ExtensionDecided,
    Facts,
    MessageReserved,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
    VerdictGiven,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Partner


@dataclass(frozen=True)
class RequestToday:
    """A request with its timetable, where it stands on a day, and the facts about it."""

    framework: Framework
    facts: Facts
    plan: Timetable
    request: RequestMade
    today: date
    stands: Standing

    @property
    def id(self) -> str:
        """The request's identifier."""
        return self.request.request

    @property
    def partner(self) -> Partner:
        """Who was asked."""
        return self.framework.partner[self.request.partner]

    @property
    def returns(self) -> tuple[ReturnReceived, ...]:
        """What was sent, oldest first."""
        return self.facts.about(self.id, ReturnReceived)

    @property
    def verdicts(self) -> tuple[VerdictGiven, ...]:
        """Every word on the returns, oldest first."""
        return self.facts.about(self.id, VerdictGiven)

    @property
    def replies(self) -> tuple[ReplyReceived, ...]:
        """What was said instead of figures, oldest first."""
        return self.facts.about(self.id, ReplyReceived)

    @property
    def extensions(self) -> tuple[ExtensionDecided, ...]:
        """What was decided about more time, oldest first."""
        return self.facts.about(self.id, ExtensionDecided)

    @property
    def booked(self) -> tuple[MessageReserved, ...]:
        """The emails about it, oldest first."""
        return self.facts.about(self.id, MessageReserved)


@dataclass(frozen=True)
class CollectionToday:
    """A collection as it stands on a day. What is asked of it twice is computed once.

    Whatever framework it is made with, it goes by the one that it promised.
    """

    framework: Framework
    facts: Facts
    plan: Timetable
    today: date

    def __post_init__(self) -> None:
        object.__setattr__(self, "framework", framework_of(self.framework, self.facts, self.plan.collection))

    @property
    def id(self) -> str:
        """The collection's identifier."""
        return self.plan.collection

    @property
    def opened(self) -> bool:
        """Whether it has begun."""
        return bool(self.facts.about(self.id, CollectionOpened))

    @property
    def closed(self) -> bool:
        """Whether its close is recorded."""
        return bool(self.facts.about(self.id, CollectionClosed))

    @property
    def let_off(self) -> tuple[str, ...]:
        """The figures, as partner/indicator, that were asked for and are awaited no more."""
        bound = binding_of(self.facts, self.id)
        return bound.let_off if bound else ()

    @cached_property
    def made(self) -> tuple[RequestMade, ...]:
        """Every request made, of partners who have left since too."""
        return tuple(as_promised(self.facts, each) for each in self.facts.requests_of(self.id))

    @cached_property
    def requests(self) -> dict[str, RequestToday]:
        """Where each request stands, by its partner's code; without those of partners who have left since."""
        return {
            each.partner: RequestToday(
                self.framework,
                self.facts,
                self.plan,
                each,
                self.today,
                standing(self.framework, self.facts, each, self.today),
            )
            for each in self.made
            if each.partner in self.framework.partner
        }

    @cached_property
    def accepted(self) -> tuple[str, ...]:
        """What a release made now would be made from, by its references, in order: returns, words, rulings."""
        return made_from(self.framework, self.facts, self.plan.collection, self.plan, self.today)
