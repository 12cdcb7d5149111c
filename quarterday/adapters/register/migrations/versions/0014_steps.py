"""What a word on an email tells of gets columns of its own: its step, its attempt, the mail service's event.

Before, one text said all of it: "transport", "attempt 2 handed over", "event X", "ruled <when>: not sent". The answer
of the transport did not say to which attempt it was: to the last that had begun by then.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0014"
down_revision = "0013"

_KEPT: dict[str, Any] = {
    "key": sa.Text,
    "at": sa.DateTime(timezone=True),
    "by": sa.Text,
    "reason": sa.Text,
    "partnership": sa.Text,
    "message": sa.Text,
    "outcome": sa.Text,
    "detail": sa.Text,
}
_NEW: dict[str, Any] = {"step": sa.Text, "attempt": sa.Integer, "event": sa.Text}
_ATTEMPT = re.compile(r"attempt (?P<attempt>\d+)(?: (?P<step>handed over|not sent))?")
_ENDED = re.compile(r"(?P<attempt>\d+): (?P<step>given up|overtaken)")


def upgrade() -> None:
    columns = [sa.column(name, kind) for name, kind in (_KEPT | {"settles": sa.Text}).items()]
    before = sa.select(sa.table("message_settled", *columns))
    rows = list(_in_columns(dict(row) for row in op.get_bind().execute(before).mappings()))
    op.drop_table("message_settled")  # a new one: facts in it cannot be changed
    after = op.create_table(
        "message_settled",
        *(sa.Column(name, kind, primary_key=name == "key", nullable=False) for name, kind in (_KEPT | _NEW).items()),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_message_settled_partnership", "message_settled", ["partnership", "at"])
    op.create_index("ix_message_settled_message", "message_settled", ["message"])
    op.create_index("ix_message_settled_outcome", "message_settled", ["partnership", "outcome"])
    op.bulk_insert(after, rows)
    for statement in triggers(op.get_bind().dialect.name, ["message_settled"]):
        op.execute(statement)


def _in_columns(rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """The same facts, oldest first, with what their text said in columns, and the keys that go with these."""
    begun: dict[str, int] = defaultdict(lambda: 1)  # the last attempt at each message so far
    for row in sorted(rows, key=lambda row: (row["at"], row["key"])):
        step, attempt, event = _said(row.pop("settles"), begun[row["message"]])
        begun[row["message"]] = max(begun[row["message"]], attempt)
        which = _moment(row["at"]) if step in ("arrived", "ordered again") else event or str(attempt)
        key = f"{row['message']}|{step}|{which}"
        yield row | {"key": key, "step": step, "attempt": attempt, "event": event}


def _said(settles: str, last: int) -> tuple[str, int, str]:
    """Step, attempt and event. What is in none of the forms was reported from outside."""
    if found := _ATTEMPT.fullmatch(settles) or _ENDED.fullmatch(settles):
        return found["step"] or "begun", int(found["attempt"]), ""
    if settles in ("transport", "not known"):
        return {"transport": "answered", "not known": "interrupted"}[settles], last, ""
    if settles.startswith("ruled "):
        return "ordered again" if settles.endswith(": not sent") else "arrived", 0, ""
    return "reported", 0, settles.removeprefix("event ")


def _moment(at: Any) -> str:
    """As a fact says its own moment; SQLite keeps UTC without saying so."""
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat()
