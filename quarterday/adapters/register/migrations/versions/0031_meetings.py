"""Of which meetings all that was decided is on record."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0031"
down_revision = "0030"

TABLE = "meeting_recorded"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "reason", "partnership", "board")),
        sa.Column("meeting", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{TABLE}_partnership", TABLE, ["partnership", "at"])
    for statement in triggers(op.get_bind().dialect.name, [TABLE]):
        op.execute(statement)
