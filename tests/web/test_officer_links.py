"""What an officer does behind an emailed link: hands in for a partner, names a contact, looks at a draft."""

from datetime import timedelta

import pytest

from quarterday.adapters.pack_drafts import delete_drafts, keep_draft
from quarterday.domain.facts import (
    ContactChanged,
    LinkIssued,
    ReturnKind,
    ReturnReceived,
    UploadKept,
)
from quarterday.domain.rulings.officer_links import OfficerPage, stop_officer_links
from quarterday.domain.rulings.request_rulings import Ruling
from tests.web.conftest import A_FILE, COLLECTION, FIRE, UNUSUAL, Office, Person

PARTNERS_OWN = ("time", "reference", "not-available", "colleague", "code", "code/check")


def officer_page(office: Office, kind: OfficerPage, **about: str) -> Person:
    """Jo, who has opened the link of an officer's page out of its email."""
    token, page = office.officer_page(kind, **about)
    person = Person(office.client, token)
    person.open(page)
    return person


def hand_in(office: Office) -> Person:
    """Jo at the page of the fire service."""
    return officer_page(office, OfficerPage.HAND_IN, collection=COLLECTION, request=FIRE)


def contact(office: Office, role: str = "contact") -> Person:
    """Jo at the page that asks who holds a role at the fire service."""
    return officer_page(office, OfficerPage.CONTACT, about=f"fire/{role}")


def test_a_file_is_handed_in_the_partners_own_way(office: Office) -> None:
    """The same checks, findings and receipt; by the officer, with the reason."""
    office.checks.finds = (UNUSUAL,)
    jo = hand_in(office)
    assert "You are here as Jo Officer" in jo.text
    jo.upload()
    assert "where 8 to 15 is usual" in jo.text
    jo.send("/send")
    (kept,), (received,) = office.kept(UploadKept), office.kept(ReturnReceived)

    assert "Return received" in jo.text
    assert ("jo", "They rang.") == (kept.by, kept.reason) == (received.by, received.reason)
    assert A_FILE == office.installation.stores.raw.get(kept.stored_as)


def test_figures_are_typed_for_a_partner(office: Office) -> None:
    """The form that the partner has."""
    jo = hand_in(office)
    jo.open("type")
    jo.send("/type", **{"value__0": "12"})
    jo.send("/send")

    assert [("jo", ReturnKind.FIGURES)] == [(each.by, each.kind) for each in office.kept(ReturnReceived)]


def test_nothing_to_count_is_said_for_a_partner(office: Office) -> None:
    """Confirmed as by the partner; what the officer adds stands beside the reason."""
    jo = hand_in(office)
    jo.open("nil")
    jo.send("/nil", confirm="yes", reason="Ann said so.")
    (received,) = office.kept(ReturnReceived)

    assert (ReturnKind.NIL, "jo", "They rang.\nAnn said so.") == (received.kind, received.by, received.reason)


def test_what_contradicts_a_first_is_refused_naming_it(office: Office, person: Person) -> None:
    """The partner's own figures stand: neither the same file again nor a nil over it."""
    person.upload()
    person.send("/send")
    (received,) = office.kept(ReturnReceived)
    office.judged(received, "accepted", answered=("deliberate-fires",))
    jo = hand_in(office)
    jo.upload()
    assert "fire/contact has already sent these very bytes" in jo.text
    jo.open("nil")
    jo.send("/nil", confirm="yes")
    assert "that there is nothing to count contradicts them" in jo.text
    assert 1 == len(office.kept(ReturnReceived))


@pytest.mark.parametrize("page", PARTNERS_OWN)
def test_what_only_the_partner_may_say(office: Office, page: str) -> None:
    """An officer decides more time by its form, and asks for no code that would go to the partner."""
    jo = hand_in(office)
    assert f'/{page}"' not in jo.page.text
    assert 404 == jo.open(page).status_code


def test_a_contact_is_changed(office: Office) -> None:
    """Who holds the role is shown, the change is recorded as the officer's, and told."""
    jo = contact(office)
    assert "Fay Fire, fay.fire@partner.example" in jo.text
    jo.send("/contact", name="Ann Other", email="ann@partner.example")
    (changed,) = office.kept(ContactChanged)

    assert "Ann Other is the contact of" in jo.text
    assert ("fire", "contact", "Ann Other", "ann@partner.example") == (
        *(changed.partner, changed.role),
        *(changed.name, changed.email),
    )
    assert ("jo", "They rang.") == (changed.by, changed.reason)


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("", "ann@partner.example", "Enter the name"),
        ("Ann Other", "", "Enter the email address"),
        ("Ann Other", "ann at home", "The email is not one that can be used"),
        ("Fay Fire", "fay.fire@partner.example", "is the contact already"),
    ],
)
def test_a_contact_that_cannot_be_written_to(office: Office, name: str, address: str, said: str) -> None:
    """What is wrong stands beside the box, and nothing changes."""
    jo = contact(office)
    jo.send("/contact", name=name, email=address)

    assert said in jo.text
    assert 422 == jo.page.status_code
    assert () == office.kept(ContactChanged)


def test_a_draft_is_read_by_whose_link_it_is(office: Office) -> None:
    """Its packs, in the frame in which no script runs; no browser keeps them; then they are gone."""
    raw, now = office.installation.stores.raw, office.installation.now()
    folder = keep_draft(raw, COLLECTION, 2, now, {"packs/board.html": b"<h1>A draft</h1>"})
    other = keep_draft(raw, COLLECTION, 3, now, {"packs/other.html": b"<h1>Another</h1>"})
    jo = officer_page(office, OfficerPage.PREVIEW, collection=COLLECTION, about=folder)

    assert "Version 2" in jo.text
    draft = jo.open("preview/board.html")
    assert (b"<h1>A draft</h1>", "no-store") == (draft.content, draft.headers["cache-control"])
    assert "sandbox" in draft.headers["content-security-policy"]
    assert 404 == jo.open("preview/other.html").status_code
    assert 0 == delete_drafts(raw, now)
    assert 2 == delete_drafts(raw, now + timedelta(seconds=1))
    assert [] == raw.names(f"{other}/")
    assert "not kept any more" in jo.open("preview").text


def test_each_link_opens_its_own_page_alone(office: Office, person: Person) -> None:
    """A partner's opens no officer's page, and one kind of officer's page no other."""
    handing, naming = hand_in(office), contact(office)

    assert [404, 404] == [person.open(each).status_code for each in ("contact", "preview")]
    assert [404, 404] == [handing.open(each).status_code for each in ("contact", "preview")]
    assert [404, 404, 404] == [naming.open(each).status_code for each in ("", "nil", "preview")]


def test_an_officers_link_ends(office: Office) -> None:
    """After three days, and at once where it is stopped; looking at it changes nothing."""
    jo, other = hand_in(office), contact(office)
    before = office.count()
    for path in ("", "nil", "type", "template.csv"):
        jo.open(path)
    other.open("contact")
    assert before == office.count()
    ruling = Ruling("jo", "The mailbox was open.", office.installation.now())
    facts = office.installation.facts()
    office.installation.register.append(*stop_officer_links(office.installation.framework, facts, "jo", ruling))
    assert [404, 404] == [jo.open().status_code, other.open("contact").status_code]
    late = hand_in(office)
    office.at("2025-07-18T09:00:01+01:00")

    assert 404 == late.open().status_code


def test_who_is_no_officer_any_more_opens_nothing(make_office) -> None:
    """Whoever left the configuration has left the pages."""
    office = make_office()
    token, _ = office.link("officer/somebody")

    assert 404 == office.client.get(f"/r/{token}").status_code


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_form_of_another_site(office: Office, headers: dict[str, str]) -> None:
    """The guards of the partner's page stand around the officer's."""
    jo = contact(office)
    jo.send("/contact", name="Ann Other", email="ann@partner.example", headers=headers)
    no_field = office.client.post(f"/r/{jo.token}/contact", data={"name": "Ann", "email": "ann@partner.example"})

    assert [403, 403] == [jo.page.status_code, no_field.status_code]
    assert () == office.kept(ContactChanged)


def test_the_link_is_kept_as_a_hash_with_who_and_why(office: Office) -> None:
    """The register could not give it back."""
    jo = hand_in(office)
    (issued,) = office.kept(LinkIssued)

    assert ("officer/jo", "jo", "They rang.") == (issued.recipient, issued.by, issued.reason)
    assert jo.token not in str(issued)
