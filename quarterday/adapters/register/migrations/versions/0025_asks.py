"""Asks of boards, their answers, the actions that they set and how these go, and what a board says upward."""

import sqlalchemy as sa
from alembic import op

from quarterday.adapters.register.append_only import triggers

revision = "0025"
down_revision = "0024"

WORDS = {
    "ask_raised": ("ask", "asker", "board", "kind", "what", "consequence", "options"),
    "ask_answered": ("ask", "board", "answer", "for_readers", "passed_to"),
    "answer_told": ("ask", "answer", "told_in"),
    "action_set": ("action", "board", "ask", "what", "owner"),
    "action_told": ("action", "state", "said"),
    "board_said": ("board", "words"),
}
DAYS = {"ask_answered": ("meeting",), "action_set": ("meeting", "due"), "board_said": ("meeting",)}
DAYS_OR_NONE = {"ask_raised": ("by_when",), "ask_answered": ("until",)}


def upgrade() -> None:
    for table, words in WORDS.items():
        op.create_table(
            table,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "reason", "partnership")),
            *(sa.Column(name, sa.Text, nullable=False) for name in words),
            *(sa.Column(name, sa.Date, nullable=False) for name in DAYS.get(table, ())),
            *(sa.Column(name, sa.Date, nullable=True) for name in DAYS_OR_NONE.get(table, ())),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{table}_partnership", table, ["partnership", "at"])
    for statement in triggers(op.get_bind().dialect.name, list(WORDS)):
        op.execute(statement)
