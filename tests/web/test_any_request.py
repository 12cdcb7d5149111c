"""Schemathesis over every route: whatever is asked, however it is asked, the portal never breaks."""

import re
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from tests.web.conftest import UNUSUAL, Office, Person, an_office

FIELDS = ("csrf", "once", "confirmed", "confirm", "reason", "until-day", "until-month", "until-year", "reference")
FIELDS += ("indicators", "colleague_name", "colleague_email", "email", "code", "as_is", "explain-0", "value-0")
TEXT: dict[str, Any] = {"type": "string"}
FORM = {"type": "object", "properties": dict.fromkeys(FIELDS, TEXT)}
FILE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "csrf": TEXT, "part": TEXT}}


@lru_cache
def an_upload() -> tuple[Office, Person, str]:
    """An office, somebody with a link, and a file of theirs that waits to be sent."""
    office = an_office(Path(mkdtemp(prefix="quarterday-")))
    office.checks.finds = (UNUSUAL,)
    person = office.person()
    return office, person, str(person.upload().url).rpartition("/")[2]


def described() -> dict[str, Any]:
    """The portal's routes as OpenAPI, on a link that works, with and without the field that forms carry."""
    office, person, upload = an_upload()
    paths: dict[str, Any] = {}
    for route in office.client.app.routes:
        if not isinstance(route, Route):
            continue
        path = re.sub(r":\w+}", "}", route.path).replace("{token}", person.token).replace("{upload}", upload)
        names = [each.partition("}")[0] for each in path.split("{")[1:]]
        said: dict[str, Any] = {
            "parameters": [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in names],
            "responses": {"default": {"description": "a page"}},
        }
        for method in (route.methods or set()) - {"HEAD"}:
            body = {"application/x-www-form-urlencoded": {"schema": FORM}, "multipart/form-data": {"schema": FILE}}
            asked = said | {"requestBody": {"content": body}} if method == "POST" else said
            paths.setdefault(path, {})[method.lower()] = asked
    return {"openapi": "3.0.3", "info": {"title": "portal", "version": "1"}, "paths": paths}


async def _openapi(_request: object) -> JSONResponse:
    return JSONResponse(described())


_app = Starlette(routes=[Route("/openapi.json", _openapi), Mount("/", an_upload()[0].client.app)])
_schema = schemathesis.openapi.from_asgi("/openapi.json", _app)


@_schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_breaks(case: schemathesis.Case) -> None:
    """No request is answered with a fault of ours."""
    _, person, _ = an_upload()
    if isinstance(case.body, dict) and person.page is not None:
        from tests.web.conftest import form_on

        case.body["csrf"] = form_on(person.page.text, "/send")[1]["csrf"]
    answer = case.call(cookies=dict(person.client.cookies))

    assert answer.status_code < 500
