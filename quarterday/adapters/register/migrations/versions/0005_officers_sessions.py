"""Officers who sign in: what was asked for, tried, begun and ended, and what figures they looked at."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
FACTS: dict[str, dict[str, type[sa.types.TypeEngine] | sa.types.TypeEngine]] = {
    "sign_in_asked": {"officer": sa.Text, "asked": sa.Text, "code_hash": sa.Text, "expires": MOMENT},
    "sign_in_tried": {"asked": sa.Text, "number": sa.Integer},
    "signed_in": {"officer": sa.Text, "session": sa.Text, "let_in_by": sa.Text, "expires": MOMENT},
    "signed_out": {"officer": sa.Text, "session": sa.Text},
    "figures_seen": {"partner_return": sa.Text, "what": sa.Text},
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
