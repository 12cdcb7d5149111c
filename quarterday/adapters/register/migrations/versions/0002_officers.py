"""What officers decide beside returns: releases approved and withdrawn, contacts changed, links replaced."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0002"
down_revision = "0001"

FACTS: dict[str, dict[str, type[sa.types.TypeEngine] | sa.types.TypeEngine]] = {
    "release_approved": {
        "collection": sa.Text,
        "version": sa.Integer,
        "returns": sa.JSON,
    },
    "release_withdrawn": {
        "collection": sa.Text,
        "version": sa.Integer,
    },
    "contact_changed": {
        "partner": sa.Text,
        "role": sa.Text,
        "name": sa.Text,
        "email": sa.Text,
    },
    "link_replaced": {
        "request": sa.Text,
        "replacement": sa.Text,
    },
}
INDEXED = ("partnership", "request", "collection")


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
        for column in INDEXED:
            if column == "partnership" or column in fields:
                op.create_index(f"ix_{name}_{column}", name, [column])
    for statement in triggers(op.get_bind().dialect.name, FACTS):
        op.execute(statement)
