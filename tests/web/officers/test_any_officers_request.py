"""Whatever is asked of the officers' pages, by whom and however, they never break, and nobody does what is not theirs.

Schemathesis over every route of a signed-in officer's, naughty strings in every field, and each role at each decision.
"""

import re
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from quarterday.domain.facts import OfficerWrote, RequestMade, ReturnReceived
from quarterday.web.officers.decisions import DECISIONS
from quarterday.web.officers.subjects import Kind
from tests.domain.activities_example import CAMPAIGN
from tests.web.conftest import COLLECTION, FIRE, Office
from tests.web.officers.conftest import LOU, OfficerAtWork, an_office_of
from tests.web.officers.test_looking import a_return
from tests.web.test_naughty_strings import NAUGHTY, shape

TEXT: dict[str, Any] = {"type": "string"}
FIELDS = {each.name for decision in DECISIONS.values() for each in decision.fields} | {"csrf", "why", "seen", "code"}
FIELDS |= {f"{name}-{part}" for name in ("until", "closes", "expected") for part in ("day", "month", "year")}
FORM = {"type": "object", "properties": dict.fromkeys(sorted(FIELDS), TEXT)}
OUR_OWN = (
    *("<script>alert(1)</script>", "'; DROP TABLE fact; --", "{{ 7 * 7 }}", "\u202etxt.exe", "\x00\x07", "=1+1"),
    *("‘‘”", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "a" * 5000, "%s%n", "../../etc/passwd"),
)
ABOUT: dict[Kind, str] = {
    Kind.REQUEST: FIRE,
    Kind.COLLECTION: COLLECTION,
    Kind.EMAIL: f"{FIRE}/first/2025-07-08/remind/fire/contact",
    Kind.ROLE: "fire/contact",
    Kind.OFFICER: "sam",
    Kind.AGREEMENT: "main",
    Kind.INDICATOR: "deliberate-fires",
    Kind.PARTNERSHIP: "somewhere",
    Kind.ACTIVITY: f"{COLLECTION}/{CAMPAIGN.code}",
}


@lru_cache
def jo_at_work() -> OfficerAtWork:
    """An office with a return, and Jo, who has signed in and has a decision open."""
    office = an_office_of(Path(mkdtemp(prefix="quarterday-")), activities=(CAMPAIGN,))
    a_return(office, "accepted")
    jo = OfficerAtWork(office).sign_in()
    jo.open(f"/officers/decide/write/{FIRE}")
    return jo


@lru_cache
def lou_at_work() -> OfficerAtWork:
    """Lou, who looks and decides nothing, in the same office."""
    lou = OfficerAtWork(jo_at_work().office, LOU).sign_in()
    lou.open("/officers")
    return lou


def csrf(officer: OfficerAtWork) -> str:
    """The field that their forms carry."""
    assert officer.page
    return officer.page.text.partition('name="csrf" value="')[2].partition('"')[0]


def described() -> dict[str, Any]:
    """The officers' routes as OpenAPI."""
    paths: dict[str, Any] = {}
    for route in jo_at_work().office.client.app.routes:
        if not isinstance(route, Route) or not route.path.startswith("/officers") or "sign-out" in route.path:
            continue
        path = re.sub(r":\w+}", "}", route.path).replace("{collection}", COLLECTION).replace("{partner}", "fire")
        names = [each.partition("}")[0] for each in path.split("{")[1:]]
        said: dict[str, Any] = {
            "parameters": [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in names],
            "responses": {"default": {"description": "a page"}},
        }
        for method in (route.methods or set()) - {"HEAD"}:
            body = {"content": {"application/x-www-form-urlencoded": {"schema": FORM}}}
            paths.setdefault(path, {})[method.lower()] = said | ({"requestBody": body} if method == "POST" else {})
    return {"openapi": "3.0.3", "info": {"title": "officers", "version": "1"}, "paths": paths}


async def _openapi(_request: object) -> JSONResponse:
    return JSONResponse(described())


lou_at_work()  # before so many others try to come in that nobody is let in for a while
_app = Starlette(routes=[Route("/openapi.json", _openapi), Mount("/", jo_at_work().office.client.app)])
_schema = schemathesis.openapi.from_asgi("/openapi.json", _app)


@_schema.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_breaks(case: schemathesis.Case) -> None:
    """No request of a signed-in officer is answered with a fault of ours; one preview at a time is no fault."""
    if case.path.endswith("/preview") and case.method == "POST":
        return  # a process of its own for each would be asked for
    if isinstance(case.body, dict):
        case.body["csrf"] = csrf(jo_at_work())
    answer = case.call(cookies=dict(jo_at_work().client.cookies))

    assert answer.status_code < 500


def test_naughty_words_stay_words(office: Office, jo: OfficerAtWork) -> None:
    """In every field of a decision, in addresses and in filters: the page keeps its shape, whatever was written."""
    jo.open(f"/officers/decide/write/{FIRE}")
    first = jo.page
    jo.send(f"/write/{FIRE}", say="plain")
    for naughty in (*OUR_OWN, *NAUGHTY[::25]):
        office.at("2025-07-15T09:00:00+01:00")
        jo.page = first
        shown = jo.send(f"/write/{FIRE}", say=naughty)
        assert shown.status_code in (200, 409, 422), naughty
        assert "<script>alert" not in shown.text
        for path in ("decisions?by=", "decisions?partner=", "?state=", "?recorded="):
            assert jo.client.get(f"/officers/{path}".replace("/?", "?"), params={"x": naughty}).status_code == 200
        answer = jo.client.get(f"/officers/decide/send-back/{FIRE}", params={"where": naughty})
        assert shape(answer.text)[0].count("script") == 2, naughty
    assert office.kept(OfficerWrote)


HERE = {*ABOUT, Kind.WORDS}  # of the others there are none in this office: their own tests try them


@pytest.mark.parametrize("name", sorted(name for name, each in DECISIONS.items() if each.about in HERE))
def test_who_only_looks_decides_nothing(name: str) -> None:
    """Not by a form made by hand either: nothing is recorded, whatever is sent."""
    office = jo_at_work().office
    decision = DECISIONS[name]
    if decision.about is Kind.WORDS:
        about = f"{office.kept(ReturnReceived)[0].partner_return}/deliberate-fires"
    else:
        about = ABOUT[decision.about]
    lou = lou_at_work()
    before = [each.key for each in office.installation.facts() if each.by == "lou"]
    day = {"day": "30", "month": "7", "year": "2025"}
    days = {
        f"{name}-{part}": said for name in ("until", "closes", "expected", "from_day") for part, said in day.items()
    }
    typed = {"csrf": csrf(lou), "why": "I should like to.", "say": "Hello.", **days}
    typed |= {"name": "A N Other", "email": "a@b.example", "owner": "Max", "indicator": "deliberate-fires"}
    typed |= {"collection": COLLECTION, "signed": "Me", "version": "1", "parts": "dates", "partner_return": "R"}
    answer = lou.client.post(f"/officers/decide/{name}/{about}", data=typed)

    assert 422 == answer.status_code
    assert before == [each.key for each in office.installation.facts() if each.by == "lou"]


@pytest.mark.parametrize(
    "path",
    [
        *("partners/elsewhere", "partners/fire/elsewhere.2025-26-q1", "partners/elsewhere/x/as-they-see-it"),
        *("returns/R-OTHER", "collections/elsewhere.2025-26-q1", "collections/elsewhere.2025-26-q1/release"),
        *("indicators/elsewhere", "decide/let-off/elsewhere.2025-26-q1.fire"),
        "drafts/20250715T080000/elsewhere.2025-26-q1/v1/board.html",
        f"collections/{COLLECTION}/release/v9/board.html",
        f"collections/{COLLECTION}/release/v1/../../../register.db",
    ],
)
def test_what_is_another_partnerships_is_not_there(path: str) -> None:
    """Not found, in the house's own words, whoever asks."""
    jo = jo_at_work()
    answer = jo.client.get(f"/officers/{path}")

    assert 404 == answer.status_code
    assert jo.office.kept(RequestMade)
