"""Limits anew are proposed once a run has lasted as long as they need, and by nothing shorter."""

import pytest

from quarterday.publishing.pack.proposing import every_proposal, limits_proposed
from quarterday.publishing.pack.series import SeriesTables
from tests.publishing.pack_frameworks import indicator, small_framework
from tests.publishing.pack_points import tables

ROBBERIES = indicator("robberies")
FRAMEWORK = small_framework(indicators=(ROBBERIES,))
BEFORE = [34.0, 30.0] * 6


def proposed(values: list[float | None]) -> str:
    """What is proposed after these quarters."""
    return limits_proposed(SeriesTables(FRAMEWORK, tables(ROBBERIES, values)).reading(ROBBERIES, "E09000099"))


def test_a_run_of_thirteen_proposes_limits_from_its_beginning() -> None:
    """So many are needed for limits; whoever looks at the release is told with the indicator's title."""
    values = [*BEFORE, *([40.0, 42.0] * 7)[:13]]

    assert proposed(values).startswith("13 quarters running lie above the mean, since April to June 2022: long enough")
    assert ["Robberies: 13 quarters"] == [each[:22] for each in every_proposal(FRAMEWORK, tables(ROBBERIES, values))]


@pytest.mark.parametrize(
    "after",
    [
        [40.0] * 12,  # one fewer
        [40.0] * 13 + [20.0],  # it has ended
        [40.0] * 6 + [None] + [40.0] * 6,  # a gap ends a run
        [34.0, 30.0] * 7,  # nothing changed
    ],
)
def test_nothing_less_proposes_any(after: list[float | None]) -> None:
    """Limits that begin anew too soon would leave the chart without any."""
    assert "" == proposed([*BEFORE, *after])
