"""What officers rule on in the afternoon: the real rulings, checked and recorded as their forms do it."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import coming_keys, what_is_due
from quarterday.domain.collection.releases import coming, needs_approval, standing_releases
from quarterday.domain.collection.standing import State, standing
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import (
    ExtensionDecided,
    Fact,
    LinkReplaced,
    ReplyKind,
    ReplyReceived,
    RequestMade,
)
from quarterday.domain.rulings import partner_rulings, release_rulings, request_rulings
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from simulation.faults import KilledError
from simulation.world import World

Decide = Callable[[Ruling], Sequence[Fact]]


def afternoon(world: World, chance: random.Random, plans: Sequence[Timetable], today: date) -> None:
    """Everything that officers decide on a day."""
    for name, decide in [*_needed(world, plans, today), *_moods(world, chance, plans, today)]:
        _ruled(world, chance, name, decide)


def _ruled(world: World, chance: random.Random, name: str, decide: Decide) -> None:
    office = world.office
    world.trouble.during = f"ruling: {name}"
    who = chance.choice(office.framework.partnership.officers).code
    try:
        facts = decide(Ruling(who, "It was discussed.", office.now()))
        office.register.append(*facts)
        _mail_fresh_links(world, facts)
    except (RulingRefusedError, OSError) as refused:
        world.tell(f"ruling {name} refused: {str(refused)[:80]}")
    except Exception as problem:
        world.tell(f"ruling {name} failed: {type(problem).__name__}")
    except KilledError as killed:
        world.tell(f"ruling {name} died: {killed}")
    else:
        world.tell(f"ruling {name} by {who}")


def _mail_fresh_links(world: World, facts: Sequence[Fact]) -> None:
    """As `flows.partner_decisions.replace_link` does at once."""
    for replaced in (each for each in facts if isinstance(each, LinkReplaced)):
        due = what_is_due(world.office.framework, world.office.open_facts(), world.office.today())
        for each in due:
            if isinstance(each, Send) and each.about == replaced.replacement:
                perform_send(world.office, each)


def _needed(world: World, plans: Sequence[Timetable], today: date) -> Iterator[tuple[str, Decide]]:
    """What waits for an officer, and gets one."""
    framework, facts = world.office.framework, world.office.facts()
    decided = {each.reply for each in facts.of(ExtensionDecided)}
    requests = {each.request: each for each in facts.of(RequestMade)}
    for reply in facts.of(ReplyReceived):
        if reply.kind is ReplyKind.NEEDS_TIME and reply.reply not in decided:
            request = requests[reply.request]
            grant = bool(reply.until and reply.until <= request.closes)
            yield "extension", _extension(world, request, grant)
    for plan in plans:
        if coming(framework, facts, plan, today) and plan.publish_on <= today:
            yield from _release(world, plan, requests.values(), today)


def _release(
    world: World, plan: Timetable, requests: Sequence[RequestMade], today: date  # type: ignore[type-arg]
) -> Iterator[tuple[str, Decide]]:
    framework, facts = world.office.framework, world.office.facts()
    for request in requests:
        if request.collection == plan.collection:
            if standing(framework, facts, request, today).state is State.SENT_BACK:
                yield "accept return", _accept(world, request)
    if needs_approval(framework, facts, plan):
        yield "approve release", lambda ruling: [
            release_rulings.approve_release(
                framework, world.office.facts(), plan, ruling, version=None
            )
        ]


def _moods(
    world: World, chance: random.Random, plans: Sequence[Timetable], today: date
) -> Iterator[tuple[str, Decide]]:
    """What officers do now and then without being asked."""
    framework, facts = world.office.framework, world.office.facts()
    open_requests = [each for each in facts.of(RequestMade) if each.closes >= today]
    if open_requests and chance.random() < 0.06:
        request = chance.choice(open_requests)
        yield "waive", lambda ruling: [
            request_rulings.waive_request(framework, world.office.facts(), request, ruling)
        ] if chance.random() < 0.3 else list(
            partner_rulings.replace_link(framework, world.office.facts(), request, ruling)
        )
    if open_requests and chance.random() < 0.03:
        partner = chance.choice(open_requests).partner
        yield "change contact", lambda ruling: [
            partner_rulings.change_contact(
                framework,
                world.office.facts(),
                ruling,
                partner=partner,
                role="contact",
                name="Sam Successor",
                email=f"sam.{ruling.at:%m%d}@{framework.partner[partner].contact.email.partition('@')[2]}",
            )
        ]
    if chance.random() < 0.03 and (keys := coming_keys(framework, facts, today, days=3)):
        key = chance.choice(keys)
        yield "hold", lambda ruling: [request_rulings.hold_email(framework, world.office.facts(), key, ruling, hold=True)]
    for key in sorted(facts.held()):
        yield "let go", lambda ruling, key=key: [  # type: ignore[misc]
            request_rulings.hold_email(framework, world.office.facts(), key, ruling, hold=False)
        ]
    for plan in plans:
        stands = standing_releases(facts, plan.collection)
        if stands and chance.random() < 0.005:
            yield "withdraw release", lambda ruling, plan=plan, last=stands[-1]: [  # type: ignore[misc]
                release_rulings.withdraw_release(
                    framework, world.office.facts(), plan, ruling, version=last.version
                )
            ]


def _extension(world: World, request: RequestMade, grant: bool) -> Decide:
    def decide(ruling: Ruling) -> Sequence[Fact]:
        facts = world.office.facts()
        return [
            request_rulings.decide_extension(
                world.office.framework, facts, request, ruling, grant=grant, until=None
            )
        ]

    return decide


def _accept(world: World, request: RequestMade) -> Decide:
    return lambda ruling: [
        request_rulings.accept_return(world.office.framework, world.office.facts(), request, ruling)
    ]
