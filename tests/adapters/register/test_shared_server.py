"""A PostgreSQL server that others use too: the register's mark moves with the register, and with nothing else."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url, text

from quarterday.adapters.register import Register, open_register
from quarterday.adapters.register.changes import Changes
from quarterday.adapters.register.engine import WRITES, open_engine
from quarterday.adapters.register.migrating import migrate
from quarterday.adapters.register.tables import TABLES
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import FACT_KINDS, CollectionClosed
from tests.adapters.register.examples import plain_fact
from tests.adapters.register.test_changes import closed
from tests.postgres import new_database, plain

pytestmark = pytest.mark.parametrize("settings", ["postgresql"], indirect=True)


@pytest.fixture
def changes(register: Register) -> Iterator[Changes]:
    """Marks of the register."""
    marks = Changes(register.engine)
    yield marks
    marks.close()


def insert(collection: str) -> str:
    """A statement that records a collection's close."""
    return (
        "INSERT INTO collection_closed (key, at, by, reason, partnership, collection) "
        f"VALUES ('{collection}', '2025-08-01T09:00:00+00:00', 'quarterday', '', 'somewhere', '{collection}')"
    )


def test_what_others_write_leaves_the_mark(changes: Changes, register: Register, server: str) -> None:
    """Neither Prefect's tables in the same database nor another database on the server moves it."""
    before = changes.mark()
    with psycopg.connect(plain(register.engine.url.render_as_string(hide_password=False))) as connection:
        connection.execute("CREATE TABLE flow_run (id int)")
        connection.execute("INSERT INTO flow_run VALUES (1)")
    with psycopg.connect(plain(server)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS elsewhere (id int)")
        connection.execute("INSERT INTO elsewhere VALUES (1)")

    assert before == changes.mark()


@pytest.mark.parametrize("kind", FACT_KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_of_fact_moves_the_mark(changes: Changes, register: Register, kind: type) -> None:
    """No table of facts was forgotten."""
    before = changes.mark()
    register.append(plain_fact(kind))

    assert before != changes.mark()


def test_who_began_first_may_commit_last(changes: Changes, register: Register) -> None:
    """Of two transactions the younger commits first: the mark moves at each commit, and shows what was seen with it."""
    marks = [changes.mark()]
    with register.engine.connect().execution_options(**WRITES) as older:
        older.execute(text("SELECT pg_current_xact_id(), count(*) FROM collection_closed"))
        register.append(closed("younger"))
        marks.append(changes.mark())
        older.execute(text(insert("older")))
        while_written = changes.mark()
        older.commit()
    marks.append(changes.mark())

    assert while_written == marks[1]
    assert 3 == len(set(marks))


def test_nobody_commits_between_a_write_and_its_commit(changes: Changes, register: Register) -> None:
    """Two writers at once take turns: what the second records is seen after the first's, with a mark of its own."""
    marks = [changes.mark()]
    second = threading.Thread(target=register.append, args=[closed("second")])
    with register.engine.connect().execution_options(**WRITES) as first:
        first.execute(text(insert("first")))
        second.start()
        while not _waits_for_a_lock(register):
            assert second.is_alive()
        marks.append(changes.mark())
        first.commit()
    second.join(30)
    marks.append(changes.mark())

    assert marks[0] == marks[1] != marks[2]
    assert {"first", "second"} == {each.collection for each in register.facts("somewhere").of(CollectionClosed)}


def _waits_for_a_lock(register: Register) -> bool:
    with register.engine.connect() as connection:
        asked = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = :name")
        return bool(connection.execute(asked, {"name": register.engine.url.database}).scalar())


def test_readers_of_a_mark_never_miss_a_fact(changes: Changes, register: Register, settings: Settings) -> None:
    """While three writers are at work, equal marks around a reading mean that nothing was missed."""
    writers = [
        threading.Thread(target=lambda who=who: [register.append(closed(f"{who}-{n}")) for n in range(15)])
        for who in "abc"
    ]
    seen: dict[object, set[int]] = {}
    with open_register(settings) as reader:
        for each in writers:
            each.start()
        while any(each.is_alive() for each in writers):
            before = changes.mark()
            count = len(reader.facts("somewhere").of(CollectionClosed))
            if changes.mark() == before:
                seen.setdefault(before, set()).add(count)
        last = changes.mark()
        seen.setdefault(last, set()).add(len(reader.facts("somewhere").of(CollectionClosed)))

    assert all(1 == len(counts) for counts in seen.values())
    assert {45} == seen[last]


def test_a_transaction_that_fails_leaves_the_mark(changes: Changes, register: Register) -> None:
    """What is rolled back moved nothing."""
    before = changes.mark()
    with register.engine.connect().execution_options(**WRITES) as connection:
        connection.execute(text(insert("never")))
        connection.rollback()

    assert before == changes.mark()


def test_a_role_that_may_only_select_and_insert_moves_the_mark(settings: Settings, server: str) -> None:
    """The application's role need not, and cannot, write the mark by itself."""
    url = new_database(server)
    owner = open_engine(url)
    migrate(owner)
    with owner.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS the_pages"))
        connection.execute(text("CREATE ROLE the_pages LOGIN"))
        connection.execute(text("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO the_pages"))
    engine = open_engine(make_url(url).set(username="the_pages").render_as_string(hide_password=False))
    changes = Changes(engine)
    before = changes.mark()
    Register(engine).append(closed("closed"))

    assert before != changes.mark()
    with pytest.raises(Exception, match="permission denied"), engine.begin() as connection:
        connection.execute(text("UPDATE register_mark SET mark = gen_random_uuid()"))
    engine.dispose()
    owner.dispose()


def test_an_older_register_is_given_its_mark(settings: Settings, server: str) -> None:
    """A database of the version before gets mark and triggers with its facts in it."""
    engine = open_engine(new_database(server))
    migrate(engine, "0012")
    with engine.begin() as connection:
        connection.execute(text(insert("before")))
    migrate(engine)
    changes = Changes(engine)
    before = changes.mark()
    Register(engine).append(closed("after"))

    assert before != changes.mark()
    with engine.connect() as connection:
        triggers = text("SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%_marks_change'")
        assert len(TABLES) == connection.execute(triggers).scalar()
    engine.dispose()
