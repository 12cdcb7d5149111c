"""What pydantic found, in plain words: what is wrong and what to write instead."""

from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

_CODE_PATTERN = "[a-z0-9]+"


def say(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """A sentence that says what is wrong, and one that says what to do."""
    kind, name = error["type"], _name(error)
    written = error.get("input")
    context = error.get("ctx", {})
    worded = _WORDED.get(kind)
    if worded:
        return worded(name, written, context)
    if kind == "extra_forbidden":
        return _unknown(error, model)
    if kind == "value_error":
        return f"{name}: {context.get('error')}.", "Put it right as the sentence says."
    if kind.startswith("date") and (shorter := _no_such_day(str(written))):
        return f"{name}: there is no {shorter}.", "That month is shorter: correct the day."
    if kind.startswith(("date", "datetime")):
        return f"{name} is not a date{_as_written(written)}.", "Write the date as 2025-08-14."
    if kind.startswith("int"):
        return f"{name} is not a whole number{_as_written(written)}.", "Write a whole number in figures."
    if kind.startswith(("float", "decimal")):
        return f"{name} is not a number{_as_written(written)}.", "Write a number in figures."
    if kind.startswith("bool"):
        return f"{name} is neither true nor false{_as_written(written)}.", "Write true or false."
    return f"{name} does not fit: {error['msg'].lower()}{_as_written(written)}.", "See the example configuration."


def _no_such_day(written: str) -> str:
    """A date that is written rightly and that no month has, as people say it: 30 February 2027."""
    try:
        year, month, day = (int(each) for each in written.strip().split("-"))
        first = date(year, month, 1)
    except ValueError:
        return ""
    return f"{day} {first:%B %Y}" if 28 < day < 32 else ""


def _name(error: ErrorDetails) -> str:
    names = [step for step in error["loc"] if isinstance(step, str) and step != "[key]"]
    return f"“{names[-1]}”" if names else "This entry"


def _as_written(written: object) -> str:
    if isinstance(written, (dict, list, tuple)):
        return ""
    text = str(written)
    return f" (it says “{text if len(text) <= 60 else text[:57] + '…'}”)" if written is not None else " (it is empty)"


def _pattern(name: str, written: object, context: dict[str, Any]) -> tuple[str, str]:
    pattern = str(context.get("pattern", ""))
    if _CODE_PATTERN in pattern:
        return (
            f"{name} is not a code{_as_written(written)}.",
            "A code has small letters, figures and single hyphens only, such as fire-brigade.",
        )
    if "@" in pattern:
        return f"{name} is not an email address{_as_written(written)}.", "Write it as someone@organisation.example."
    if "d{8}" in pattern:
        return (
            f"{name} is not an area's code{_as_written(written)}.",
            "Use the 9-character code of the Office for National Statistics, a letter and eight figures.",
        )
    allowed = pattern.strip("^$()").replace("|", ", ")
    return f"{name} is not one of those known{_as_written(written)}.", f"Write one of: {allowed}."


_Wording = Callable[[str, object, dict[str, Any]], tuple[str, str]]

_WORDED: dict[str, _Wording] = {
    "missing": lambda name, _, __: (f"{name} is missing.", f"Add a line “{name.strip('“”')}: …” here."),
    "string_type": lambda name, written, _: (
        f"{name} is to be text{_as_written(written)}.",
        "Put the text in quotes." if written is not None and not isinstance(written, (dict, list)) else "Write a text.",
    ),
    "string_too_short": lambda name, _, __: (f"{name} is empty.", "Write it out."),
    "string_too_long": lambda name, written, context: (
        f"{name} is longer than {context.get('max_length')} characters.",
        "Shorten it.",
    ),
    "string_pattern_mismatch": _pattern,
    "too_short": lambda name, _, __: (f"{name} has no entries.", "Give at least one."),
    "tuple_type": lambda name, written, _: (
        f"{name} is to be a list{_as_written(written)}.",
        "Write it as [one, two], or one entry to a line, each begun with “- ”.",
    ),
    "dict_type": lambda name, written, _: (f"{name} is to have named entries.", "Write “name: value”, one to a line."),
    "model_type": lambda name, written, _: (
        f"{name} is to have named fields{_as_written(written)}.",
        "Write “field: value”, one to a line, indented under it.",
    ),
    "dataclass_type": lambda name, written, _: (
        f"{name} is to be a period{_as_written(written)}.",
        "Write a financial quarter such as 2025-26 Q1, or {start: 2025-04-01, end: 2025-06-30}.",
    ),
    "enum": lambda name, written, context: (
        f"{name} is not one of those known{_as_written(written)}.",
        f"Write one of: {str(context.get('expected')).replace(chr(39), '').replace(' or ', ', ')}.",
    ),
    "greater_than_equal": lambda name, written, context: (
        f"{name} is less than {context.get('ge')}{_as_written(written)}.",
        f"Write {context.get('ge')} or more.",
    ),
    "less_than_equal": lambda name, written, context: (
        f"{name} is more than {context.get('le')}{_as_written(written)}.",
        f"Write {context.get('le')} or less.",
    ),
    "unexpected_keyword_argument": lambda name, _, __: (
        f"{name} is not a field of a period.",
        "A period has a start and an end, each a date such as 2025-04-01.",
    ),
    "missing_argument": lambda name, _, __: (f"{name} is missing.", f"Add “{name.strip('“”')}” with a date here."),
}


def _unknown(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    written = str(error["loc"][-1])
    known = sorted(_fields_at(model, error["loc"][:-1]))
    near = get_close_matches(written, known, n=1)
    if near:
        return f"“{written}” is not known here.", f"Perhaps “{near[0]}” is meant; else take the line out."
    return f"“{written}” is not known here.", f"Take it out. Known are: {', '.join(known)}."


def _fields_at(model: type[BaseModel], location: tuple[int | str, ...]) -> set[str]:
    """The names of the fields of the model that stands at a location inside another."""
    for step in location:
        if isinstance(step, str) and step in model.model_fields:
            inner = _model_in(model.model_fields[step].annotation)
            if inner is None:
                return set()
            model = inner
    return set(model.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_in(each))), None)
