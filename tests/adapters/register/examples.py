"""Facts to record, named and dated."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_type_hints

from hypothesis import strategies as st

from quarterday.domain.facts import FACT_KINDS, CollectionOpened, Dates, Fact, LinkIssued, MessageReserved

AT = datetime(2025, 7, 8, 8, 0, tzinfo=UTC)
WHO: dict[str, Any] = {"at": AT, "by": "quarterday", "partnership": "somewhere"}
COLLECTION = "somewhere.2025-26-q1"

OPENED = CollectionOpened(
    collection=COLLECTION, period_start=date(2025, 4, 1), period_end=date(2025, 6, 30), reason="it is July", **WHO
)
LINK = LinkIssued(
    request=f"{COLLECTION}.fire",
    token_hash="5e884898",
    recipient="fire/contact",
    message=f"{COLLECTION}.fire/request/fire/contact",
    expires=datetime(2025, 9, 12, 22, 59, 59, tzinfo=UTC),
    **WHO,
)


def message(key: str, **more: Any) -> MessageReserved:
    """A booked email."""
    parts = {
        "collection": COLLECTION,
        "request": f"{COLLECTION}.fire",
        "message": key,
        "occasion": "request",
        "email": "request",
        "recipient": "fire/contact",
        "subject": "Figures for April to June 2025",
        "outbox_id": f"id-{key}",
    }
    return MessageReserved(**{**WHO, **parts, **more})


MOMENTS = st.integers(0, 10**15).map(lambda microseconds: AT + timedelta(microseconds=microseconds))
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
_BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    datetime: MOMENTS,
    date: st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    str: WORDS,
    int: st.integers(0, 2**31 - 1),
    tuple[str, ...]: st.lists(WORDS, max_size=4).map(tuple),
    Dates: st.lists(st.tuples(WORDS, st.dates(date(2000, 1, 1), date(2100, 1, 1))), max_size=4).map(tuple),
}


def any_fact() -> st.SearchStrategy[Fact]:
    """Any fact of any kind."""
    return st.one_of([_any_of(kind) for kind in FACT_KINDS])


def _any_of(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    return st.builds(kind, **{name: _anything(hint) for name, hint in get_type_hints(kind).items()})


def _anything(hint: Any) -> st.SearchStrategy[Any]:
    for plain in (date, str, tuple[str, ...]):
        if hint == plain | None:
            return st.none() | _BY_TYPE[plain]
    return _BY_TYPE[hint] if hint in _BY_TYPE else st.from_type(hint)


_PLAIN: dict[Any, Any] = {
    datetime: AT,
    date: AT.date(),
    date | None: None,
    str: "words",
    str | None: None,
    int: 1,
    bool: True,
}


def plain_fact(kind: type[Fact]) -> Fact:
    """One fact of a kind, its fields filled with whatever is simplest."""
    return kind(**{name: _simplest(hint) for name, hint in get_type_hints(kind).items()})


def _simplest(hint: Any) -> Any:
    if hint in (tuple[str, ...], tuple[str, ...] | None):
        return ("one", "two")
    if hint == Dates:
        return (("one", AT.date()),)
    return _PLAIN[hint] if hint in _PLAIN else next(iter(hint))
