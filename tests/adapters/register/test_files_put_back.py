"""Files put back beside PostgreSQL, which its own tools put back before: runs wait for an officer all the same."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.adapters.backups import back_up, restore
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.pausing import restored_and_not_looked_at
from tests.adapters.register.examples import OPENED


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_files_put_back_beside_a_register_keep_runs_waiting(settings: Settings, tmp_path: Path) -> None:
    """Each partnership's runs ask first."""
    with open_register(settings) as register:
        register.append(OPENED)
    archive = tmp_path / "files.tar.gz"
    back_up(settings, archive, datetime(2025, 7, 22, 17, 0, tzinfo=UTC), files_only=True)
    restore(settings, archive)
    with open_register(settings) as register:
        facts = register.facts("somewhere")

    assert restored_and_not_looked_at(facts)
