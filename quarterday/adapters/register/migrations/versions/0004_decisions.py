"""Decisions can be put right: a waiver is lifted, and what goes out is kept apart from the reason that stays inside."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0004"
down_revision = "0003"

TOLD = {
    "to_partner": ("verdict_given", "extension_decided", "request_waived"),
    "for_readers": ("release_withdrawn",),
}


def upgrade() -> None:
    for column, tables in TOLD.items():
        for table in tables:
            op.add_column(table, sa.Column(column, sa.Text, nullable=False, server_default=sa.text("''")))
    # Of a gap recorded before this, the reason was published: it has no words apart, which is more than empty ones.
    op.add_column("gap_recorded", sa.Column("for_readers", sa.Text, nullable=True))
    op.create_table(
        "waiver_lifted",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("partnership", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("to_partner", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_waiver_lifted_partnership", "waiver_lifted", ["partnership", "at"])
    op.create_index("ix_waiver_lifted_request", "waiver_lifted", ["request"])
    for statement in triggers(op.get_bind().dialect.name, ["waiver_lifted"]):
        op.execute(statement)
