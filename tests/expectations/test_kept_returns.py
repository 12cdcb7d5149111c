"""What a check found is kept beside the return and read back as it was."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations.check_return import check_reading
from quarterday.adapters.kept_returns import keep_checked, load_findings, load_rows
from quarterday.adapters.store import FilesStore, Stores
from tests.expectations.conftest import good_rows, job, workbook
from tests.expectations.damages import DAMAGES
from tests.expectations.test_damages import read

NOW = datetime(2025, 7, 10, 9, tzinfo=UTC)


@pytest.fixture
def stores(tmp_path: Path) -> Stores:
    """Stores of files in a folder of the test's own."""
    return Stores(raw=FilesStore(tmp_path / "raw"), published=FilesStore(tmp_path / "published"))


def test_findings_and_rows_are_read_back_as_they_were(stores: Stores) -> None:
    """A verdict names its findings and rows, and both are whole."""
    checked = check_reading(*read(DAMAGES["one row of another period"].job))
    findings, rows = keep_checked(stores, "r-1", checked, NOW)

    assert checked.findings == load_findings(stores, findings)
    assert checked.partner_return == load_rows(stores, rows)


def test_keeping_the_same_again_changes_nothing(stores: Stores) -> None:
    """A flow that was killed after keeping and before recording may keep again."""
    checked = check_reading(*read(job(workbook(good_rows()))))

    assert keep_checked(stores, "r-1", checked, NOW) == keep_checked(stores, "r-1", checked, NOW)
    assert 2 == len(stores.raw.names("checked/"))


def test_no_rows_of_a_quarantined_return_are_kept(stores: Stores) -> None:
    """What is about a person is kept in the sender's file alone."""
    checked = check_reading(*read(DAMAGES["a titled name"].job))
    findings, rows = keep_checked(stores, "r-1", checked, NOW)

    assert "" == rows
    assert b"Okafor" not in stores.raw.get(findings)
