"""What is owed outward (paper 7.1, 8.4, 9.2): to the London VRU, MOPAC, the Home Office, for the yearly review."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured
from quarterday.domain.framework.periods import Period, financial_year


class SubmissionKind(StrEnum):
    """What goes out: a quarter's pack, or four quarters together."""

    PACK = "pack"
    YEARLY_REVIEW = "yearly review"


class Submission(Configured):
    """Something that the partnership sends to an outside reader on days of its own.

    It is prepared from the release: `board` is the reader (or the board) whose pack goes with it. A yearly review puts
    the quarters of the financial year together that ended last before its day.
    """

    code: Code
    title: str = Field(min_length=1, max_length=200)
    to: str = Field(min_length=1)
    board: Code
    kind: SubmissionKind = SubmissionKind.PACK
    owed_on: tuple[date, ...] = Field(min_length=1)
    about: str = ""


def year_before(day: date) -> Period:
    """The financial year that ended last before a day: 2025-26 for any day from 1 April 2026 to 31 March 2027."""
    return financial_year(day.year - (1 if day.month >= 4 else 2))
