"""The nightly head over an upgrade: a migration that changes what rows say is no damage, and covers none up either.

A head that held before the tables were changed and does not hold after is made anew over what stands now, in the same
transaction. One that did not hold before stays as it is, and goes on telling of it.
"""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, inspect, select

from quarterday.adapters.register.heads import Columns, last_head, next_head, what_does_not_hold
from quarterday.adapters.register.rows import row_of
from quarterday.adapters.register.tables import TABLES
from quarterday.domain.facts import HeadRecorded

_HEADS = TABLES[HeadRecorded]


def heads_that_hold(connection: Connection) -> list[str]:
    """The partnerships whose last head holds over the tables as an earlier quarterday left them."""
    columns = _columns(connection)
    if _HEADS.name not in columns:
        return []
    have_one = connection.execute(select(_HEADS.c.partnership).distinct()).scalars().all()
    return [each for each in have_one if not what_does_not_hold(connection, each, columns=columns)]


def hold_again(connection: Connection, held: list[str]) -> None:
    """Make anew, of the heads that held before the tables were changed, those that do not hold now."""
    columns = _columns(connection)
    for partnership in held:
        known = last_head(connection, partnership)
        if known and what_does_not_hold(connection, partnership, columns=columns):
            head = next_head(connection, partnership, datetime.now(UTC), "", until=known.until)
            why = "An upgrade changed how facts are kept; the head before held until then."
            connection.execute(_HEADS.insert(), [row_of(replace(head, reason=why))])


def _columns(connection: Connection) -> Columns:
    every = inspect(connection).get_multi_columns()
    return {name: {each["name"] for each in columns} for (_, name), columns in every.items()}
