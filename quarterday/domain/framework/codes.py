"""Codes: how partners, indicators and classes are named where machines read, and how a code is made of a title."""

import re
from typing import Annotated

from pydantic import Field

LONGEST = 60  # characters
Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=LONGEST)]
_NOT_IN_A_CODE = re.compile(r"[^a-z0-9]+")


def as_code(written: str) -> str:
    """A title as it stands in codes, however long: `BURGLARY - RESIDENTIAL` is `burglary-residential`."""
    return _NOT_IN_A_CODE.sub("-", written.lower()).strip("-")


def new_code(written: str, otherwise: str, longest: int = LONGEST) -> str:
    """A code for something new with that title, and another word where nothing of the title can stand in one."""
    return as_code(written)[:longest].strip("-") or otherwise
