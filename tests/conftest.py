"""What holds for every test: the longest come first, so that workers end together."""

import pytest

LONGEST = (
    "tests/several/",
    "tests/rehearsal/",
    "tests/portal/test_browser.py",
    "tests/flows/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole quarters and browsers first, all else in its order."""

    def rank(item: pytest.Item) -> int:
        return next((n for n, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    items.sort(key=rank)
