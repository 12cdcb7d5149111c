"""What an officer let through of a supplier's words beside hidden figures."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "words_read",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("partnership", sa.Text, nullable=False),
        sa.Column("collection", sa.Text, nullable=False),
        sa.Column("partner_return", sa.Text, nullable=False),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("publish", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_words_read_partnership", "words_read", ["partnership", "at"])
    op.create_index("ix_words_read_collection", "words_read", ["collection", "partnership"])
    for statement in triggers(op.get_bind().dialect.name, ["words_read"]):
        op.execute(statement)
