"""Facts go in once and come out as they were, on SQLite and on PostgreSQL."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from quarterday.adapters.register import AlreadyRecorded, Register
from quarterday.adapters.register.register import insertion
from quarterday.adapters.register.rows import columns_of
from quarterday.adapters.register.tables import TABLES
from quarterday.domain.facts import (
    FACT_KINDS,
    CollectionOpened,
    Fact,
    Facts,
    LinkIssued,
    MessageReserved,
    RequestMade,
)
from tests.adapters.register.examples import LINK, OPENED, any_fact, message

MANY_EXAMPLES = how(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def test_every_kind_of_fact_has_its_table() -> None:
    """Each kind has a table with a column for each of its fields, and the key besides."""
    assert {kind: {"key", *columns_of(kind).values()} for kind in FACT_KINDS} == {
        kind: set(table.columns.keys()) for kind, table in TABLES.items()
    }


@given(fact=any_fact())
@MANY_EXAMPLES
def test_a_fact_comes_out_as_it_went_in(register: Register, fact: Fact) -> None:
    """Whatever its kind and whatever it holds, a fact comes back the same."""
    if register.append_new(fact):
        assert fact in register.facts(fact.partnership).of(type(fact))
        assert fact == register.find(type(fact), fact.key)


@given(facts=st.lists(any_fact(), max_size=8, unique_by=lambda fact: (type(fact), fact.key)), shuffle=st.randoms())
@MANY_EXAMPLES
def test_the_order_of_arrival_does_not_matter(facts: list[Fact], shuffle: random.Random) -> None:
    """Facts of one moment that are read in another order make the same history."""
    at_once = (replace(fact, at=OPENED.at) for fact in facts)
    same_moment = list({(type(fact), fact.key): fact for fact in at_once}.values())
    other = list(same_moment)
    shuffle.shuffle(other)

    assert list(Facts(same_moment)) == list(Facts(other))


def test_nothing_is_recorded_twice(register: Register) -> None:
    """A key that stands is refused, naming it, and what came with it is not recorded either."""
    register.append(OPENED)
    with pytest.raises(AlreadyRecorded, match=r"CollectionOpened “somewhere\.2025-26-q1” is already recorded"):
        register.append(message("new"), OPENED)

    assert () == register.facts("somewhere").of(MessageReserved)


def test_twice_in_one_breath_is_refused_too(register: Register) -> None:
    """Two facts with one key in one call are one too many."""
    with pytest.raises(AlreadyRecorded):
        register.append(message("same"), message("same", subject="Another"))

    assert () == register.facts("somewhere").of(MessageReserved)


def test_append_new_returns_what_is_new(register: Register) -> None:
    """Of several facts, those whose keys stand already are passed over."""
    register.append(message("first"))

    assert (message("second"),) == register.append_new(message("first", subject="Another"), message("second"))
    assert ("Figures for April to June 2025",) == tuple(
        each.subject for each in register.facts("somewhere").of(MessageReserved) if each.message == "first"
    )


def test_appending_nothing(register: Register) -> None:
    """Nothing to record is nothing wrong."""
    register.append()

    assert () == register.append_new()


def test_a_fact_without_a_table_is_never_lost_silently(register: Register) -> None:
    """A kind of fact that nobody made a table for is refused, naming what to do."""
    with pytest.raises(TypeError, match="has no table"):
        register.append_new(Fact(at=OPENED.at, by="quarterday"))


def test_partnerships_are_kept_apart(register: Register) -> None:
    """One partnership's facts are not another's."""
    elsewhere = CollectionOpened(
        at=OPENED.at,
        by="quarterday",
        partnership="elsewhere",
        collection="elsewhere.2025-26-q1",
        period_start=OPENED.period_start,
        period_end=OPENED.period_end,
    )
    register.append(OPENED, elsewhere)

    assert (OPENED,) == register.facts("somewhere").of(CollectionOpened)
    assert ("elsewhere", "somewhere") == register.partnerships()


def test_times_are_kept_in_utc(register: Register) -> None:
    """Ten in the morning of a summer's day in London is nine in the register."""
    in_london = datetime(2025, 7, 8, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    register.append(message("summer", at=in_london))
    (kept,) = register.facts("somewhere").of(MessageReserved)

    assert datetime(2025, 7, 8, 9, 0, tzinfo=UTC) == kept.at
    assert UTC is kept.at.tzinfo


def test_a_time_without_a_zone_is_refused(register: Register) -> None:
    """Nobody could say when it was."""
    with pytest.raises(Exception, match="has no time zone"):
        register.append(message("naive", at=datetime(2025, 7, 8, 10, 0)))  # noqa: DTZ001 - that is the point


def test_text_that_one_database_could_not_keep_is_refused_by_both(register: Register) -> None:
    """A NUL character is refused on SQLite as it would be on PostgreSQL."""
    with pytest.raises(Exception, match="clean it where it comes in"):
        register.append(message("nul", subject="a\x00b"))


def test_a_fact_is_found_by_its_key(register: Register) -> None:
    """Without knowing whose it is; an unknown one is not found."""
    register.append(LINK)

    assert LINK == register.find(LinkIssued, "5e884898")
    assert register.find(LinkIssued, "0") is None


@pytest.mark.parametrize("dialect", [sqlite, postgresql])
def test_what_leaves_facts_standing_is_compiled_once(dialect: Any) -> None:
    """The register's own end of an insertion says what SQLAlchemy's says, and can be kept, which that one's cannot."""
    table = TABLES[RequestMade]
    ours = insertion(dialect.dialect.name, table)
    theirs = dialect.insert(table).on_conflict_do_nothing().returning(table.c.key)

    assert str(theirs.compile(dialect=dialect.dialect())) == str(ours.compile(dialect=dialect.dialect()))
    assert ours._generate_cache_key() is not None
