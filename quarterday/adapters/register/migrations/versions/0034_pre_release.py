"""Who was given access to a version before it was public; a person may be taken out of it, as of every such fact."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers
from quarterday.adapters.register.personal import let_persons_out

revision = "0034"
down_revision = "0033"

TABLE = "pre_release_given"
WORDS = ("by", "reason", "partnership", "collection", "reader", "name", "post")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in WORDS),
        sa.Column("version", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{TABLE}_partnership", TABLE, ["partnership", "at"])
    op.create_index(f"ix_{TABLE}_collection", TABLE, ["collection", "partnership"])
    dialect = op.get_bind().dialect.name
    for statement in triggers(dialect, [TABLE]):
        op.execute(statement)
    for statement in let_persons_out(dialect, {TABLE: ["key", "at", *WORDS, "version"]}, {TABLE: ("name",)}):
        op.execute(statement)
