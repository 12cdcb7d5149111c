"""The flows as they run, without Prefect: their own selections and the plain functions behind their tasks."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flows import receive_return as receiving
from flows.housekeeping import delete_old_files, sweep_left_overs
from flows.performing.acting import PASSING, FactsOfARun, in_turn, perform
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import settle_unfinished
from quarterday.adapters.mail.transport import for_many
from quarterday.adapters.undo_offers import facts_to_act_on
from quarterday.domain.collection.actions import Action, Publish, Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.runs import Run, run_of
from quarterday.domain.collection.verdicts import last_word, unjudged
from quarterday.domain.facts import RequestMade, ReturnReceived

RETRIES = 3


class RunFailedError(Exception):
    """A run did not get through all that it had to do; the next takes it up."""


def open_collection(office: Installation) -> int:
    """See `flows.open_collection`."""
    return _act_on(office, _due(office, lambda each: run_of(each) is Run.OPEN))


def chase_returns(office: Installation) -> int:
    """See `flows.chase_returns`."""
    facts_to_act_on(office)
    settle_unfinished(office)
    return _act_on(office, _due(office, lambda each: run_of(each) is Run.CHASE))


def publish_collection(office: Installation) -> int:
    """See `flows.publish_collection`."""
    facts_to_act_on(office)
    try:
        done = _act_on(office, _due(office, lambda each: isinstance(each, Publish)))
    finally:
        told = _act_on(office, _due(office, lambda each: isinstance(each, Send) and run_of(each) is Run.PUBLISH))
    return done + told


def sweep_returns(office: Installation) -> int:
    """See `flows.receive_return.sweep_returns`: one that fails keeps nobody else waiting."""
    found = unjudged(office.facts())
    failed: list[str] = []
    for each in found:
        try:
            receive_return(office, each)
        except Exception as problem:
            failed.append(f"{type(problem).__name__}: {problem}")
    if failed:
        raise RunFailedError("; ".join(failed))
    return len(found)


def receive_return(office: Installation, received: ReturnReceived) -> None:
    """See `flows.receive_return.receive_return`."""
    facts = office.facts()
    request = facts.about(received.request, RequestMade)[0]
    if not last_word(facts, received):
        checked = receiving.check_return(office, facts, request, received)
        office.register.append_new(receiving.verdict_fact(office, facts, request, received, checked))
    ours = [
        each for each in due_now(office) if isinstance(each, Send) and each.request == request.request and each.about
    ]
    _act_on(office, ours)


def housekeeping(office: Installation) -> int:
    """See `flows.housekeeping`."""
    settle_unfinished(office)
    deleted = delete_old_files.fn(office, office.today())
    return deleted + sweep_left_overs.fn(office)


def _due(office: Installation, wanted: Callable[[Action], bool]) -> list[Action]:
    return [each for each in due_now(office) if wanted(each)]


_last: dict[str, Any] = {}


def due_now(office: Installation) -> list[Action]:
    """What is due. Asked again about the very same facts on the same day it is not computed again."""
    facts, today = office.facts().going_on, office.today()
    if _last.get("facts") is not facts or _last.get("asked") != (id(office.framework), today):
        _last.update(facts=facts, asked=(id(office.framework), today))
        _last["due"] = what_is_due(office.framework, facts, today)
    return list(_last["due"])


def _act_on(office: Installation, actions: Iterable[Action]) -> int:
    """See `flows.performing.acting.act_on`."""
    failed: list[str] = []
    done = 0
    with for_many(office.transport) as transport:
        office = replace(office, transport=transport)
        known = FactsOfARun(office)
        for action in in_turn(actions):
            try:
                _tried(office, action, known)
                done += 1
            except Exception as problem:
                failed.append(f"{type(problem).__name__}: {problem}")
    if failed:
        raise RunFailedError("; ".join(failed))
    return done


def _tried(office: Installation, action: Action, known: FactsOfARun) -> None:
    for left in reversed(range(RETRIES + 1)):
        try:
            perform(office, action, known)
        except PASSING:
            if not left:
                raise
        else:
            return
