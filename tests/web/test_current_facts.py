"""Pages are remembered, and never a moment longer than they are true."""

from quarterday.adapters.links import revoke_link
from quarterday.adapters.register import open_register
from quarterday.adapters.register.changes import Changes
from quarterday.domain.facts import LinkRevoked, RequestMade, RequestWaived
from quarterday.web.serving.current_facts import CurrentFacts
from tests.web.conftest import FIRE, Office, Person


def test_what_has_not_changed_is_not_read_again(office: Office) -> None:
    """Until something is recorded the very same facts are given."""
    known = CurrentFacts(office.installation)

    assert known.snapshot() is known.snapshot()
    assert known.snapshot() is known.at_once()


def test_states_share_their_facts(office: Office) -> None:
    """A new state holds the very facts of the one before, so that many visits in flight hold each fact once."""
    known = CurrentFacts(office.installation)
    before = known.snapshot().facts.of(RequestMade)[0]
    office.link()

    assert before is known.snapshot().facts.of(RequestMade)[0]
    assert 1 == len(list(known.snapshot().links.at(office.installation.now())))


def test_another_process_records(office: Office, person: Person) -> None:
    """What another process records is on the very next page."""
    person.open()
    person.open()
    other = open_register(office.installation.settings)
    made = office.kept(RequestMade)[0]
    who = {"at": office.installation.now(), "by": "jo", "partnership": made.partnership}
    other.append(RequestWaived(request=FIRE, **who))

    assert "You need not send anything this time" in person.open().text


def test_a_revoked_link_stops_at_once(office: Office) -> None:
    """A link that was looked at a moment ago opens nothing once it is revoked."""
    token, issued = office.link()
    before = [office.client.get(f"/r/{token}").status_code for _ in range(3)]
    office.installation.register.append(revoke_link(issued, office.installation.now(), "jo", "lost"))

    assert [200, 200, 200, 404] == [*before, office.client.get(f"/r/{token}").status_code]
    assert 1 == len(office.kept(LinkRevoked))


def test_a_link_ends_by_the_clock(office: Office, person: Person) -> None:
    """A remembered page ends with its link, although nothing is recorded when time passes."""
    person.open()
    person.open()
    office.at("2025-12-01T09:00:00+00:00")

    assert 404 == person.open().status_code


def test_each_browser_has_its_own_field(office: Office, person: Person) -> None:
    """A remembered page carries this browser's field, with which its forms are taken."""
    other = Person(office.person().client, person.token)
    person.open()
    other.open()

    assert person.page.text != other.page.text
    assert 200 == other.upload().status_code
    assert "Check your figures" in other.text


def test_marks_change_with_what_is_recorded(office: Office) -> None:
    """A mark stays while nothing is recorded, and is another once something is."""
    changes = Changes(office.installation.register.engine)
    first, second = changes.mark(), changes.mark()
    office.link()

    assert first == second
    assert second != changes.mark()
    changes.close()
