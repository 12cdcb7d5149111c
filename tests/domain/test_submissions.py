"""What is owed outward: told a fortnight before its day, overdue after it, until somebody records that it was sent."""

from datetime import UTC, date, datetime

import pytest

from quarterday.domain.facts import Facts, ReleaseKind, ReleaseMade
from quarterday.domain.framework.submissions import Submission
from quarterday.domain.risks.submissions import owed_outward, submissions_to_hear_of
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.rulings.submission_rulings import record_submission
from quarterday.domain.rulings.undecided import undecided
from tests.domain.conftest import framework

HALF_YEARLY = Submission(
    code="monitoring", title="Monitoring", to="The Mayor", board="board", owed_on=(date(2026, 1, 30), date(2025, 7, 31))
)
HOUSE = framework(submissions=(HALF_YEARLY,))
RULING = Ruling("jo", "Sent.", datetime(2025, 8, 6, 9, tzinfo=UTC))
RELEASE = ReleaseMade(
    at=datetime(2025, 7, 20, tzinfo=UTC), by="quarterday", partnership="somewhere", collection="somewhere.2025-26-q1",
    version=1, kind=ReleaseKind.PROVISIONAL, folder="f", manifest_sha256="0", returns=(),
)  # fmt: skip
NAME = "monitoring/2025-07-31"


def heard(day, *facts):
    """What an officer hears of it on a day."""
    return [what for _, _, what in submissions_to_hear_of(HOUSE, Facts(facts), day)]


def sent(**more):
    """The first of the two, recorded on 6 August as sent on 1 August."""
    given = {"sent_on": date(2025, 8, 1), "release": RELEASE.key, "receipt": "M-17"} | more
    return record_submission(HOUSE, Facts([RELEASE]), NAME, RULING, **given)


def test_it_is_told_a_fortnight_before_and_overdue_after_its_day():
    """Owed by 31 July: from 17 July on, and as overdue from 1 August on."""
    assert [] == heard(date(2025, 7, 16))
    assert ["is owed by 31 July 2025"] == heard(date(2025, 7, 17)) == heard(date(2025, 7, 31))
    assert ["was owed by 31 July 2025, and nobody has recorded that it was sent"] == heard(date(2025, 8, 1))


def test_once_recorded_it_is_owed_no_more_and_the_next_day_stands():
    """With the version, the day and the receipt on record; the latest word holds."""
    first, second = owed_outward(HOUSE, Facts([sent()]))

    assert ("somewhere.2025-26-q1|v1", "M-17", date(2025, 8, 1)) == (
        first.sent.release, first.sent.receipt, first.sent.sent_on,
    )  # fmt: skip
    assert (date(2026, 1, 30), None) == (second.on, second.sent)
    assert [] == heard(date(2025, 8, 6), sent())


def test_an_overdue_one_waits_for_an_officer():
    """Until it is recorded."""

    def waits(*facts):
        return [each.about for each in undecided(HOUSE, Facts(facts), date(2025, 8, 6)) if "Monitoring" in each.what]

    assert [NAME] == waits()
    assert [] == waits(sent())


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (
            lambda: record_submission(HOUSE, Facts(), "x", RULING, sent_on=date(2025, 8, 1)),
            "Owed are: monitoring/2025-07-31",
        ),
        (lambda: sent(sent_on=date(2025, 8, 7)), "still to come"),
        (lambda: sent(sent_on=date(25, 8, 1)), "1 August 25 cannot be meant"),
        (lambda: sent(release="somewhere.2025-26-q1|v2"), "no release"),
    ],
)
def test_what_cannot_be_is_refused(refused, why):
    """With what there is."""
    with pytest.raises(RulingRefusedError, match=why):
        refused()
