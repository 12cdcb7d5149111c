"""A quarter played with the real decision and rulings over facts in memory, each email composed as it would go."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from quarterday.adapters.mail.compose import compose
from quarterday.adapters.mail.message import Email
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.actions import Publish, Send
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.booked import booked_messages
from quarterday.domain.collection.chasing import next_word_on
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.differences import differences
from quarterday.domain.collection.promised import as_promised
from quarterday.domain.collection.standing import standing
from quarterday.domain.collection.trying_again import Then, still_due, what_then
from quarterday.domain.collection.verdicts import accepted_in
from quarterday.domain.facts import (
    Fact,
    Facts,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReleaseMade,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    ReturnKind,
    Step,
)
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings import (
    adopting,
    dates_for_all,
    release_rulings,
    request_rulings,
    return_rulings,
    time_rulings,
)
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.adapters.mail.conftest import ROOT, StoresInMemory
from tests.domain.lived import WHO, a_return, a_verdict, recorded, with_new

LINK = "http://portal.example/r/AbCdEfGhIjKlMnOpQrStUvWxYz012345"
SETTINGS = Settings(home=Path("nowhere"), config=ROOT / "config", portal_url="http://portal.example", _env_file=None)
INSIDE = "as things stand, between us"  # why officers decide: never told outside
ROWS = PartnerReturn(partner="", collection="", period=None, rows=(), layout="template")
_READ = TypeAdapter(PartnerReturn).dump_json(ROWS)
ROWS_KEPT = f"rows-{sha256(_READ).hexdigest()}.json"
STORES: Any = StoresInMemory(**{ROWS_KEPT: _READ})


@dataclass(frozen=True)
class Letter:
    """An email that went: when, what it was for, its words, and what was on record as it was written."""

    day: date
    action: Send
    email: Email
    facts: Facts
    again: Email  # as it would have gone, had the first attempt not

    @property
    def words(self) -> str:
        """The words in one line."""
        return " ".join(self.email.text.split())


@dataclass
class Play:
    """A quarter as far as it has come."""

    collection: str
    config: Framework
    facts: Facts = field(default_factory=Facts)
    last_run: date | None = None
    letters: list[Letter] = field(default_factory=list)
    told_on_pages: list[tuple[datetime, str, date]] = field(default_factory=list)  # by request: a date, as it was told
    no_reminder: list[tuple[datetime, str, date | None, WorkingDays]] = field(default_factory=list)  # before which day
    releases: list[tuple[date, ReleaseMade, Facts, Framework]] = field(default_factory=list)
    away: frozenset[date] = frozenset()  # the days on which the mail server takes nothing
    sends: dict[str, Send] = field(default_factory=dict)  # what was booked, by its key

    def run(self, day: date) -> None:
        """What a run of that morning does: first what did not go is tried again, as long as it is wanted."""
        self.last_run = day
        self._try_again(day)
        for action in what_is_due(self.config, self.facts, day):
            if isinstance(action, Publish):
                self._publish(action, day)
            elif isinstance(action, Send):
                self._write(action, day)
            else:
                self.facts = with_new(self.facts, *recorded(self.config, action, day))

    def _publish(self, action: Publish, day: date) -> None:
        before = self.facts
        (made,) = recorded(self.config, action, day)
        assert isinstance(made, ReleaseMade)
        release = ReleaseMade(**(vars(made) | {"returns": accepted_in(before, action.collection)}))
        self.facts = before.plus(release)
        house = framework_of(self.config, self.facts, action.collection)
        self.releases.append((day, release, before, house))

    def _write(self, action: Send, day: date) -> None:
        """The email as it goes at once, and as it would go had the first attempt failed: it is booked by then."""
        email = self._composed(action, day)
        (booked,) = recorded(self.config, action, day)
        assert isinstance(booked, MessageReserved)
        if email.entry:
            booked = replace(booked, diary_day=email.entry.day, diary_number=email.entry.number)
        self.facts, self.sends[action.key] = with_new(self.facts, booked), action
        self._carried(action, day, email, 1)

    def _carried(self, action: Send, day: date, email: Email, attempt: int) -> None:
        """An attempt: read by its reader at once, or by nobody on a day on which mail is away."""
        if day in self.away:
            self._became(action.key, day, Outcome.FAILED, Step.NOT_SENT, attempt)
            return
        self.letters.append(Letter(day, action, email, self.facts, self._composed(action, day)))
        if attempt > 1:
            self._became(action.key, day, Outcome.SENT, Step.ANSWERED, attempt)

    def _try_again(self, day: date) -> None:
        """As `settle_unfinished` does: each that did not go is sent, left for later, or wanted no more."""
        waiting = [each for each in booked_messages(self.facts) if each.may_go_again]
        due = still_due(self.config, self.facts, {each.message.message for each in waiting}, day)
        for each in waiting:
            key, now = each.message.message, datetime.combine(day, time(9), UTC)
            match what_then(self.config, each, due, now):
                case Then.TRY:
                    self._became(key, day, Outcome.UNCONFIRMED, Step.BEGUN, each.attempts + 1)
                    self._carried(self.sends[key], day, self._composed(self.sends[key], day), each.attempts + 1)
                case Then.OVERTAKEN:
                    self._became(key, day, Outcome.FAILED, Step.OVERTAKEN, each.attempts)
                case Then.GIVE_UP:
                    self._became(key, day, Outcome.FAILED, Step.GIVEN_UP, each.attempts)

    def _became(self, message: str, day: date, outcome: Outcome, step: Step, attempt: int) -> None:
        at = datetime.combine(day, time(9, 0, 1), UTC)
        self._record(MessageSettled(message=message, outcome=outcome, step=step, attempt=attempt, at=at, **WHO))

    def _composed(self, action: Send, day: date) -> Email:
        at = datetime.combine(day, time(9), UTC)
        answers = action.request and not action.recipient.code.startswith(("officer/", "board/", "committee/"))
        link = LINK if answers else ""
        return compose(SETTINGS, self.config, self.facts, STORES, action, at, at, link, {"code": "123456"})

    # What partners do

    def request(self, partner: str) -> RequestMade | None:
        """The request of a partner, with what it was promised last."""
        made = self.facts.about(f"{self.collection}.{partner}", RequestMade)
        return as_promised(self.facts, made[0]) if made else None

    def returns(self, partner: str, day: date, kind: ReturnKind, verdict: str, share: int) -> None:
        """A partner sends all that it was asked for, or the first figures of it, and the checks say a word."""
        request = self.request(partner)
        if request is None or not request.asked:
            return
        whole = kind is not ReturnKind.PART
        answered = request.asked if whole else request.asked[: max(1, share % len(request.asked))]
        number = len(self.facts.about(request.request, type(a_return(request.request, day))))
        received = a_return(
            request.request, day, partner_return=f"R-{partner}-{number}", kind=kind, by=f"{request.partner}/contact"
        )
        self._record(received, a_verdict(received, verdict, answered=answered, rows_stored_as=ROWS_KEPT))

    def replies(self, partner: str, day: date, kind: ReplyKind, in_days: int, which: int) -> None:
        """A partner says something other than figures."""
        request = self.request(partner)
        if request is None or not request.asked:
            return
        one = (request.asked[which % len(request.asked)],)
        number = len(self.facts.about(request.request, ReplyReceived))
        self._record(
            ReplyReceived(
                partnership="somewhere",
                request=request.request,
                reply=f"P-{partner}-{number}",
                kind=kind,
                until=day + timedelta(days=in_days) if kind is ReplyKind.NEEDS_TIME and in_days else None,
                reference="FOI-2291" if kind is ReplyKind.OWN_REFERENCE else "",
                colleague_name="Col League" if kind is ReplyKind.COLLEAGUE else "",
                colleague_email="col@partner.example" if kind is ReplyKind.COLLEAGUE else "",
                indicators=one if kind is ReplyKind.NOT_AVAILABLE else (),
                reason="a new system",
                at=datetime.combine(day, time(10), UTC),
                by=f"{request.partner}/contact",
            )
        )
        self._page_tells(request, day)

    def _page_tells(self, request: RequestMade, day: date) -> None:
        """The page that thanks for a word says by when the rest is asked for."""
        house = framework_of(self.config, self.facts, self.collection)
        if awaiting := standing(house, self.facts, request, day).awaiting:
            at = datetime.combine(day, time(10), UTC)
            self.told_on_pages.append((at, request.request, awaiting.due))
            again = next_word_on(house, request, awaiting)
            self.no_reminder.append((at, request.request, again, house.calendar))

    # What officers do

    def rules(self, partner: str, day: date, what: str, in_days: int) -> None:
        """An officer decides about a request; what cannot be is refused, and nothing happens."""
        request = self.request(partner)
        if request is None:
            return
        house, ruling = framework_of(self.config, self.facts, self.collection), self._ruling(day)
        until = day + timedelta(days=in_days)
        decide: dict[str, Callable[[], Fact]] = {
            "waive": lambda: request_rulings.waive_request(house, self.facts, request, ruling),
            "lift": lambda: request_rulings.lift_waiver(house, self.facts, request, ruling),
            "grant": lambda: time_rulings.decide_extension(house, self.facts, request, ruling, grant=True, until=until),
            "refuse": lambda: time_rulings.decide_extension(
                house, self.facts, request, ruling, grant=False, until=None
            ),
            "gap": lambda: request_rulings.record_gap(
                house, self.facts, request, ruling, indicator=request.asked[0], owner="Jo", expected=None
            ),
            "accept": lambda: return_rulings.accept_return(house, self.facts, request, ruling),
            "send back": lambda: return_rulings.send_back(house, self.facts, request, ruling),
        }
        if request.asked:
            self._decided(lambda: [decide[what]()])

    def adopts(self, day: date, how: str, which: int) -> None:
        """An officer adopts what differs, whole or in one part, leaves it, or calls the quarter off."""
        there = [each for each in differences(self.config, self.facts, day) if each.collection == self.collection]
        ruling = self._ruling(day)
        parts = [there[which % len(there)].part] if there else ["all"]
        decide: dict[str, Callable[[], list[Fact]]] = {
            "whole": lambda: adopting.adopt(self.config, self.facts, self.collection, ruling, ["all"]),
            "part": lambda: adopting.adopt(self.config, self.facts, self.collection, ruling, parts),
            "leave": lambda: adopting.leave(self.config, self.facts, self.collection, ruling, ["all"]),
            "call off": lambda: adopting.call_off(self.config, self.facts, self.collection, ruling),
        }
        self._decided(decide[how])

    def delays(self, day: date, what: str, in_days: int) -> None:
        """An officer gives everybody more time, or closes the collection later."""
        later, ruling = day + timedelta(days=in_days), self._ruling(day)
        decide: dict[str, Callable[[], Fact]] = {
            "due": lambda: dates_for_all.more_time_for_all(
                self.config, self.facts, self.collection, ruling, until=later
            ),
            "close": lambda: dates_for_all.close_later(self.config, self.facts, self.collection, ruling, closes=later),
        }
        self._decided(lambda: [decide[what]()])

    def withdraws(self, day: date) -> None:
        """An officer takes the last version back and approves another."""
        made = [each for each in self.facts.of(ReleaseMade) if each.collection == self.collection]
        if not made:
            return
        plan = release_rulings.plan_of_quarter(self.config, self.facts, self._quarter())
        ruling = self._ruling(day)
        self._decided(
            lambda: [release_rulings.withdraw_release(self.config, self.facts, plan, ruling, version=made[-1].version)]
        )
        later = self._ruling(day, minute=30)
        self._decided(lambda: [release_rulings.approve_release(self.config, self.facts, plan, later, version=None)])

    def _quarter(self) -> str:
        year, _, number = self.collection.rpartition(".")[2].rpartition("-q")
        return f"{year} Q{number}"

    def _ruling(self, day: date, minute: int = 0) -> Ruling:
        taken = {each.at for each in self.facts}
        at = datetime.combine(day, time(14, minute), UTC)
        while at in taken:
            at += timedelta(seconds=1)
        return Ruling("jo", INSIDE, at, "Please see to it.")

    def _decided(self, decide: Callable[[], Iterable[Fact]]) -> None:
        try:
            made = list(decide())
        except RulingRefusedError:
            return
        self._record(*made)

    def _record(self, *made: Fact) -> None:
        known = {(type(each), each.key) for each in self.facts}
        assert not [each for each in made if (type(each), each.key) in known and "Framework" not in type(each).__name__]
        self.facts = with_new(self.facts, *made)


__all__ = ["WHO", "Letter", "Play"]
