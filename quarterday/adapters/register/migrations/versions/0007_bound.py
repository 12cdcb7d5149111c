"""What collections promise: the frameworks they go by, each kept once, and their dates."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0007"
down_revision = "0006"

FACTS: dict[str, dict[str, type[sa.types.TypeEngine] | sa.types.TypeEngine]] = {
    "framework_kept": {
        "sha256": sa.Text,
        "content": sa.Text,
    },
    "collection_bound": {
        "collection": sa.Text,
        "number": sa.Integer,
        "framework": sa.Text,
        "due": sa.Date,
        "closes": sa.Date,
        "publish_on": sa.Date,
        "request_on": sa.JSON,
        "due_on": sa.JSON,
        "papers_on": sa.JSON,
        "adopted": sa.JSON,
        "called_off": sa.Boolean,
    },
}


def upgrade() -> None:
    for name, fields in FACTS.items():
        op.create_table(
            name,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("by", sa.Text, nullable=False),
            sa.Column("reason", sa.Text, nullable=False),
            sa.Column("partnership", sa.Text, nullable=False),
            *(sa.Column(field, kind, nullable=False) for field, kind in fields.items()),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{name}_partnership", name, ["partnership", "at"])
    op.create_index("ix_collection_bound_collection", "collection_bound", ["collection", "partnership"])
    for statement in triggers(op.get_bind().dialect.name, FACTS):
        op.execute(statement)
