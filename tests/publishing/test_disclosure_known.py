"""Disclosure control against what is known: a real table of 30 offence types by 19 wards, and a published result."""

import csv
import json
import time
from collections import Counter
from itertools import product
from pathlib import Path
from random import Random

import pytest

from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.indicators import Breakdown, Category
from quarterday.domain.framework.partners import Area, Partnership
from quarterday.publishing.disclosure.attack import attack
from quarterday.publishing.disclosure.cells import Cell, LinkedTables, Place
from quarterday.publishing.disclosure.linking import Linking
from quarterday.publishing.disclosure.suppression import hidden_cells
from quarterday.publishing.totals import with_totals
from tests.domain.conftest import framework as small_framework
from tests.publishing.dataset_example import Q1, indicator

DATA = Path(__file__).parents[2] / "../shared/data"
EXPORT = DATA / "lewisham_ward_crime/mps_ward_crime_202307-202506.csv"
MONTHS = ("202504", "202505", "202506")
KNOWN = DATA / "sdc_known/sdctable_vignette_expected.json"


@pytest.fixture(scope="module")
def ward_crime():
    """The borough's recorded crime of one quarter by ward and offence type, with both margins."""
    if not EXPORT.exists():
        pytest.skip(f"{EXPORT} is not at hand")
    with EXPORT.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row["LookUp_BoroughName"] == "Lewisham":
            counts[row["WardCode"], row["MinorText"]] += sum(int(row[month]) for month in MONTHS)
    wards = sorted({ward for ward, _ in counts})
    codes = {text: f"o{number}" for number, text in enumerate(sorted({row["MinorText"] for row in rows}))}
    base = small_framework()
    house = small_framework(
        partnership=Partnership(
            **{
                **base.partnership.model_dump(),
                "areas": [
                    Area(code="E09000023", name="Borough", level="borough").model_dump(),
                    *(Area(code=ward, name=ward, level="ward").model_dump() for ward in wards),
                ],
            }
        ),
        breakdowns=(
            Breakdown(
                code="offence",
                title="Offence",
                categories=tuple(Category(code=code, title=text) for text, code in codes.items()),
            ),
        ),
        indicators=(indicator("crime", area="ward", breakdowns=("offence",), ask_total=False),),
    )
    figures = [
        Figure("crime", 1, ward, "offence", code, Q1, counts[ward, text])
        for ward in wards
        for text, code in codes.items()
    ]
    linking = Linking(house)
    linking.tie_all(linking.add(with_totals(house, figures), offered=True), [])
    return linking.tables


def test_hiding_only_small_counts_gives_some_back(ward_crime):
    """On the real table, hiding only what is small lets a reader work some of it out to the digit."""
    narrowed = attack(ward_crime, ward_crime.must_hide())

    assert any(each.low == each.high for each in narrowed)


def test_attack_recovers_nothing_from_the_real_table(ward_crime):
    """On the real table with both margins nothing is narrowed, at little loss, far within half a minute."""
    start = time.perf_counter()
    hidden = hidden_cells(ward_crime)
    narrowed = attack(ward_crime, hidden)
    seconds = time.perf_counter() - start
    small = ward_crime.must_hide()

    assert [] == narrowed
    assert len(hidden) - len(small) <= 0.2 * len(small)
    assert seconds < 30


TREES = (
    {"Tot": ("A", "B", "C", "D"), "B": ("Ba", "Bb", "Bc")},
    {"Tot": ("m", "w")},
    {"Tot": ("a", "b", "c", "d", "e", "f")},
)


def _leaves(tree, node="Tot"):
    return [node] if node not in tree else [leaf for child in tree[node] for leaf in _leaves(tree, child)]


def _nodes(tree):
    return ["Tot", *(child for children in tree.values() for child in children)]


def _thousand_people(seed: int) -> LinkedTables:
    """A thousand people in 168 cells, of the very shape of the published case: three variables, one of two levels."""
    chance = Random(seed)
    weights = [[chance.uniform(0.8, 1.2) for _ in _leaves(tree)] for tree in TREES]
    weights[0][chance.randrange(6)] *= 0.75
    weights[2][chance.randrange(6)] *= 0.8
    drawn = (chance.choices(_leaves(tree), each, k=1000) for tree, each in zip(TREES, weights, strict=True))
    people = Counter(zip(*drawn, strict=True))
    tables, cells = LinkedTables(), {}
    for nodes in product(*map(_nodes, TREES)):
        under = product(*(_leaves(tree, node) for tree, node in zip(TREES, nodes, strict=True)))
        value = sum(people[each] for each in under)
        cells[nodes] = len(tables.cells)
        place = Place("people", "value", " ".join(nodes), "x", "", Q1)
        tables.cells.append(Cell(place, value, threshold=11, small=0 < value <= 10))
    for level, tree in enumerate(TREES):
        others = [_nodes(each) for number, each in enumerate(TREES) if number != level]
        for parent, children in tree.items():
            for rest in product(*others):
                names = [(*rest[:level], node, *rest[level:]) for node in (parent, *children)]
                tables.relate([(cells[names[0]], -1), *((cells[name], 1) for name in names[1:])])
    return tables


def test_published_result_is_met():
    """As in the published case of 168 cells: 0.9 to 1.8 further cells for each small one, and nothing recovered.

    Its thousand people are not published with it: others are drawn, and tables with as many small cells are taken.
    """
    if not KNOWN.exists():
        pytest.skip(f"{KNOWN} is not at hand")
    known = json.loads(KNOWN.read_text())
    ratios = []
    for seed in range(40):
        tables = _thousand_people(seed)
        small = tables.must_hide()
        if abs(len(small) - known["primary_unsafe"]) > 1:
            continue
        hidden = hidden_cells(tables)

        assert [] == attack(tables, hidden)

        ratios.append((len(hidden) - len(small)) / len(small))

    assert len(ratios) >= 5
    assert 0.9 <= min(ratios)
    assert max(ratios) <= 1.8
    assert 168 == len(tables.cells)
