"""An embedded register moves into PostgreSQL with every fact as it was."""

from pathlib import Path

import pytest

from quarterday.adapters.register import open_register
from quarterday.adapters.register.moving import NotMovedError, move_register
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import CollectionClosed
from tests.adapters.register.examples import AT, LINK, OPENED, message
from tests.postgres import new_database


@pytest.fixture
def postgres(server: str, template: str, tmp_path: Path) -> Settings:
    """An installation that has just been given PostgreSQL."""
    return Settings(home=tmp_path / "new", database_url=new_database(server, template), _env_file=None)


@pytest.fixture
def embedded(tmp_path: Path) -> Path:
    """An embedded register with facts of two partnerships."""
    closed = CollectionClosed(at=AT, by="quarterday", partnership="elsewhere", collection="elsewhere.2025-26-q1")
    with open_register(Settings(home=tmp_path, _env_file=None)) as register:
        register.append(OPENED, LINK, message("m1"), message("m2"), closed)
    return tmp_path / "register.db"


def test_every_fact_moves(embedded: Path, postgres: Settings) -> None:
    """Moved twice, the new register holds what the old one does, once."""
    with open_register(postgres) as into, open_register(Settings(home=embedded.parent, _env_file=None)) as old:
        counts = [move_register(embedded, into) for _ in range(2)]
        same = [list(old.facts(each)) == list(into.facts(each)) for each in ("somewhere", "elsewhere")]

    assert [5, 5] == counts
    assert [True, True] == same


def test_into_a_register_that_was_used(embedded: Path, postgres: Settings) -> None:
    """Two registers are never mixed in silence."""
    with open_register(postgres) as into:
        into.append(message("another"))
        with pytest.raises(NotMovedError, match="Move into an empty database"):
            move_register(embedded, into)


def test_from_nowhere(tmp_path: Path, postgres: Settings) -> None:
    """A file that is not there is said, and not made."""
    with open_register(postgres) as into, pytest.raises(NotMovedError, match="no register at"):
        move_register(tmp_path / "no.db", into)

    assert not (tmp_path / "no.db").exists()
