"""The words of emails as they were sent, by the attempt."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0020"
down_revision = "0019"

WORDS = ("collection", "request", "message", "stored_as", "sha256")


def upgrade() -> None:
    op.create_table(
        "email_kept",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("partnership", sa.Text, nullable=False),
        *(sa.Column(each, sa.Text, nullable=False) for each in WORDS),
        sa.Column("attempt", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_email_kept_partnership", "email_kept", ["partnership", "at"])
    op.create_index("ix_email_kept_request", "email_kept", ["request"])
    op.create_index("ix_email_kept_collection", "email_kept", ["collection", "partnership"])
    for statement in triggers(op.get_bind().dialect.name, ["email_kept"]):
        op.execute(statement)
