"""Until when a decision may be taken back by one press, and whether it was."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0028"
down_revision = "0027"

OFFERED, CLOSED = "undo_offered", "undo_closed"


def upgrade() -> None:
    own = {
        OFFERED: (
            *(sa.Column(name, sa.Text, nullable=False) for name in ("decision", "matter")),
            *(sa.Column(name, sa.JSON, nullable=False) for name in ("decided", "touches")),
            sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        ),
        CLOSED: (
            *(sa.Column(name, sa.Text, nullable=False) for name in ("offer", "matter")),
            sa.Column("decided", sa.JSON, nullable=False),
            sa.Column("taken_back", sa.Boolean, nullable=False),
        ),
    }
    for table, columns in own.items():
        op.create_table(
            table,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "reason", "partnership")),
            *columns,
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{table}_partnership", table, ["partnership", "at"])
    for statement in triggers(op.get_bind().dialect.name, list(own)):
        op.execute(statement)
