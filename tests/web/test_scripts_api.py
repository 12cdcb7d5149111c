"""An organisation's own script sends its figures with a key: the same checks, its own requests alone."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks as judged
from starlette.testclient import TestClient

from quarterday.adapters.links import hash_token
from quarterday.adapters.reading.as_json import return_said
from quarterday.domain.facts import (
    ActionTold,
    ActivityTold,
    KeyMade,
    KeyRevoked,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    RiskReviewed,
    UploadKept,
)
from tests.domain.activities_example import CAMPAIGN
from tests.domain.asks_example import action_set, following
from tests.domain.risks_example import LATE_DATA
from tests.web.conftest import A_FILE, COLLECTION, FIRE, UNUSUAL, WRONG, Office, an_office, finding
from tests.web.officers.conftest import OfficerAtWork

KEY = "qd_a-key-that-nobody-guesses-0123456789"
SEND = f"/api/requests/{FIRE}/returns"


def with_key(office: Office, partner: str = "fire", key: str = KEY) -> TestClient:
    """A script with a key on record."""
    at = office.installation.now()
    office.installation.register.append(
        KeyMade(
            at=at, by="jo", reason="They asked.", partnership="somewhere", partner=partner, key_hash=hash_token(key)
        )
    )
    return TestClient(office.client.app, headers={"authorization": f"Bearer {key}"}, raise_server_exceptions=False)


def send(script: TestClient, data: bytes = A_FILE, to: str = SEND, **fields: str) -> Any:
    """Send a file as curl does."""
    return script.post(to, files={"file": ("figures.csv", data)}, data=fields)


def test_a_file_is_sent_and_has_a_receipt(office: Office) -> None:
    """The answer bears the receipt's reference; the return is the partner's, by its script."""
    answer = send(with_key(office), explanations="The fair was in April.")
    (received,) = office.kept(ReturnReceived)

    assert (201, received.partner_return, []) == (
        answer.status_code,
        answer.json()["reference"],
        answer.json()["findings"],
    )
    assert ("fire/script", "The fair was in April.") == (received.by, received.explanations)


def test_what_is_to_be_put_right_is_not_sent(office: Office) -> None:
    """Findings come back with sheet, column and cells; the file is kept and no return is made of it."""
    office.checks.finds = (WRONG,)
    answer = send(with_key(office))
    (told,) = answer.json()["findings"]

    assert (422, False) == (answer.status_code, answer.json()["sent"])
    assert ("critical", "Figures", ["H2"], WRONG.sentence) == (
        told["severity"],
        told["sheet"],
        told["cells"],
        told["sentence"],
    )
    assert (1, ()) == (len(office.kept(UploadKept)), office.kept(ReturnReceived))


def test_only_looked_at(office: Office) -> None:
    """A check alone sends nothing."""
    answer = send(with_key(office), check_only="yes")

    assert (200, False, 1) == (answer.status_code, answer.json()["sent"], answer.json()["rows"])
    assert () == office.kept(ReturnReceived)


def test_an_answer_says_how_the_file_was_read(office: Office) -> None:
    """Its figures with their cells, what was tidied and found, in the words of `quarterday read --json`."""
    answer = send(with_key(office), check_only="yes").json()
    read = office.checks.check(office.checks.jobs[-1]).partner_return
    assert read is not None
    said = return_said(read)

    assert (said["layout"], said["tidied"]) == (answer["layout"], answer["tidied"])
    assert [each for each in said["figures"] if each["value"] is not None] == answer["figures"]
    assert "accepted" == answer["verdict"]


def test_sent_twice_is_sent_once(office: Office) -> None:
    """A script that calls again after a broken line gets the same receipt."""
    script = with_key(office)
    first, again = send(script), send(script)

    assert (201, 200) == (first.status_code, again.status_code)
    assert first.json()["reference"] == again.json()["reference"]
    assert 1 == len(office.kept(ReturnReceived))


def test_a_part_of_another_period(office: Office) -> None:
    """What a person may say beside a file a script may say too."""
    send(with_key(office), part="yes", rest_by="2025-07-29", start="1/3/25", end="2025-05-31")
    (received,) = office.kept(ReturnReceived)

    assert (ReturnKind.PART, "2025-07-29", "2025-03-01") == (
        received.kind,
        str(received.rest_by),
        str(received.period_start),
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"start": "April", "end": "2025-W26"}, "This cannot be meant: start, end. Write days as 2026-08-14"),
        ({"start": "0025-04-01", "end": "0025-06-30"}, "This cannot be meant: start, end."),
        ({"start": "2025-04-01"}, "This cannot be meant: start."),
        ({"start": "2025-06-30", "end": "2025-04-01"}, "This cannot be meant: start, end."),
        ({"start": "2025-04-01", "end": "9999-12-31"}, "This cannot be meant: start, end."),
        ({"part": "yes", "rest_by": "2099-07-29"}, "This cannot be meant: rest_by."),
        ({"check_only": "true"}, "Say “yes”, or leave it out: check_only. Nothing was sent."),
        ({"part": "1"}, "Say “yes”, or leave it out: part. Nothing was sent."),
    ],
)
def test_a_word_that_cannot_be_meant_is_refused(office: Office, said: dict[str, str], sentence: str) -> None:
    """A script sees no page that shows how its days were taken: they are understood, or nothing is sent."""
    answer = send(with_key(office), **said)

    assert (400, True) == (answer.status_code, answer.json()["error"].startswith(sentence))
    assert () == office.kept(ReturnReceived)


def test_earlier_figures_are_not_told(office: Office) -> None:
    """A key lies about more easily than a mailbox: nothing follows from what was sent before."""
    office.checks.finds = (finding(UNUSUAL.severity, "41, where 8 to 15 is usual.", without_earlier="Unusual."),)

    assert ["Unusual."] == [each["sentence"] for each in send(with_key(office)).json()["findings"]]


def test_its_own_requests(office: Office) -> None:
    """The list names what is asked, by when, and what is still to come."""
    (listed,) = with_key(office).get("/api/requests").json()["requests"]

    assert (FIRE, "2025-07-22", ["deliberate-fires"]) == (listed["request"], listed["due"], listed["still_to_come"])


def test_no_other_partners_requests(office: Office) -> None:
    """Another partner's key opens nothing of this one's: neither its list nor its address."""
    police = with_key(office, "police", KEY + "2")

    assert [] == police.get("/api/requests").json()["requests"]
    assert 404 == send(police).status_code
    assert () == office.kept(UploadKept)


@pytest.mark.parametrize("said", ["", "Bearer", f"Basic {KEY}", "Bearer qd_another-key-0123456789", f"Bearer {KEY}x"])
def test_no_key(office: Office, said: str) -> None:
    """Without a key that works nothing is read, and the answer is the same whatever is wrong with it."""
    with_key(office)
    script = TestClient(office.client.app, headers={"authorization": said})

    assert (401, "Bearer") == (send(script).status_code, send(script).headers["www-authenticate"])
    assert () == office.kept(UploadKept)


def test_a_revoked_key(office: Office) -> None:
    """A key stops at once."""
    script, at = with_key(office), office.installation.now()
    office.installation.register.append(
        KeyRevoked(at=at, by="jo", partnership="somewhere", partner="fire", key_hash=hash_token(KEY))
    )

    assert 401 == send(script).status_code


def test_guessing_keys_is_slowed(office: Office) -> None:
    """Who tries many keys is told to wait; a key that works still works."""
    stranger = TestClient(office.client.app, headers={"authorization": "Bearer qd_guess"})
    answers = [stranger.get("/api/requests").status_code for _ in range(40)]

    assert 429 == answers[-1]
    assert 200 == with_key(office).get("/api/requests").status_code


def test_what_is_no_file(office: Office) -> None:
    """A call without a file, or with an empty one, says how to send it."""
    script = with_key(office)

    assert "multipart/form-data" in script.post(SEND).json()["error"]
    assert 400 == send(script, b"").status_code
    assert 400 == script.post(SEND, content=b"--x", headers={"content-type": "multipart/form-data"}).status_code


def test_an_officer_makes_and_revokes_a_key(office: Office) -> None:
    """Made on the partner's page, shown once, kept as a hash; revoked there, it works no more."""
    jo = OfficerAtWork(office).sign_in()
    page = f"/officers/decide/make-key/{FIRE}"
    jo.open(page)
    jo.send(f"/make-key/{FIRE}", why="Their system writes a file each quarter.")
    key = next(word for word in jo.text.split() if word.startswith("qd_"))
    script = TestClient(office.client.app, headers={"authorization": f"Bearer {key}"})
    assert 200 == script.get("/api/requests").status_code
    assert key not in str(office.kept(KeyMade))
    office.at("2025-07-15T09:20:00+01:00")
    jo.open(f"/officers/keys/{key}")
    assert "This key was shown before" in jo.text
    jo.open(f"/officers/decide/revoke-keys/{FIRE}")
    jo.send(f"/revoke-keys/{FIRE}", why="The analyst has left.")

    assert 401 == script.get("/api/requests").status_code
    assert f"/officers/partners/fire/{COLLECTION}" in str(jo.page.url)


def test_two_presses_make_one_key(office: Office) -> None:
    """The answer to the first got lost: the second shows the very key, a fresh form another, and then no third."""
    jo = OfficerAtWork(office).sign_in()
    path = f"/make-key/{FIRE}"
    form = jo.open(f"/officers/decide{path}")
    shown = []
    for minute in (1, 2):
        jo.page = form
        office.at(f"2025-07-15T09:0{minute}:00+01:00")
        jo.send(path, why="Their system writes a file each quarter.")
        shown += [word for word in jo.text.split() if word.startswith("qd_")]
    assert 1 == len(office.kept(KeyMade))
    assert shown[0] == shown[1]
    form = jo.open(f"/officers/decide{path}")
    jo.send(path, why="One that takes its place.")
    jo.page = form
    jo.send(path, why="One that takes its place.")
    assert 2 == len(office.kept(KeyMade))
    jo.open(f"/officers/decide{path}")
    jo.send(path, why="And one more.")

    assert "has 2 keys that work" in jo.text
    assert 2 == len(office.kept(KeyMade))


def test_the_page_shows_the_line(office: Office) -> None:
    """The request's page has the call to copy, and no key in it."""
    person = office.person()

    assert f"-F file=@figures.xlsx http://testserver{SEND}" in person.open().text.replace("&#34;", '"')


@pytest.fixture
def described(request: pytest.FixtureRequest, tmp_path: Path) -> schemathesis.BaseSchema:
    """The routes as their office describes them, made where they are tried and not in every lane."""
    request.node._nodeid = request.node.nodeid  # what Schemathesis names its parts by; pytest 9.2 no longer has it
    house = following()
    office = an_office(
        tmp_path,
        partnership=house.partnership,
        priorities=house.priorities,
        activities=(CAMPAIGN,),
        risks=(LATE_DATA.model_copy(update={"board": "streets"}),),
    )
    with_key(office)
    return schemathesis.openapi.from_asgi("/api/openapi.json", office.client.app)


@schemathesis.pytest.from_fixture("described").parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.timeout(900)  # every route is a part of this one test
def test_it_answers_as_it_is_described(case: schemathesis.Case) -> None:
    """Whatever the description allows is answered as it says, with the key and without one; nothing is a fault."""
    if case.path.endswith(("returns", "words")) and len(case.path_parameters.get("request", "")) % 2:
        case.path_parameters["request"] = FIRE
    for headers in ({"authorization": f"Bearer {KEY}"}, {"authorization": "Bearer qd_none"}):
        answer = case.call(headers=headers)
        answer_checks = (judged.not_a_server_error, judged.CHECKS.get_one("response_schema_conformance"))
        case.validate_response(answer, checks=list(answer_checks))


def test_requests_of_others_are_never_seen(office: Office) -> None:
    """The list is the key's partner's alone, whoever else was asked."""
    made = office.kept(RequestMade)[0]
    script = with_key(office)

    assert {made.request} == {each["request"] for each in script.get("/api/requests").json()["requests"]}


WORDS = f"/api/requests/{FIRE}/words"
LATE = {"activity": "campaign", "state": "late", "in_the_way": "No printer.", "asks": "Money", "asks_board": "Top"}
WATCHED = {
    "risk": "late-data", "likelihood": "likely", "impact": "major", "trend": "rising", "next_review": "2025-09-30",
}  # fmt: skip


@pytest.fixture
def beside(tmp_path: Path) -> Office:
    """An office whose fire service leads a campaign, owns a risk, and has an action of the operational board's."""
    house = following()
    parts: dict[str, Any] = {"partnership": house.partnership, "priorities": house.priorities}
    risk = LATE_DATA.model_copy(update={"board": "streets", "owner": "fire"})
    office = an_office(tmp_path, activities=(CAMPAIGN,), risks=(risk,), **parts)
    office.installation.register.append(action_set(date(2025, 7, 1), "fire", date(2025, 9, 30)))
    return office


def test_what_is_told_beside_figures_is_what_the_page_tells(beside: Office) -> None:
    """An activity with what it asks of a board, a risk and an action, in one call; again, nothing is new."""
    script = with_key(beside)
    body = {
        "activities": [LATE],
        "risks": [WATCHED],
        "actions": [{"action": "D-1", "state": "done", "said": "Agreed."}],
    }
    first, again = script.post(WORDS, json=body), script.post(WORDS, json=body)

    assert [(201, 3), (200, 0)] == [(each.status_code, each.json()["recorded"]) for each in (first, again)]
    (word,), (seen,), (did,) = beside.kept(ActivityTold), beside.kept(RiskReviewed), beside.kept(ActionTold)
    assert ("late", "Money", "top", "fire/script") == (word.state, word.asks, word.asks_board, word.by)
    assert ("likely", "rising", date(2025, 9, 30), False) == (
        seen.likelihood, seen.trend, seen.next_review, seen.by_an_officer,
    )  # fmt: skip
    assert ("done", "Agreed.") == (did.state, did.said)


def test_all_of_a_call_is_recorded_or_nothing_and_what_stands_against_it(beside: Office) -> None:
    """Late without what is in the way, a risk of nobody's, a day that is none, a thing named twice."""
    script = with_key(beside)
    wrong = {**WATCHED, "next_review": "next month"}
    answer = script.post(
        WORDS,
        json={
            "activities": [{"activity": "campaign", "state": "late"}, {"activity": "campaign", "state": "done"}],
            "risks": [wrong, {"risk": "none"}],
            "actions": [{"action": "D-1", "state": "dropped"}],
        },
    )

    assert (422, 0, ()) == (answer.status_code, answer.json()["recorded"], beside.kept(ActivityTold))
    said = {(each["of"], each["field"]): each["sentence"] for each in answer.json()["problems"]}
    assert "This is named twice in one call. Say it once." == said["campaign", "activity"]
    assert "A campaign: It is late: say in a sentence what is in the way, or why." == said["campaign", "in_the_way"]
    assert "You have none of that code. Yours are: late-data." == said["none", "risk"]
    assert ("late-data", "next_review") in said
    assert ("D-1", "said") in said


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"{", "Send JSON"),
        (b"[]", "Send an object with any of: activities, risks, actions."),
        (b"{}", "Send an object with any of"),
        (b'{"figures": []}', "Send an object with any of"),
        (b'{"risks": [1]}', "Under \u201crisks\u201d there is to be a list"),
        (
            b'{"risks": [{"risk": "late-data", "next_review": 20250901}]}',
            "Under \u201crisks\u201d there is to be a list",
        ),
        (b"[" * 100_000, "Send JSON"),
    ],
)
def test_what_is_not_as_described_is_refused_with_a_sentence(beside: Office, body: bytes, says: str) -> None:
    """Nothing is recorded, and nothing is a fault."""
    answer = with_key(beside).post(WORDS, content=body)

    assert (400, True) == (answer.status_code, answer.json()["error"].startswith(says))


def test_the_list_of_requests_names_what_may_be_told(beside: Office) -> None:
    """By its codes, without anything that was said of it."""
    (told,) = with_key(beside).get("/api/requests").json()["requests"]

    assert (["campaign"], ["campaign"], ["late-data"], ["D-1"]) == (
        told["activities"], told["activities_to_come"], told["risks_due"], told["actions"],
    )  # fmt: skip
