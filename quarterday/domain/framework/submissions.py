"""What is owed outward (paper 7.1, 8.4, 9.2): to the London VRU, MOPAC, the Home Office, for the yearly review."""

from datetime import date

from pydantic import Field

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured


class Submission(Configured):
    """Something that the partnership sends to an outside reader on days of its own.

    It is prepared from the release: `board` is the reader (or the board) whose pack goes with it.
    """

    code: Code
    title: str = Field(min_length=1, max_length=200)
    to: str = Field(min_length=1)
    board: Code
    owed_on: tuple[date, ...] = Field(min_length=1)
    about: str = ""
