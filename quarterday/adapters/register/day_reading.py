"""What `at_rest.without_what_is_over` keeps of a partnership's facts, by queries that never look at what is over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    Table,
    TextClause,
    and_,
    bindparam,
    exists,
    not_,
    or_,
    select,
    text,
    union,
)

from quarterday.adapters.register.tables import TABLES
from quarterday.domain.collection.at_rest import ALWAYS_FOR_THE_DAY, NOT_FOR_THE_DAY
from quarterday.domain.facts import (
    CollectionBound,
    CollectionOpened,
    CollectionsAtRest,
    EmailKept,
    Fact,
    FrameworkKept,
    IndicatorNoted,
    MessageReserved,
    MessageSettled,
    Outcome,
    RequestMade,
)

_REQUESTS, _RESERVED, _SETTLED = (TABLES[kind].c for kind in (RequestMade, MessageReserved, MessageSettled))
_FRAMEWORKS, _BOUND = TABLES[FrameworkKept].c, TABLES[CollectionBound].c


@dataclass(frozen=True)
class GoingOn:
    """What of a partnership's goes on, at the moment of a reading."""

    partnership: str
    kinds: tuple[type[Fact], ...]
    begun: frozenset[str]
    collections: tuple[str, ...] | None  # None where nothing is over yet


def going_on(connection: Connection, partnership: str) -> GoingOn:
    """The collections that a day's work needs: all that begun, but those at rest of which nothing was said since."""
    kinds = kinds_that_stand(connection, partnership)
    settlings = TABLES[CollectionsAtRest].c
    last = connection.execute(
        select(settlings.collections, settlings.quiet_since)
        .where(settlings.partnership == partnership)
        .order_by(settlings.quiet_since.desc())
        .limit(1)
    ).one_or_none()
    begun = _begun(connection, partnership)
    if last is None:
        return GoingOn(partnership, kinds, begun, None)
    spoken_of = _spoken_of(connection, kinds, partnership, last.quiet_since)
    collections = (begun | spoken_of) - (set(last.collections) - spoken_of) - {""}
    return GoingOn(partnership, kinds, begun, tuple(sorted(collections)))


def day_queries(of: GoingOn) -> Iterator[tuple[type[Fact], Select[Any]]]:
    """For each kind, the query for the facts that a day's work needs. Read on the snapshot that told what goes on."""
    for kind in of.kinds:
        if kind not in NOT_FOR_THE_DAY:
            yield kind, select(TABLES[kind]).where(_wanted(kind, TABLES[kind], of))


def other_queries(connection: Connection, of: GoingOn) -> Iterator[tuple[type[Fact], Select[Any]]]:
    """For each kind, the query for what `day_queries` left out then, and nothing of what began or went on since."""
    later = _begun(connection, of.partnership) - of.begun
    known = of if of.collections is None else replace(of, collections=(*of.collections, *sorted(later)))
    for kind in kinds_that_stand(connection, of.partnership):
        table = TABLES[kind]
        theirs = table.c.partnership == of.partnership
        left = theirs if kind in NOT_FOR_THE_DAY else and_(theirs, not_(_wanted(kind, table, known)))
        yield kind, select(table).where(left)


def kinds_that_stand(connection: Connection, partnership: str) -> tuple[type[Fact], ...]:
    """The kinds of which a partnership has facts: one question, so that nobody asks the many tables that are empty."""
    stands = connection.execute(_which_stand(), {"partnership": partnership}).one()
    return tuple(kind for kind, any_ in zip(TABLES, stands, strict=True) if any_)


@cache
def _which_stand() -> TextClause:
    """The question about every table, in words that both databases read: put together once, not for each engine."""
    partnership: BindParameter[str] = bindparam("partnership")
    query = select(*(exists().where(table.c.partnership == partnership) for table in TABLES.values()))
    return text(str(query.compile()))


def _begun(connection: Connection, partnership: str) -> frozenset[str]:
    opened = TABLES[CollectionOpened].c
    return frozenset(connection.execute(select(opened.key).where(opened.partnership == partnership)).scalars())


def _wanted(kind: type[Fact], table: Table, of: GoingOn) -> ColumnElement[bool]:
    if of.collections is not None:
        return _about(kind, table, of.partnership, of.collections)
    if kind is FrameworkKept:
        return _FRAMEWORKS.key.in_(_named().where(_BOUND.partnership == of.partnership))
    return table.c.partnership == of.partnership


def _spoken_of(connection: Connection, kinds: Sequence[type[Fact]], partnership: str, since: Any) -> set[str]:
    """The collections about which anything was recorded later than a moment, each by its own way there."""
    queries = []
    for kind in kinds:
        table = TABLES[kind]
        if kind in (IndicatorNoted, EmailKept):
            continue
        if "collection" in table.c:
            found = select(table.c.collection)
        elif "request" in table.c:
            found = select(_REQUESTS.collection).where(_REQUESTS.key == table.c.request)
        elif kind is MessageSettled:
            found = select(_RESERVED.collection).where(_RESERVED.key == table.c.message)
        else:
            continue
        queries.append(found.where(table.c.partnership == partnership, table.c.at > since))
    return set(connection.execute(union(*queries)).scalars()) if queries else set()


def _about(kind: type[Fact], table: Table, partnership: str, collections: Sequence[str]) -> ColumnElement[bool]:
    if kind is MessageReserved:
        return _RESERVED.key.in_(_messages(partnership, collections))
    if kind is MessageSettled:
        return _SETTLED.message.in_(_messages(partnership, collections))
    if kind in ALWAYS_FOR_THE_DAY:
        return table.c.partnership == partnership
    if kind is FrameworkKept:
        return _FRAMEWORKS.key.in_(_named().where(_BOUND.collection.in_(collections)))
    if "collection" in table.c:
        return table.c.collection.in_(collections)
    if "request" in table.c:
        of_none = and_(table.c.partnership == partnership, table.c.request == "")  # a link of a board's or an officer's
        return or_(table.c.request.in_(select(_REQUESTS.key).where(_REQUESTS.collection.in_(collections))), of_none)
    return table.c.partnership == partnership


def _named() -> Select[Any]:
    """The keys of the frameworks that collections go by."""
    return select(_BOUND.partnership.op("||")("|").op("||")(_BOUND.framework))


def _messages(partnership: str, collections: Sequence[str]) -> Any:
    """The emails of collections, those of none, and those that ever came back: these say whom to write to."""
    return union(
        select(_RESERVED.key).where(_RESERVED.collection.in_(collections)),
        select(_RESERVED.key).where(_RESERVED.collection == "", _RESERVED.partnership == partnership),
        select(_SETTLED.message).where(_SETTLED.partnership == partnership, _SETTLED.outcome == Outcome.BOUNCED),
    )
