"""Words on indicators, limits set anew, and versions that an officer holds back."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0018"
down_revision = "0017"

FACTS = {
    "indicator_noted": tuple(
        sa.Column(name, sa.Text, nullable=False) for name in ("collection", "indicator", "kind", "words", "signed")
    ),
    "limits_set": (
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("from_day", sa.Date, nullable=False),
        sa.Column("for_readers", sa.Text, nullable=False),
        sa.Column("holds", sa.Boolean, nullable=False),
    ),
    "release_held": (sa.Column("collection", sa.Text, nullable=False), sa.Column("version", sa.Integer, nullable=False)),
}


def upgrade() -> None:
    for name, columns in FACTS.items():
        op.create_table(
            name,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("by", sa.Text, nullable=False),
            sa.Column("reason", sa.Text, nullable=False),
            sa.Column("partnership", sa.Text, nullable=False),
            *columns,
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{name}_partnership", name, ["partnership", "at"])
        if any(each.name == "collection" for each in columns):
            op.create_index(f"ix_{name}_collection", name, ["collection", "partnership"])
    for statement in triggers(op.get_bind().dialect.name, FACTS):
        op.execute(statement)
