"""Cells that look otherwise under a condition: a rule may show `<5` for a 3, strike it out, or make it white.

A rule that compares a number with numbers is worked out. Of any other it cannot be told here when it holds: where it
would show another number or strike one out, it is taken to hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quarterday.adapters.parsing.appearances import OTHERWISE, STRUCK_OUT, UNSEEN, Look
from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.parsing.xml import Attributes

_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$", re.IGNORECASE)
_MOST_RULES = 500
_ON_WORDS = {"containsText", "notContainsText", "beginsWith", "endsWith", "containsBlanks", "containsErrors"}


@dataclass
class Rule:
    """One rule: where it looks, at what, and the look that it gives. `unseen`: a bar or an icon is shown alone."""

    ranges: str
    kind: str
    operator: str
    look: Look
    unseen: bool = False
    formulas: list[str] = field(default_factory=list)

    def how(self, value: Cell) -> str:
        """How a number looks under this rule; empty where it looks as it is, or the rule does not hold."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or self.kind in _ON_WORDS:
            return ""
        if self.unseen:
            return UNSEEN
        holds = self._holds(float(value))
        look = self.look.of(value)
        if holds is None:
            return look if look in (OTHERWISE, STRUCK_OUT) else ""
        return look if holds and look in (OTHERWISE, STRUCK_OUT, UNSEEN) else ""

    def _holds(self, value: float) -> bool | None:
        """Whether the condition holds; None where it cannot be told."""
        try:
            limits = [float(each.strip().removeprefix("=")) for each in self.formulas]
        except ValueError:
            return None
        if self.kind != "cellIs" or not limits:
            return None
        low, high = min(limits), max(limits)
        return {
            "lessThan": value < limits[0],
            "lessThanOrEqual": value <= limits[0],
            "greaterThan": value > limits[0],
            "greaterThanOrEqual": value >= limits[0],
            "equal": value == limits[0],
            "notEqual": value != limits[0],
            "between": low <= value <= high,
            "notBetween": not low <= value <= high,
        }.get(self.operator)


class Rules:
    """The rules of one sheet, while they stream by. `looks` are the workbook's conditional looks by their numbers."""

    def __init__(self, looks: dict[int, Look]) -> None:
        self._looks = looks
        self._ranges = ""
        self._rule: Rule | None = None
        self._formula: list[str] | None = None
        self.found: list[Rule] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == "conditionalFormatting":
            self._ranges = attributes.get("sqref", "")
        elif name == "cfRule":
            style = attributes.get("dxfId", "")
            look = self._looks.get(int(style), Look()) if style.isdecimal() else Look()
            self._rule = Rule(self._ranges, attributes.get("type", ""), attributes.get("operator", ""), look)
        elif self._rule and name in ("dataBar", "iconSet") and attributes.get("showValue") in ("0", "false"):
            self._rule.unseen = True
        elif self._rule and name == "formula":
            self._formula = []

    def words(self, words: str) -> None:
        """Words inside an element."""
        if self._formula is not None:
            self._formula.append(words)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "formula" and self._rule and self._formula is not None:
            self._rule.formulas.append("".join(self._formula))
            self._formula = None
        elif name == "cfRule" and self._rule:
            telling = self._rule.look != Look() or self._rule.unseen
            if telling and len(self.found) < _MOST_RULES:
                self.found.append(self._rule)
            self._rule = None

    def looks_of(self, cells: dict[tuple[int, int], Cell]) -> Iterator[tuple[tuple[int, int], str]]:
        """The cells that a rule makes look otherwise than they are, each with how."""
        for rule in self.found:
            for top, left, bottom, right in _corners(rule.ranges):
                for (row, column), value in cells.items():
                    if top <= row <= bottom and left <= column <= right and (how := rule.how(value)):
                        yield (row, column), how


def _corners(ranges: str) -> Iterator[tuple[int, int, int, int]]:
    for written in ranges.split():
        if match := _RANGE.match(written):
            left, top = _column(match[1]), int(match[2]) - 1
            yield top, left, int(match[4] or match[2]) - 1, _column(match[3] or match[1])


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1
