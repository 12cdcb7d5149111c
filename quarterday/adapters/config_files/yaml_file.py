"""YAML read as an officer means it, with the line of every value.

Only `true` and `false` are booleans, so `no` stays the country, the word or the name it was; `on` stays the name of a
field; `0012` keeps its zeros. Nothing is built but text, numbers, dates, lists and mappings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from quarterday.adapters.config_files.problems import Problem

Place = tuple[str | int, ...]

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)?\.[0-9]+|[-+]?(0|[1-9][0-9]*)\.[0-9]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_BYTES = 2_000_000
_DEEPEST = 60
_EMPTY = ("The file is empty.", "Fill it in, or copy it from one made by “quarterday init”.")


@dataclass
class Document:
    """One file as read: its plain content, the line of every place in it, and what could not be read."""

    file: str
    content: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that is written down."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, sentence: str, remedy: str) -> None:
        """Note what is wrong at a place."""
        self.problems.append(Problem(self.file, self.line(place), sentence, remedy))


def read_yaml(path: Path, file: str) -> Document:
    """Read one file. What is wrong with it stands in the document's problems; nothing is raised for any bytes."""
    document = Document(file)
    text = _text(path, document)
    if text is None:
        return document
    try:
        builder = _Builder(document, YAML(typ="safe").parse(text))
        document.content = builder.document()
    except _StopReading:
        pass
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        document.problems.append(Problem(file, line, *_say_syntax(error, text, line)))
    except YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        document.problems.append(
            Problem(file, line, "There is a character here that no YAML file may hold.", "Delete it, and type it anew.")
        )
    return document


def _text(path: Path, document: Document) -> str | None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        document.problem((), "The file is missing.", "Put it back, or copy it from one made by “quarterday init”.")
        return None
    except OSError as error:
        document.problem((), f"The file cannot be opened ({error.strerror}).", "Check that it is a file you may read.")
        return None
    if len(data) > _MOST_BYTES:
        document.problem((), "The file is larger than 2 MB.", "A configuration file is a few hundred lines of text.")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        document.problems.append(
            Problem(document.file, line, "This line is not UTF-8 text.", "Save the file as UTF-8 in your editor.")
        )
        return None


def _say_syntax(error: MarkedYAMLError, text: str, line: int) -> tuple[str, str]:
    """A syntax error in plain words, with the usual cause."""
    said = f"{error.context or ''} {error.problem or ''}"
    written = (text.splitlines()[line - 1 : line] or [""])[0]
    if "\t" in written:
        return "There is a tab in this line.", "Indent with spaces: YAML allows no tabs."
    if "mapping values are not allowed" in said:
        return (
            "There is a colon here that YAML does not expect.",
            "Put a text that holds a colon in quotes, and check that this line is indented like its neighbours.",
        )
    return (
        "The file stops making sense as YAML here.",
        "Check the indentation, the quotes and the brackets of this line and the one before.",
    )


class _StopReading(Exception):  # noqa: N818 - no error: the problem is noted, and there is nothing left to read
    """The rest of a file cannot be made sense of."""


class _Builder:
    """Turns the parser's events into plain values, noting lines and what an officer should put right.

    Events and not nodes, since the library's own nodes crash the process where brackets nest deeply.
    """

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self._document = document
        self._events = events

    def document(self) -> Any:
        """The content of the only document there is."""
        for event in self._events:
            match event:
                case StreamStartEvent() | DocumentStartEvent():
                    continue
                case StreamEndEvent():
                    self._stop(1, *_EMPTY)
                case _:
                    content = self._value(event, ())
                    self._end()
                    if content is None and not self._document.problems:
                        self._stop(1, *_EMPTY)
                    return content
        return None

    def _end(self) -> None:
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                line = event.start_mark.line + 1
                self._stop(line, "A second document starts here (“---”).", "Keep one to a file: take the “---” out.")

    def _value(self, event: Any, place: Place) -> Any:
        line = event.start_mark.line + 1
        self._document.lines.setdefault(place, line)
        if len(place) > _DEEPEST:
            self._stop(line, "Lists and names are nested too deeply here.", "Look for brackets that are never closed.")
        self._check_plain(event, line)
        match event:
            case ScalarEvent():
                return read_scalar(event.value, quoted=event.style in ("'", '"', "|", ">"))
            case SequenceStartEvent():
                inner = takewhile(lambda each: not isinstance(each, SequenceEndEvent), self._events)
                return [self._value(each, (*place, number)) for number, each in enumerate(inner)]
            case MappingStartEvent():
                return self._mapping(place)
        return None

    def _mapping(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        first: dict[str, int] = {}
        for event in takewhile(lambda each: not isinstance(each, MappingEndEvent), self._events):
            line = event.start_mark.line + 1
            if not isinstance(event, ScalarEvent):
                self._stop(line, "A name is to be plain text.", "Write a name and a colon; quote a name with brackets.")
            key = event.value
            value_event = next(self._events)
            if key in found:
                sentence = f"“{key}” stands here a second time (first in line {first[key]})."
                self._note(line, sentence, "Keep one of the two: only one can hold.")
                self._value(value_event, (*place, f"{key} again"))
                continue
            first[key] = self._document.lines[(*place, key)] = line
            found[key] = self._value(value_event, (*place, key))
        return found

    def _check_plain(self, event: Any, line: int) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._note(
                line, "“&” and “*” are not used here.", "Write the part out, or put a text that begins so in quotes."
            )
        elif getattr(event, "tag", None):
            self._note(line, "“!” is not used here.", "Put a text that begins with ! in quotes.")

    def _note(self, line: int, sentence: str, remedy: str) -> None:
        self._document.problems.append(Problem(self._document.file, line, sentence, remedy))

    def _stop(self, line: int, sentence: str, remedy: str) -> NoReturn:
        self._note(line, sentence, remedy)
        raise _StopReading


def read_scalar(text: str, *, quoted: bool) -> Any:
    """What one written value means. Quoted text is always text."""
    if quoted:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
