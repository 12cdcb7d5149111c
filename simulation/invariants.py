"""What quarterday promises, looked at from outside: by the mail server's own record, the files and the people."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quarterday.adapters.backups import restore
from quarterday.adapters.links import hash_token
from quarterday.adapters.nightly import last_backup
from quarterday.adapters.register import open_register
from quarterday.adapters.register.heads import what_does_not_hold
from quarterday.adapters.store import Damaged, NotStored
from quarterday.adapters.store.contract import sha256_of
from quarterday.domain.collection.booked import booked_messages
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.pausing import let_through
from quarterday.domain.collection.releases import coming, may_pass, releases_of
from quarterday.domain.collection.retention import files_past_keeping
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import (
    ActivityTold,
    Facts,
    FileDeleted,
    HeadRecorded,
    LinkIssued,
    LinkRevoked,
    MessageSettled,
    Outcome,
    RegisterRestored,
    ReleaseMade,
    ReturnReceived,
    Step,
    VerdictGiven,
)
from simulation import runs
from simulation.post import Accepted
from simulation.runs import RunFailedError
from simulation.said import dates_nobody_told, secrets_in
from simulation.visits import THANKED
from simulation.world import World


@dataclass(frozen=True)
class Broken:
    """A promise that did not hold, and where that shows."""

    promise: str
    where: str


def on_a_day(world: World, chance: random.Random, today: date) -> list[Broken]:
    """What must hold on any day, after its runs."""
    return [*_any_order(world, chance, today), *_kept_as_said(world)]


def at_the_end(world: World, receipts: Sequence[tuple[str, str]], plans: Sequence[Timetable]) -> list[Broken]:
    """What must hold once nothing goes wrong any more and every run has been made."""
    world.trouble.on = False
    return [
        *no_email_twice(world),
        *_none_missing(world),
        *_no_dead_link(world),
        *_receipts_kept(world, receipts),
        *_one_verdict(world),
        *_releases_whole(world, plans),
        *_nobody_chased_for_what_came(world),
        *_dates_as_told(world),
        *_nothing_secret_in_logs(world),
        *_nothing_past_its_date(world),
        *_repeated_does_nothing(world),
        *_head_holds(world),
        *_backup_comes_back(world),
        *on_a_day(world, random.Random(1), world.office.today()),  # noqa: S311
    ]


def _any_order(world: World, chance: random.Random, today: date) -> Iterator[Broken]:
    """The same facts in any order give the same decision."""
    facts = list(world.office.facts())
    before = what_is_due(world.office.framework, Facts(facts), today)
    chance.shuffle(facts)
    if what_is_due(world.office.framework, Facts(facts), today) != before:
        yield Broken("the same facts in any order give the same decision", str(today))


def _kept_as_said(world: World) -> Iterator[Broken]:
    """The register gives back what it was given, whole and as the day's reading."""
    remembered = world.office.facts()
    written = world.register.as_written(world.office.framework.partnership.code)
    for ours, theirs in ((remembered, written), (remembered.going_on, written.going_on)):
        if list(ours) != list(theirs):
            yield Broken("the register gives back what it was given", f"{len(list(ours))} and {len(list(theirs))}")


def no_email_twice(world: World) -> Iterator[Broken]:
    """By the mail server's own record."""
    for outbox_id, count in Counter(each.outbox_id for each in world.server.accepted).items():
        if count > 1:
            twice = next(each for each in world.server.accepted if each.outbox_id == outbox_id)
            yield Broken("no email twice", f"{twice.email} to {twice.recipient}")


def _none_missing(world: World) -> Iterator[Broken]:
    """What was booked went, or an officer can see that it did not or that nobody knows.

    In years that strike everything in turn, an email may be struck at each of its tries: it is given up then, and told.
    """
    went = {each.outbox_id for each in world.server.accepted}
    ended = world.office.facts().of(MessageSettled)
    over = {Step.OVERTAKEN, Step.GIVEN_UP} if world.trouble.aimed else {Step.OVERTAKEN}
    overtaken = {each.message for each in ended if each.step in over}
    for each in booked_messages(world.office.facts()):
        if each.outcome is None or each.may_go_again:
            yield Broken("no email missing", f"{each.message.message} is left open")
        if each.outcome is Outcome.SENT and each.message.outbox_id not in went:
            yield Broken("no email missing", f"{each.message.message} is said to have gone and did not")
        if each.outcome is Outcome.FAILED and each.message.message not in overtaken:
            yield Broken("no email missing", f"{each.message.message} was given up")
        if each.outcome is Outcome.FAILED and each.message.outbox_id in went:
            yield Broken("no email missing", f"{each.message.message} is said not to have gone and did")


def _no_dead_link(world: World) -> Iterator[Broken]:
    """A link that was mailed is one that was issued, and nobody but an officer's ruling has ended it."""
    facts = world.office.facts()
    issued = {each.token_hash: each for each in facts.of(LinkIssued)}
    revoked = {each.token_hash: each for each in facts.of(LinkRevoked)}
    for each in world.server.accepted:
        if not each.token:
            continue
        known = issued.get(hash_token(each.token))
        ended = revoked.get(hash_token(each.token))
        if known is None or (ended and (ended.by == "quarterday" or ended.at < each.at)):
            yield Broken("no dead link is mailed", f"{each.email} to {each.recipient}")


def _receipts_kept(world: World, receipts: Sequence[tuple[str, str]]) -> Iterator[Broken]:
    """Whoever holds a receipt, or was thanked, finds what they sent in the register, and its file whole."""
    facts = world.office.facts()
    known = {each.partner_return: each for each in facts.of(ReturnReceived)}
    told = {each.request for each in facts.of(ActivityTold)}
    deleted = {each.stored_as for each in facts.of(FileDeleted)}
    for request, reference in receipts:
        if reference == THANKED and request not in told:
            yield Broken("no word on an activity is lost", request)
        if reference.startswith("R-") and reference not in known:
            yield Broken("no return is lost", f"{reference} of {request}")
    for received in known.values():
        if received.stored_as and received.stored_as not in deleted:
            try:
                world.office.stores.raw.get(received.stored_as, received.sha256)
            except (NotStored, Damaged) as problem:
                yield Broken("every receipt's file is whole", f"{received.partner_return}: {problem}")


def _one_verdict(world: World) -> Iterator[Broken]:
    facts = world.office.facts()
    given = Counter(each.partner_return for each in facts.of(VerdictGiven) if not each.overrides)
    for received in facts.of(ReturnReceived):
        if given[received.partner_return] != 1:
            yield Broken("one verdict a return", f"{received.partner_return} has {given[received.partner_return]}")


def _releases_whole(world: World, plans: Sequence[Timetable]) -> Iterator[Broken]:
    facts, framework, today = world.office.facts(), world.office.framework, world.office.today()
    for made in facts.of(ReleaseMade):
        yield from _whole(world, made)
    for plan in plans:
        releases = releases_of(facts, plan.collection)
        if not releases:
            yield Broken("a release is made on its day", plan.label)
        elif coming(collection := CollectionToday(framework, facts, plan, today)) and may_pass(collection):
            yield Broken("figures accepted are in the release", plan.label)


def _whole(world: World, made: ReleaseMade) -> Iterator[Broken]:
    try:
        listing = world.office.stores.published.get(f"{made.folder}/manifest.json", made.manifest_sha256)
        for each in json.loads(listing)["files"]:
            data = world.office.stores.published.get(f"{made.folder}/{each['path']}")
            if sha256_of(data) != each["sha256"]:
                yield Broken("releases are whole", f"{made.key}: {each['path']}")
    except (NotStored, Damaged) as problem:
        yield Broken("releases are whole", f"{made.key}: {problem}")


_CHASERS = ("reminder", "chaser-1", "chaser-2", "escalation-manager", "escalation-board")


def _nobody_chased_for_what_came(world: World) -> Iterator[Broken]:
    facts = world.office.facts()
    for each in world.server.accepted:
        if each.email in _CHASERS and _had_answered(facts, each):
            yield Broken("nobody is chased for what came", f"{each.email} to {each.recipient} of {each.request}")


def _had_answered(facts: Facts, letter: Accepted) -> bool:
    return any(received.at < letter.at for received in facts.about(letter.request, ReturnReceived))


def _dates_as_told(world: World) -> Iterator[Broken]:
    for message, day in dates_nobody_told(world):
        yield Broken("no email is contradicted by what happened", f"{message} says {day}")


def _nothing_secret_in_logs(world: World) -> Iterator[Broken]:
    for line in secrets_in([*world.log, *world.logged], world.server.accepted):
        yield Broken("no log holds a token, or what somebody wrote", line[:200])


def _nothing_past_its_date(world: World) -> Iterator[Broken]:
    for upload in files_past_keeping(world.office.framework, world.office.facts(), world.office.today()):
        yield Broken("nothing is kept past its date", upload.stored_as)


def _repeated_does_nothing(world: World) -> Iterator[Broken]:
    for run in (runs.open_collection, runs.chase_returns, runs.publish_collection, runs.sweep_returns):
        try:
            done = run(world.office)
        except RunFailedError as failed:
            yield Broken("a run succeeds once nothing goes wrong", f"{run.__name__}: {str(failed)[:200]}")
        else:
            if done:
                yield Broken("a repeated run does nothing", f"{run.__name__}: {done}")


def _head_holds(world: World) -> Iterator[Broken]:
    """Nobody has changed the record, so each head holds, whatever was killed around it."""
    with world.register.snapshot() as connection:
        broken = what_does_not_hold(connection, world.office.framework.partnership.code)
    for said in filter(None, (broken, *(each.broken for each in world.office.facts().of(HeadRecorded)))):
        yield Broken("the head holds while nobody changes the record", said)


def _backup_comes_back(world: World) -> Iterator[Broken]:
    """The last backup, put back elsewhere, holds what was on record then, and nothing goes out of it by itself."""
    settings = world.office.settings.model_copy(update={"backups": world.office.settings.home / "backups"})
    if (archive := last_backup(settings)) is None:
        return
    elsewhere = settings.model_copy(update={"home": settings.home / "elsewhere"})
    _, lacking = restore(elsewhere, archive)
    gone = {f"raw/{each.stored_as}" for each in world.office.facts().of(FileDeleted)}
    for name in set(lacking) - gone:  # what was deleted and not yet recorded as deleted is recorded in the end
        yield Broken("a backup holds every file", name)
    with open_register(elsewhere) as register:
        back = register.facts(world.office.framework.partnership.code)
    if extra := {each for each in back if not isinstance(each, RegisterRestored)} - set(world.office.facts()):
        yield Broken("a backup holds what was on record", f"{len(extra)} facts are others")
    due = what_is_due(world.office.framework, back, world.office.today())
    if let_through(back, due, world.office.today()):
        yield Broken("nothing goes out of a backup before somebody looked", f"{len(due)} actions")
