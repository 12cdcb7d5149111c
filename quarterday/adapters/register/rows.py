"""A fact as a row, and back: field by field, nothing lost.

A column keeps the name that it was made with, whatever its field is called since: `STORED_AS` says which.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from quarterday.domain.facts import Fact, MessageReserved, field_names

F = TypeVar("F", bound=Fact)

STORED_AS: dict[tuple[type[Fact], str], str] = {(MessageReserved, "occasion"): "rung"}


_columns: dict[type[Fact], Mapping[str, str]] = {}


def columns_of(kind: type[Fact]) -> Mapping[str, str]:
    """The column that keeps each field of a kind of fact: looked up once, since every row that is read asks."""
    if kind not in _columns:
        _columns[kind] = _columns_of(kind)
    return _columns[kind]


def _columns_of(kind: type[Fact]) -> Mapping[str, str]:
    return {name: STORED_AS.get((kind, name), name) for name in field_names(kind)}


def row_of(fact: Fact) -> dict[str, Any]:
    """The row that keeps a fact."""
    return {"key": fact.key} | {column: getattr(fact, name) for name, column in columns_of(type(fact)).items()}


def fact_of(kind: type[F], row: Mapping[Any, Any]) -> F:
    """The fact that a row keeps."""
    return kind(**{name: row[column] for name, column in columns_of(kind).items()})
