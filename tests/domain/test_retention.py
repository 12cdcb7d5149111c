"""How long raw files are kept: by the agreement under which they were shared."""

from datetime import date

from quarterday.domain.collection.retention import files_past_keeping
from quarterday.domain.facts import FileDeleted, ReturnKind, ReturnReceived, UploadKept, Verdict, VerdictGiven
from tests.domain.conftest import framework
from tests.domain.lived import at, days, walk

FIRE = "somewhere.2025-26-q1.fire"


def uploaded(day: date) -> UploadKept:
    """A file that the fire service sent on a day."""
    return UploadKept(
        partnership="somewhere", request=FIRE, upload="U1", sha256="0" * 64, size=10, suffix=".xlsx",
        stored_as="uploads/U1.xlsx", said_name="figures.xlsx", at=at(day), by="fire/contact",
    )  # fmt: skip


def test_a_file_is_kept_for_the_agreements_months_and_not_a_day_longer():
    """Sent on 21 July 2025 under an agreement of 12 months: kept on 21 July 2026, deleted from the 22nd."""
    small = framework()
    setting = framework(agreements=(small.agreements[0].model_copy(update={"keep_raw_months": 12}),))
    facts = walk(setting, days(date(2025, 7, 1), date(2025, 7, 9)))[0].plus(uploaded(date(2025, 7, 21)))

    assert [] == files_past_keeping(setting, facts, date(2026, 7, 21))
    assert ["uploads/U1.xlsx"] == [each.stored_as for each in files_past_keeping(setting, facts, date(2026, 7, 22))]


def test_of_several_agreements_the_longest_counts():
    """One of 12 and one of 36 months cover the figures: the file is kept for 36."""
    short = framework().agreements[0].model_copy(update={"keep_raw_months": 12})
    long = short.model_copy(update={"code": "other", "keep_raw_months": 36})
    setting = framework(agreements=(short, long))
    facts = walk(setting, days(date(2025, 7, 1), date(2025, 7, 9)))[0].plus(uploaded(date(2025, 7, 21)))

    assert [] == files_past_keeping(setting, facts, date(2028, 7, 21))
    assert 1 == len(files_past_keeping(setting, facts, date(2028, 7, 22)))


def test_a_file_of_the_last_of_a_long_month_is_kept_to_the_28th_of_a_short_one():
    """Sent on 31 August 2025 and kept 18 months: to 28 February 2027."""
    small = framework()
    setting = framework(agreements=(small.agreements[0].model_copy(update={"keep_raw_months": 18}),))
    facts = walk(setting, days(date(2025, 7, 1), date(2025, 7, 9)))[0].plus(uploaded(date(2025, 8, 31)))

    assert [] == files_past_keeping(setting, facts, date(2027, 2, 28))
    assert 1 == len(files_past_keeping(setting, facts, date(2027, 3, 1)))


def test_a_file_of_the_last_days_of_a_month_is_kept_to_that_very_day():
    """Sent on 31 July 2025 and kept 12 months: to 31 July 2026, not to the 28th."""
    small = framework()
    setting = framework(agreements=(small.agreements[0].model_copy(update={"keep_raw_months": 12}),))
    facts = walk(setting, days(date(2025, 7, 1), date(2025, 7, 9)))[0].plus(uploaded(date(2025, 7, 31)))

    assert [] == files_past_keeping(setting, facts, date(2026, 7, 31))
    assert 1 == len(files_past_keeping(setting, facts, date(2026, 8, 1)))


def test_a_file_that_was_set_apart_goes_after_days():
    """It holds personal data: 30 days from the verdict, whatever the agreement says; a later verdict lets it stay."""
    setting, upload = framework(), uploaded(date(2025, 7, 21))
    who = {"partnership": "somewhere", "by": "quarterday", "request": FIRE, "partner_return": "R-1"}
    came = ReturnReceived(kind=ReturnKind.FIGURES, stored_as=upload.stored_as, at=at(date(2025, 7, 21)), **who)
    counted = {"critical": 1, "warnings": 0, "notes": 0, "findings_stored_as": ""}
    apart = VerdictGiven(verdict=Verdict.QUARANTINED, at=at(date(2025, 7, 22)), **counted, **who)
    again = VerdictGiven(verdict=Verdict.QUERIED, at=at(date(2025, 7, 23)), overrides="R-1", **counted, **who)
    facts = walk(setting, days(date(2025, 7, 1), date(2025, 7, 9)))[0].plus(upload, came, apart)

    assert [] == files_past_keeping(setting, facts, date(2025, 8, 21))
    assert [upload] == files_past_keeping(setting, facts, date(2025, 8, 22))
    assert [] == files_past_keeping(setting, facts.plus(again), date(2025, 8, 22))


def test_what_was_deleted_is_not_deleted_again():
    """Once its deletion is on record, a file is out of the question."""
    small = framework()
    setting = framework(agreements=(small.agreements[0].model_copy(update={"keep_raw_months": 12}),))
    facts = walk(setting, days(date(2025, 7, 1), date(2025, 7, 9)))[0].plus(uploaded(date(2025, 7, 21)))
    deleted = FileDeleted(
        partnership="somewhere", stored_as="uploads/U1.xlsx", sha256="0" * 64, at=at(date(2026, 7, 22)), by="quarterday"
    )

    assert [] == files_past_keeping(setting, facts.plus(deleted), date(2026, 7, 23))
