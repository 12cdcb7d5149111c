"""What scripts may call, described as OpenAPI: for whoever writes one, and for the test that tries what it allows."""

from typing import Any

from quarterday.domain.figures.findings import Severity
from quarterday.domain.framework.framework import Framework
from quarterday.web.partners.words_api import ACTION_FIELDS, ACTIVITY_FIELDS, RISK_FIELDS

_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_YES = {"type": "string", "enum": ["yes"]}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_FINDING = _object(
    severity={"type": "string", "enum": [each.value for each in Severity]},
    rule=_TEXT,
    sentence=_TEXT,
    sheet=_TEXT,
    column=_TEXT,
    cells=_list(_TEXT),
    indicator=_TEXT,
)
_NUMBER_OR_NONE = {"type": ["number", "null"]}
_FIGURE = _object(
    indicator=_TEXT,
    area_code=_TEXT,
    breakdown=_TEXT,
    category=_TEXT,
    period={"anyOf": [_object(start=_DAY, end=_DAY), {"type": "null"}]},
    value=_NUMBER_OR_NONE,
    numerator=_NUMBER_OR_NONE,
    denominator=_NUMBER_OR_NONE,
    marker={"type": ["string", "null"]},
    comment=_TEXT,
    sheet=_TEXT,
    cells=_list(_object(column=_TEXT, cell=_TEXT)),
)
_ANSWER = _object(
    sent={"type": "boolean"},
    reference=_TEXT,
    checked={"type": "boolean"},
    rows={"type": "integer"},
    figures_asked={"type": "integer"},
    figures_answered={"type": "integer"},
    still_to_come=_list(_TEXT),
    layout=_TEXT,
    figures=_list(_FIGURE),
    tidied=_list(_object(sheet=_TEXT, cell=_TEXT, column=_TEXT, written=_TEXT, read_as=_TEXT)),
    findings=_list(_FINDING),
    verdict=_TEXT,
)
_REQUEST = _object(
    request=_TEXT,
    period=_object(start=_DAY, end=_DAY),
    due=_DAY,
    closes=_DAY,
    state=_TEXT,
    asked=_list(_TEXT),
    still_to_come=_list(_TEXT),
    activities=_list(_TEXT),
    activities_to_come=_list(_TEXT),
    risks_due=_list(_TEXT),
    actions=_list(_TEXT),
)
_ERROR = _object(error=_TEXT)
_RECORDED = _object(recorded={"type": "integer"}, problems=_list(_object(of=_TEXT, field=_TEXT, sentence=_TEXT)))
_DAY_OR_NONE = {"type": "string", "description": "As 2026-08-14; empty or left out for none."}


def _item(code: str, fields: tuple[str, ...], days: tuple[str, ...] = ()) -> dict[str, Any]:
    """What is told of one thing: its code, and strings that may be left out."""
    said = {name: _DAY_OR_NONE if name in days else _TEXT for name in fields}
    properties = {code: _TEXT, **said}
    return {"type": "object", "required": [code], "properties": properties, "additionalProperties": False}


_WORDS = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        "activities": _list(_item("activity", ACTIVITY_FIELDS, ("next_on",))),
        "risks": _list(_item("risk", RISK_FIELDS, ("next_review",))),
        "actions": _list(_item("action", ACTION_FIELDS)),
    },
}
_SENT = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "The template or the agreed export, up to 20 MB.",
        },
        "part": {**_YES, "description": "The rest comes later."},
        "rest_by": {**_DAY, "description": "The day on which it comes."},
        "start": {**_DAY, "description": "The first day covered, where it is not what was asked."},
        "end": {**_DAY, "description": "The last day covered."},
        "check_only": {**_YES, "description": "Look at the file, and send nothing."},
        "explanations": {"type": "string", "maxLength": 10_000, "description": "What we should know; no person."},
    },
}


def _answers(**of: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        status[1:]: {"description": words, "content": {"application/json": {"schema": schema}}}
        for status, (words, schema) in of.items()
    }


_REFUSALS = {"_401": ("No key, or one that does not work.", _ERROR), "_429": ("Too many wrong keys.", _ERROR)}


def description(portal_url: str, framework: Framework) -> dict[str, Any]:
    """The OpenAPI description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Figures for {framework.partnership.name}", "version": "1"},
        "servers": [{"url": portal_url.rstrip("/")}],
        "security": [{"key": []}],
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/api/requests": {
                "get": {
                    "summary": "Your requests, the latest first",
                    "responses": _answers(_200=("Your requests.", _object(requests=_list(_REQUEST))), **_REFUSALS),
                }
            },
            "/api/requests/{request}/returns": {
                "post": {
                    "summary": "Send a file as your return",
                    "parameters": [{"name": "request", "in": "path", "required": True, "schema": _TEXT}],
                    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _SENT}}},
                    "responses": _answers(
                        _200=("Only checked, or sent before: the same return.", _ANSWER),
                        _201=("Sent. The reference is your receipt.", _ANSWER),
                        _400=("There is no file in the call.", _ERROR),
                        _404=("You have no such request.", _ERROR),
                        _408=("The file took too long to arrive.", _ERROR),
                        _413=("The file is too large.", _ERROR),
                        _422=("Not sent: something is to be put right.", _ANSWER),
                        _503=("Please send it again later.", _ERROR),
                        **_REFUSALS,
                    ),
                }
            },
            "/api/requests/{request}/words": {
                "post": {
                    "summary": "Tell how activities and boards’ actions go, and review risks: all of it, or nothing",
                    "parameters": [{"name": "request", "in": "path", "required": True, "schema": _TEXT}],
                    "requestBody": {"required": True, "content": {"application/json": {"schema": _WORDS}}},
                    "responses": _answers(
                        _200=("Said before: nothing is new.", _RECORDED),
                        _201=("Recorded.", _RECORDED),
                        _400=("The body is not as described.", _ERROR),
                        _404=("You have no such request.", _ERROR),
                        _408=("The call took too long to arrive.", _ERROR),
                        _413=("The call is too large.", _ERROR),
                        _422=("Nothing was recorded: something is to be put right.", _RECORDED),
                        _503=("Please send it again later.", _ERROR),
                        **_REFUSALS,
                    ),
                }
            },
        },
    }
