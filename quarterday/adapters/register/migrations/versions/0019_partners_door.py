"""Codes mailed for a link, as every portal knows them, and keys of partners' own scripts."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0019"
down_revision = "0018"

MOMENT = sa.DateTime(timezone=True)
FACTS: dict[str, dict[str, type[sa.types.TypeEngine] | sa.types.TypeEngine]] = {
    "code_asked": {"link": sa.Text, "code_hash": sa.Text, "source": sa.Text, "expires": MOMENT},
    "code_tried": {"link": sa.Text, "source": sa.Text, "number": sa.Integer},
    "code_used": {"link": sa.Text, "code_hash": sa.Text},
    "key_made": {"partner": sa.Text, "key_hash": sa.Text},
    "key_revoked": {"partner": sa.Text, "key_hash": sa.Text},
}


def upgrade() -> None:
    for name, fields in FACTS.items():
        op.create_table(
            name,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("at", MOMENT, nullable=False),
            sa.Column("by", sa.Text, nullable=False),
            sa.Column("reason", sa.Text, nullable=False),
            sa.Column("partnership", sa.Text, nullable=False),
            *(sa.Column(field, kind, nullable=False) for field, kind in fields.items()),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{name}_partnership", name, ["partnership", "at"])
    for statement in triggers(op.get_bind().dialect.name, FACTS):
        op.execute(statement)
