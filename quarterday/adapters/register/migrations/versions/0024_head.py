"""The nightly head over all facts; a person's name and address may be taken out by a ruling on record."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers
from quarterday.adapters.register.personal import let_persons_out

revision = "0024"
down_revision = "0023"

PERSONAL = ("contact_changed", "reply_received", "upload_kept")


def _table(name: str, *columns: sa.Column) -> None:
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


def upgrade() -> None:
    _table(
        "head_recorded",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.Integer, nullable=False),
        *(sa.Column(each, sa.Text, nullable=False) for each in ("before", "head", "broken")),
    )
    _table(
        "person_erased",
        *(sa.Column(each, sa.Text, nullable=False) for each in ("table", "fact")),
        sa.Column("put_right", sa.Boolean, nullable=False),
    )
    bind = op.get_bind()
    for statement in triggers(bind.dialect.name, ["head_recorded", "person_erased"]):
        op.execute(statement)
    looked_at = sa.inspect(bind)
    columns = {table: [each["name"] for each in looked_at.get_columns(table)] for table in PERSONAL}
    for statement in let_persons_out(bind.dialect.name, columns):
        op.execute(statement)
