"""Facts about what the plan says beside the figures: baselines and targets that are means of hidden figures."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Disclosure, Target
from quarterday.domain.framework.periods import parse_quarter
from quarterday.publishing.disclosure.beside import as_told
from quarterday.publishing.disclosure.shown import Shown
from quarterday.publishing.observations import Context, observe
from tests.publishing.dataset_example import FIRES, Q1, figure, framework

MEAN = Target(value=9, source="Mean quarter of 2024-25", from_day=date(2024, 4, 1), to_day=date(2025, 3, 31))
QUARTERS = tuple(parse_quarter(f"2024-25 Q{number}") for number in (1, 2, 3, 4))


def published(*values):
    """Four quarters as they were published; None is hidden."""
    places = framework(FIRES)
    figures = [figure("fires", value or 3, period=period) for value, period in zip(values, QUARTERS, strict=True)]
    shown = {
        each.key: Shown(value, None, None, hidden=value is None) for each, value in zip(figures, values, strict=True)
    }
    return observe(places, figures, shown, Context(Q1, 0))


def told(history, **changes):
    """The indicator as readers may have it."""
    return as_told(framework(FIRES.model_copy(update=changes)), history).indicator["fires"]


def test_baseline_of_hidden_quarters_is_left_out():
    """The mean of four hidden quarters would give them away; a caveat says that there is one."""
    indicator = told(published(None, 12, 9, 11), baseline=MEAN)

    assert indicator.baseline is None
    assert "baseline is not told" in indicator.caveats[-1]


def test_framework_that_has_been_looked_into_is_told_as_well():
    """What a framework has looked up once is no part of it: a release made after others tells the same."""
    known = framework(FIRES.model_copy(update={"baseline": MEAN}))
    assert known.indicator["fires"].baseline  # looked up, and remembered

    assert as_told(known, published(None, 12, 9, 11)).indicator["fires"].baseline is None


def test_baseline_of_published_quarters_is_told():
    """What anybody can work out tells nothing."""
    assert MEAN == told(published(10, 12, 9, 11), baseline=MEAN).baseline


def test_baseline_of_days_without_figures_is_left_out():
    """Those figures may come, and may be small."""
    assert told((), baseline=MEAN).baseline is None


def test_baseline_that_does_not_say_its_days_is_left_out_where_counts_are_hidden():
    """Nobody knows which figures it gives away."""
    assert told(published(10, 12, 9, 11), baseline=Target(value=9)).baseline is None


def test_supplier_that_publishes_its_counts_itself_has_its_baseline_told():
    """There is nothing to give away."""
    open_rule = Disclosure(rule="none", why="Published.")

    assert MEAN == told((), baseline=MEAN, disclosure=open_rule).baseline


def test_aim_is_told_and_a_worked_out_target_only_as_a_baseline_would_be():
    """What is hoped for says nothing of what was."""
    hidden = published(None, 12, 9, 11)

    assert Target(value=5) == told(hidden, target=Target(value=5)).target
    assert told(hidden, target=MEAN).target is None


def test_days_of_a_baseline_come_in_order_and_together():
    """A slip in the configuration is told, not guessed at."""
    with pytest.raises(ValueError, match="neither"):
        Target(value=9, from_day=date(2024, 4, 1))
    with pytest.raises(ValueError, match="before"):
        Target(value=9, from_day=date(2024, 4, 1), to_day=date(2024, 3, 1))


def test_marker_of_a_missing_figure_counts_as_not_told():
    """A quarter that is missing now may come later."""
    history = published(10, 12, 9, 11)
    missing = replace(history[0], value=None, marker=Marker.NOT_AVAILABLE)

    assert told((missing, *history[1:]), baseline=MEAN).baseline is None
