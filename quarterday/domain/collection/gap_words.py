"""Why a figure is a gap, in the words that readers see, and when it is expected: as things stand, not as they stood.

What quarterday records at the close is how it was then. What the partner said and officers decided since is told by
every version made after it; what an officer recorded of the gap itself holds until an officer records otherwise.
"""

from datetime import date

from quarterday.domain.collection.open_figures import why_not_available
from quarterday.domain.collection.waiting import Course, course_of
from quarterday.domain.facts import ExtensionDecided, Facts, GapRecorded, ReplyReceived, RequestMade, WaiverLifted
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date

_SAYS, _NO_REASON = "the supplier says that it is not available: ", "no reason was given"
LET_OFF = "the partnership let the supplier off this time"
NOT_COME_YET = "the figure had not come when this version was made"


def not_available(said: ReplyReceived) -> str:
    """That its supplier says so, and why."""
    return f"{_SAYS}{said.reason or _NO_REASON}"


def is_suppliers(why: str) -> bool:
    """Whether a reason repeats what a supplier wrote, as `not_available` does."""
    return why.startswith(_SAYS) and why != f"{_SAYS}{_NO_REASON}"


def has_time(until: date, *, given: bool) -> str:
    """Until when the supplier was given time, or asked for it."""
    return f"the supplier {'has' if given else 'asked for'} time until {say_date(until)}"


def gap_now(framework: Framework, facts: Facts, gap: GapRecorded) -> tuple[str, date | None]:
    """Why a recorded gap is one, and when its figure is expected, by the last that was said or decided of it.

    `framework` is the one that its collection promised.
    """
    request = facts.request(gap.request)
    if gap.by_an_officer or request is None:
        return gap.reason, gap.expected
    course = course_of(framework, facts, request)
    if course.waived and course.waived.at > gap.at:
        return LET_OFF, None
    if said := said_not_to_come(facts, request, gap):
        return not_available(said), None
    expected = expected_now(facts, gap, course)
    decided = _decided_since(facts, gap)
    if isinstance(decided, ExtensionDecided) and decided.granted and decided.until:
        return has_time(decided.until, given=True), expected
    return (NOT_COME_YET if decided else gap.reason), expected


def said_not_to_come(facts: Facts, request: RequestMade, gap: GapRecorded) -> ReplyReceived | None:
    """The word by which the partner said, after a gap was recorded, that its figure is not available."""
    said = why_not_available(facts, request, gap.indicator)
    return said if said and said.at > gap.at else None


def expected_now(facts: Facts, gap: GapRecorded, course: Course) -> date | None:
    """When the figure of a gap is expected: the latest word on it, by an officer or of all that its partner owes."""
    if course.waived and course.waived.at > gap.at:
        return None
    if gap.by_an_officer:
        return gap.expected
    named = course.now.named
    if _decided_since(facts, gap):
        return named
    return max(named, gap.expected) if named and gap.expected else named or gap.expected


def _decided_since(facts: Facts, gap: GapRecorded) -> ExtensionDecided | WaiverLifted | None:
    """What an officer decided last about the time or the asking, where that was after the gap was recorded."""
    decided: list[ExtensionDecided | WaiverLifted] = [
        *facts.about(gap.request, ExtensionDecided),
        *facts.about(gap.request, WaiverLifted),
    ]
    return max((each for each in decided if each.at > gap.at), key=lambda each: each.at, default=None)
