"""The attack: linear programming over everything published tries to bound each hidden cell.

What is found is exact where the sums form a two-way table, since its corners are whole numbers; elsewhere the bounds
are sharpened to whole numbers (Fischetti and Salazar, Management Science 47, 2001, call it the attacker's problem).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from quarterday.publishing.disclosure.cells import LinkedTables
from quarterday.publishing.disclosure.components import Component, components
from quarterday.publishing.disclosure.programme import AttackFailedError, Programme
from quarterday.publishing.disclosure.slack import Floats, Slack, slack_of

_MOST_SWEEPS = 24  # attempts at proving many cells at once before each is attacked by itself
_NEARLY = 1e-6


@dataclass(frozen=True)
class Narrowed:
    """A hidden cell that a reader can narrow to fewer values than its protection interval holds."""

    cell: int
    low: float
    high: float


@dataclass(frozen=True)
class View:
    """What a reader can work with in one component: how far cells may move from their truth, all sums held."""

    component: Component
    down: Floats
    up: Floats
    whole: bool  # whether every cell is a whole number, and readers know it


def attack(tables: LinkedTables, hidden: set[int], slack: Slack | None = None) -> list[Narrowed]:
    """The hidden cells that can be narrowed too far, worst first. Raises `AttackFailedError`."""
    slack = slack or slack_of(tables)
    found = []
    for component in components(tables, hidden):
        found += narrowed_in(tables, component, slack, hidden)
    return sorted(found, key=lambda each: (each.high - each.low, each.cell))


def narrowed_in(
    tables: LinkedTables, component: Component, slack: Slack, hidden: set[int], *, whole: bool = True
) -> list[Narrowed]:
    """The cells of one component that can be narrowed too far.

    Without `whole` those alone that need no whole numbers for it: nearly all, found at a fraction of the time.
    """
    if not component.tied and all(np.isinf(slack.up_hidden[component.cells])):
        return []  # nothing is known of a cell that stands alone but that it is hidden
    down, up = slack.bounds(hidden & set(component.cells.tolist()))
    view = view_of(tables, component, down, up, whole=whole)
    targets = [index for index, cell in enumerate(component.cells.tolist()) if cell in hidden]
    widths = np.array([tables.cells[component.cells[index]].width for index in targets], dtype=np.float64)
    open_targets = _not_proved_wide(view, np.array(targets, dtype=np.int64), widths)
    found = []
    programme = Programme(component, view.down, view.up)
    for index in open_targets:
        cell = int(component.cells[index])
        low, high = _range(view, programme, int(index), tables.cells[cell].width)
        if high - low < tables.cells[cell].width - _NEARLY:
            truth = tables.cells[cell].value
            found.append(Narrowed(cell, truth + low, truth + high))
    return found


def view_of(tables: LinkedTables, component: Component, down: Floats, up: Floats, *, whole: bool = True) -> View:
    """A reader's view of a component, given the room of every cell of all tables."""
    cells = component.cells
    whole = whole and all(float(tables.cells[cell].value).is_integer() for cell in cells.tolist())
    return View(component, down[cells], up[cells], whole)


def _not_proved_wide(view: View, targets: NDArray[np.int64], widths: Floats) -> NDArray[np.int64]:
    """The targets left after whole-number points far apart were found for the others, many at a time.

    Each cell is kept within its box so that every programme is bounded: points inside the box are points all the same.
    """
    reach = float(widths.max(initial=1.0))
    lowest, highest = np.zeros(len(targets)), np.zeros(len(targets))
    down, up = np.minimum(view.down, reach), np.minimum(view.up, reach)
    programme = Programme(view.component, down, up)
    directions = np.random.default_rng(0)  # the same sweeps on every run
    for sweep in range(_MOST_SWEEPS):
        left = highest - lowest < widths
        if not left.any():
            break
        toward = np.zeros(len(view.component.cells))
        signs = directions.choice((-1.0, 1.0), size=len(targets)) * directions.uniform(0.5, 1.5, size=len(targets))
        toward[targets] = np.where(left, signs, 0.0)
        for way in (toward, -toward):
            point = programme.furthest(way)
            if point is not None and view.whole and np.abs(point - point.round()).max(initial=0) > _NEARLY:
                point = _furthest_whole(view, way, down, up)
            if point is None:
                continue
            lowest = np.minimum(lowest, point[targets])
            highest = np.maximum(highest, point[targets])
        if sweep > 3 and left.sum() == (highest - lowest < widths).sum():
            break
    return targets[highest - lowest < widths - _NEARLY]


def _range(view: View, programme: Programme, index: int, width: float) -> tuple[float, float]:
    """How far a cell can move down and up, all else free."""
    toward = np.zeros(len(view.component.cells))
    toward[index] = 1.0
    high = _most(programme, toward)
    if high == np.inf:
        return -view.down[index], np.inf
    low = -_most(programme, -toward)
    if view.whole and high - low >= width - _NEARLY:
        high, low = _most_whole(view, toward), -_most_whole(view, -toward)
    return low, high


def _moving(view: View) -> NDArray[np.int64]:
    return np.flatnonzero((view.down > 0) | (view.up > 0))


def _sums(view: View, moving: NDArray[np.int64]) -> tuple[csr_array | None, csr_array | None, Floats | None]:
    equations = view.component.equations[:, moving]
    equations = equations[np.flatnonzero(np.diff(equations.indptr))]
    bounds = view.component.inequalities[:, moving]
    return (
        equations if equations.shape[0] else None,
        bounds if bounds.shape[0] else None,
        view.component.room if bounds.shape[0] else None,
    )


def _most(programme: Programme, toward: Floats) -> float:
    point = programme.furthest(toward)
    return np.inf if point is None else float(toward @ point)


def _most_whole(view: View, toward: Floats) -> float:
    answer = _whole_programme(view, toward, view.down, view.up, {})
    if answer.status == 3:
        return np.inf
    if answer.status != 0:
        raise AttackFailedError(f"the solver stopped without an answer: {answer.message}")
    return float(round(-answer.fun))


def _furthest_whole(view: View, toward: Floats, down: Floats, up: Floats) -> Floats | None:
    """A point of whole numbers far in a direction, not always the furthest; None where none was found soon."""
    answer = _whole_programme(view, toward, down, up, {"mip_rel_gap": 0.05, "node_limit": 20})
    if answer.x is None:
        return None
    point = np.zeros(len(view.component.cells))
    point[_moving(view)] = np.round(answer.x)
    return point


def _whole_programme(view: View, toward: Floats, down: Floats, up: Floats, options: dict[str, float]) -> OptimizeResult:
    moving = _moving(view)
    equations, inequalities, room = _sums(view, moving)
    constraints = []
    if equations is not None:
        constraints.append(LinearConstraint(equations, 0, 0))
    if inequalities is not None:
        constraints.append(LinearConstraint(inequalities, -np.inf, room))
    return milp(
        -toward[moving],
        integrality=np.ones(len(moving)),
        bounds=Bounds(-down[moving], up[moving]),
        constraints=constraints,
        options=options,
    )


@dataclass(frozen=True)
class Prices:
    """What the room of each cell is worth to a reader who narrows one cell, per unit downwards and upwards.

    Whatever is hidden, the range of that cell is at most the rooms at these prices and `fixed` (duality).
    """

    down: Floats
    up: Floats
    fixed: float


def attackers_prices(programme: Programme, index: int) -> Prices:
    """The prices at which a reader bounds a cell. The programme's rooms must be finite."""
    toward = np.zeros(len(programme.component.cells))
    toward[index] = 1.0
    down, up, fixed = np.zeros(len(toward)), np.zeros(len(toward)), 0.0
    for way in (toward, -toward):
        priced = programme.prices(way)
        assert priced, "a programme of finite rooms has an end in every direction"
        worth, more = priced
        up += np.maximum(worth, 0)
        down += np.maximum(-worth, 0)
        fixed += more
    return Prices(down, up, fixed)


def hidden_names(tables: LinkedTables, narrowed: Iterable[Narrowed]) -> list[str]:
    """Which cells were narrowed, in words that give no value away."""
    names = []
    for each in narrowed:
        place = tables.cells[each.cell].place
        category = f", {place.category}" if place.category else ""
        names.append(f"{place.indicator} in {place.area_code}{category} ({place.period})")
    return names
