"""Word that a yearly review was made: to an officer, who sends it, and to the board's lead where it is one of ours."""

from collections.abc import Iterator
from datetime import date, timedelta

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.meetings import lead_of
from quarterday.domain.collection.people import officer, word_apart
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.yearly import reviews_made
from quarterday.domain.facts import Facts, YearlyReviewMade
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import year_name
from quarterday.domain.framework.submissions import SubmissionKind, year_before
from quarterday.domain.risks.submissions import Owed, owed_outward

OCCASION = "review-ready"
STILL_NEWS = timedelta(days=30)  # what was made before this was told is no news any more


def reviews_told(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    """Word of the newest version of each review, until somebody has recorded that it was sent."""
    for owed in owed_outward(framework, facts):
        if owed.submission.kind is SubmissionKind.YEARLY_REVIEW and owed.sent is None:
            made = reviews_made(facts, owed)
            if made and today <= london_day(made[-1].at) + STILL_NEWS:
                for to in _readers(framework, owed):
                    yield _word(owed, made[-1], to)


def review_told_of(framework: Framework, facts: Facts, about: str) -> tuple[Owed, YearlyReviewMade] | None:
    """The review that an email names, with what it is owed for; None where it is not owed any more."""
    for owed in owed_outward(framework, facts):
        for made in reviews_made(facts, owed):
            if made.key == about:
                return owed, made
    return None


def _readers(framework: Framework, owed: Owed) -> tuple[Recipient, ...]:
    """An outside reader gets it from an officer, with a letter; one mailbox hears once."""
    board = framework.board[owed.submission.board]
    told = [lead_of(board)] if board.kind != "external" else []
    return tuple({each.mark: each for each in (officer(framework), *told)}.values())


def _word(owed: Owed, made: YearlyReviewMade, to: Recipient) -> Send:
    why = f"The yearly review of {year_name(year_before(owed.on))} is made (version {made.version})."
    return word_apart(message_key(made.key, OCCASION, to.code), OCCASION, to, london_day(made.at), why, made.key)
