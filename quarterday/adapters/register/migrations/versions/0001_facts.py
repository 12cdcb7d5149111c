"""The first tables: one for each kind of fact, append-only."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import functions, triggers

revision = "0001"
down_revision = None

FACTS: dict[str, dict[str, type[sa.types.TypeEngine] | sa.types.TypeEngine]] = {
    "collection_opened": {
        "collection": sa.Text,
        "period_start": sa.Date,
        "period_end": sa.Date,
    },
    "request_made": {
        "collection": sa.Text,
        "request": sa.Text,
        "partner": sa.Text,
        "asked": sa.JSON,
        "withheld": sa.JSON,
        "due": sa.Date,
        "closes": sa.Date,
    },
    "message_reserved": {
        "collection": sa.Text,
        "request": sa.Text,
        "message": sa.Text,
        "rung": sa.Text,
        "email": sa.Text,
        "recipient": sa.Text,
        "subject": sa.Text,
        "outbox_id": sa.Text,
        "tells_of": sa.Text,
    },
    "message_settled": {
        "message": sa.Text,
        "outcome": sa.Text,
        "settles": sa.Text,
        "detail": sa.Text,
    },
    "link_issued": {
        "request": sa.Text,
        "token_hash": sa.Text,
        "recipient": sa.Text,
        "message": sa.Text,
        "expires": sa.DateTime(timezone=True),
    },
    "link_revoked": {
        "request": sa.Text,
        "token_hash": sa.Text,
    },
    "upload_kept": {
        "request": sa.Text,
        "upload": sa.Text,
        "sha256": sa.Text,
        "size": sa.BigInteger,
        "suffix": sa.Text,
        "stored_as": sa.Text,
        "said_name": sa.Text,
    },
    "return_received": {
        "request": sa.Text,
        "partner_return": sa.Text,
        "kind": sa.Text,
        "upload": sa.Text,
        "sha256": sa.Text,
        "stored_as": sa.Text,
        "suffix": sa.Text,
        "rest_by": sa.Date,
        "period_start": sa.Date,
        "period_end": sa.Date,
        "explanations": sa.Text,
    },
    "reply_received": {
        "request": sa.Text,
        "reply": sa.Text,
        "kind": sa.Text,
        "until": sa.Date,
        "reference": sa.Text,
        "colleague_name": sa.Text,
        "colleague_email": sa.Text,
        "indicators": sa.JSON,
    },
    "verdict_given": {
        "request": sa.Text,
        "partner_return": sa.Text,
        "verdict": sa.Text,
        "critical": sa.Integer,
        "warnings": sa.Integer,
        "notes": sa.Integer,
        "findings_stored_as": sa.Text,
        "rows_stored_as": sa.Text,
        "missing": sa.JSON,
        "overrides": sa.Text,
    },
    "extension_decided": {
        "request": sa.Text,
        "granted": sa.Boolean,
        "until": sa.Date,
        "reply": sa.Text,
    },
    "request_waived": {
        "request": sa.Text,
    },
    "gap_recorded": {
        "collection": sa.Text,
        "request": sa.Text,
        "partner": sa.Text,
        "indicator": sa.Text,
        "owner": sa.Text,
        "expected": sa.Date,
    },
    "collection_closed": {
        "collection": sa.Text,
    },
    "release_made": {
        "collection": sa.Text,
        "version": sa.Integer,
        "kind": sa.Text,
        "folder": sa.Text,
        "manifest_sha256": sa.Text,
        "returns": sa.JSON,
    },
    "message_held": {
        "message": sa.Text,
        "held": sa.Boolean,
    },
    "figures_backfilled": {
        "stored_as": sa.Text,
        "sha256": sa.Text,
        "rows": sa.Integer,
    },
    "file_deleted": {
        "stored_as": sa.Text,
        "sha256": sa.Text,
    },
}
MAY_BE_EMPTY = {"rest_by", "period_start", "period_end", "until", "expected"}
NEVER_EMPTY = {("collection_opened", "period_start"), ("collection_opened", "period_end")}
INDEXED = ("partnership", "request", "collection", "outbox_id")


def upgrade() -> None:
    op.create_table("never_kept", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table(
        "retention_leave",
        sa.Column(
            "id",
            sa.Integer,
            sa.ForeignKey("never_kept.id", name="fk_retention_leave_id", deferrable=True, initially="DEFERRED"),
            primary_key=True,
            autoincrement=False,
        ),
    )
    for name, fields in FACTS.items():
        op.create_table(
            name,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("by", sa.Text, nullable=False),
            sa.Column("reason", sa.Text, nullable=False),
            sa.Column("partnership", sa.Text, nullable=False),
            *(sa.Column(field, kind, nullable=_may_be_empty(name, field)) for field, kind in fields.items()),
            sqlite_with_rowid=False,
        )
        for column in INDEXED:
            if column == "partnership" or column in fields:
                op.create_index(f"ix_{name}_{column}", name, [column])
    dialect = op.get_bind().dialect.name
    for statement in (*functions(dialect), *triggers(dialect, FACTS)):
        op.execute(statement)


def _may_be_empty(table: str, field: str) -> bool:
    return field in MAY_BE_EMPTY and (table, field) not in NEVER_EMPTY
