"""Links: unguessable, hashed, ending, revocable."""

from datetime import UTC, date, datetime, timedelta

from quarterday.adapters.links import expiry, hash_token, issue_link, link_url, new_token, opened_by, revoke_link
from quarterday.domain.collection.links import LiveLinks, link_ends
from tests.adapters.mail.conftest import ASKED_AT, MADE, Office


def issued(office: Office) -> str:
    """A live link's token."""
    token, link = issue_link(MADE, "fire/contact", "a message", ASKED_AT)
    office.register.append(link)
    return token


def test_a_token_has_at_least_128_bits_and_no_two_are_alike() -> None:
    """24 random bytes, written so that they stand in an address."""
    tokens = {new_token() for _ in range(1000)}

    assert 1000 == len(tokens)
    assert all(len(token) * 6 >= 128 for token in tokens)


def test_a_token_opens_its_link_and_is_not_kept(office: Office) -> None:
    """The register holds the SHA-256 and not the token."""
    token = issued(office)
    link = opened_by(LiveLinks(office.facts()), token, ASKED_AT)

    assert hash_token(token) == link.token_hash
    assert token not in repr(office.register.kept)


def test_a_link_ends_six_weeks_after_the_close_at_the_end_of_the_london_day(office: Office) -> None:
    """The collection closes on 1 August 2025; the link's last second is in British Summer Time."""
    token = issued(office)
    ends = datetime(2025, 9, 12, 22, 59, 59, tzinfo=UTC)

    assert ends == expiry(link_ends(date(2025, 8, 1), date(2025, 7, 8)))
    assert opened_by(LiveLinks(office.facts()), token, ends - timedelta(seconds=1)) is not None
    assert opened_by(LiveLinks(office.facts()), token, ends) is None


def test_a_link_issued_after_the_close_lives_as_long(office: Office) -> None:
    """A correction may be asked for after the close: its link does not end before it is read."""
    _, link = issue_link(MADE, "fire/contact", "a message", datetime(2025, 10, 1, 9, tzinfo=UTC))

    assert date(2025, 11, 12) == link.expires.date()


def test_a_revoked_link_ends_at_once(office: Office) -> None:
    """Whatever its expiry says."""
    token = issued(office)
    link = opened_by(LiveLinks(office.facts()), token, ASKED_AT)
    office.register.append(revoke_link(link, ASKED_AT, "jo", "Sent to the wrong person."))

    assert opened_by(LiveLinks(office.facts()), token, ASKED_AT) is None


def test_no_other_token_opens_anything(office: Office) -> None:
    """One character changed, cut short, or of another shape altogether."""
    token = issued(office)
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")

    for guess in (changed, token[:-1], token + "A", token.lower() + "\n", "", "../../etc", "é" * 32, "a" * 100_000):
        assert opened_by(LiveLinks(office.facts()), guess, ASKED_AT) is None


def test_the_address_is_the_portals_own(office: Office) -> None:
    """Whether or not the setting ends with a stroke."""
    office.settings.portal_url = "http://portal.example/"

    assert "http://portal.example/r/abc" == link_url(office.settings, "abc")
