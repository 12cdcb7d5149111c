"""What else must be hidden: the cells that lose least, chosen so that no hidden cell can be narrowed too far.

A mixed-integer programme chooses; the attack tries the choice; whatever it narrows becomes a new condition of the
programme, until nothing is narrowed (Fischetti and Salazar, Management Science 47, 2001). Cells that resist are
mended one by one with the cheapest set of cells that can move along with them.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from quarterday.publishing.disclosure.attack import Narrowed, attackers_prices, narrowed_in
from quarterday.publishing.disclosure.cells import LinkedTables
from quarterday.publishing.disclosure.components import Component, components
from quarterday.publishing.disclosure.programme import Programme
from quarterday.publishing.disclosure.slack import Floats, Slack, slack_of

_MOST_ROUNDS = 12
_NEARLY_BEST = 0.01  # how far from the least loss a choice may be
_MOST_NODES = 400
_MOST_SECONDS = 6.0  # a safeguard only: the node limit comes first, and gives the same choice on every machine
_NEARLY = 1e-6


@dataclass
class _Choice:
    """The programme for one component: which cells are hidden, under the conditions gathered so far."""

    cost: Floats
    may: NDArray[np.bool_]
    must: NDArray[np.bool_]
    rows: list[tuple[Floats, float]] = field(default_factory=list)  # coefficients, at least

    def solve(self) -> NDArray[np.bool_] | None:
        """The cells to hide at least loss; None where the programme found no answer in its limits."""
        matrix = csr_array(np.array([row for row, _ in self.rows]).reshape(-1, len(self.cost)))
        least = np.array([at_least for _, at_least in self.rows])
        answer = milp(
            self.cost,
            integrality=np.ones(len(self.cost)),
            bounds=Bounds(self.must.astype(float), (self.may | self.must).astype(float)),
            constraints=[LinearConstraint(matrix, least, np.inf)] if len(least) else [],
            options={"mip_rel_gap": _NEARLY_BEST, "node_limit": _MOST_NODES, "time_limit": _MOST_SECONDS},
        )
        return None if answer.x is None else answer.x > 0.5


def hidden_cells(tables: LinkedTables) -> set[int]:
    """Every cell that the release hides: the small ones, and those that would give them back.

    Raises `AttackFailedError` where the solver fails. Whether the choice is safe is for the attack to say.
    """
    slack = slack_of(tables)
    before = {index for index, seen in tables.seen.items() if seen.hidden and not seen.exact}
    must = tables.must_hide()
    hidden = set(must)
    for component in components(tables, must | before):
        hidden |= _chosen(tables, component, slack, must, before)
    return hidden


def _chosen(tables: LinkedTables, component: Component, slack: Slack, must: set[int], before: set[int]) -> set[int]:
    """The cells of one component to hide."""
    cells = component.cells.tolist()
    if not component.tied:
        return must & set(cells)
    choice = _Choice(
        cost=np.array([_loss(tables, cell) for cell in cells]),
        may=np.array([tables.cells[cell].may_be_hidden and not tables.public(cell) for cell in cells]),
        must=np.array([cell in must for cell in cells]),
    )
    targets = {cell for cell in cells if cell in before}
    boxed = _boxed(tables, component, slack)
    choice.rows += _local_conditions(tables, component, boxed, choice, targets)
    chosen = choice.must
    for _ in range(_MOST_ROUNDS):
        solved = choice.solve()
        if solved is None:
            break
        chosen = solved
        hidden = {cell for cell, is_hidden in zip(cells, chosen, strict=True) if is_hidden}
        narrowed = _narrowed(tables, component, slack, hidden | targets)
        if not narrowed:
            return hidden
        programme = _reader(component, boxed, chosen)
        for each in narrowed:
            choice.rows.append(_condition(tables, programme, boxed, cells.index(each.cell), choice))
    return _mended(tables, component, slack, choice, chosen, targets)


def _loss(tables: LinkedTables, cell: int) -> float:
    """What a reader loses with a cell. Totals are read most, and the root keeps one great number from weighing all.

    What is left of a whole whose parts come to more, as contradicting figures have it, is below nought: no loss.
    """
    value = tables.cells[cell].value
    place = tables.cells[cell].place
    return float(1.0 + np.sqrt(max(value, 0.0))) * (1.0 if place.breakdown else 2.0)


def _boxed(tables: LinkedTables, component: Component, slack: Slack) -> Slack:
    """The rooms, none greater than any cell of the component needs: conditions then have finite coefficients."""
    reach = max(tables.cells[cell].width for cell in component.cells.tolist())
    inside = component.cells
    return Slack(
        np.minimum(slack.down_shown[inside], reach),
        np.minimum(slack.up_shown[inside], reach),
        np.minimum(slack.down_hidden[inside], reach),
        np.minimum(slack.up_hidden[inside], reach),
    )


def _row(
    choice: _Choice, boxed: Slack, down: Floats, up: Floats, fixed: float, index: int, width: float, *, always: bool
) -> tuple[Floats, float]:
    """Rooms at their prices must reach the width, if the cell is hidden at all."""
    base = float(down @ boxed.down_shown + up @ boxed.up_shown) + fixed
    gain = down * (boxed.down_hidden - boxed.down_shown) + up * (boxed.up_hidden - boxed.up_shown)
    gain = np.where(choice.may | choice.must, np.maximum(gain, 0), 0)
    needed = width - base
    row = np.minimum(gain, max(needed, 0.0))
    if always:
        return row, needed
    row[index] -= needed
    return row, 0.0


def _local_conditions(
    tables: LinkedTables, component: Component, boxed: Slack, choice: _Choice, targets: set[int]
) -> list[tuple[Floats, float]]:
    """In each sum, a hidden cell needs others hidden that can give way to it, upwards and downwards."""
    rows = []
    count = len(component.cells)
    sums = component.equations
    for number in range(sums.shape[0]):
        members = sums.indices[sums.indptr[number] : sums.indptr[number + 1]]
        signs = sums.data[sums.indptr[number] : sums.indptr[number + 1]]
        for index, sign in zip(members.tolist(), signs.tolist(), strict=True):
            if not (choice.may[index] or choice.must[index]):
                continue
            opposite, same = members[signs != sign], members[(signs == sign) & (members != index)]
            cell = int(component.cells[index])
            width = float(tables.cells[cell].width)
            rises_down, rises_up = np.zeros(count), np.zeros(count)
            rises_down[same], rises_up[opposite] = 1.0, 1.0
            falls_down, falls_up = np.zeros(count), np.zeros(count)
            falls_up[same], falls_down[opposite] = 1.0, 1.0
            itself = np.zeros(count)
            itself[index] = 1.0
            for down, up in (
                (rises_down + falls_down, rises_up + falls_up),
                (rises_down + itself, rises_up),
                (falls_down, falls_up + itself),
            ):
                rows.append(_row(choice, boxed, down, up, 0.0, index, width, always=cell in targets))
    return [row for row in rows if row[1] > 0 or (row[0] < 0).any()]


def _reader(component: Component, boxed: Slack, chosen: NDArray[np.bool_]) -> Programme:
    """What a reader works with where those cells are hidden."""
    down = np.where(chosen, boxed.down_hidden, boxed.down_shown)
    up = np.where(chosen, boxed.up_hidden, boxed.up_shown)
    return Programme(component, down, up)


def _condition(
    tables: LinkedTables, programme: Programme, boxed: Slack, index: int, choice: _Choice
) -> tuple[Floats, float]:
    """The condition that a choice failed, in terms of what might be hidden besides."""
    prices = attackers_prices(programme, index)
    width = float(tables.cells[programme.component.cells[index]].width)
    always = not (choice.may[index] or choice.must[index])
    return _row(choice, boxed, prices.down, prices.up, prices.fixed, index, width, always=always)


def _narrowed(tables: LinkedTables, component: Component, slack: Slack, hidden: set[int]) -> list[Narrowed]:
    """The cells that can be narrowed too far: by whole numbers only where nothing else narrows any."""
    quickly = narrowed_in(tables, component, slack, hidden, whole=False)
    return quickly or narrowed_in(tables, component, slack, hidden)


def _mended(
    tables: LinkedTables,
    component: Component,
    slack: Slack,
    choice: _Choice,
    chosen: NDArray[np.bool_],
    targets: set[int],
) -> set[int]:
    """Hide besides, for each narrowed cell in turn, the cheapest cells that let it rise by its whole interval."""
    cells = component.cells.tolist()
    for _ in range(len(cells)):
        hidden = {cell for cell, is_hidden in zip(cells, chosen, strict=True) if is_hidden}
        narrowed = _narrowed(tables, component, slack, hidden | targets)
        if not narrowed:
            break
        more = chosen.copy()
        for each in narrowed:
            more |= _moving_along(tables, component, slack, choice, more, cells.index(each.cell))
        if (more == chosen).all():
            break
        chosen = more
    return {cell for cell, is_hidden in zip(cells, chosen, strict=True) if is_hidden}


def _moving_along(
    tables: LinkedTables,
    component: Component,
    slack: Slack,
    choice: _Choice,
    chosen: NDArray[np.bool_],
    index: int,
) -> NDArray[np.bool_]:
    """The cells that move in the cheapest change of hidden cells which lifts one by its protection interval."""
    inside = component.cells
    can = choice.may | choice.must
    down = np.where(can, slack.down_hidden[inside], slack.down_shown[inside])
    up = np.where(can, slack.up_hidden[inside], slack.up_shown[inside])
    lift = float(tables.cells[inside[index]].width)
    cost = np.where(chosen, 0.001, choice.cost)
    count = len(inside)
    bounds = [*((0.0, room) for room in up), *((0.0, room) for room in down)]
    if bounds[index][1] < lift:
        return chosen
    bounds[index], bounds[count + index] = (lift, lift), (0.0, 0.0)
    equations, inequalities = component.equations, component.inequalities
    answer = linprog(
        np.concatenate((cost, cost)),
        A_eq=csr_array(np.hstack((equations.toarray(), -equations.toarray()))) if equations.shape[0] else None,
        b_eq=np.zeros(equations.shape[0]) if equations.shape[0] else None,
        A_ub=csr_array(np.hstack((inequalities.toarray(), -inequalities.toarray()))) if inequalities.shape[0] else None,
        b_ub=component.room if inequalities.shape[0] else None,
        bounds=bounds,
        method="highs-ds",
    )
    if answer.status != 0:
        return chosen
    moved = (answer.x[:count] + answer.x[count:]) > _NEARLY
    return chosen | (moved & can)
