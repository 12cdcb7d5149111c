"""The register: facts go in once and for all, and are read back whole. It alone knows that there is a database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Select, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from quarterday.adapters.register.day_reading import (
    GoingOn,
    day_queries,
    going_on,
    kinds_that_stand,
    other_queries,
)
from quarterday.adapters.register.engine import WRITES, is_there, open_engine
from quarterday.adapters.register.errors import AlreadyRecorded, RegisterNotReadyError
from quarterday.adapters.register.migrating import be_ready
from quarterday.adapters.register.rows import fact_of, row_of
from quarterday.adapters.register.tables import TABLES
from quarterday.adapters.register.turns import Turns
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import CollectionBound, CollectionOpened, Fact, Facts, FactsAtHand

F = TypeVar("F", bound=Fact)


class Register:
    """An append-only register of facts. Safe to share between threads, and one database between processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._turns = Turns(engine)

    def turn(self) -> AbstractContextManager[None]:
        """A turn, of which only one is taken at a time by whatever process: to read what stands, and decide on it."""
        return self._turns.take()

    def append(self, *facts: Fact) -> None:
        """Record facts, all or nothing, durable once this returns. Raises `AlreadyRecorded` where a key stands."""
        with self.engine.connect().execution_options(**WRITES) as connection:
            new = {id(fact) for fact in self._insert(connection, facts)}
            if known := [fact for fact in facts if id(fact) not in new]:
                raise AlreadyRecorded(*known)
            connection.commit()

    def append_new(self, *facts: Fact) -> tuple[Fact, ...]:
        """Record those facts whose keys are new, and return them: of several writers racing, one gets each back."""
        with self.engine.connect().execution_options(**WRITES) as connection:
            new = self._insert(connection, facts)
            connection.commit()
        return new

    def facts(self, partnership: str) -> Facts:
        """A partnership's facts as they stood at one moment: of what is over, read only when somebody asks for it."""
        with self.snapshot() as connection:
            then = going_on(connection, partnership)
            at_hand = Facts(_read(connection, day_queries(then)))
        return FactsAtHand(at_hand, lambda: self._whole(at_hand, then))

    def partnerships(self) -> tuple[str, ...]:
        """The codes of every partnership that has facts here."""
        with self.snapshot() as connection:
            queries = (select(table.c.partnership).distinct() for table in TABLES.values())
            return tuple(sorted({code for query in queries for code in connection.execute(query).scalars()}))

    def knows(self, partnership: str) -> bool:
        """Whether a partnership has facts here: one question, which stops at the first of each kind."""
        with self.snapshot() as connection:
            return bool(kinds_that_stand(connection, partnership))

    def unbound(self, partnership: str) -> tuple[str, ...]:
        """The collections of a partnership that were opened and that nothing binds to what they promised."""
        opened, bound = TABLES[CollectionOpened].c, TABLES[CollectionBound].c
        with self.engine.connect() as connection:
            query = select(opened.key).where(
                opened.partnership == partnership, opened.key.not_in(select(bound.collection))
            )
            return tuple(sorted(connection.execute(query).scalars()))

    def find(self, kind: type[F], key: str) -> F | None:
        """The fact of a kind that has a key."""
        table = TABLES[kind]
        with self.engine.connect() as connection:
            row = connection.execute(select(table).where(table.c.key == key)).mappings().one_or_none()
        return None if row is None else fact_of(kind, row)

    def be_writable(self) -> None:
        """Raises the database's own exception where a home's register takes no facts. Nothing of it is changed."""
        if self.engine.dialect.name == "sqlite":  # in PostgreSQL the tables that we may write are its owner's matter
            with self.engine.connect().execution_options(**WRITES) as connection:
                connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
                connection.rollback()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def __enter__(self) -> "Register":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def _whole(self, at_hand: Facts, then: GoingOn) -> Facts:
        with self.snapshot() as connection:
            return Facts([*at_hand, *_read(connection, other_queries(connection, then))])

    def snapshot(self) -> Connection:
        """A connection on which all that is read was true at the same moment."""
        if self.engine.dialect.name == "postgresql":
            return self.engine.connect().execution_options(isolation_level="REPEATABLE READ")
        return self.engine.connect()

    def _insert(self, connection: Connection, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """Insert those whose key is new. Kinds and keys go in one fixed order, so that two writers never deadlock."""
        given: dict[type[Fact], dict[str, Fact]] = defaultdict(dict)
        for fact in facts:
            if type(fact) not in TABLES:
                raise TypeError(f"{type(fact).__name__} has no table: give it one in tables.py, and a migration")
            given[type(fact)].setdefault(fact.key, fact)
        new: list[Fact] = []
        for kind, table in TABLES.items():
            if kind in given:
                rows = [row_of(fact) for _, fact in sorted(given[kind].items())]
                inserted = set(connection.execute(insertion(self.engine.dialect.name, table), rows).scalars())
                new += [fact for key, fact in given[kind].items() if key in inserted]
        return tuple(new)


class _LeaveOnSqlite(sqlite.dml.OnConflictDoNothing):
    """What `on_conflict_do_nothing()` puts at the end, so that SQLAlchemy keeps the statement compiled.

    Its own it compiles anew each time, which takes longer than writing a fact; without a target nothing can differ.
    """

    inherit_cache = True
    _traverse_internals: list[Any] = []  # noqa: RUF012 - as SQLAlchemy declares it


class _LeaveOnPostgres(postgresql.dml.OnConflictDoNothing):
    """See `_LeaveOnSqlite`."""

    inherit_cache = True
    _traverse_internals: list[Any] = []  # noqa: RUF012 - as SQLAlchemy declares it


@cache
def insertion(dialect: str, table: Table) -> ReturningInsert[Any]:
    """Insert what is new, and say which keys were: built once a table. SQLAlchemy offers no other place for its end."""
    statement = insert(table)
    leave = _LeaveOnSqlite() if dialect == "sqlite" else _LeaveOnPostgres()
    statement._post_values_clause = leave
    return statement.returning(table.c.key)


def _read(connection: Connection, queries: Iterable[tuple[type[Fact], Select[Any]]]) -> Iterator[Fact]:
    for kind, query in queries:
        for row in connection.execute(query).mappings():
            yield fact_of(kind, row)


def existing_register(settings: Settings, partnership: str = "") -> Register:
    """The register of an installation, where it has one; with `partnership`, where it is not another partnership's.

    Raises `RegisterNotReadyError` where it has none: a command that made one would speak of an empty quarter.
    """
    refuse_lost(settings)
    if not is_there(settings.register_url):
        raise RegisterNotReadyError(
            f"There is no register in {settings.home.resolve()}. `quarterday up` begins one there; if yours is "
            "elsewhere, name its folder in QUARTERDAY_HOME."
        )
    register = open_register(settings)
    if partnership:
        refuse_anothers(settings, register, partnership)
    return register


def refuse_anothers(settings: Settings, register: Register, partnership: str) -> None:
    """Raises `RegisterNotReadyError` where a home is another partnership's."""
    if said := said_of_anothers(settings, register, partnership):
        register.close()
        raise RegisterNotReadyError(said)


def said_of_anothers(settings: Settings, register: Register, partnership: str) -> str:
    """That a home is another partnership's, and what to do; empty where it is not. PostgreSQL may be several's."""
    if register.engine.dialect.name != "sqlite" or settings.database_url or register.knows(partnership):
        return ""
    known = register.partnerships()
    if not known:
        return ""
    return (
        f"{settings.home.resolve()} is the home of {', '.join(known)}, and the configuration in "
        f"{settings.config.resolve()} is that of {partnership}. Name the right folders in QUARTERDAY_HOME and "
        "QUARTERDAY_CONFIG; if you changed the partnership's code, change it back: what is on record goes by it."
    )


def refuse_lost(settings: Settings) -> None:
    """Raises `RegisterNotReadyError` where a home holds what partners sent and no register."""
    if not is_there(settings.register_url) and any((settings.home / "store" / "raw" / "uploads").glob("*")):
        raise RegisterNotReadyError(
            f"{settings.home.resolve()} holds files that partners sent, and its register is gone or empty: a new one "
            "would know of none of them. Put the register back, or move this home away and put the last backup in its "
            "place with `quarterday restore`."
        )


def open_register(settings: Settings) -> Register:
    """The register of an installation, begun where an embedded one is missing.

    Raises `RegisterNotReadyError` where PostgreSQL wants `quarterday migrate`.
    """
    engine = open_engine(settings.register_url)
    be_ready(engine)
    return Register(engine)
