"""Moving to another database: every fact of an embedded register, into the register of the settings."""

from pathlib import Path

from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import current_version, latest_version
from quarterday.adapters.register.register import Register


class NotMovedError(Exception):
    """The register could not be moved; the sentence says what to do. Where it came from, nothing was changed."""


def move_register(database: Path, into: Register) -> int:
    """Copy all facts of a SQLite register and compare; returns how many there are. Harmless to repeat.

    Raises `NotMovedError` where there is no such register, it is of another version, or the copy differs.
    """
    if not database.is_file():
        raise NotMovedError(f"There is no register at {database}.")
    with Register(open_engine(f"sqlite:///{database.resolve()}")) as source:
        if current_version(source.engine) != latest_version():
            raise NotMovedError(
                f"{database} is at version {current_version(source.engine) or 'none'}, and this quarterday moves "
                f"{latest_version()}: run `quarterday migrate` on it first, without QUARTERDAY_DATABASE_URL."
            )
        return sum(_move(source, into, partnership) for partnership in source.partnerships())


def _move(source: Register, into: Register, partnership: str) -> int:
    facts = list(source.facts(partnership))
    into.append_new(*facts)
    if list(into.facts(partnership)) != facts:
        raise NotMovedError(
            f"The other register now holds facts of {partnership} that this one does not: it was used before. "
            "Move into an empty database."
        )
    return len(facts)
