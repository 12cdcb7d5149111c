"""The words of emails are kept for two years, or as long as what their request brought, and then go on record."""

from dataclasses import replace
from datetime import UTC, date, datetime

from quarterday.domain.collection.retention import emails_past_keeping
from quarterday.domain.facts import EmailKept, Facts, FileDeleted, RequestMade
from quarterday.domain.framework.framework import Framework
from tests.domain.conftest import framework

WORDS = EmailKept(
    at=datetime(2025, 7, 8, 8, tzinfo=UTC),
    by="quarterday",
    partnership="somewhere",
    collection="somewhere.2025-26-q1",
    request="somewhere.2025-26-q1.fire",
    message="somewhere.2025-26-q1.fire/request/fire/contact",
    attempt=1,
    stored_as="emails/ab/abc.txt",
    sha256="abc",
)
ASKED = RequestMade(
    at=WORDS.at,
    by="quarterday",
    partnership="somewhere",
    collection=WORDS.collection,
    request=WORDS.request,
    partner="fire",
    asked=("deliberate-fires",),
    withheld=(),
    due=date(2025, 7, 22),
    closes=date(2025, 8, 1),
)


def test_words_are_kept_for_two_years_and_then_go_once(small: Framework) -> None:
    """What was deleted is not deleted again."""
    facts = Facts([WORDS])
    gone = FileDeleted(
        at=WORDS.at, by="quarterday", partnership="somewhere", stored_as=WORDS.stored_as, sha256=WORDS.sha256
    )

    assert [] == emails_past_keeping(small, facts, date(2027, 7, 8))
    assert [WORDS] == emails_past_keeping(small, facts, date(2027, 7, 9))
    assert [] == emails_past_keeping(small, facts.plus(gone), date(2027, 7, 9))


def test_they_are_kept_as_long_as_what_their_request_brought(small: Framework) -> None:
    """Where an agreement lets raw files be kept for longer."""
    longer = framework(agreements=(small.agreements[0].model_copy(update={"keep_raw_months": 36}),))
    facts = Facts([WORDS, ASKED])

    assert [] == emails_past_keeping(longer, facts, date(2028, 7, 8))
    assert [WORDS] == emails_past_keeping(longer, facts, date(2028, 7, 9))


def test_two_emails_that_read_alike_are_one_file_and_go_with_the_later(small: Framework) -> None:
    """The words are kept under their own SHA-256."""
    later = replace(WORDS, message="another", at=datetime(2025, 10, 8, 8, tzinfo=UTC))
    facts = Facts([WORDS, later])

    assert [] == emails_past_keeping(small, facts, date(2027, 7, 9))
    assert [later] == emails_past_keeping(small, facts, date(2027, 10, 9))
