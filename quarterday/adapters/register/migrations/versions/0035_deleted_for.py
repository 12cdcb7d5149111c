"""What a file was deleted for: until now only the words of its reason told it."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    # Of a file deleted before this it stays unsaid: no row is changed.
    op.add_column("file_deleted", sa.Column("cause", sa.Text, nullable=False, server_default=sa.text("''")))
