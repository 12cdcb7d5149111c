"""Email addresses: what counts as one, wherever it is written, and where one may stand in a sentence."""

import re

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
DOMAIN = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
PATTERN = rf"^{_LOCAL}(?:\.{_LOCAL})*@{DOMAIN}$"  # plain and quoted by nobody: what every mail server takes
LONGEST = 254  # characters: RFC 5321 gives an address no more
_LONGEST_LOCAL = 64
_PLAIN = re.compile(PATTERN)
IN_WORDS = re.compile(rf"[\w.+-]+@{DOMAIN}")


def is_address(text: str) -> bool:
    """Whether mail can go to an address as it is written."""
    local = text.rpartition("@")[0]
    return _PLAIN.fullmatch(text) is not None and len(text) <= LONGEST and len(local) <= _LONGEST_LOCAL


def domain_of(address: str) -> str:
    """What stands after the @, in small letters."""
    return address.rpartition("@")[2].lower()
