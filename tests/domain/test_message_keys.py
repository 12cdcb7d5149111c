"""The keys of emails and the codes of their readers are made and taken apart in one place."""

import pytest

from quarterday.domain.facts.message_keys import concerns, message_key, undelivered_key, what_for, without_officer
from quarterday.domain.facts.recipients import is_officer, officer_code, recipient_code, whose_and_role

CHASER = message_key("somewhere.2025-26-q1.fire", "first", "2025-07-01", "chase-1", "fire/contact")


def test_a_key_says_what_it_concerns_and_what_it_is_for() -> None:
    """Of a chaser that is the request, and what is waited for."""
    assert "somewhere.2025-26-q1.fire/first/2025-07-01/chase-1/fire/contact" == CHASER
    assert ("somewhere.2025-26-q1.fire", "first") == (concerns(CHASER), what_for(CHASER))


def test_word_of_a_lost_email_concerns_what_that_email_did() -> None:
    """An officer finds it with the partner that was written to."""
    assert "somewhere.2025-26-q1.fire" == concerns(undelivered_key(CHASER))


@pytest.mark.parametrize(
    ("recipient", "left"), [("officer/jo", "somewhere/agreement/fire-isa"), ("fire/contact", CHASER)]
)
def test_which_officer_hears_is_no_part_of_what_is_told(recipient: str, left: str) -> None:
    """A new first officer is not told everything over again; a partner's new contact is."""
    key = CHASER if recipient == "fire/contact" else message_key("somewhere", "agreement", "fire-isa", recipient)

    assert left == without_officer(key, recipient)


def test_a_code_names_whose_and_which_role() -> None:
    """An officer who decides goes by a code of one half."""
    assert ("fire", "contact") == whose_and_role(recipient_code("fire", "contact"))
    assert ("officer", "jo") == whose_and_role(officer_code("jo"))
    assert ("jo", "") == whose_and_role("jo")
    assert [True, False, False] == [is_officer(each) for each in ("officer/jo", "officers/contact", "jo")]
