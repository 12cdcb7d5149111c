"""A verdict records what its return answers, alone; what is missing follows from all accepted returns and is not stored.

Before, it recorded what was missing after it. What it had answered by then, it and those accepted before it, is the
rest of what was asked: taken together with theirs it gives the same. What an old part return left open within an
indicator nobody recorded, so nothing is.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0006"
down_revision = "0005"

_KEPT: dict[str, Any] = {
    "key": sa.Text,
    "at": sa.DateTime(timezone=True),
    "by": sa.Text,
    "reason": sa.Text,
    "partnership": sa.Text,
    "request": sa.Text,
    "partner_return": sa.Text,
    "verdict": sa.Text,
    "critical": sa.Integer,
    "warnings": sa.Integer,
    "notes": sa.Integer,
    "findings_stored_as": sa.Text,
    "rows_stored_as": sa.Text,
    "overrides": sa.Text,
    "to_partner": sa.Text,
}
_NEW: dict[str, Any] = {"answered": sa.JSON, "left_open": sa.JSON}


def upgrade() -> None:
    before = sa.table("verdict_given", *(sa.column(name, kind) for name, kind in _KEPT.items()), sa.column("missing", sa.JSON))
    made = sa.table("request_made", sa.column("request", sa.Text), sa.column("asked", sa.JSON))
    asked = {row.request: row.asked for row in op.get_bind().execute(sa.select(made))}
    rows: list[dict[str, Any]] = [dict(row) for row in op.get_bind().execute(sa.select(before)).mappings()]
    for row in rows:
        missing = row.pop("missing")
        row |= {"answered": [code for code in asked.get(row["request"], ()) if code not in missing], "left_open": []}
    op.drop_table("verdict_given")  # a new one: facts in it cannot be changed
    after = op.create_table(
        "verdict_given",
        *(_column(name, kind) for name, kind in (_KEPT | _NEW).items()),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_verdict_given_partnership", "verdict_given", ["partnership", "at"])
    op.create_index("ix_verdict_given_request", "verdict_given", ["request"])
    op.bulk_insert(after, rows)
    for statement in triggers(op.get_bind().dialect.name, ["verdict_given"]):
        op.execute(statement)


def _column(name: str, kind: Any) -> "sa.Column[Any]":
    default = sa.text("''") if name == "to_partner" else None
    return sa.Column(name, kind, primary_key=name == "key", nullable=False, server_default=default)
