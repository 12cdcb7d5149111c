"""From a file's plain content to the domain's models, with every misfit noted where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from quarterday.adapters.config_files.wording import say
from quarterday.adapters.config_files.yaml_file import Document, Place
from quarterday.domain.framework.periods import Period

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Found(Generic[Model]):
    """One thing read from `config/`, and where it is written."""

    value: Model
    document: Document
    place: Place

    def problem(self, sentence: str, remedy: str, *inner: str | int) -> None:
        """Note a problem with this thing, at one of its fields where named."""
        self.document.problem((*self.place, *inner), sentence, remedy)


def read_model(document: Document, place: Place, raw: Any, model: type[Model]) -> Found[Model] | None:
    """The model that a place holds; None, with problems noted, where it does not fit."""
    if not isinstance(raw, dict):
        document.problem(
            place, "Named fields are wanted here (“name: value”, one to a line).", "See the example configuration."
        )
        return None
    try:
        value = model.model_validate(raw)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            if each["type"] == "too_short" and each["input"]:
                continue  # it has entries: that they do not fit is told at each of them
            inner = _without_tags(each["loc"])
            document.problem((*place, *inner), *say(each, model))
        return None
    before = len(document.problems)
    _note_nonsense(document, place, value)
    return Found(value, document, place) if len(document.problems) == before else None


def read_items(document: Document, name: str, model: type[Model], place: Place = ()) -> list[Found[Model]]:
    """The models of a list in a file, those that fit; what does not fit is noted."""
    around = at(document.content, place)
    items = around.get(name) if isinstance(around, dict) else None
    if items is None:
        return []
    if not isinstance(items, list):
        document.problem(
            (*place, name), f"“{name}” is to be a list.", "Begin each entry with “- ” on a line of its own."
        )
        return []
    found = [read_model(document, (*place, name, number), raw, model) for number, raw in enumerate(items)]
    return [each for each in found if each is not None]


def at(content: Any, place: Iterable[str | int]) -> Any:
    """What stands at a place of plain content; None where nothing does."""
    for step in place:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def _without_tags(location: tuple[str | int, ...]) -> Place:
    return tuple(step for step in location if step != "[key]")


def _note_nonsense(document: Document, place: Place, value: Any) -> None:
    """Dates and numbers that pydantic takes and nobody can mean: 20250814 read as a moment of 1970, `nan`."""
    match value:
        case BaseModel():
            for name, inner in value:
                _note_nonsense(document, (*place, name), inner)
        case tuple():
            for number, inner in enumerate(value):
                _note_nonsense(document, (*place, number), inner)
        case Period():
            _note_nonsense(document, (*place, "start"), value.start)
            _note_nonsense(document, (*place, "end"), value.end)
        case date() if not 1990 <= value.year <= 2199:
            document.problem(place, f"This reads as the date {value}.", "Write the date as 2025-08-14.")
        case float() if not isfinite(value):
            document.problem(place, "This is not a number that can be used.", "Write a number, such as 12 or 0.5.")
