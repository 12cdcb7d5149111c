"""A financial year as the quarters that were published of it, and when its review is to be made."""

from datetime import UTC, date, datetime

import pytest

from quarterday.domain.collection.reviews_told import reviews_told
from quarterday.domain.collection.yearly import reviews_due, year_of
from quarterday.domain.facts import (
    Facts,
    GoingOnConfirmed,
    RegisterRestored,
    ReleaseKind,
    ReleaseMade,
    ReleaseWithdrawn,
    SubmissionSent,
    YearlyReviewMade,
)
from quarterday.domain.framework.partners import Meeting
from quarterday.domain.framework.periods import financial_year, parse_quarter, parse_year
from quarterday.domain.framework.submissions import Submission, year_before
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.rulings.submission_rulings import record_submission, sent_of
from quarterday.domain.rulings.undecided import undecided
from tests.domain.conftest import framework

OWED_ON = date(2026, 7, 31)
REVIEW = Submission(
    code="review", title="Yearly review", to="Home Office", board="board", kind="yearly review", owed_on=(OWED_ON,)
)
NOT_A_REVIEW = REVIEW.model_copy(update={"code": "monitoring", "kind": "pack"})
MEETINGS = {"Q1": date(2025, 8, 14), "Q2": date(2025, 11, 13), "Q3": date(2026, 2, 12), "Q4": date(2026, 5, 14)}


def house(*quarters: str, **more):
    """The small partnership, whose board meets about these quarters of 2025-26."""
    meetings = tuple(Meeting(on=MEETINGS[each], considers=parse_quarter(f"2025-26 {each}")) for each in quarters)
    small = framework().partnership
    board = small.boards[0].model_copy(update={"meetings": meetings})
    return framework(partnership=small.model_copy(update={"boards": (board,)}), **more)


HOUSE = house(*MEETINGS)
OWING = HOUSE.model_copy(update={"submissions": (REVIEW, NOT_A_REVIEW)})
YEAR = financial_year(2025)
WHO = {"by": "quarterday", "partnership": "somewhere"}
QUARTERS = [f"somewhere.2025-26-q{number}" for number in (1, 2, 3, 4)]


def released(number: int, version: int = 1) -> ReleaseMade:
    """A version of a quarter, made a month after the next one began."""
    at = datetime(2025 + (number > 2), (3 * number + 4) % 12 + 1, version, 9, tzinfo=UTC)
    return ReleaseMade(
        collection=QUARTERS[number - 1], version=version, kind=ReleaseKind.PROVISIONAL, folder="f", manifest_sha256="0",
        returns=(), at=at, **WHO,
    )  # fmt: skip


ALL = [released(number) for number in (1, 2, 3, 4)]


def made(*releases: ReleaseMade, version: int = 1) -> YearlyReviewMade:
    """A version of the review."""
    return YearlyReviewMade(
        submission="review", owed_on=OWED_ON, year_start=YEAR.start, version=version, folder="f", manifest_sha256="0",
        releases=tuple(each.key for each in releases), at=datetime(2026, 6, version, tzinfo=UTC), **WHO,
    )  # fmt: skip


def due(day, *facts):
    """The versions to be made by a day, each with why."""
    return [(each.submission, each.version, each.why) for each in reviews_due(OWING, Facts(facts), day)]


def test_the_year_is_the_one_that_ended_last():
    """On 31 March the year still runs; on 1 April it has ended."""
    assert financial_year(2024) == year_before(date(2026, 3, 31))
    assert financial_year(2025) == year_before(date(2026, 4, 1)) == year_before(OWED_ON) == parse_year("2025-26")
    with pytest.raises(ValueError, match="write it as 2025-26"):
        parse_year("2025-27")


def test_a_partial_year_is_said_plainly():
    """Three of four quarters, and why the fourth is not there."""
    year = year_of(HOUSE, Facts(ALL[:3]), YEAR)

    assert ("three of four quarters", False) == (year.tally, year.whole)
    assert ("2025-26 Q4", "nothing has been published of it") == (year.quarters[-1].label, year.quarters[-1].why_not)
    assert ("Q1", "Q2", "Q3", "Q4") == year.labels


def test_the_newest_version_that_stands_counts():
    """A second version takes the first one's place; of what was taken back nothing counts, and the year says so."""
    second = released(1, 2)
    gone = ReleaseWithdrawn(collection=QUARTERS[1], version=1, at=datetime(2026, 1, 1, tzinfo=UTC), **WHO)
    year = year_of(HOUSE, Facts([*ALL, second, gone]), YEAR)

    assert (second.key, ALL[2].key, ALL[3].key) == year.releases
    assert year.quarters[1].why_not.startswith("what was published of it was taken back")


def test_a_quarter_that_nobody_collected_is_told():
    """An installation that began in the middle of the year."""
    year = year_of(house("Q3", "Q4"), Facts(ALL[2:]), YEAR)

    assert "two of four quarters" == year.tally
    assert ["no figures were collected for it"] * 2 == [each.why_not for each in year.quarters[:2]]


def test_it_is_made_once_every_quarter_is_published():
    """And again where another version of a quarter stands; not where nothing changed, and no more once it was sent."""
    day = date(2026, 6, 2)
    assert [] == due(day, *ALL[:3])
    assert [
        ("review", 1, "It is owed by 31 July 2026: four of four quarters of 2025-26 are published.")
    ] == due(day, *ALL)  # fmt: skip
    assert [] == due(day, *ALL, made(*ALL))
    again = (*ALL, released(2, 2), made(*ALL))
    assert [("review", 2)] == [each[:2] for each in due(day, *again)]
    sent = SubmissionSent(
        submission="review", owed_on=OWED_ON, sent_on=day, release="", at=datetime(2026, 6, 2, tzinfo=UTC), **WHO
    )
    assert [] == due(day, *again, sent)


def test_a_fortnight_before_its_day_it_is_made_of_what_there_is():
    """With three of four quarters; with none there is nothing to make, and the officer hears so."""
    assert [] == due(date(2026, 7, 16), *ALL[:3])
    ((_, version, why),) = due(date(2026, 7, 17), *ALL[:3])

    assert (1, "It is owed by 31 July 2026: three of four quarters of 2025-26 are published.") == (version, why)
    assert [] == due(date(2026, 7, 30))
    waits = {each.about: each.what for each in undecided(OWING, Facts(), date(2026, 7, 30))}
    assert "No review of 2025-26 is made yet" in waits["review/2026-07-31"]
    assert "review" not in waits["monitoring/2026-07-31"].removeprefix("“Yearly review”")


def test_nothing_is_made_while_the_year_runs_or_where_no_review_is_owed():
    """The last quarter is of the year, whatever is published."""
    assert [] == due(date(2026, 3, 31), *ALL)
    assert [] == list(reviews_due(HOUSE, Facts(ALL), date(2026, 6, 2)))


def test_nothing_is_made_of_a_restored_register_before_an_officer_has_looked():
    """It may not know the newest releases."""
    restored = RegisterRestored(taken_at="2026-05-30", at=datetime(2026, 6, 1, tzinfo=UTC), **WHO)
    looked = GoingOnConfirmed(at=datetime(2026, 6, 2, 8, tzinfo=UTC), **WHO)

    assert [] == due(date(2026, 6, 2), *ALL, restored)
    assert 1 == len(due(date(2026, 6, 2), *ALL, restored, looked))


def test_the_version_that_was_sent_is_recorded():
    """The newest where none is named; one that there is not is refused."""
    facts, ruling = Facts([*ALL, made(*ALL)]), Ruling("jo", "Sent.", datetime(2026, 7, 20, tzinfo=UTC))
    name, first = "review/2026-07-31", made(*ALL).key

    assert first == sent_of(OWING, facts, name, "", None) == sent_of(OWING, facts, name, "", 1)
    assert ALL[0].key == sent_of(OWING, facts, name, "2025-26 Q1", None)
    fact = record_submission(OWING, facts, name, ruling, sent_on=date(2026, 7, 20), release=first)
    assert first == fact.release
    with pytest.raises(RulingRefusedError, match="no version 2"):
        sent_of(OWING, facts, name, "", 2)


def test_an_officer_and_the_lead_of_a_board_of_ours_hear_that_a_review_was_made():
    """Once a version, of the newest alone, until it was sent; an outside reader gets it from the officer."""

    def told(house, *facts, day=date(2026, 6, 3)):
        return [(each.recipient.code, each.about) for each in reviews_told(house, Facts(facts), day)]

    first, second = made(*ALL), made(*ALL[:3], version=2)
    assert [("officer/jo", second.key), ("board/lead", second.key)] == told(OWING, *ALL, first, second)
    assert 2 == len({each.key for each in reviews_told(OWING, Facts([*ALL, first]), date(2026, 6, 1))})
    board = OWING.partnership.boards[0].model_copy(update={"kind": "external"})
    partnership = OWING.partnership.model_copy(update={"boards": (board,)})
    outside = framework(partnership=partnership).model_copy(update={"submissions": (REVIEW,)})
    assert [("officer/jo", first.key)] == told(outside, *ALL, first)
    sent = record_submission(
        OWING, Facts([*ALL, first]), f"review/{OWED_ON}", Ruling("jo", "Sent.", datetime(2026, 6, 2, tzinfo=UTC)),
        sent_on=date(2026, 6, 2),
    )  # fmt: skip
    assert [] == told(OWING, *ALL, first, sent)
    assert [] == told(OWING, *ALL, first, day=date(2026, 7, 2))
    assert [] == told(HOUSE, *ALL, first)
