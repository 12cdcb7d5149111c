"""Risks that were reviewed, and what became of bids."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0023"
down_revision = "0022"

TABLES: dict[str, tuple[sa.Column[Any], ...]] = {
    "risk_reviewed": (
        *(sa.Column(name, sa.Text, nullable=False) for name in ("partner", "reviewed", "risk", "likelihood", "impact")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("trend", "mitigation")),
        sa.Column("next_review", sa.Date, nullable=False),
        sa.Column("by_an_officer", sa.Boolean, nullable=False),
    ),
    "bid_told": (
        *(sa.Column(name, sa.Text, nullable=False) for name in ("partner", "bid", "state", "for_readers")),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("ends", sa.Date, nullable=True),
    ),
}


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.create_table(
            table,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "reason", "partnership")),
            *columns,
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{table}_partnership", table, ["partnership", "at"])
    for statement in triggers(op.get_bind().dialect.name, list(TABLES)):
        op.execute(statement)
