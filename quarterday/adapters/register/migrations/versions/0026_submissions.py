"""What was sent to outside readers, with its receipt."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0026"
down_revision = "0025"

TABLE = "submission_sent"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "reason", "partnership", "submission")),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("owed_on", "sent_on")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("release", "receipt")),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{TABLE}_partnership", TABLE, ["partnership", "at"])
    for statement in triggers(op.get_bind().dialect.name, [TABLE]):
        op.execute(statement)
