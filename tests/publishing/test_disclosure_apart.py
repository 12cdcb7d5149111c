"""An attack written apart from the product's own: plain sums over what two releases of the real wards say."""

from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.optimize import linprog

from benchmarks.disclosure import _revised, _with_threshold, ward_figures
from quarterday.adapters.config_files import load_framework
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.periods import parse_quarter
from quarterday.publishing.disclosure.grouped import in_groups
from quarterday.publishing.disclosure.protect import Published, protect
from quarterday.publishing.totals import with_totals

PROJECT = Path(__file__).parents[2]
EXPORT = PROJECT / "../shared/data/lewisham_ward_crime/mps_ward_crime_202307-202506.csv"
THRESHOLD = 5


class Reader:
    """Somebody who holds both releases and knows which figures were not revised."""

    def __init__(self):
        self.bounds, self.truth, self.sums = [], [], []
        self._number = {}

    def read(self, figures, shown, borough):
        """Take in one release: every figure as shown, and that wards and classes add up to their margins."""
        cells = {}
        for figure in figures:
            place = figure.area_code, figure.category
            number = self._number.setdefault((place, figure.value), len(self.truth))
            if number == len(self.truth):
                self.truth.append(figure.value)
                self.bounds.append((1.0, None))
            if shown[figure.key].value is not None:
                self.bounds[number] = (figure.value, figure.value)
            cells[place] = number
        by_row, by_column = defaultdict(list), defaultdict(list)
        for (area, category), number in cells.items():
            if category:
                by_row[area].append(number)
            if area != borough:
                by_column[category].append(number)
        self.sums += [(parts, cells[area, ""]) for area, parts in by_row.items()]
        self.sums += [(parts, cells[borough, category]) for category, parts in by_column.items()]

    def narrowest(self):
        """The least number of values that any hidden cell may still have, less one."""
        matrix = np.zeros((len(self.sums), len(self.truth)))
        for line, (parts, total) in enumerate(self.sums):
            matrix[line, parts] += 1
            matrix[line, total] -= 1
        hidden = [number for number, (low, high) in enumerate(self.bounds) if low != high]
        widths = []
        for number in hidden:
            goal = np.zeros(len(self.truth))
            goal[number] = 1
            low, high = (
                linprog(way * goal, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=self.bounds) for way in (1, -1)
            )
            widths.append(np.inf if high.status == 3 else -high.fun - low.fun)
        return min(widths), len(hidden)


@pytest.fixture(scope="module")
def two_releases():
    """The wards' real table of a quarter and the same with late records, as two releases show them."""
    if not EXPORT.exists():
        pytest.skip(f"{EXPORT} is not at hand")
    framework = _with_threshold(load_framework(PROJECT / "config"), THRESHOLD)
    figures = ward_figures(framework, PROJECT / "config", EXPORT, parse_quarter("2025-26 Q1"))
    first, second = with_totals(framework, figures), with_totals(framework, _revised(figures))
    shown_first = protect(framework, first)
    as_read = {
        key: SimpleNamespace(
            value=each.value, numerator=None, denominator=None, marker=Marker.CONFIDENTIAL if each.hidden else None
        )
        for key, each in shown_first.items()
    }
    shown_second = protect(framework, second, [Published(in_groups(first), as_read)])
    return framework.areas("borough")[0].code, (first, shown_first), (second, shown_second)


def test_no_hidden_ward_count_can_be_narrowed_from_both_releases(two_releases):
    """Over both releases, every hidden count may still be any of five numbers."""
    borough, *releases = two_releases
    reader = Reader()
    for figures, shown in releases:
        reader.read(figures, shown, borough)
    width, hidden = reader.narrowest()

    assert hidden > 100
    assert width >= THRESHOLD - 1 - 1e-6


def test_the_same_attack_narrows_a_release_that_hides_the_small_counts_alone(two_releases):
    """It is no proof that an attack finds nothing unless it finds what is there."""
    borough, (figures, _), _ = two_releases
    reader = Reader()
    careless = {
        key: SimpleNamespace(value=None if 0 < figure.value < THRESHOLD else figure.value)
        for key, figure in ((each.key, each) for each in figures)
    }
    reader.read(figures, careless, borough)

    assert reader.narrowest()[0] < THRESHOLD - 1


def test_no_small_ward_count_is_shown(two_releases):
    """What is shown is nought, or the threshold at least."""
    _, *releases = two_releases
    small = [each.value for _, shown in releases for each in shown.values() if each.value and each.value < THRESHOLD]

    assert [] == small
