"""YAML read as an officer means it, with the line of every value.

Only `true` and `false` are booleans, so `no` stays the country, the word or the name it was; `on` stays the name of a
field; `0012` keeps its zeros. Nothing is built but text, numbers, dates, lists and mappings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from quarterday.adapters.config_files.problems import Problem

Place = tuple[str | int, ...]

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)?\.[0-9]+|[-+]?(0|[1-9][0-9]*)\.[0-9]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_BYTES = 2_000_000
_MOST_VALUES = 200_000
_DEEPEST = 60


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
    node = _compose(text, document)
    if node is not None:
        document.content = _Builder(document).build(node, ())
    elif not document.problems:
        document.problem(
            (), "The file is empty.", "Fill it in, or copy it from a partnership made by “quarterday init”."
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


def _compose(text: str, document: Document) -> Node | None:
    try:
        return YAML(typ="safe").compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        document.problems.append(Problem(document.file, line, *_say_syntax(error, text, line)))
    except (YAMLError, RecursionError, ValueError) as error:
        line = text.count("\n", 0, getattr(error, "position", 0) or 0) + 1
        document.problems.append(
            Problem(
                document.file, line, "This cannot be read as YAML.", "Look for odd characters or brackets near here."
            )
        )
    return None


def _say_syntax(error: MarkedYAMLError, text: str, line: int) -> tuple[str, str]:
    """A syntax error in plain words, with the usual cause."""
    said = f"{error.context or ''} {error.problem or ''}"
    written = (text.splitlines()[line - 1 : line] or [""])[0]
    if "\t" in written:
        return "There is a tab in this line.", "Indent with spaces: YAML allows no tabs."
    if "expected a single document" in said or "another document" in said:
        return "A second document starts here (“---”).", "Keep one document to a file: take the “---” out."
    if "mapping values are not allowed" in said:
        return (
            "There is a colon here that YAML does not expect.",
            "Put a text that holds a colon in quotes, and check that this line is indented like its neighbours.",
        )
    if "alias" in said:
        return "A “*” here refers to something that is not defined.", "Put a text that starts with * in quotes."
    return (
        "The file stops making sense as YAML here.",
        "Check the indentation, the quotes and the brackets of this line and the one before.",
    )


class _Builder:
    """Turns YAML nodes into plain values, noting lines and what an officer should put right."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._left = _MOST_VALUES
        self._within: list[int] = []  # the nodes around the present one: an alias to one of them never ends

    def build(self, node: Node, place: Place) -> Any:
        self._document.lines.setdefault(place, node.start_mark.line + 1)
        self._left -= 1
        if self._left < 0 or len(place) > _DEEPEST or id(node) in self._within:
            if not any("without end" in each.sentence for each in self._document.problems):
                self._document.problem(
                    place,
                    "The file repeats or nests itself without end.",
                    "Write each part out plainly, without * or &.",
                )
            return None
        self._within.append(id(node))
        try:
            return self._value(node, place)
        finally:
            self._within.pop()

    def _value(self, node: Node, place: Place) -> Any:
        match node:
            case ScalarNode():
                return read_scalar(node.value, quoted=node.style in ("'", '"', "|", ">"))
            case SequenceNode():
                return [self.build(each, (*place, number)) for number, each in enumerate(node.value)]
            case MappingNode():
                return dict(self._pairs(node, place))
        return None

    def _pairs(self, node: MappingNode, place: Place) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self._document.problems.append(
                    Problem(self._document.file, line, "This name is not plain text.", "Write a name, then a colon.")
                )
                continue
            key = key_node.value
            if key in seen:
                self._document.problems.append(
                    Problem(
                        self._document.file,
                        line,
                        f"“{key}” stands here a second time (first in line {seen[key]}).",
                        "Keep one of the two: only one can hold.",
                    )
                )
                continue
            seen[key] = line
            self._document.lines[(*place, key)] = line
            yield key, self.build(value_node, (*place, key))


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
