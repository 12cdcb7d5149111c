"""Nothing deletes a fact, the retention rule neither: the leave that it might once have taken goes, with its tables."""

from alembic import op
from sqlalchemy import inspect

from quarterday.adapters.register.append_only import functions, triggers

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    dialect, looked_at = op.get_bind().dialect.name, inspect(op.get_bind())
    columns = {name: {each["name"] for each in looked_at.get_columns(name)} for name in looked_at.get_table_names()}
    facts = sorted(name for name, found in columns.items() if {"key", "at", "by", "reason"} <= found)
    if dialect == "sqlite":
        for table in facts:
            for change in ("update", "delete", "replace"):
                op.execute(f"DROP TRIGGER {table}_refuses_{change}")
        for statement in triggers(dialect, facts):
            op.execute(statement)
    for statement in functions(dialect):  # PostgreSQL's triggers all call one function
        op.execute(statement)
    op.drop_table("retention_leave")
    op.drop_table("never_kept")
