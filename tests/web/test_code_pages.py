"""Earlier figures and contacts show only to who reads the mail at the link's own address."""

import email
import re
from datetime import date
from email.policy import default

import pytest

from quarterday.domain.facts import ContactChanged, MessageReserved, MessageSettled, Outcome, Step
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.findings import Severity
from quarterday.domain.framework.periods import Period
from quarterday.web.partners import request_page, template_files
from tests.web.conftest import Office, Person, finding

OWN = "fay.fire@partner.example"


def ask(person: Person, address: str = OWN) -> None:
    """Ask for a code."""
    person.open("code")
    person.send("/code", email=address)


def mailed_code(office: Office) -> str:
    """The code in the last email that went out."""
    message = email.message_from_bytes(office.outbox()[-1].read_bytes(), policy=default)
    assert OWN in str(message["to"])
    found = re.search(r"\b\d{3} \d{3}\b", message.get_body(("plain",)).get_content())
    assert found
    return found[0]


def use(person: Person, code: str) -> None:
    """Type a code."""
    person.open("code?asked")
    person.send("/code/check", code=code)


def test_a_code_shows_the_contact(office: Office, person: Person) -> None:
    """Whoever types the code from the link's own mailbox sees the contact and who sent what."""
    ask(person)
    use(person, mailed_code(office))

    assert "Our contact with you: Fay Fire" in person.text
    person.open()
    assert "Fay Fire" in person.text


def test_the_contact_is_whom_we_write_to_now(office: Office, person: Person) -> None:
    """A colleague who was named since, or whom an officer named, is the contact that is shown."""
    who = {"at": office.installation.now(), "by": "jo", "partnership": "somewhere"}
    changed = ContactChanged(partner="fire", role="contact", name="Ann Other", email=OWN, **who)
    office.installation.register.append(changed)
    ask(person)
    use(person, mailed_code(office))

    assert "Our contact with you: Ann Other" in person.text


def test_a_code_works_once(office: Office, person: Person) -> None:
    """A code that was used shows nothing a second time."""
    ask(person)
    code = mailed_code(office)
    use(person, code)
    other = Person(office.person().client, person.token)
    use(other, code)

    assert "That code does not work" in other.text
    assert "Fay Fire" not in other.open().text


def test_a_code_lasts_ten_minutes(office: Office, person: Person) -> None:
    """A code older than ten minutes shows nothing."""
    ask(person)
    code = mailed_code(office)
    office.at("2025-07-15T09:10:00+01:00")
    use(person, code)

    assert "That code does not work" in person.text


def test_codes_are_not_guessed(office: Office, person: Person) -> None:
    """Five wrong tries end a code."""
    ask(person)
    code = mailed_code(office)
    for wrong in range(5):
        use(person, f"{(int(code.replace(' ', '')) + wrong + 1) % 1_000_000:06}")
    use(person, code)

    assert "That code does not work" in person.text


def test_what_was_shown_is_hidden_again(office: Office, person: Person) -> None:
    """After an hour the code must be asked for again."""
    ask(person)
    use(person, mailed_code(office))
    office.at("2025-07-15T10:00:01+01:00")

    assert "Fay Fire" not in person.open().text


@pytest.mark.parametrize("address", ["eve@evil.example", "max.fire@partner.example", ""])
def test_no_code_goes_elsewhere(office: Office, person: Person, address: str) -> None:
    """A code goes to the link's own address alone; the page says the same whatever was typed."""
    ask(person, address)

    assert [] == office.outbox()
    assert () == office.kept(MessageReserved)


def test_the_page_gives_nothing_away(person: Person) -> None:
    """The answer to a wrong address is the answer to the right one."""
    ask(person, "eve@evil.example")
    wrong = person.text
    ask(person)

    assert wrong == person.text


def test_codes_are_not_a_way_to_flood_a_mailbox(office: Office, person: Person) -> None:
    """More than five codes an hour are not sent."""
    for _ in range(8):
        ask(person)

    assert 5 == len(office.outbox())


def test_a_link_shown_in_one_browser_stays_hidden_in_another(office: Office, person: Person) -> None:
    """What a code showed is shown in that browser alone."""
    ask(person)
    use(person, mailed_code(office))
    other = Person(office.person().client, person.token)

    assert "Fay Fire" not in other.open().text


def test_a_made_up_cookie_shows_nothing(office: Office, person: Person) -> None:
    """The cookie that keeps things shown is signed."""
    from quarterday.web.door.codes import cookie_name

    person.client.cookies.set(cookie_name(person.token), "99999999999." + "0" * 64)

    assert "Fay Fire" not in person.open().text


def test_earlier_figures_show_with_the_code_alone(
    office: Office, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Earlier figures stand on the page and in the template only after the code."""
    before = Figure("deliberate-fires", 1, "E09000099", "", "", Period(date(2025, 1, 1), date(2025, 3, 31)), 4321)
    for module in (request_page, template_files):
        monkeypatch.setattr(module, "earlier_figures", lambda *_, **__: [before])
    hidden = person.open().text + person.open("template.csv").text
    ask(person)
    use(person, mailed_code(office))

    assert "4,321" not in hidden
    assert "4321" not in hidden
    assert "January to March 2025" in person.text
    assert "4,321" in person.text
    assert "4321" in person.open("template.csv").text


CHANGE = finding(
    Severity.WARNING,
    "41, where 8 to 15 is usual after your earlier figures. Is it right?",
    without_earlier="41, which is outside what is usual after your earlier figures. Is it right?",
)
SAME = finding(Severity.WARNING, "Every figure is the same as last time.", without_earlier="")


def test_a_forwarded_link_tells_no_bound_of_earlier_figures(office: Office, person: Person) -> None:
    """Absurd values uploaded without the code are called unusual, and what is usual is told to nobody."""
    office.checks.finds = (CHANGE, SAME)
    person.upload()

    assert "41, which is outside what is usual" in person.text
    assert "8 to 15" not in person.text
    assert "same as last time" not in person.text


def test_with_the_code_the_check_page_says_what_is_usual(office: Office, person: Person) -> None:
    """Whoever reads the mail at the link's own address sees the range and may tell a return from the last one."""
    ask(person)
    use(person, mailed_code(office))
    office.checks.finds = (CHANGE, SAME)
    person.open()
    person.upload()

    assert "where 8 to 15 is usual" in person.text
    assert "same as last time" in person.text


def test_no_code_is_promised_while_emails_do_not_go(office: Office, person: Person) -> None:
    """A partner reads it as truly as an officer does."""
    who = {"at": office.installation.now(), "by": "quarterday", "partnership": "somewhere"}
    failed = MessageSettled(message="a receipt", outcome=Outcome.FAILED, step=Step.NOT_REACHED, attempt=1, **who)
    office.installation.register.append(failed)
    ask(person)

    assert "Our last emails did not go" in person.text
    assert "on its way" not in person.text
