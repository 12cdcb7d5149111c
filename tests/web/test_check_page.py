"""The check page: the figures as they were read, and how many of those asked for they are."""

import email
from dataclasses import dataclass, field
from email.policy import default

import pytest

from expectations.checking import Checked, Job
from quarterday.adapters.kept_returns import keep_checked
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.facts import ReturnKind, ReturnReceived
from quarterday.domain.figures.findings import Finding, Severity, verdict_on
from quarterday.domain.figures.returns import Marker, PartnerReturn, ReturnRow, Tidied
from tests.domain.conftest import indicator
from tests.web.conftest import A_FILE, COLLECTION, QUARTER, Office, Person, an_office, words_of
from tests.web.test_scripts_api import send, with_key


@dataclass
class FileTables:
    """Checks that read what a test lets them read."""

    rows: tuple[ReturnRow, ...]
    finds: tuple[Finding, ...] = ()
    tidied: tuple[Tidied, ...] = ()
    jobs: list[Job] = field(default_factory=list)

    def start(self) -> None:
        """Nothing to warm."""

    def check(self, job: Job) -> Checked:
        """The rows, whatever the file holds."""
        read = PartnerReturn("fire", COLLECTION, job.period, self.rows, "template", self.tidied, "A quiet spring.")
        return Checked(read, self.finds, verdict_on(self.finds))


def row(code: str, value: float | None = None, **more: object) -> ReturnRow:
    """A figure of the fire service for the whole area."""
    return ReturnRow(code, AREA, "", "", None, value=value, **more)


AREA = "E09000099"
ASKED = ("deliberate-fires", "dwelling-fires", "false-alarms")


@pytest.fixture
def office(tmp_path, rows: tuple[ReturnRow, ...]) -> Office:
    """The fire service was asked for three figures."""
    asked = tuple(indicator(code, "fire") for code in ASKED)
    return an_office(tmp_path, checks=FileTables(rows), indicators=asked)


@pytest.fixture
def person(office: Office) -> Person:
    """Their contact, with a file chosen."""
    person = office.person()
    person.upload()
    return person


@pytest.mark.parametrize("rows", [(row("deliberate-fires", 12), row("dwelling-fires", 0), row("false-alarms", 1204))])
def test_each_figure_is_shown_as_it_was_read(person: Person) -> None:
    """In the order of the template, with the commentary; a nought is a figure."""
    text = person.text

    assert "Deliberate fires 12 Dwelling fires 0 False alarms 1,204" in text
    assert "What you are sending all the figures asked for" in text
    assert "Your comment: A quiet spring." in text


@pytest.mark.parametrize("rows", [(row("deliberate-fires", 12), row("false-alarms"))])
def test_one_of_three_is_not_called_all(office: Office, person: Person) -> None:
    """What is still to come is named on the check page and on the receipt."""
    some = "1 of 3 figures; still to come: Dwelling fires; False alarms"

    assert f"What you are sending {some}" in person.text
    person.send("/send")
    assert f"What you sent {some}" in person.text
    assert ReturnKind.FIGURES is office.kept(ReturnReceived)[0].kind


@pytest.mark.parametrize("rows", [(row("deliberate-fires", 12),)])
def test_one_date_covers_the_rest(office: Office, person: Person) -> None:
    """Whoever says by when the rest comes has sent a part."""
    person.send("/send", rest__day="5", rest__month="8", rest__year="2025", rest_why="The system is away.")
    (sent,) = office.kept(ReturnReceived)

    assert (ReturnKind.PART, "2025-08-05") == (sent.kind, str(sent.rest_by))
    assert "The system is away." in sent.explanations


@pytest.mark.parametrize("rows", [(row("deliberate-fires", 12),)])
def test_what_is_still_to_come_is_nothing_unusual(office: Office, person: Person) -> None:
    """Ten missing figures are no ten boxes to explain."""
    rest = [
        Finding("still-to-come", Severity.WARNING, f"{each}: nothing has come yet.", "", indicator=each)
        for each in ASKED[1:]
    ]
    office.checks.finds = tuple(rest)
    person.open()
    person.upload()

    assert "What looks unusual" not in person.text
    assert "When may we expect the rest?" in person.text


TIDIED = (Tidied("Figures", "H2", "Value", "12 fires", "12"),)
WRITTEN = row("deliberate-fires", 12, sheet="Figures", cells=(("Value", "H2"),))


@pytest.mark.parametrize("rows", [(WRITTEN, row("dwelling-fires", None, marker=Marker.NOT_AVAILABLE))])
def test_a_tidied_figure_stands_beside_what_was_written(office: Office, person: Person) -> None:
    """So that its sender sees whether it was read rightly; a marker is an answer."""
    office.checks.tidied = TIDIED
    person.open()
    person.upload()

    assert "Deliberate fires 12 written: 12 fires" in person.text
    assert "Dwelling fires [x]" in person.text
    assert "False alarms nothing" in person.text


@pytest.mark.parametrize("rows", [(row("deliberate-fires", 12),)])
def test_all_that_tell_how_much_came_say_the_same(office: Office, person: Person) -> None:
    """Check page, receipt page, its email and the answer to a script; the figures of one sent before are still out."""
    some = "1 of 3 figures; still to come: Dwelling fires; False alarms"
    assert f"What you are sending {some}" in person.text
    person.send("/send")
    accept(office)
    script = send(with_key(office), A_FILE + b"again").json()

    assert f"What you sent {some}" in words_of(
        person.open(f"returns/{office.kept(ReturnReceived)[0].partner_return}").text
    )
    assert f"What you sent: {some}" in mailed_receipt(office)
    assert (3, 1, list(ASKED[1:])) == (script["figures_asked"], script["figures_answered"], script["still_to_come"])


@pytest.mark.parametrize("rows", [(row("deliberate-fires", 12),)])
def test_a_correction_of_what_came_before_is_shown(office: Office, person: Person) -> None:
    """An accepted figure that is sent anew stands on the check page; the last of the rest leaves nothing open."""
    person.send("/send")
    accept(office)
    office.checks.rows = (row("deliberate-fires", 13),)
    person.open()
    person.upload(A_FILE + b"corrected")

    assert "Deliberate fires 13" in person.text
    assert "1 of 3 figures; still to come: Dwelling fires; False alarms" in person.text
    office.checks.rows = tuple(row(code, 5) for code in ASKED[1:])
    person.open()
    person.upload(A_FILE + b"rest")
    assert "2 of 3 figures; still to come: nothing else" in person.text
    assert "When may we expect the rest?" not in person.text


def accept(office: Office) -> None:
    """The checks accept the latest return, and its receipt goes."""
    received, now = office.kept(ReturnReceived)[-1], office.installation.now()
    read = PartnerReturn("fire", COLLECTION, QUARTER, office.checks.rows, "template")
    _, rows_at = keep_checked(office.installation.stores, received.partner_return, Checked(read, (), "accepted"), now)
    answered = tuple(each.indicator for each in office.checks.rows if each.tells)
    office.judged(received, "accepted", rows_stored_as=rows_at, answered=answered)
    facts, today = office.installation.facts(), office.installation.today()
    for each in what_is_due(office.installation.framework, facts, today):
        if isinstance(each, Send) and each.email == "receipt":
            perform_send(office.installation, each)


def mailed_receipt(office: Office) -> str:
    """The words of the receipt's email, on one line."""
    message = email.message_from_bytes(office.outbox()[-1].read_bytes(), policy=default)
    return " ".join(message.get_body(("plain",)).get_content().split())
