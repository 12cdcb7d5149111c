"""A register put back from a backup, and an officer's word that runs may go on."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0012"
down_revision = "0011"

FACTS = {"register_restored": ("taken_at",), "going_on_confirmed": ()}


def upgrade() -> None:
    for name, words in FACTS.items():
        op.create_table(
            name,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("by", sa.Text, nullable=False),
            sa.Column("reason", sa.Text, nullable=False),
            sa.Column("partnership", sa.Text, nullable=False),
            *(sa.Column(each, sa.Text, nullable=False) for each in words),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{name}_partnership", name, ["partnership", "at"])
    for statement in triggers(op.get_bind().dialect.name, FACTS):
        op.execute(statement)
