"""Figures that came and that an officer keeps out of what is published."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "figures_held",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(each, sa.Text, nullable=False) for each in ("by", "reason", "partnership", "request", "indicator")),
        sa.Column("held", sa.Boolean, nullable=False),
        sa.Column("for_readers", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_figures_held_partnership", "figures_held", ["partnership", "at"])
    op.create_index("ix_figures_held_request", "figures_held", ["request"])
    for statement in triggers(op.get_bind().dialect.name, ["figures_held"]):
        op.execute(statement)
