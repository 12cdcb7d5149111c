"""What was asked of boards and is asked no more; a person may be taken out of the words that say why."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers
from quarterday.adapters.register.personal import let_persons_out

revision = "0033"
down_revision = "0032"

TABLE = "ask_withdrawn"
WORDS = ("by", "reason", "partnership", "ask", "for_readers")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in WORDS),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{TABLE}_partnership", TABLE, ["partnership", "at"])
    dialect = op.get_bind().dialect.name
    for statement in (*triggers(dialect, [TABLE]), *let_persons_out(dialect, {TABLE: ["key", "at", *WORDS]}, {TABLE: ("for_readers",)})):
        op.execute(statement)
