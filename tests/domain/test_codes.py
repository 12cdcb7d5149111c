"""Codes are made of titles in one way."""

import pytest

from quarterday.domain.framework.codes import as_code, new_code


@pytest.mark.parametrize(
    ("written", "code"),
    [("BURGLARY - RESIDENTIAL", "burglary-residential"), ("  Women & girls ", "women-girls"), ("£££", "")],
)
def test_a_title_makes_a_code(written: str, code: str) -> None:
    """Small letters and figures, with a dash for all that is between."""
    assert code == as_code(written)


def test_a_new_code_is_never_empty_nor_too_long() -> None:
    """Nor does it end with a dash where it was cut."""
    assert "partnership" == new_code("£££", "partnership")
    assert "safer-somewhere" == new_code("Safer Somewhere and Everywhere", "x", longest=16)
