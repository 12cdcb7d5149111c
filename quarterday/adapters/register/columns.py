"""Column types that keep a fact exactly as it was, on SQLite and PostgreSQL alike."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, DateTime, Dialect, Integer, Text, TypeDecorator, text

from quarterday.domain.facts import Dates

_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")  # NUL, and half of a character


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. Raises `ValueError` for a naive one: nobody could say when it was."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC; SQLite keeps no offset, so there it goes in without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone: the register keeps aware times only")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text. Raises `ValueError` for what PostgreSQL could not keep, so that SQLite never takes it either."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text itself; a word of an enumeration as plain text."""
        return None if value is None else keepable(str(value))


class Choice(TypeDecorator[StrEnum]):
    """A word of an enumeration, kept as text so that the tables can be read without the code."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """The word. Raises `ValueError` for one that the enumeration does not have."""
        return None if value is None else str(self.words(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The enumeration's member."""
        return None if value is None else self.words(value)


class ManyWords(TypeDecorator[tuple[str, ...]]):
    """A tuple of codes, kept as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str] | None:
        """A list, which JSON knows."""
        return None if value is None else [keepable(each) for each in value]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:
        """A tuple again."""
        return None if value is None else tuple(value)


class AddedWords(ManyWords):
    """Several codes; none where a row says nothing of them."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """A tuple, empty where there is nothing."""
        return tuple(value or ())


class DatesByCode(TypeDecorator[Dates]):
    """Dates by the code of whom they concern, kept as a JSON list of pairs."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Dates | None, dialect: Dialect) -> list[list[str]] | None:
        """Pairs of a code and a date as it is written."""
        return None if value is None else [[keepable(code), on.isoformat()] for code, on in value]

    def process_result_value(self, value: Any, dialect: Dialect) -> Dates | None:
        """Codes and dates again."""
        return None if value is None else tuple((code, date.fromisoformat(on)) for code, on in value)


def keepable(text: str) -> str:
    """The text, where both databases can keep it. Raises `ValueError` for NUL characters and half characters."""
    if _NOT_KEPT.search(text):
        raise ValueError("text with NUL or broken characters cannot be recorded: clean it where it comes in")
    return text


def word(name: str) -> Column[Any]:
    """Text; empty where there is nothing to say, never null."""
    return Column(name, Words, nullable=False)


def added_word(name: str) -> Column[Any]:
    """Text that a table got when it held rows already: theirs is empty."""
    return Column(name, Words, nullable=False, server_default=text("''"))


def word_or_none(name: str) -> Column[Any]:
    """Text, where "nothing was said" and "not asked for then" are two things."""
    return Column(name, Words, nullable=True)


def words(name: str) -> Column[Any]:
    """Several codes."""
    return Column(name, ManyWords, nullable=False)


def dates(name: str) -> Column[Any]:
    """Dates by code."""
    return Column(name, DatesByCode, nullable=False)


def added_words(name: str) -> Column[Any]:
    """Several codes in a column that came after its table: none for what was recorded before."""
    return Column(name, AddedWords, nullable=True)  # PostgreSQL compares no two defaults of JSON


def words_or_none(name: str) -> Column[Any]:
    """Several codes, where "none" and "not kept then" are two things."""
    return Column(name, ManyWords, nullable=True)


def choice(name: str, of: type[StrEnum]) -> Column[Any]:
    """One word of an enumeration."""
    return Column(name, Choice(of), nullable=False)


def added_choice(name: str, of: type[StrEnum]) -> Column[Any]:
    """One word of an enumeration that has an empty one, for the rows that a table held already."""
    return Column(name, Choice(of), nullable=False, server_default=text("''"))


def day(name: str) -> Column[Any]:
    """A date."""
    return Column(name, Date, nullable=False)


def day_or_none(name: str) -> Column[Any]:
    """A date, where there is one."""
    return Column(name, Date, nullable=True)


def moment(name: str) -> Column[Any]:
    """A moment, in UTC."""
    return Column(name, Moment, nullable=False)


def number(name: str) -> Column[Any]:
    """A whole number."""
    return Column(name, Integer, nullable=False)


def added_number(name: str) -> Column[Any]:
    """A whole number that a table got when it held rows already: theirs is 0."""
    return Column(name, Integer, nullable=False, server_default=text("0"))


def big_number(name: str) -> Column[Any]:
    """A whole number that may pass two thousand million, such as bytes."""
    return Column(name, BigInteger, nullable=False)


def yes_no(name: str) -> Column[Any]:
    """True or false."""
    return Column(name, Boolean, nullable=False)
