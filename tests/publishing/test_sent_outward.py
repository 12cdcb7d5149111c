"""What was sent outward is told once, in the packs of those who may read of it, with its version and its receipt."""

from dataclasses import replace
from datetime import UTC, date, datetime

from quarterday.domain.facts import CollectionOpened, Facts, ReleaseKind, ReleaseMade, SubmissionSent, YearlyReviewMade
from quarterday.domain.framework.submissions import Submission
from quarterday.publishing.pack.boards import coming_section
from quarterday.publishing.pack.model import Table
from quarterday.publishing.sent_outward import LEFT_OUT, sent_lines
from tests.publishing.pack_frameworks import small_framework

WHO = {"by": "jo", "partnership": "somewhere"}
Q1, Q2 = "somewhere.2025-26-q1", "somewhere.2025-26-q2"
OWED = date(2025, 8, 20)
RETURN = Submission(code="return", title="A return", to="The Office", board="office", owed_on=(OWED,))
LETTER = RETURN.model_copy(update={"code": "letter", "title": "A letter", "to": "The Ministry", "board": "board"})
HOUSE = small_framework(submissions=(RETURN, LETTER))


def at(day: date) -> datetime:
    """Ten in the morning."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def opened(collection: str, start: date, end: date) -> CollectionOpened:
    """A collection."""
    return CollectionOpened(collection=collection, period_start=start, period_end=end, at=at(end), **WHO)


RELEASED = ReleaseMade(
    collection=Q1,
    version=1,
    kind=ReleaseKind.PROVISIONAL,
    folder="f",
    manifest_sha256="0",
    returns=(),
    at=at(date(2025, 8, 6)),
    **WHO,
)
BEFORE = [
    opened(Q1, date(2025, 4, 1), date(2025, 6, 30)),
    opened(Q2, date(2025, 7, 1), date(2025, 9, 30)),
    RELEASED,
]
SENT = SubmissionSent(
    submission="return", owed_on=OWED, sent_on=date(2025, 8, 19), release=RELEASED.key, receipt="VRU-17",
    at=at(date(2025, 8, 21)), **WHO,
)  # fmt: skip


def told(board: str, *facts: SubmissionSent, collection: str = Q2) -> list[tuple[str, ...]]:
    """The rows of a board's pack on what was sent."""
    sent = sent_lines(HOUSE, Facts([*BEFORE, *facts]), collection)
    tables = [each for each in coming_section(HOUSE, HOUSE.board[board], date(2025, 11, 5), sent).blocks
              if isinstance(each, Table) and "sent" in each.caption]  # fmt: skip
    return [tuple(cell.replace("\u00a0", " ") for cell in row) for table in tables for row in table.rows]


def test_the_next_quarters_pack_tells_what_was_sent_with_its_version_and_receipt() -> None:
    """The pack of the quarter that was sent does not: it had gone by then."""
    row = ("A return", "The Office", "20 August 2025", "19 August 2025", "2025-26 Q1, version 1", "VRU-17")

    assert [[row], []] == [told("board", SENT), told("board", SENT, collection=Q1)]


def test_an_outside_reader_reads_of_what_was_sent_to_it_alone() -> None:
    """What went to the ministry is none of the office's."""
    letter = replace(SENT, submission="letter", release="", receipt="")

    assert ["A return"] == [row[0] for row in told("office", SENT, letter)]
    assert [("Nothing that was released here", "None on record")] == [row[4:] for row in told("board", letter)]


def test_a_receipt_that_tells_of_a_person_is_left_out_and_the_latest_word_holds() -> None:
    """An officer put the receipt right on the same day."""
    wrong = replace(SENT, receipt="Taken by Margaret Thompson, margaret@office.example")
    right = replace(SENT, receipt="VRU-18", at=at(date(2025, 8, 22)))

    assert [[LEFT_OUT], ["VRU-18"]] == [
        [row[5] for row in told("board", *facts)] for facts in ([wrong], [wrong, right])
    ]


def test_a_yearly_review_is_named_by_its_year() -> None:
    """And by its version."""
    review = YearlyReviewMade(
        submission="return", owed_on=OWED, year_start=date(2024, 4, 1), version=2, folder="f", manifest_sha256="0",
        releases=(), at=at(date(2025, 8, 1)), **WHO,
    )  # fmt: skip
    sent = replace(SENT, release=review.key)
    (line,) = sent_lines(HOUSE, Facts([*BEFORE, review, sent]), Q2)

    assert "Yearly review of 2024-25, version 2" == line.version


def test_where_nothing_is_owed_or_sent_nothing_is_said() -> None:
    """No empty table."""
    assert [] == told("board")
    assert () == sent_lines(small_framework(), Facts([*BEFORE, SENT]), Q2)
