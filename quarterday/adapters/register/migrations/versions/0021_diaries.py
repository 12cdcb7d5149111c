"""Which due date an email put into a diary, and under which number: a holiday proclaimed later moves dates by no fact."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("message_reserved", sa.Column("diary_day", sa.Date, nullable=True))
    number = sa.Column("diary_number", sa.Integer, nullable=False, server_default=sa.text("0"))
    op.add_column("message_reserved", number)
