"""What counts as an email address is one thing, in the configuration, on a page and before an email leaves."""

import pytest
from pydantic import ValidationError

from quarterday.domain.framework.addresses import domain_of, is_address
from quarterday.domain.framework.partners import Contact


@pytest.mark.parametrize("address", ["fay.officer@fire.example", "o'neil+csp@police.example", "A@B.C.example"])
def test_an_address_is_one_everywhere(address: str) -> None:
    """Mail can go to whatever may be written down."""
    assert is_address(address)
    assert address == Contact(name="Fay", email=address).email


@pytest.mark.parametrize(
    "address",
    ["fay at fire", "a@b", "two words@b.example", "a..b@b.example", "ä@b.example", "a@b.example\nBcc: x"],
)
def test_what_mail_cannot_go_to_cannot_be_written_down_either(address: str) -> None:
    """It is told when the configuration is checked, not when a request comes back."""
    assert not is_address(address)
    with pytest.raises(ValidationError):
        Contact(name="Fay", email=address)


def test_domains_are_compared_in_small_letters() -> None:
    """A colleague at Fire.Example is at fire.example."""
    assert "fire.example" == domain_of("fay@Fire.Example")
