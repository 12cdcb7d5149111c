"""Settings in words: the page that lists them all, what is wrong with a value, and names that nobody knows."""

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails

from quarterday.adapters.settings import PREFIX, Settings

_HEAD = """# Settings

Environment variables, or lines of a `.env` file in the folder where quarterday is called. What already stands in the
environment goes before the file. This page is made by `quarterday settings --page`, from the code that reads them.

| setting | when it is not set | what it is for |
|---|---|---|
"""


def page() -> str:
    """Every setting with its default and its meaning, in Markdown."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_default(field.default)} | {' '.join((field.description or '').split())} |"
        for name, field in Settings.model_fields.items()
    ]
    return _HEAD + "\n".join(rows) + "\n"


def sentences(wrong: ValidationError) -> list[str]:
    """What is wrong, a sentence a setting, without the value: it may be a password."""
    told = []
    for error in wrong.errors(include_input=False, include_url=False):
        name = str(error["loc"][0]) if error["loc"] else ""
        meaning = " ".join((Settings.model_fields[name].description or "").split()) if name else ""
        told.append(f"{PREFIX}{name.upper()} cannot be used ({_reason(error)}). {meaning}")
    return told


def unknown(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """Names that begin as ours do, or nearly, and are none: a misspelt setting would be ignored in silence."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(environment):
        if name.upper() not in known and _means_ours(name.upper()):
            nearest = get_close_matches(name.upper(), known, 1)
            yield f"There is no setting {name}." + (f" Is it {nearest[0]}?" if nearest else "")


def _means_ours(name: str) -> bool:
    """Whether a name begins as ours do, or nearly: QUATERDAY_HOME."""
    first, gap, _ = name.partition("_")
    return bool(gap and get_close_matches(f"{first}_", [PREFIX], 1, 0.9))


def _default(value: object) -> str:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value is None or value == "":
        return "empty"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _reason(error: ErrorDetails) -> str:
    kind, message = error["type"], error["msg"]
    if kind == "string_pattern_mismatch":
        address = "https?://" in error.get("ctx", {}).get("pattern", "")
        return "an address begins with https:// or http://" if address else "it is written otherwise than is said here"
    if kind.startswith(("int_", "float_", "bool_")):
        return {"int": "it is no whole number", "float": "it is no number"}.get(
            kind.partition("_")[0], "say true or false"
        )
    return message.removeprefix("Value error, ") if kind == "value_error" else message.lower().replace("input", "it", 1)
