"""What officers do on their pages: an email goes at once, a partner is written to, a matter is put off."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0017"
down_revision = "0016"

FACTS = {
    "message_hastened": (sa.Column("message", sa.Text, nullable=False),),
    "officer_wrote": tuple(sa.Column(name, sa.Text, nullable=False) for name in ("request", "letter", "to_partner")),
    "matter_put_off": (sa.Column("matter", sa.Text, nullable=False), sa.Column("until", sa.Date, nullable=False)),
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
        if any(each.name == "request" for each in columns):
            op.create_index(f"ix_{name}_request", name, ["request"])
    for statement in triggers(op.get_bind().dialect.name, FACTS):
        op.execute(statement)
