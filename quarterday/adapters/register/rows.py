"""A fact as a row, and back: field by field, nothing lost."""

from collections.abc import Mapping
from typing import Any, TypeVar

from quarterday.domain.facts import Fact, field_names

F = TypeVar("F", bound=Fact)


def row_of(fact: Fact) -> dict[str, Any]:
    """The row that keeps a fact."""
    return {"key": fact.key} | {name: getattr(fact, name) for name in field_names(type(fact))}


def fact_of(kind: type[F], row: Mapping[Any, Any]) -> F:
    """The fact that a row keeps."""
    return kind(**{name: row[name] for name in field_names(kind)})
