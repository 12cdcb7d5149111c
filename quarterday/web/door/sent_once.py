"""What a form carries so that sending it twice is sending it once."""

import re
import secrets

_ONCE = re.compile(r"[0-9a-f]{32}")


def new_once() -> str:
    """What a form carries so that sending it twice is sending it once."""
    return secrets.token_hex(16)


def is_once(said: str) -> bool:
    """Whether it has the shape of what a form carries."""
    return bool(_ONCE.fullmatch(said))
