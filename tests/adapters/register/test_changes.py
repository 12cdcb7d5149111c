"""Whether the register has changed, on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from quarterday.adapters.register import Register, open_register
from quarterday.adapters.register.changes import Changes
from quarterday.adapters.register.engine import WRITES
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import CollectionClosed
from tests.adapters.register.examples import AT


def closed(collection: str) -> CollectionClosed:
    """A small fact."""
    return CollectionClosed(at=AT, by="quarterday", partnership="somewhere", collection=collection)


@pytest.fixture
def changes(register: Register) -> Iterator[Changes]:
    """Marks of the register."""
    marks = Changes(register.engine)
    yield marks
    marks.close()


@pytest.fixture
def other(settings: Settings, register: Register) -> Iterator[Register]:
    """Another process's view of the same register."""
    with open_register(settings) as opened:
        yield opened


def test_a_mark_stays_while_nothing_is_recorded(changes: Changes, register: Register) -> None:
    """FileTables changes no mark."""
    before = changes.mark()
    register.facts("somewhere")

    assert before == changes.mark()


def test_what_another_process_records_changes_the_mark(changes: Changes, other: Register) -> None:
    """Each fact gives a mark of its own."""
    marks = [changes.mark()]
    for number in range(3):
        other.append(closed(f"collection-{number}"))
        marks.append(changes.mark())

    assert 4 == len(set(marks))


def test_a_fact_still_being_written_is_seen_once_it_is_committed(changes: Changes, other: Register) -> None:
    """A mark taken while a writer is at work differs from the mark after its commit."""
    with other.engine.connect().execution_options(**WRITES) as connection:
        connection.execute(
            text(
                "INSERT INTO collection_closed (key, at, by, reason, partnership, collection) "
                "VALUES ('c', '2025-08-01T09:00:00+00:00', 'quarterday', '', 'somewhere', 'c')"
            )
        )
        while_written = changes.mark()
        seen = len(other.facts("elsewhere").of(CollectionClosed))
        connection.commit()

    assert 0 == seen
    assert while_written != changes.mark()


def test_the_mark_of_a_database_in_a_file_needs_no_network(changes: Changes, register: Register) -> None:
    """Only SQLite's is told at once."""
    assert changes.at_once == (register.engine.dialect.name == "sqlite")
