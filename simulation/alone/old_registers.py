"""A register as an earlier quarterday left it, with the quarter's facts in it as that one kept them."""

from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, Text, column, table

from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import migrate
from quarterday.adapters.register.rows import columns_of, row_of
from quarterday.adapters.register.tables import TABLES
from quarterday.domain.facts import Fact, MessageSettled, Step

BEFORE_STEPS = "0013"  # since then every word on an email was laid out anew
_SAID = {  # how a word on an email told its step then
    Step.BEGUN: "attempt {attempt}",
    Step.HANDED_OVER: "attempt {attempt} handed over",
    Step.NOT_SENT: "attempt {attempt} not sent",
    Step.ANSWERED: "transport",
    Step.REPORTED: "event {event}",
}


def left_behind(database: Path, facts: Iterable[Fact]) -> set[Fact]:
    """Make a register of then, and keep in it what it could keep; those facts, as they are to read today."""
    engine = open_engine(f"sqlite:///{database}")
    migrate(engine, BEFORE_STEPS)
    then = MetaData()
    then.reflect(engine)
    kept: dict[tuple[str, str], Fact] = {}
    with engine.begin() as connection:
        for fact in facts:
            row, now = _row(fact, then), TABLES[type(fact)]
            if row and (now.name, row["key"]) not in kept:
                kept[now.name, row["key"]] = _as_it_was(fact, then)
                columns = (column(each, now.c[each].type if each in now.c else Text) for each in row)
                connection.execute(table(now.name, *columns).insert(), [row])
    engine.dispose()
    return set(kept.values())


def _row(fact: Fact, then: MetaData) -> dict[str, Any]:
    """A fact as it was kept then; nothing where it could not be."""
    row, known = row_of(fact), then.tables.get(TABLES[type(fact)].name)
    if known is None:
        return {}
    if isinstance(fact, MessageSettled):
        if fact.step not in _SAID:
            return {}
        settles = _SAID[fact.step].format(attempt=fact.attempt, event=fact.event)
        row |= {"settles": settles, "key": f"{fact.message}|{settles}"}
    columns = set(known.columns.keys())
    return {name: row[name] for name in columns} if columns <= set(row) else {}


def _as_it_was(fact: Fact, then: MetaData) -> Fact:
    """A fact as it reads that knew nothing of fields which were added since."""
    if isinstance(fact, MessageSettled):
        return fact
    kept = set(then.tables[TABLES[type(fact)].name].columns.keys())
    added = {name for name, column in columns_of(type(fact)).items() if column not in kept}
    unsaid: dict[str, Any] = {each.name: each.default for each in fields(fact) if each.name in added}
    return replace(fact, **unsaid)
