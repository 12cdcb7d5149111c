"""A visit: what one link opens, for whom, as things stand now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from quarterday.adapters.installation import Installation
from quarterday.domain.collection.binding import framework_of, period_of
from quarterday.domain.collection.parts_given import part_given
from quarterday.domain.collection.promised import as_promised, binding_of
from quarterday.domain.collection.standing import Standing, london_day, standing
from quarterday.domain.collection.verdicts import accepted_returns, last_word, missing_after, was_sent_back
from quarterday.domain.facts import (
    ExtensionDecided,
    Fact,
    Facts,
    LinkIssued,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
    UploadKept,
    VerdictGiven,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.partners import Officer, Partner
from quarterday.domain.framework.periods import Period
from quarterday.domain.rulings.officer_links import OfficerPage, holder_of, opens
from quarterday.web.serving.current_facts import Snapshot


@dataclass(frozen=True)
class Visit:
    """One link opened once. `shown` says that the visitor has proved to read the mail at the link's own address."""

    token: str
    link: LinkIssued
    request: RequestMade
    period: Period
    framework: Framework
    facts: Facts
    now: datetime
    shown: bool = False
    part: tuple[str, ...] = ()  # the figures that a colleague was given, where it is not the whole request

    def url(self, rest: str = "") -> str:
        """A page of this link."""
        return f"/r/{self.token}/{rest}" if rest else f"/r/{self.token}"

    @property
    def by(self) -> str:
        """Who acts, as the register knows them: never an address."""
        return self.officer.code if self.officer else self.link.recipient

    @cached_property
    def officer(self) -> Officer | None:
        """The officer who hands in on the partner's behalf; None where the partner itself answers."""
        return holder_of(self.framework, self.link)

    @property
    def reason(self) -> str:
        """Why an officer hands in; a partner needs no reason."""
        return self.link.reason if self.officer else ""

    @property
    def today(self) -> date:
        """Today in London."""
        return london_day(self.now)

    @property
    def partner(self) -> Partner:
        """The organisation that was asked."""
        return self.framework.partner[self.request.partner]

    @cached_property
    def asked(self) -> tuple[Indicator, ...]:
        """What was asked for, as far as the framework still knows it."""
        known = self.framework.indicator
        return tuple(known[code] for code in self.request.asked if code in known)

    @cached_property
    def standing(self) -> Standing:
        """Where the request stands today."""
        return standing(self.framework, self.facts, self.request, self.today)

    @cached_property
    def still_to_send(self) -> RequestMade:
        """The request narrowed to what no accepted return has brought, so that nobody fills in a figure twice."""
        missing = self.standing.missing
        return replace(self.request, asked=missing) if missing else self.request

    @cached_property
    def returns(self) -> tuple[ReturnReceived, ...]:
        """What was sent, oldest first; of whoever has a part of the request, their own."""
        return tuple(each for each in self.facts.about(self.request.request, ReturnReceived) if self._sees(each))

    def _sees(self, fact: Fact) -> bool:
        return not self.part or fact.by == self.by

    @cached_property
    def replies(self) -> tuple[ReplyReceived, ...]:
        """What was said, oldest first; of whoever has a part of the request, their own."""
        return tuple(each for each in self.facts.about(self.request.request, ReplyReceived) if self._sees(each))

    @property
    def extensions(self) -> tuple[ExtensionDecided, ...]:
        """What was decided about more time, oldest first."""
        return self.facts.about(self.request.request, ExtensionDecided)

    def verdict_on(self, partner_return: ReturnReceived) -> VerdictGiven | None:
        """The last word on a return."""
        return last_word(self.facts, partner_return)

    def whole_with(self, partner_return: ReturnReceived) -> bool:
        """Whether all that was asked had been answered once a return was accepted, by it and those before it."""
        accepted = accepted_returns(self.facts, self.request.request)
        until = [each for each in accepted if each.at <= partner_return.at]
        return not missing_after(self.facts, self.request, until)

    def came_back(self, partner_return: ReturnReceived) -> bool:
        """Whether a return was sent back."""
        return was_sent_back(self.verdict_on(partner_return))

    @property
    def current(self) -> ReturnReceived | None:
        """The return that is used, or will be if nothing is wrong with it: the latest that did not come back."""
        return next((each for each in reversed(self.returns) if not self.came_back(each)), None)

    def upload(self, upload: str) -> UploadKept | None:
        """A file kept for this request; None for any other's."""
        kept = self.facts.about(self.request.request, UploadKept)
        return next((each for each in kept if each.upload == upload and self._sees(each)), None)

    def partner_return(self, reference: str) -> ReturnReceived | None:
        """A return of this request by its reference; None for any other's."""
        return next((each for each in self.returns if each.partner_return == reference), None)

    def title(self, indicator: str) -> str:
        """An indicator's title; empty where the framework does not know it."""
        known = self.framework.indicator.get(indicator)
        return known.title if known else ""

    @property
    def closed(self) -> bool:
        """Whether the collection's last day has passed."""
        return self.today > self.request.closes

    @property
    def called_off(self) -> bool:
        """Whether an officer called the collection off."""
        bound = binding_of(self.facts, self.request.collection)
        return bound is not None and bound.called_off


def visit(installation: Installation, state: Snapshot, token: str, shown: Callable[[datetime], bool]) -> Visit | None:
    """What a token opens now; None alike for one unknown, expired or revoked. `shown` is asked of a live link only."""
    now, facts = installation.now(), state.facts
    link = state.live_link(token, now)
    if link is None or not opens(installation.framework, facts, link, OfficerPage.HAND_IN):
        return None
    made = facts.about(link.request, RequestMade)
    if not made:
        return None
    return visit_to(installation, facts, made[0], link, now, token, shown(now))


def visit_to(
    installation: Installation,
    facts: Facts,
    made: RequestMade,
    link: LinkIssued,
    now: datetime,
    token: str = "",
    shown: bool = False,
) -> Visit:
    """A visit to a request, whatever opened it.

    What an officer may still take back by one press has not been decided for whoever answers: nobody was told of it.
    """
    facts = facts.firm
    framework, request = framework_of(installation.framework, facts, made.collection), as_promised(facts, made)
    part = part_given(facts, made.request, made.partner, link.recipient)
    if part:
        given = tuple(each for each in request.asked if each in part)
        request = replace(request, asked=given, withheld=(), activities=())
    period = period_of(framework, facts, request.collection)
    return Visit(token, link, request, period, framework, facts, now, shown, part)
