"""Linked tables fall into parts that tell nothing of one another: each is protected and attacked by itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from quarterday.publishing.disclosure.cells import LinkedTables, Relation


@dataclass(frozen=True)
class Component:
    """Cells that hang together, and the relations among them as a matrix whose columns are those cells."""

    cells: NDArray[np.int64]
    equations: csr_array
    inequalities: csr_array
    room: NDArray[np.float64]  # how far each inequality is from being an equation, at the truth
    tied: bool  # whether any sum ties these cells; else there is one of them


def components(tables: LinkedTables, wanted: set[int]) -> list[Component]:
    """The components that hold any of the wanted cells."""
    leader = list(range(len(tables.cells)))

    def root(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for relation in tables.relations:
        first = root(relation.terms[0][0])
        for cell, _ in relation.terms[1:]:
            # a number that is public for good carries nothing from one side to the other
            leader[root(cell)] = first
    members: dict[int, list[int]] = defaultdict(list)
    for cell in range(len(tables.cells)):
        members[root(cell)].append(cell)
    ties: dict[int, list[Relation]] = defaultdict(list)
    for relation in tables.relations:
        ties[root(relation.terms[0][0])].append(relation)
    found = sorted({root(cell) for cell in wanted})
    return [_component(tables, members[each], ties[each]) for each in found]


def _component(tables: LinkedTables, cells: list[int], relations: list[Relation]) -> Component:
    position = {cell: index for index, cell in enumerate(cells)}
    inequalities = [relation for relation in relations if not relation.equation]
    room = [-sum(sign * tables.cells[cell].value for cell, sign in relation.terms) for relation in inequalities]
    return Component(
        np.array(cells, dtype=np.int64),
        _matrix([relation for relation in relations if relation.equation], position),
        _matrix(inequalities, position),
        np.array(room, dtype=np.float64),
        bool(relations),
    )


def _matrix(relations: Iterable[Relation], position: dict[int, int]) -> csr_array:
    rows, columns, signs, count = [], [], [], 0
    for count, relation in enumerate(relations, start=1):
        for cell, sign in relation.terms:
            rows.append(count - 1)
            columns.append(position[cell])
            signs.append(float(sign))
    return csr_array((signs, (rows, columns)), shape=(count, len(position)))
