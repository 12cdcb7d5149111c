"""How long raw files are kept: by the agreement under which they were shared."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.collection.retention import files_past_keeping
from quarterday.domain.facts import (
    FileDeleted,
    FileKept,
    MessageReserved,
    MessageSettled,
    Outcome,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    Step,
    UploadKept,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.rulings.return_rulings import keep_file
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


APART = {"partnership": "somewhere", "by": "quarterday", "request": FIRE, "partner_return": "R-1"}
COUNTED = {"critical": 1, "warnings": 0, "notes": 0, "findings_stored_as": ""}
UPLOAD = uploaded(date(2025, 7, 21))


def set_apart():
    """A return of 21 July that was found the next day to hold personal data."""
    came = ReturnReceived(kind=ReturnKind.FIGURES, stored_as=UPLOAD.stored_as, at=at(date(2025, 7, 21)), **APART)
    apart = VerdictGiven(verdict=Verdict.QUARANTINED, at=at(date(2025, 7, 22)), **COUNTED, **APART)
    return walk(framework(), days(date(2025, 7, 1), date(2025, 7, 9)))[0].plus(UPLOAD, came, apart)


def told(day: date, outcome: Outcome = Outcome.SENT):
    """The email that says what was found in it, and what became of that."""
    who = {"partnership": "somewhere", "by": "quarterday", "at": at(day), "message": "sent-back/R-1"}
    booked = MessageReserved(
        collection="somewhere.2025-26-q1", request=FIRE, occasion="sent-back", email="sent-back",
        recipient="fire/contact", subject="", outbox_id="1", tells_of="R-1", **who,
    )  # fmt: skip
    return booked, MessageSettled(outcome=outcome, step=Step.ANSWERED, attempt=1, **who)


def test_a_file_that_was_set_apart_goes_the_day_after_its_sender_was_told():
    """It holds personal data, and its sender was told on the 23rd: it is gone from the 24th."""
    facts = set_apart().plus(*told(date(2025, 7, 23)))

    assert [] == files_past_keeping(framework(), facts, date(2025, 7, 23))
    assert [UPLOAD] == files_past_keeping(framework(), facts, date(2025, 7, 24))


def test_where_nobody_could_be_told_it_goes_after_days():
    """30 days from the verdict, whatever the agreement says; a later verdict lets it stay."""
    facts = set_apart().plus(*told(date(2025, 7, 23), Outcome.FAILED))
    again = VerdictGiven(verdict=Verdict.QUERIED, at=at(date(2025, 7, 23)), overrides="R-1", **COUNTED, **APART)

    assert [] == files_past_keeping(framework(), facts, date(2025, 8, 21))
    assert [UPLOAD] == files_past_keeping(framework(), facts, date(2025, 8, 22))
    assert [] == files_past_keeping(framework(), facts.plus(again), date(2025, 8, 22))


def test_an_officer_keeps_it_for_a_reason_and_days():
    """Decided on the 23rd: to 22 August, and from a further decision as many days again."""
    facts = set_apart().plus(*told(date(2025, 7, 23)))
    kept = FileKept(reason="The police ask for it.", at=at(date(2025, 7, 23)), **APART)
    again = replace(kept, at=at(date(2025, 8, 20)))

    assert [] == files_past_keeping(framework(), facts.plus(kept), date(2025, 8, 22))
    assert [UPLOAD] == files_past_keeping(framework(), facts.plus(kept), date(2025, 8, 23))
    assert [] == files_past_keeping(framework(), facts.plus(kept, again), date(2025, 9, 19))


def test_a_file_is_kept_only_where_it_holds_personal_data_and_is_still_there():
    """The ruling names the return; one that holds none, or whose file is gone, is refused."""
    setting, facts, ruling = framework(), set_apart(), Ruling("jo", "The police ask for it.", at(date(2025, 7, 23)))
    (request,) = [each for each in facts.of(RequestMade) if each.request == FIRE]
    gone = FileDeleted(
        partnership="somewhere", stored_as=UPLOAD.stored_as, sha256="", at=at(date(2025, 7, 23)), by="quarterday"
    )
    fine = VerdictGiven(verdict=Verdict.QUERIED, at=at(date(2025, 7, 23)), overrides="R-1", **COUNTED, **APART)
    kept = keep_file(setting, facts, request, ruling)

    assert ("R-1", "The police ask for it.") == (kept.partner_return, kept.reason)
    with pytest.raises(RulingRefusedError, match="was deleted already"):
        keep_file(setting, facts.plus(gone), request, ruling)
    with pytest.raises(RulingRefusedError, match="is not set apart"):
        keep_file(setting, facts.plus(fine), request, ruling)


def test_what_was_deleted_is_not_deleted_again():
    """Once its deletion is on record, a file is out of the question."""
    small = framework()
    setting = framework(agreements=(small.agreements[0].model_copy(update={"keep_raw_months": 12}),))
    facts = walk(setting, days(date(2025, 7, 1), date(2025, 7, 9)))[0].plus(uploaded(date(2025, 7, 21)))
    deleted = FileDeleted(
        partnership="somewhere", stored_as="uploads/U1.xlsx", sha256="0" * 64, at=at(date(2026, 7, 22)), by="quarterday"
    )

    assert [] == files_past_keeping(setting, facts.plus(deleted), date(2026, 7, 23))
