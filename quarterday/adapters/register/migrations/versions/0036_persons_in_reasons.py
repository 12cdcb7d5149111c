"""A person may be taken out of the reason of any fact, and of whatever else people write freely, too."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.personal import let_persons_out

revision = "0036"
down_revision = "0035"

BESIDE_THE_REASON = {
    "contact_changed": ("name", "email"),
    "reply_received": ("colleague_name", "colleague_email", "reference"),
    "upload_kept": ("said_name",),
    "activity_told": ("done", "next_milestone", "in_the_way", "asks"),
    "activity_ruled": ("for_readers",),
    "ask_raised": ("what", "consequence", "options"),
    "ask_answered": ("for_readers",),
    "ask_withdrawn": ("for_readers",),
    "action_set": ("what",),
    "action_told": ("said",),
    "board_said": ("words",),
    "risk_reviewed": ("mitigation",),
    "bid_told": ("for_readers",),
    "extension_decided": ("to_partner",),
    "figures_held": ("for_readers",),
    "gap_recorded": ("owner", "for_readers"),
    "indicator_noted": ("words", "signed"),
    "limits_set": ("for_readers",),
    "message_reserved": ("subject",),
    "message_settled": ("detail",),
    "officer_wrote": ("to_partner",),
    "pre_release_given": ("name", "post"),
    "release_withdrawn": ("for_readers",),
    "request_waived": ("to_partner",),
    "return_received": ("explanations",),
    "verdict_given": ("to_partner",),
    "waiver_lifted": ("to_partner",),
}


def upgrade() -> None:
    bind = op.get_bind()
    looked_at = sa.inspect(bind)
    tables = {table: [each["name"] for each in looked_at.get_columns(table)] for table in looked_at.get_table_names()}
    facts = {table: columns for table, columns in tables.items() if {"key", "reason"} <= set(columns)}
    personal = {table: (*BESIDE_THE_REASON.get(table, ()), "reason") for table in facts}
    for statement in let_persons_out(bind.dialect.name, facts, personal):
        op.execute(statement)
