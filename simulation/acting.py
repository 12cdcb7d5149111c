"""Deeds done: each person opens the link in their own letter and does it; whoever gets no receipt tries again later."""

import httpx

from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import RequestMade
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.addresses import domain_of
from quarterday.domain.framework.periods import Period, calendar_month
from rehearsal.activities_told import as_typed, made_up_answers
from simulation.faults import KilledError
from simulation.files import CORRECTED, FIRST_HALF, GOOD, SECOND_HALF, WRONG, Files
from simulation.people import Deed, Scene
from simulation.post import Accepted
from simulation.said import CANARY, Shown
from simulation.visits import THANKED, NoReceiptError, Person, typed_day
from simulation.world import World

_NAMED = {GOOD: "good", WRONG: "wrong", FIRST_HALF: "first half", SECOND_HALF: "second half", CORRECTED: "corrected"}
PATIENCE = 4  # so often somebody tries the same again, and no more
_SCANNED = ("/template.csv", "/type", "/part", "/period", "/time", "/nil", "/colleague", "/code", "/activities")


def perform_deed(
    world: World,
    through: httpx.BaseTransport,
    made: Files,
    plan: Timetable,
    request: RequestMade,
    scene: Scene,
    deed: Deed,
) -> str:
    """Do it; the reference of the receipt, empty where there was none."""
    letter = _letter(scene, deed)
    if letter is None or scene.tries[deed.what, deed.how] >= PATIENCE:
        return ""
    scene.tries[deed.what, deed.how] += 1
    world.trouble.during = f"page: {deed.what}"
    try:
        seen = Shown(through, world.shown.setdefault(request.request, set()))
        reference = _do(Person(seen, letter.token), made, plan, request, scene, deed)
    except NoReceiptError as refused:
        world.tell(f"{request.partner} {deed.what} {deed.how}: no receipt ({refused})")
        return ""
    except KilledError as killed:
        world.tell(f"{request.partner} {deed.what} {deed.how}: the pages died ({killed})")
        return ""
    world.tell(f"{request.partner} {deed.what} {deed.how}: {reference or 'done'}")
    if reference == THANKED:
        scene.has_told = True
    elif reference:
        done = _NAMED[deed.how] if deed.what == "send" else deed.what
        scene.receipts.append(done)
        scene.sent_on[done] = scene.today
    return reference


def _letter(scene: Scene, deed: Deed) -> Accepted | None:
    """The letter whose link they use: the latest that came to them, or the very first of all."""
    theirs = [each for each in scene.letters if each.token]
    if deed.oldest_link:
        return theirs[0] if theirs else None
    own = [each for each in theirs if whose_and_role(each.recipient)[1].startswith(deed.role)]
    return next(reversed(own or theirs), None)


def _do(person: Person, made: Files, plan: Timetable, request: RequestMade, scene: Scene, deed: Deed) -> str:
    match deed.what:
        case "look":
            person.look(*_SCANNED)
            return ""
        case "activities":
            return person.tell(as_typed(made_up_answers(made.framework, request.activities, plan.period)))
        case "nil":
            return person.say("nil", confirm="yes", reason=CANARY)
        case "time":
            until = scene.calendar.add(max(scene.today, scene.due), 5)
            return person.say("time", **typed_day("until", until), reason=CANARY)
        case "reference":
            return person.say("reference", reference="FOI/2025/17", reason=CANARY)
        case "not-available":
            return person.say("not-available", indicators=request.asked, reason=CANARY)
        case "colleague":
            domain = domain_of(scene.letters[0].to)
            address = f"colleague.{len(scene.letters)}@{domain}"
            return person.say("colleague", colleague_name="Alex Colleague", colleague_email=address, reason=CANARY)
    return person.send(
        "minutes.pdf" if deed.how not in _NAMED else "figures.xlsx",
        made.made(request, plan.period, deed.how),
        insist=deed.insist,
        part_until=scene.calendar.add(scene.today, 5) if deed.part else None,
        covers=_another_period(plan.period) if deed.other_period else None,
        twice=deed.twice,
    )


def _another_period(asked: Period) -> Period:
    """The four months that end a year before the one asked for ends."""
    last = asked.end.replace(day=1, year=asked.end.year - 1)
    first = (
        last.replace(month=last.month - 3) if last.month > 3 else last.replace(month=last.month + 9, year=last.year - 1)
    )
    return Period(first, calendar_month(last.year, last.month).end)
