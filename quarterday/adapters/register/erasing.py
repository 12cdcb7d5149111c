"""Taking a person's name and address out of facts, or putting them right, as a ruling says: in one transaction.

The ruling's facts, the changed columns and a new head over what stands now are recorded together, so that no head ever
tells of damage that was a ruling.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from quarterday.adapters.register.engine import WRITES
from quarterday.adapters.register.heads import last_head, next_head, what_does_not_hold
from quarterday.adapters.register.register import Register
from quarterday.adapters.register.rows import fact_of, row_of
from quarterday.adapters.register.tables import TABLES
from quarterday.domain.facts import HeadRecorded, PersonErased
from quarterday.domain.rulings.persons import (
    TAKEN_OUT,
    WHOLE,
    Instead,
    as_written,
    in_its_place,
    named_whole,
    words_of,
)

_KINDS = {table.name: kind for kind, table in TABLES.items()}


def erase(register: Register, rulings: Sequence[PersonErased], person: str, instead: Instead | None = None) -> None:
    """Carry out what an officer ruled about a person in facts. With `instead`, what stands there from now on."""
    with register.engine.connect().execution_options(**WRITES) as connection:
        partnership, at = rulings[0].partnership, rulings[0].at
        broken, known = what_does_not_hold(connection, partnership), last_head(connection, partnership)
        for ruling in rulings:
            connection.execute(TABLES[PersonErased].insert(), [row_of(ruling)])
            _change(connection, ruling, person, instead)
        if known:
            head = next_head(connection, partnership, at, broken, until=known.until)
            connection.execute(TABLES[HeadRecorded].insert(), [row_of(head)])
        connection.commit()


def _change(connection: Connection, ruling: PersonErased, person: str, instead: Instead | None) -> None:
    kind = _KINDS[ruling.table]
    table = TABLES[kind]
    row = connection.execute(select(table).where(table.c.key == ruling.fact)).mappings().one()
    named, now = as_written(person), in_its_place(person, instead)
    values = {column: named.sub(lambda _: now, row[column]) for column in words_of(kind) if row[column]}
    if named_whole(fact_of(kind, row), person):
        values |= {column: _value(column, instead) for column in WHOLE[kind]}
    connection.execute(update(table).where(table.c.key == ruling.fact).values(**values))


def _value(column: str, instead: Instead | None) -> Any:
    if column.endswith("email"):
        return instead.email if instead else ""
    return instead.name if instead else TAKEN_OUT
