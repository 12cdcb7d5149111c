"""The register of facts: append-only tables in SQLite or PostgreSQL, with the same migrations for both."""

from quarterday.adapters.register.errors import AlreadyRecorded, RegisterNotReadyError
from quarterday.adapters.register.register import Register, existing_register, open_register

__all__ = ["AlreadyRecorded", "Register", "RegisterNotReadyError", "existing_register", "open_register"]
