"""Codes stand in the register: several portals know them, and nobody else with the link locks its owner out."""

from starlette.testclient import TestClient

from quarterday.domain.facts import CodeAsked, CodeTried, CodeUsed
from quarterday.web.serving.app import create_app
from tests.web.conftest import UNUSUAL, Office, Person, finding
from tests.web.test_code_pages import ask, mailed_code, use

ELSEWHERE = ("203.0.113.9", 4711)


def at(office: Office, person: Person, address: tuple[str, int]) -> Person:
    """Somebody else with the same link, at a network address of their own."""
    return Person(TestClient(office.client.app, client=address, raise_server_exceptions=False), person.token)


def test_another_portal_knows_the_code(office: Office, person: Person) -> None:
    """A code asked for at one portal is used at another, and then works at neither."""
    ask(person)
    code = mailed_code(office)
    other = Person(TestClient(create_app(office.installation, office.checks, dead_seconds=0)), person.token)
    use(other, code)
    assert "Our contact with you: Fay Fire" in other.text
    use(person, code)

    assert "That code does not work" in person.text


def test_the_register_keeps_no_code(office: Office, person: Person) -> None:
    """Neither the code nor the network address stands in any fact."""
    ask(person)
    code = mailed_code(office)
    use(person, code)
    kept = str([*office.kept(CodeAsked), *office.kept(CodeTried), *office.kept(CodeUsed)])

    assert code.replace(" ", "") not in kept
    assert "testclient" not in kept


def test_who_else_asks_locks_nobody_out(office: Office, person: Person) -> None:
    """However often somebody elsewhere asks and guesses with the same link, the owner gets a code, and it works."""
    stranger = at(office, person, ELSEWHERE)
    for _ in range(7):
        ask(stranger)
    ask(person)
    code = mailed_code(office)
    for wrong in range(7):
        use(stranger, f"{(int(code.replace(' ', '')) + wrong + 1) % 1_000_000:06}")
    use(person, code)

    assert 6 == len(office.kept(CodeAsked))
    assert "Our contact with you: Fay Fire" in person.text


def test_unusual_is_said_for_a_few_files_only(office: Office, person: Person) -> None:
    """A range is found by asking often enough, so a link alone is told for six files; what is wrong is told always."""
    wrong = finding(UNUSUAL.severity, "-4 is below 0, the least that this can be.")
    told = finding(UNUSUAL.severity, "41, where 8 to 15 is usual.", without_earlier="This is unusual for you.")
    office.checks.finds = (wrong, told)
    said = []
    for number in range(8):
        person.open()
        person.upload(b"Indicator,Value\nDeliberate fires,%d\n" % number)
        said.append("This is unusual for you" in person.text)
        assert "-4 is below 0" in person.text

    assert [True] * 6 + [False] * 2 == said
    assert "this page no longer says which figures are unusual" in person.text
    ask(person)
    use(person, mailed_code(office))
    person.open()
    person.upload()
    assert "41, where 8 to 15 is usual" in person.text
