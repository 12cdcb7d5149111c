"""PostgreSQL gets a mark of the register's own, which moves when a fact is recorded and at nothing else."""

from alembic import op
from sqlalchemy import inspect

from quarterday.adapters.register.marking import mark_and_function, marked

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return  # SQLite keeps count by itself
    looked_at = inspect(op.get_bind())
    columns = {name: {each["name"] for each in looked_at.get_columns(name)} for name in looked_at.get_table_names()}
    facts = sorted(name for name, found in columns.items() if {"key", "at", "by", "reason"} <= found)
    for statement in (*mark_and_function(), *marked(facts)):
        op.execute(statement)
