"""What was sent outward since a collection's last telling: to whom, which version, with which receipt."""

from collections.abc import Iterator

from quarterday.adapters.personal_data import OwnWords
from quarterday.domain.collection.binding import period_of
from quarterday.domain.facts import Facts, ReleaseMade, YearlyReviewMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import financial_year, quarter_name, year_name
from quarterday.domain.risks.submissions import Owed, owed_outward
from quarterday.publishing.asks import told_between
from quarterday.publishing.risk_tables import SentLine
from quarterday.publishing.words import tells_of_a_person

LEFT_OUT = "left out, as it may tell of a person"


def sent_lines(framework: Framework, facts: Facts, collection: str) -> tuple[SentLine, ...]:
    """What was recorded as sent since the collection before was first released, in the order of the days sent.

    What is put right later is told again: the latest word on a day holds.
    """
    between, known = told_between(framework, facts, collection), OwnWords(framework)
    lines = (
        _line(framework, facts, each, known)
        for each in owed_outward(framework, facts)
        if each.sent and between.holds(each.sent.at)
    )
    return tuple(sorted(lines, key=lambda each: (each.sent_on, each.title)))


def _line(framework: Framework, facts: Facts, owed: Owed, known: OwnWords) -> SentLine:
    sent = owed.sent
    assert sent
    return SentLine(
        title=owed.submission.title,
        to=owed.submission.to,
        board=owed.submission.board,
        owed_on=owed.on,
        sent_on=sent.sent_on,
        version=next(_versions(framework, facts, sent.release), ""),
        receipt=LEFT_OUT if tells_of_a_person(sent.receipt, known) else sent.receipt,
    )


def _versions(framework: Framework, facts: Facts, release: str) -> Iterator[str]:
    """Which of ours it was, as readers know it; nothing where it was none of ours."""
    for made in facts.of(ReleaseMade):
        if made.key == release:
            period = period_of(framework, facts, made.collection)
            yield f"{quarter_name(period) or period}, version {made.version}"
    for review in facts.of(YearlyReviewMade):
        if review.key == release:
            yield f"Yearly review of {year_name(financial_year(review.year_start.year))}, version {review.version}"
