"""How the table of a kind of fact is declared: what every fact has, its own fields, and the indexes they call for."""

from typing import Any

from sqlalchemy import Column, Index, MetaData, Table, Text

from quarterday.adapters.register.columns import moment, word
from quarterday.domain.facts import Fact

METADATA = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s"})
TABLES: dict[type[Fact], Table] = {}
_INDEXED = (("partnership", "at"), ("request",), ("collection", "partnership"), ("outbox_id",))


def declare(kind: type[Fact], name: str, *columns: Column[Any]) -> None:
    """Declare the table of one kind of fact: what every fact has, then its own fields."""
    common = (Column("key", Text, primary_key=True), moment("at"), word("by"), word("reason"), word("partnership"))
    table = Table(name, METADATA, *common, *columns, sqlite_with_rowid=False)
    for columns_of_index in _INDEXED:
        if columns_of_index[0] in table.c:
            Index(None, *(table.c[each] for each in columns_of_index))
    TABLES[kind] = table
