"""What was read of a workbook's risks, for its sender to look over before sending."""

from collections.abc import Iterable, Iterator

from quarterday.domain.risks.reviewed import ReviewRow
from quarterday.domain.risks.reviewing import Review
from quarterday.web.door.visits import Visit
from quarterday.web.words import Words


def reviews_read(words: Words, visit: Visit, rows: Iterable[ReviewRow]) -> list[tuple[str, list[str]]]:
    """Each risk that a file looks at again, by title, with what it says."""
    titles = {each.code: each.title for each in visit.framework.risks}
    return [(titles[each.risk], list(_said(words, each.review))) for each in rows if each.risk in titles]


def _said(words: Words, review: Review) -> Iterator[str]:
    yield words.say("risks.serious_line", likelihood=review.likelihood.capitalize(), impact=review.impact)
    if review.trend:
        yield review.trend.capitalize()
    if review.mitigation:
        yield review.mitigation
    if review.next_review:
        yield words.say("risks.again_on", day=words.day(review.next_review))
