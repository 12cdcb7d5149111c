"""An officer takes a person out of what is on record, or puts them right: looked at first, then done, on record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from quarterday.domain.facts import ContactChanged, PersonErased, ReplyKind, ReplyReceived
from tests.web.conftest import FIRE, Office
from tests.web.officers.conftest import JO, LOU, OfficerAtWork

NOW = datetime(2025, 7, 15, 8, 0, tzinfo=UTC)
PAGE = "/officers/persons"
WHO = {"by": "fire/contact", "partnership": "somewhere"}


def with_bo(office: Office) -> None:
    """A colleague who was named, and whom somebody wrote of."""
    at = NOW - timedelta(hours=2)
    colleague = {"colleague_name": "Bo Brand", "colleague_email": "bo@fire.example"}
    named = ReplyReceived(request=FIRE, reply="p1", kind=ReplyKind.COLLEAGUE, at=at, **colleague, **WHO)
    wrote = ReplyReceived(
        request=FIRE, reply="p2", kind=ReplyKind.OWN_REFERENCE, at=at, reason="Ask Bo Brand for it.", **WHO
    )
    before = ContactChanged(partner="fire", role="deputy", name="Bo Brand", email="bo@fire.example", at=at, **WHO)
    after = ContactChanged(
        partner="fire", role="deputy", name="Ann Other", email="ann@fire.example", at=at + timedelta(minutes=1), **WHO
    )
    office.installation.register.append(named, wrote, before, after)


def test_a_person_is_looked_for_and_taken_out(office: Office, jo: OfficerAtWork) -> None:
    """Nothing goes before the second press, which needs a reason; and the page of a running portal forgets them too."""
    with_bo(office)
    jo.open("/officers/partners/fire")
    assert PAGE in jo.links
    jo.open(PAGE)
    jo.send(PAGE, person="Cy Nobody")
    assert "Nothing in the register names “Cy Nobody”" in jo.text
    jo.send(PAGE, person="Ann Other")
    assert "name somebody else first" in jo.text
    jo.send(PAGE, person="bo brand", do="look")
    assert "Whom to write to: 1" in jo.text
    assert "A partner’s reply: 2" in jo.text  # one named a colleague; in the words of the other the name stands
    jo.send(PAGE, person="bo brand", do="erase", why="")
    assert "Say why" in jo.text
    assert "Bo Brand" in repr(list(office.installation.register.facts("somewhere")))
    jo.send(PAGE, person="bo brand", do="erase", why="They asked for it.")

    assert "Taken out of 3 record(s)" in jo.text
    facts = office.installation.register.facts("somewhere")
    assert "bo@fire.example" not in repr(list(facts))
    assert {(JO.code, "They asked for it.")} == {(each.by, each.reason) for each in facts.of(PersonErased)}
    assert "Bo Brand" not in jo.open("/officers/partners/fire").text


def test_a_person_is_put_right(office: Office, jo: OfficerAtWork) -> None:
    """Both are written as they should be; half of it is refused."""
    with_bo(office)
    jo.open(PAGE)
    jo.send(PAGE, person="bo@fire.example", name="Bo Brandt", do="look")
    assert "Say both as they should be" in jo.text
    jo.send(PAGE, person="bo@fire.example", name="Bo Brandt", email="b.brandt@fire.example", do="look")
    jo.send(
        PAGE, person="bo@fire.example", name="Bo Brandt", email="b.brandt@fire.example", do="erase", why="Misspelt."
    )

    assert "Put right in 2 record(s)" in jo.text
    assert "b.brandt@fire.example" in repr(list(office.installation.register.facts("somewhere")))


def test_who_may_not_decide_takes_nobody_out(office: Office) -> None:
    """Lou sees who may, and a form that was made up does nothing."""
    with_bo(office)
    lou = OfficerAtWork(office, LOU).sign_in()
    lou.open(PAGE)
    form = lou.page.text if lou.page else ""
    csrf = form.partition('name="csrf" value="')[2].partition('"')[0]
    lou.client.post(PAGE, data={"csrf": csrf, "person": "Bo Brand", "do": "erase", "why": "x"})

    assert "You may not decide this" in lou.text
    assert () == office.installation.register.facts("somewhere").of(PersonErased)


def test_two_who_take_somebody_out_at_one_moment_do_it_once(office: Office, jo: OfficerAtWork) -> None:
    """The second waits for its turn, and reads that nobody of that name is on record any more."""
    with_bo(office)
    jo.open(PAGE)
    jo.send(PAGE, person="Bo Brand", do="look")
    other = OfficerAtWork(office)
    other.client.cookies, other.page = jo.client.cookies, jo.page
    with ThreadPoolExecutor(2) as both:
        said = {"person": "Bo Brand", "do": "erase", "why": "They asked for it."}
        statuses = [each.result().status_code for each in [both.submit(who.send, PAGE, **said) for who in (jo, other)]]

    assert [200, 422] == sorted(statuses)
    assert 3 == len(office.kept(PersonErased))
