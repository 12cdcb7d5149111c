"""Figures of other places, brought in from published tables."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0027"
down_revision = "0026"

TABLE = "reference_figures"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "reason", "partnership", "comparison")),
        sa.Column("published", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("stored_as", "sha256")),
        sa.Column("rows", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{TABLE}_partnership", TABLE, ["partnership", "at"])
    for statement in triggers(op.get_bind().dialect.name, [TABLE]):
        op.execute(statement)
