"""A failed check and failed machinery are never taken for one another."""

import pandas as pd
import pytest

from expectations.imported import gxe
from expectations.sentences import CATALOGUE
from expectations.suites import SUITES, Suite
from expectations.validation import failures
from expectations.warm import CheckFailedError
from quarterday.domain.figures.findings import Severity

FRAME = pd.DataFrame({"partner_return": ["a", "b"], "line": [0, 0], "value": [1.0, None]})


def suite(*expectations: object) -> Suite:
    """A suite of a test's own."""
    return Suite("a test's own", expectations, ("partner_return", "line"))


def meta() -> dict[str, str]:
    """What every expectation of ours carries."""
    return {"rule": "missing", "rule_in": "", "look_at": "Value"}


def test_a_row_that_fails_is_told_by_return_and_line() -> None:
    """Several returns in one frame are told apart."""
    found = failures(suite(gxe.ExpectColumnValuesToNotBeNull(column="value", meta=meta())), FRAME)

    assert [("missing", "b", 0)] == [(each.rule, each.partner_return, each.line) for each in found]


def test_an_expectation_that_raises_is_never_a_pass() -> None:
    """An expectation on a column that is not there is our fault, and says so."""
    with pytest.raises(CheckFailedError, match="could not be computed"):
        list(failures(suite(gxe.ExpectColumnValuesToNotBeNull(column="valeu", meta=meta())), FRAME))


def test_a_frame_without_rows_is_not_checked() -> None:
    """Nothing passes every expectation, so nothing is never asked."""
    with pytest.raises(CheckFailedError, match="no rows"):
        list(failures(suite(gxe.ExpectColumnValuesToNotBeNull(column="value", meta=meta())), FRAME.iloc[:0]))


def test_every_expectation_names_its_rule_and_its_severity() -> None:
    """Each expectation carries the catalogue's key, and the severity its rule has there."""
    severities = {"critical": Severity.CRITICAL, "warning": Severity.WARNING, "info": Severity.INFORMATION}
    for each in (each for one in SUITES for each in one.expectations):
        assert {"rule", "rule_in", "look_at"} == set(each.meta)
        assert CATALOGUE[each.meta["rule"]].severity is severities[each.severity]
