"""Our own expectations judge as great_expectations' do, and none that could fail is left out."""

import random

import pandas as pd
import pytest

from expectations import kept
from expectations.line import COLUMNS
from expectations.suites import FIGURES, SUITES, TEXTS, WHOLE, Suite
from expectations.validation import _batch_definition
from expectations.whole import WHOLE_COLUMNS

COLUMNS_OF = {WHOLE.name: WHOLE_COLUMNS, FIGURES.name: COLUMNS, TEXTS.name: ("personal",)}
WHERE = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["partner_return", "line"],
    "return_unexpected_index_query": False,
}


def frame_for(suite: Suite, empty: float = 0.0) -> pd.DataFrame:
    """Thirty lines of figures and gaps by chance, the same each time; a share of the columns is wholly empty."""
    chance = random.Random(len(suite.name) + int(100 * empty))
    values = {
        column: [None] * 30 if chance.random() < empty else [chance.choice((None, 0.0, 1.0, 2.0)) for _ in range(30)]
        for column in COLUMNS_OF[suite.name]
    }
    return pd.DataFrame(values | {"partner_return": ["a"] * 30, "line": range(30)})


def judged(expectations: object, frame: pd.DataFrame) -> list[tuple[str, bool, str]]:
    """What great_expectations says of each: its rule and columns, whether it holds, and where it does not."""
    suite = Suite("a test's own", tuple(expectations), ("partner_return", "line")).built()
    results = _batch_definition().get_batch({"dataframe": frame}).validate(suite, result_format=WHERE).results
    said = [
        (str({**each.expectation_config.kwargs, "batch_id": ""}), each.success, f"{each.result} {each.exception_info}")
        for each in results
    ]
    return sorted(said, key=lambda one: one[0])


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_they_judge_as_great_expectations_own_do(suite: Suite) -> None:
    """On lines that break every rule, each says the same as the class of great_expectations that it is made of."""
    own = [type(each).__bases__[0](**each.dict(exclude_unset=True)) for each in suite.expectations]
    frame = frame_for(suite)
    ours = judged(suite.expectations, frame)

    assert judged(own, frame) == ours
    assert not any(holds for _, holds, _ in ours)


@pytest.mark.parametrize("empty", (0.3, 0.6, 0.9))
@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_what_is_left_out_could_not_fail(suite: Suite, empty: float) -> None:
    """Asked of everything, great_expectations finds failures in nothing but what is asked in earnest."""
    frame = frame_for(suite, empty)
    asked = suite.that_can_fail_on(frame).expectations
    left_out = [each for each in suite.expectations if each not in asked]

    assert not left_out or all(holds for _, holds, _ in judged(left_out, frame))


def test_with_nothing_filled_in_only_what_must_be_filled_in_is_asked() -> None:
    """An empty line breaks only the rules that something is missing, and the one on two lines for one figure."""
    asked = FIGURES.that_can_fail_on(frame_for(FIGURES, empty=1.0)).expectations

    assert ["missing", "why-not-available", "twice"] == [each.meta["rule"] for each in asked]


def test_what_is_kept_is_never_stale() -> None:
    """A changed field, and a copy with a changed field, say so; what was handed out may be written to."""
    expectation = kept.ExpectKeptValuesToBeInSet(column="a", value_set=[2], meta={"rule": "twice"})
    expectation.configuration.kwargs["result_format"] = "BOOLEAN_ONLY"
    expectation.configuration.meta["rule"] = "missing"

    assert {"column": "a", "value_set": [2]} == expectation.configuration.kwargs
    assert {"rule": "twice"} == expectation.configuration.meta
    assert "c" == expectation.copy(update={"column": "c"}).configuration.kwargs["column"]
    expectation.column, expectation.severity = "b", "warning"
    assert "b" == expectation.configuration.kwargs["column"]
    assert "warning" == expectation.configuration.severity
