"""Reference pages say what the code says."""

import pytest

from tests.docs.reference import FOLDER, pages


@pytest.mark.parametrize("name", sorted(file.name for file in FOLDER.iterdir()))
def test_a_reference_page_is_what_the_code_says(name: str) -> None:
    """Made anew by `make reference`, it is the one in docs."""
    assert pages()[name] == (FOLDER / name).read_text()


def test_every_reference_page_is_made() -> None:
    """None is written by hand, and none is left from something that is no more."""
    assert sorted(pages()) == sorted(file.name for file in FOLDER.iterdir())
