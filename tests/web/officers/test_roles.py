"""Every page and every decision by every role: who is not signed in comes nowhere, who lacks a duty decides nothing.

One office for all: nothing here changes it.
"""

import re
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from quarterday.domain.facts import FiguresSeen, ReturnReceived
from quarterday.domain.framework.partners import Duty, Officer
from quarterday.web.officers.decisions import DECISIONS
from quarterday.web.officers.officer_door import HOME
from quarterday.web.officers.subjects import Kind
from tests.domain.activities_example import CAMPAIGN
from tests.web.conftest import COLLECTION, Office, form_on
from tests.web.officers.conftest import LOU, OfficerAtWork, an_office_of
from tests.web.officers.test_any_officers_request import ABOUT
from tests.web.officers.test_looking import a_return

WITHOUT = {
    duty: Officer(
        code=f"no-{duty.value.replace('_', '-')}",
        name=f"Not {duty.value}",
        email=f"not-{duty.value}@somewhere.example",
        may=tuple(each for each in Duty if each is not duty),
    )
    for duty in Duty
}
OPEN_TO_ALL = {f"{HOME}/sign-in", f"{HOME}/sign-in/account", f"{HOME}/sign-in/back", f"{HOME}/sign-in/{{token}}"}


@lru_cache
def office() -> Office:
    """An office with one officer for each duty, who has every other, one who looks, and a return."""
    made = an_office_of(Path(mkdtemp(prefix="quarterday-")), (LOU, *WITHOUT.values()), activities=(CAMPAIGN,))
    a_return(made, "accepted")
    return made


@lru_cache
def at_work(who: Officer) -> OfficerAtWork:
    """An officer who has signed in, the first page open."""
    officer = OfficerAtWork(office(), who).sign_in()
    officer.open()
    return officer


def routes() -> list[tuple[str, str]]:
    """Every address of the officers' pages with its method, those open to whoever comes left out."""
    found = [each for each in office().client.app.routes if isinstance(each, Route)]
    ours = [each for each in found if each.path.startswith(HOME) and each.path not in OPEN_TO_ALL]
    return [(method, each.path) for each in ours for method in sorted((each.methods or set()) - {"HEAD"})]


def filled(path: str) -> str:
    """An address with what there is put into it."""
    known = {"partner": "fire", "collection": COLLECTION, "indicator": "deliberate-fires", "decision": "write"}
    known |= {"reference": office().kept(ReturnReceived)[0].partner_return, "about": f"{COLLECTION}.fire"}
    return re.sub(r"{(\w+)(:\w+)?}", lambda each: known.get(each[1], "1"), path)


def test_who_is_not_signed_in_comes_to_the_sign_in_and_does_nothing() -> None:
    """By whatever address and method; not one page tells whether what it names is there."""
    before = office().count()
    stranger = TestClient(office().client.app, raise_server_exceptions=False, follow_redirects=False)
    for method, path in routes():
        answer = stranger.request(method, filled(path))
        came = answer.headers.get("location", "")
        assert (303, f"{HOME}/sign-in") == (answer.status_code, came.partition("?")[0]) or 403 == answer.status_code, (
            path
        )
        assert method == "GET" or 403 == answer.status_code, path  # a form that is none of ours
    assert before == office().count()


def test_who_only_looks_sees_every_page_but_takes_no_file() -> None:
    """Nothing is hidden but what is a duty's: a partner's file."""
    lou = at_work(LOU)
    refused = [path for method, path in routes() if method == "GET" and lou.open(filled(path)).status_code == 403]
    assert [f"{HOME}/returns/{{reference}}/file"] == refused


@pytest.mark.parametrize("name", sorted(name for name, each in DECISIONS.items() if each.about in ABOUT))
def test_who_has_every_other_duty_takes_no_decision_of_this_one(name: str) -> None:
    """The page says who may; a form made by hand is refused, and nothing is recorded."""
    decision = DECISIONS[name]
    officer = at_work(WITHOUT[decision.duty])
    about = LOU.code if decision.about is Kind.OFFICER else ABOUT[decision.about]
    address = f"{HOME}/decide/{name}/{about}"
    assert "You may not decide this." in officer.open(address).text
    before = office().count()
    answer = officer.client.post(address, data=_typed(officer))
    assert 422 == answer.status_code
    assert before == office().count()


def _typed(officer: OfficerAtWork) -> dict[str, Any]:
    """A form made by hand, with something in every field."""
    assert officer.page is not None
    hidden = form_on(officer.page.text, "/sign-out")[1]
    day = {"day": "30", "month": "7", "year": "2025"}
    names = ("until", "closes", "expected", "from_day", "due", "by_when")
    days = {f"{each}-{part}": said for each in names for part, said in day.items()}
    words = {"why": "Because.", "say": "Hello.", "name": "A N Other", "email": "a@b.example", "owner": "Max"}
    chosen = {"indicator": "deliberate-fires", "indicators": "deliberate-fires", "collection": COLLECTION}
    chosen |= {"partner_return": office().kept(ReturnReceived)[0].partner_return, "rag": "green", "signed": "Me"}
    return {**hidden, **days, **words, **chosen}


def test_every_look_at_a_return_s_figures_and_every_file_is_on_record() -> None:
    """Once each, under the officer's name: the figures, the file; no other page of a return's shows a figure of it."""
    jo = at_work(WITHOUT[Duty.PERSONAL_DATA])
    reference = office().kept(ReturnReceived)[0].partner_return
    before = len(office().kept(FiguresSeen))
    for path in (f"{HOME}/returns/{reference}", f"{HOME}/returns/{reference}/file"):
        assert 200 == jo.open(path).status_code
    assert ["figures", "file"] == [each.what for each in office().kept(FiguresSeen)[before:]]
    others = [filled(path) for method, path in routes() if method == "GET" and "{reference}" not in path]
    for path in others:
        assert "41" not in re.sub(r"<[^>]*>", "", _main(jo.open(path).text)), path


def _main(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]
