"""What a good return looks like: the suites, each a dozen expectations or fewer that speak of rules.

`rule` names the sentence of the catalogue; `rule_in` names the column that holds it, where one expectation serves
several rules. `look_at` is the column that the sender has to look at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import Any, Final

import pandas as pd

from expectations import kept
from expectations.imported import ColumnMapExpectation, ColumnPairMapExpectation, Expectation, ExpectationSuite, gxe
from expectations.sentences import CATALOGUE
from quarterday.domain.figures.findings import Severity

MISSING: Final = "either_value_is_missing"


@dataclass(frozen=True)
class Suite:
    """A suite for one frame, and the columns that tell its rows apart."""

    name: str
    expectations: tuple[Expectation, ...]
    tell_apart: tuple[str, ...]

    def built(self) -> ExpectationSuite:
        """As great_expectations wants it."""
        return ExpectationSuite(name=self.name, expectations=list(self.expectations))

    def speaking_of(self, rules: Sequence[Mapping[str, str]]) -> "Suite":
        """The expectations that carry one of these."""
        return replace(self, expectations=tuple(each for each in self.expectations if each.meta in rules))

    def that_can_fail_on(self, frame: pd.DataFrame) -> "Suite":
        """Without the expectations that find nothing in the frame to look at, which would pass."""
        filled = {str(column): frame[column].notna().to_numpy() for column in frame}
        return replace(self, expectations=tuple(each for each in self.expectations if _finds_a_row(each, filled)))


def _finds_a_row(expectation: Expectation, filled: Mapping[str, Any]) -> bool:
    """Whether any row is filled in all that the expectation looks at; one that wants things filled in, always.

    A column that is not there is left to great_expectations, which raises.
    """
    match expectation:
        case gxe.ExpectColumnValuesToNotBeNull():
            return True
        case ColumnMapExpectation(column=column):
            looked_at = [column]
        case ColumnPairMapExpectation(column_A=a, column_B=b, ignore_row_if=ignored) if ignored == MISSING:
            looked_at = [a, b]
        case _:
            return True
    if not set(looked_at) <= set(filled):
        return True
    return bool(reduce(and_, (filled[column] for column in looked_at)).any())


_SEVERITY = {Severity.CRITICAL: "critical", Severity.WARNING: "warning", Severity.INFORMATION: "info"}


def _rule(rule: str, look_at: str = "Value", rule_in: str = "") -> dict[str, Any]:
    """What an expectation carries; its severity is that of its rule, where it serves but one."""
    return {
        "meta": {"rule": rule, "rule_in": rule_in, "look_at": look_at},
        "severity": _SEVERITY[CATALOGUE[rule].severity],
    }


def _equal(a: str, b: str, **meta: str) -> Expectation:
    return kept.ExpectKeptPairToBeEqual(column_A=a, column_B=b, ignore_row_if=MISSING, **_rule(**meta))


def _no_less(a: str, b: str, **meta: str) -> Expectation:
    return kept.ExpectKeptPairAToBeGreaterThanB(
        column_A=a, column_B=b, or_equal=True, ignore_row_if=MISSING, **_rule(**meta)
    )


def _empty(column: str, **meta: str) -> Expectation:
    return kept.ExpectKeptValuesToBeNull(column=column, **_rule(**meta))


def _given(column: str, **meta: str) -> Expectation:
    return kept.ExpectKeptValuesToNotBeNull(column=column, **_rule(**meta))


# One line a return. Whatever fails here and is fatal stops the rest: nobody reads 500 findings on the wrong form.
WHOLE = Suite(
    "the return as a whole",
    (
        _equal("partner", "partner_asked", rule="wrong-organisation", look_at=""),
        _equal("collection", "collection_asked", rule="wrong-collection", look_at=""),
        kept.ExpectKeptValuesToBeBetween(column="figures", min_value=1, **_rule("nothing-in-it", "")),
        kept.ExpectKeptValuesToBeBetween(column="days_shared", min_value=1, **_rule("wrong-period", "")),
        _equal("period", "period_asked", rule="another-period", look_at=""),
        _no_less("today", "last_day", rule="period-not-over", look_at=""),
        kept.ExpectKeptValuesToBeBetween(
            column="share_as_last_time", max_value=0.999, **_rule("same-as-last-time", "")
        ),
    ),
    ("partner_return", "line"),
)

# One line a figure that was asked for, or that was sent without being asked.
FIGURES = Suite(
    "the figures",
    (
        _empty("misplaced", rule="not-asked", rule_in="misplaced", look_at=""),
        _given("answer", rule="missing", rule_in="required"),
        _given("reason", rule="why-not-available", look_at="Comment"),
        _empty("figure_beside_marker", rule="marker-and-figure", rule_in="figure_rule"),
        kept.ExpectKeptColumnsToBeUnique(
            column_list=["partner_return", "place"], ignore_row_if="any_value_is_missing", **_rule("twice")
        ),
        _equal("counted", "counted_whole", rule="not-whole"),
        _no_less("smallest", "at_least", rule="at-least"),
        _no_less("at_most", "value", rule="at-most", rule_in="at_most_rule"),
        kept.ExpectKeptValuesToBeInSet(column="parts_given", value_set=[2], **_rule("both-parts", "")),
        _no_less("numerator_at_most", "numerator", rule="numerator-above-denominator", look_at="Numerator"),
        kept.ExpectKeptValuesToBeBetween(column="rate_off_by", max_value=0.51, **_rule("rate-off")),
        _equal("total", "sum_of_categories", rule="total-off"),
        _no_less("ceiling", "value", rule="more-than-another"),
        _equal("covers", "asked", rule="row-of-another-period", rule_in="period_rule", look_at="Period from"),
        _no_less("high", "value", rule="unusual", rule_in="usual_rule"),
        _no_less("value", "low", rule="unusual", rule_in="usual_rule"),
        _no_less("small", "threshold", rule="small-count"),
        _empty("note", rule="marked", rule_in="note", look_at="Marker"),
    ),
    ("partner_return", "line"),
)

# One line a cell of text, wherever it stands in the file: a return of aggregates names nobody.
TEXTS = Suite(
    "personal data",
    (_empty("personal", rule="personal-name", rule_in="personal", look_at=""),),
    ("partner_return", "line"),
)

SUITES = (WHOLE, FIGURES, TEXTS)
