"""Collections that are over, and indexes by which a day's work reads none of what belongs to them."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0003"
down_revision = "0002"

BEFORE = (
    "collection_opened request_made message_reserved message_settled link_issued link_revoked upload_kept "
    "return_received reply_received verdict_given extension_decided request_waived gap_recorded collection_closed "
    "release_made message_held figures_backfilled file_deleted release_approved release_withdrawn contact_changed "
    "link_replaced"
).split()
OF_A_COLLECTION = (
    "collection_opened request_made message_reserved gap_recorded collection_closed release_made release_approved "
    "release_withdrawn"
).split()


def upgrade() -> None:
    op.create_table(
        "collections_settled",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("partnership", sa.Text, nullable=False),
        sa.Column("collections", sa.JSON, nullable=False),
        sa.Column("quiet_since", sa.DateTime(timezone=True), nullable=False),
        sqlite_with_rowid=False,
    )
    for table in BEFORE:
        op.drop_index(f"ix_{table}_partnership", table)
    for table in (*BEFORE, "collections_settled"):
        op.create_index(f"ix_{table}_partnership", table, ["partnership", "at"])
    for table in OF_A_COLLECTION:
        op.drop_index(f"ix_{table}_collection", table)
        op.create_index(f"ix_{table}_collection", table, ["collection", "partnership"])
    op.create_index("ix_message_settled_message", "message_settled", ["message"])
    op.create_index("ix_message_settled_outcome", "message_settled", ["partnership", "outcome"])
    for statement in triggers(op.get_bind().dialect.name, ["collections_settled"]):
        op.execute(statement)
