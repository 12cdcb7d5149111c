"""What officers rule on in the afternoon: the real rulings, checked and recorded as their forms do it."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import coming_keys
from quarterday.domain.collection.differences import Difference, differences
from quarterday.domain.collection.releases import coming, needs_approval, standing_releases
from quarterday.domain.collection.standing import State
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.collection.undo import Matter, closing, offering
from quarterday.domain.facts import (
    ExtensionDecided,
    Fact,
    Facts,
    LinkReplaced,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    UndoOffered,
)
from quarterday.domain.framework.addresses import domain_of
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings import (
    adopting,
    partner_rulings,
    release_rulings,
    request_rulings,
    return_rulings,
    time_rulings,
)
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from simulation.faults import KilledError
from simulation.runs import due_now
from simulation.world import World

Decide = Callable[[Framework, Facts, Ruling], Sequence[Fact]]
Ruled = tuple[str, Decide]
_UNDOABLE = frozenset(
    {"extension", "accept return", "approve release", "withdraw release", "waive", "change contact", "adopt"}
)
_TAKEN_BACK = 0.15  # of the decisions that can be, the share that is


@dataclass(frozen=True)
class Officers:
    """The officers at their desks on an afternoon."""

    world: World
    chance: random.Random
    plans: Sequence[Timetable]
    today: date

    @property
    def facts(self) -> Facts:
        """What is on record now."""
        return self.world.office.facts()

    @property
    def framework(self) -> Framework:
        """What `config/` says."""
        return self.world.office.framework

    @property
    def _often(self) -> int:
        """What is rare comes more often where everything is struck, so that it is in few years."""
        return 3 if self.world.trouble.aimed else 1

    def afternoon(self) -> None:
        """Everything that officers decide on a day."""
        for name, decide in [*self._extensions(), *self._releases(), *self._held(), *self._moods()]:
            self._rule(name, decide)

    def _rule(self, name: str, decide: Decide) -> None:
        who = self.chance.choice(self.framework.partnership.officers).code
        offers: list[UndoOffered] = []

        def record() -> None:
            facts = decide(self.framework, self.facts, Ruling(who, "It was discussed.", self.world.office.now()))
            offers.extend(self._offered(name, facts))
            self.world.office.register.append(*facts, *offers)
            self._mail_fresh_links(facts)

        if self._done(name, who, record):
            for each in offers:
                self._think_again(who, each)

    def _done(self, name: str, who: str, record: Callable[[], None]) -> bool:
        """Whether a ruling was recorded, as far as its officer saw."""
        world = self.world
        world.trouble.during = f"ruling: {name}"
        try:
            record()
        except RulingRefusedError as refused:
            world.tell(f"ruling {name} refused: {str(refused)[:80]}")
        except KilledError as killed:
            world.tell(f"ruling {name} died: {killed}")
        except Exception as problem:
            world.tell(f"ruling {name} failed: {type(problem).__name__}")
        else:
            world.tell(f"ruling {name} by {who}")
            return True
        return False

    def _offered(self, name: str, facts: Sequence[Fact]) -> Iterator[UndoOffered]:
        """As pages and forms do, the decision may be taken back by one press for some minutes."""
        if name in _UNDOABLE and facts:
            touched = next(filter(None, (getattr(facts[0], each, "") for each in ("request", "partner", "collection"))))
            minutes = self.world.office.settings.undo_minutes
            yield offering(Matter(name, touched, (touched,)), facts, self.framework.partnership.code, minutes)

    def _think_again(self, who: str, offer: UndoOffered) -> None:
        """Take a decision back at once, now and then; what it was about waits for another."""
        if self.chance.random() < _TAKEN_BACK * self._often:
            end = closing(offer, at=self.world.office.now(), by=who, taken_back=True)
            self._done("undo", who, lambda: self.world.office.register.append(end))

    def _mail_fresh_links(self, facts: Sequence[Fact]) -> None:
        """As `flows.partner_decisions.replace_link` does at once."""
        for replaced in (each.replacement for each in facts if isinstance(each, LinkReplaced)):
            for each in due_now(self.world.office):
                if isinstance(each, Send) and each.about == replaced:
                    perform_send(self.world.office, each)

    def _extensions(self) -> Iterator[Ruled]:
        """Whoever asks for time that lies before the close gets it."""
        decided = {each.reply for each in self.facts.of(ExtensionDecided)}
        requests = {each.request: each for each in self.facts.of(RequestMade)}
        for reply in self.facts.of(ReplyReceived):
            if reply.kind is ReplyKind.NEEDS_TIME and reply.reply not in decided:
                request = requests[reply.request]
                yield "extension", _extension(request, bool(reply.until and reply.until <= request.closes))

    def _releases(self) -> Iterator[Ruled]:
        """What keeps a release from its day: returns sent back are accepted, then it is approved."""
        for plan in self.plans:
            collection = CollectionToday(self.framework, self.facts, plan, self.today)
            if plan.publish_on > self.today or not coming(collection):
                continue
            for each in collection.requests.values():
                if each.stands.state is State.SENT_BACK:
                    yield "accept return", _accept(each.request)
            if needs_approval(collection):
                yield "approve release", _approve(plan)

    def _held(self) -> Iterator[Ruled]:
        """What was held yesterday is let go."""
        for key in sorted(self.facts.held()):
            yield "let go", _hold(key, hold=False)

    def _differing(self) -> Iterator[Ruled]:
        """What `config/` says otherwise than was promised is adopted now and then, or left for the next collection."""
        if self.world.edited and self.chance.random() < 0.2:
            for each in differences(self.framework, self.facts, self.today):
                adopt = self.chance.random() < 0.5
                yield "adopt" if adopt else "leave for the next", _differing_decided(each, adopt=adopt)

    def _moods(self) -> Iterator[Ruled]:
        """What officers do now and then without being asked."""
        chance, often = self.chance, self._often
        going_on = [each for each in self.facts.of(RequestMade) if each.closes >= self.today]
        if going_on and chance.random() < 0.02 * often:
            yield "waive", _waive(chance.choice(going_on))
        if going_on and chance.random() < 0.04 * often:
            yield "replace link", _replace_link(chance.choice(going_on))
        if going_on and chance.random() < 0.03 * often:
            yield "change contact", _change_contact(chance.choice(going_on).partner)
        if chance.random() < 0.03 * often and (keys := coming_keys(self.framework, self.facts, self.today, days=3)):
            yield "hold", _hold(chance.choice(keys), hold=True)
        yield from self._differing()
        for plan in self.plans:
            stands = standing_releases(self.facts, plan.collection)
            if stands and chance.random() < 0.005 * often:
                yield "withdraw release", _withdraw(plan, stands[-1].version)


def _differing_decided(each: Difference, *, adopt: bool) -> Decide:
    decide = adopting.adopt if adopt else adopting.leave
    return lambda framework, facts, ruling: decide(framework, facts, each.collection, ruling, [each.part])


def _extension(request: RequestMade, grant: bool) -> Decide:
    return lambda framework, facts, ruling: [
        time_rulings.decide_extension(framework, facts, request, ruling, grant=grant, until=None)
    ]


def _accept(request: RequestMade) -> Decide:
    return lambda framework, facts, ruling: [return_rulings.accept_return(framework, facts, request, ruling)]


def _approve(plan: Timetable) -> Decide:
    return lambda framework, facts, ruling: [
        release_rulings.approve_release(framework, facts, plan, ruling, version=None)
    ]


def _withdraw(plan: Timetable, version: int) -> Decide:
    return lambda framework, facts, ruling: [
        release_rulings.withdraw_release(framework, facts, plan, ruling, version=version)
    ]


def _waive(request: RequestMade) -> Decide:
    return lambda framework, facts, ruling: [request_rulings.waive_request(framework, facts, request, ruling)]


def _replace_link(request: RequestMade) -> Decide:
    return lambda framework, facts, ruling: partner_rulings.replace_link(framework, facts, request, ruling)


def _hold(key: str, *, hold: bool) -> Decide:
    return lambda framework, facts, ruling: [request_rulings.hold_email(framework, facts, key, ruling, hold=hold)]


def _change_contact(partner: str) -> Decide:
    def decide(framework: Framework, facts: Facts, ruling: Ruling) -> Sequence[Fact]:
        domain = domain_of(framework.partner[partner].contact.email)
        email = f"sam.{ruling.at:%m%d}@{domain}"
        return [
            partner_rulings.change_contact(
                framework, facts, ruling, partner=partner, role="contact", name="Sam Successor", email=email
            )
        ]

    return decide
