"""What an officer's decision about a collection's promise says beside its dates: who is let off, what is left."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    for column in ("let_off", "left"):
        op.add_column("collection_bound", sa.Column(column, sa.JSON, nullable=True))
