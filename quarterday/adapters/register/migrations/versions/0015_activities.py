"""Activities: which a request asks about, what their leads told, what did not come, and what officers saw otherwise."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0015"
down_revision = "0014"

TABLES = {
    "activity_told": (
        "request", "partner", "told", "activity", "state", "done", "next_milestone", "in_the_way", "asks",
        "asks_board", "partner_return",
    ),
    "activity_gap": ("request", "partner", "activity"),
    "activity_ruled": ("activity", "rag", "for_readers"),
}  # fmt: skip
DAYS = {"activity_told": ("next_on",), "activity_gap": ("expected",)}


def upgrade() -> None:
    op.add_column("request_made", sa.Column("activities", sa.JSON, nullable=True))
    for table, words in TABLES.items():
        op.create_table(
            table,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "reason", "partnership", "collection")),
            *(sa.Column(name, sa.Text, nullable=False) for name in words),
            *(sa.Column(name, sa.Date, nullable=True) for name in DAYS.get(table, ())),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{table}_partnership", table, ["partnership", "at"])
        op.create_index(f"ix_{table}_collection", table, ["collection", "partnership"])
        if "request" in words:
            op.create_index(f"ix_{table}_request", table, ["request"])
    for statement in triggers(op.get_bind().dialect.name, list(TABLES)):
        op.execute(statement)
