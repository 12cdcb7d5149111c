"""Several processes on one register: a message is booked by exactly one of them."""

import multiprocessing
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

import pytest

from quarterday.adapters.register import AlreadyRecorded, Register, open_register
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import LinkIssued, MessageReserved
from tests.adapters.register.examples import LINK, message

MESSAGES = [f"somewhere.2025-26-q1.fire/rung-{n}" for n in range(25)]
PROCESSES = 3


def _book_singly(settings: Settings, who: int, start: Any, booked: Any) -> None:
    register = open_register(settings)
    start.wait(30)
    for key in MESSAGES:
        link = LinkIssued(**{**LINK.__dict__, "token_hash": f"{who}-{key}", "message": key})
        try:
            register.append(message(key, outbox_id=str(who)), link)
        except AlreadyRecorded:
            continue
        booked.put(key)


def _book_together(settings: Settings, who: int, start: Any, booked: Any) -> None:
    register = open_register(settings)
    start.wait(30)
    keys = MESSAGES if who % 2 else MESSAGES[::-1]
    for fact in register.append_new(*(message(key, outbox_id=str(who)) for key in keys)):
        booked.put(fact.key)


def _race(settings: Settings, book: Any) -> Counter[str]:
    spawn = multiprocessing.get_context("spawn")
    start, booked = spawn.Barrier(PROCESSES), spawn.SimpleQueue()
    processes = [spawn.Process(target=book, args=(settings, who, start, booked)) for who in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(100)
    assert [0] * PROCESSES == [process.exitcode for process in processes]
    counted: Counter[str] = Counter()
    while not booked.empty():
        counted[booked.get()] += 1
    return counted


@pytest.mark.parametrize("book", [_book_singly, _book_together])
def test_each_message_is_booked_once(register: Register, settings: Settings, book: Any) -> None:
    """Of processes that race for the same emails, exactly one books each; the rest are told, and none fails."""
    assert Counter(MESSAGES) == _race(settings, book)
    assert sorted(MESSAGES) == sorted(each.message for each in register.facts("somewhere").of(MessageReserved))


def test_no_link_without_its_message(register: Register, settings: Settings) -> None:
    """A booking that lost the race leaves nothing behind, not even its link."""
    _race(settings, _book_singly)
    facts = register.facts("somewhere")
    winners = {(each.message, each.outbox_id) for each in facts.of(MessageReserved)}

    assert winners == {(each.message, each.token_hash.partition("-")[0]) for each in facts.of(LinkIssued)}


def test_turns_are_taken_one_after_the_other(register: Register, settings: Settings) -> None:
    """Of two who share the database alone, the second reads what the first has recorded in its turn."""
    with open_register(settings) as other, ThreadPoolExecutor(1) as threads:
        with register.turn():
            waits = threads.submit(_keys_in_turn, other)
            assert not wait([waits], timeout=0.1).done
            register.append(message(MESSAGES[0]))
        assert [MESSAGES[0]] == waits.result(30)


def _keys_in_turn(register: Register) -> list[str]:
    with register.turn():
        return [each.message for each in register.facts("somewhere").of(MessageReserved)]
