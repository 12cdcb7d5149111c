"""Who had a recipient's code when an email was booked: by a mark, so that somebody new is asked, not reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("message_reserved", sa.Column("reader", sa.Text, nullable=False, server_default=sa.text("''")))
