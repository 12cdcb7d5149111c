"""The nightly head: a SHA-256 over all facts up to a moment and over the head before, recorded as a fact itself.

A row that anybody changes, takes away or slips in among those of before does not fit the last head: `doctor` and
`verify` say so, on both databases alike. Who can rewrite the register can write its heads anew as well; the heads in
the backups, which lie elsewhere, then differ from them.

A fact counts by what its columns hold, under the names that they were made with; what is empty is left out, so that a
column that a later quarterday adds changes no head.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, select

from quarterday.adapters.register.register import Register
from quarterday.adapters.register.rows import fact_of
from quarterday.adapters.register.tables import TABLES
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import HeadRecorded, MessageSettled
from quarterday.domain.framework.periods import say_day

SETTLED = timedelta(hours=1)  # a fact is dated before it is recorded: by less than this
Columns = Mapping[str, Collection[str]]  # of each table in a database
EVENTS_COME = timedelta(days=4)  # what SendGrid tells is dated by SendGrid, which tries for days to tell it


@dataclass(frozen=True)
class Covered:
    """What a head covers: how many facts, and the hash over them and the head before."""

    facts: int
    head: str


def last_head(connection: Connection, partnership: str) -> HeadRecorded | None:
    """The head that was recorded last; None where none was yet."""
    heads = TABLES[HeadRecorded]
    newest = select(heads).where(heads.c.partnership == partnership).order_by(heads.c.number.desc()).limit(1)
    row = connection.execute(newest).mappings().one_or_none()
    return fact_of(HeadRecorded, row) if row else None


def what_does_not_hold(connection: Connection, partnership: str, *, columns: Columns | None = None) -> str:
    """What of the last head does not hold, in a sentence; empty where it holds, or where there is none yet.

    `columns` as in `covered`.
    """
    known = last_head(connection, partnership)
    if known is None:
        return ""
    found = covered(connection, partnership, known.until, known.before, known=columns)
    if found.head == known.head:
        return ""
    day, more = say_day(known.until.date()), found.facts - known.facts
    how = (
        "what at least one of them says was changed"
        if more == 0
        else f"{more} more than then: whoever wrote them dated them back, or a clock was wrong"
        if more > 0
        else f"{-more} of them are gone"
    )
    return f"The facts of up to {day} are not those over which head {known.number} was made: {how}."


def record_head(register: Register, partnership: str, at: datetime) -> HeadRecorded | None:
    """Record the day's head, once; None where it is there. One that does not hold is recorded as such."""
    with register.snapshot() as connection:
        known = last_head(connection, partnership)
        if known and london_day(known.at) == london_day(at):
            return None
        head = next_head(connection, partnership, at, what_does_not_hold(connection, partnership))
    recorded = register.append_new(head)
    return head if recorded else None


def next_head(
    connection: Connection, partnership: str, at: datetime, broken: str, *, until: datetime | None = None
) -> HeadRecorded:
    """The head to record now: over the facts up to an hour ago, or to `until`, and the head before.

    It says what of that one did not hold, so that no damage is covered up by the next night.
    """
    before = last_head(connection, partnership)
    until = until or at - SETTLED
    found = covered(connection, partnership, until, before.head if before else "")
    return HeadRecorded(
        at=at,
        by="quarterday",
        partnership=partnership,
        number=before.number + 1 if before else 1,
        until=until,
        facts=found.facts,
        before=before.head if before else "",
        head=found.head,
        broken=broken,
    )


def covered(
    connection: Connection, partnership: str, until: datetime, before: str, *, known: Columns | None = None
) -> Covered:
    """The hash over the facts up to a moment and over the head before them.

    `known` names the columns of each table in a database that an earlier quarterday made: what is not there is empty.
    """
    tables = [each for each in TABLES.values() if known is None or each.name in known]
    lines = sorted(line for table in tables for line in _lines(connection, table, partnership, until, known))
    digest = hashlib.sha256(before.encode())
    for line in lines:
        digest.update(b"\n" + line.encode())
    return Covered(len(lines), digest.hexdigest())


def _lines(
    connection: Connection, table: Table, partnership: str, until: datetime, known: Columns | None
) -> Iterator[str]:
    columns = [each for each in table.c if known is None or each.name in known[table.name]]
    query = select(*columns).where(table.c.partnership == partnership, table.c.at <= until)
    if table is TABLES[MessageSettled]:
        query = query.where((table.c.event == "") | (table.c.at <= until - EVENTS_COME))
    return (_line(table.name, row) for row in connection.execute(query).mappings())


def _line(table: str, row: Mapping[Any, Any]) -> str:
    """A fact as a line: the same on both databases, whatever the order of its columns."""
    said = {str(name): value for name, value in row.items() if value}
    return json.dumps([table, row["key"], said], sort_keys=True, ensure_ascii=True, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
