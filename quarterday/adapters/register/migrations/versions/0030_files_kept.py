"""Files with personal data that an officer keeps for a stated reason."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0030"
down_revision = "0029"

TABLE = "file_kept"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("by", "reason", "partnership", "request", "partner_return")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{TABLE}_partnership", TABLE, ["partnership", "at"])
    op.create_index(f"ix_{TABLE}_request", TABLE, ["request"])
    for statement in triggers(op.get_bind().dialect.name, [TABLE]):
        op.execute(statement)
