"""A release keeps for which boards it tells other figures than each version before it: they alone hear of it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    # Of a release made before this nobody kept it, which is more than that nothing changed: all its boards hear of it.
    op.add_column("release_made", sa.Column("changed", sa.JSON, nullable=True))
