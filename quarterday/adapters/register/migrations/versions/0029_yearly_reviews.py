"""The yearly reviews that were made for what is owed outward."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0029"
down_revision = "0028"

TABLE = "yearly_review_made"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "reason", "partnership", "submission")),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("owed_on", "year_start")),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("folder", "manifest_sha256")),
        sa.Column("releases", sa.JSON, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{TABLE}_partnership", TABLE, ["partnership", "at"])
    for statement in triggers(op.get_bind().dialect.name, [TABLE]):
        op.execute(statement)
