"""Runs a suite of great_expectations over a frame, and tells a failed check from failed machinery."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import tqdm

from expectations.imported import ProgressBarsConfig, gx
from expectations.suites import Suite
from expectations.warm import CheckFailedError


@dataclass(frozen=True)
class Failure:
    """One row of a frame that fails one rule."""

    rule: str
    column: str
    partner_return: str
    line: int


@lru_cache
def _batch_definition() -> Any:
    """One context and one batch definition a process: making them costs more than using them."""
    tqdm.tqdm.monitor_interval = 0  # its thread would not survive a fork
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("returns")
    return source.add_dataframe_asset("frame").add_batch_definition_whole_dataframe("whole")


def failures(suite: Suite, frame: pd.DataFrame) -> Iterator[Failure]:
    """The rows that fail, one suite over one frame, of one return or of many.

    First which rules fail at all, then where, for those alone: to ask each for its rows costs twice as much.

    Raises `CheckFailedError` where an expectation raised: that is never a pass. The frame must not be empty: one
    without rows would pass everything.
    """
    if frame.empty:
        raise CheckFailedError(f"“{suite.name}” was given no rows, which would pass every check")
    can_fail = suite.that_can_fail_on(frame)
    if not can_fail.expectations:
        return
    batch = _batch_definition().get_batch({"dataframe": frame})
    broken = [result for result in _results(batch, can_fail, "BOOLEAN_ONLY") if not result.success]
    if not broken:
        return
    speaking_of = suite.speaking_of([result.expectation_config.meta for result in broken])
    where = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": list(suite.tell_apart),
        "return_unexpected_index_query": False,
    }
    told = [result for result in _results(batch, speaking_of, where) if not result.success]
    if len(told) != len(broken):
        raise CheckFailedError(f"“{suite.name}” broke {len(broken)} rules, and {len(told)} when asked where")
    for result in told:
        yield from _failed_rows(result.expectation_config.meta, result.result, frame)


def _results(batch: Any, suite: Suite, result_format: str | dict[str, Any]) -> list[Any]:
    """What each expectation came to."""
    results = batch.validate(suite.built(), result_format=result_format).results
    for result in results:
        if _raised(result.exception_info):
            rule = result.expectation_config.meta["rule"]
            raise CheckFailedError(f"the expectation of the rule “{rule}” could not be computed")
    if len(results) != len(suite.expectations):
        raise CheckFailedError(f"“{suite.name}” gave {len(results)} results for {len(suite.expectations)} expectations")
    return list(results)


def _failed_rows(meta: Mapping[str, str], result: Mapping[str, Any], frame: pd.DataFrame) -> Iterator[Failure]:
    rows = result.get("unexpected_index_list")
    if not rows:
        raise CheckFailedError(f"the expectation of the rule “{meta['rule']}” failed without saying where")
    rules = frame[meta["rule_in"]] if meta["rule_in"] else None
    places = {key: place for place, key in enumerate(zip(frame["partner_return"], frame["line"], strict=True))}
    for row in rows:
        key = row["partner_return"], row["line"]
        rule = meta["rule"] if rules is None else rules.iloc[places[key]]
        yield Failure(rule, meta["look_at"], row["partner_return"], int(row["line"]))


def _raised(exception_info: Mapping[str, Any]) -> bool:
    """Whether an expectation raised: its details come flat, or one set a metric."""
    if "raised_exception" in exception_info:
        return bool(exception_info["raised_exception"])
    return any(each.get("raised_exception") for each in exception_info.values())
