"""A person may be taken out of the words of leads, boards and owners, too; what such words asked keeps its id."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.personal import let_persons_out

revision = "0032"
down_revision = "0031"

WORDS = {
    "activity_told": ("done", "next_milestone", "in_the_way", "asks"),
    "activity_ruled": ("for_readers",),
    "ask_raised": ("what", "consequence", "options"),
    "ask_answered": ("for_readers",),
    "action_set": ("what",),
    "action_told": ("said",),
    "board_said": ("words",),
    "risk_reviewed": ("mitigation",),
    "bid_told": ("for_readers",),
}


def upgrade() -> None:
    op.add_column("person_erased", sa.Column("ask", sa.Text, nullable=False, server_default=sa.text("''")))
    bind = op.get_bind()
    looked_at = sa.inspect(bind)
    columns = {table: [each["name"] for each in looked_at.get_columns(table)] for table in WORDS}
    for statement in let_persons_out(bind.dialect.name, columns, WORDS):
        op.execute(statement)
