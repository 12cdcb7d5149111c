"""Packs of a small partnership, made once for all tests that only look at them."""

import pytest

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.pack.html import to_html
from quarterday.publishing.pack.on_paper import on_paper
from quarterday.publishing.pack.packs import board_packs, build_packs
from quarterday.publishing.tables import ReleaseTables
from tests.publishing.pack_frameworks import small_framework
from tests.publishing.pack_release import release_tables


@pytest.fixture(scope="session")
def streets() -> Framework:
    """The small partnership."""
    return small_framework()


@pytest.fixture(scope="session")
def release(streets: Framework) -> ReleaseTables:
    """Its provisional release of April to June 2025."""
    return release_tables(streets)


@pytest.fixture(scope="session")
def packs(streets: Framework, release: ReleaseTables) -> dict[str, bytes]:
    """Its packs in every format."""
    return build_packs(streets, release)


@pytest.fixture(scope="session")
def printed(streets: Framework, release: ReleaseTables) -> dict[str, bytes]:
    """The body of each pack, which is what is printed, as a page."""
    return {pack.board: to_html([on_paper(pack)])[0] for pack in board_packs(streets, release)}
