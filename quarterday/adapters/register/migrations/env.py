"""Alembic's entry: runs the migrations on the connection, and in the transaction, that it is handed."""

from alembic import context

from quarterday.adapters.register.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
