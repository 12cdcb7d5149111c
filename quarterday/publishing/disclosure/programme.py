"""One linear programme with many goals: the sums and rooms of a view stay, so that each answer starts from the last."""

import highspy
import numpy as np
from scipy.sparse import csr_array, vstack

from quarterday.publishing.disclosure.components import Component
from quarterday.publishing.disclosure.slack import Floats

_UNBOUNDED = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
_PRIMAL = 4  # what was possible stays possible when the goal changes


class AttackFailedError(Exception):
    """The solver gave no answer, so nothing may be published on its word."""


class Programme:
    """How far the cells of a component can move, all sums held. No movement at all is always an answer."""

    def __init__(self, component: Component, down: Floats, up: Floats) -> None:
        self.component = component
        self._moving = np.flatnonzero((down > 0) | (up > 0))
        self._columns = np.arange(len(self._moving), dtype=np.int32)
        self._solver = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("solver", "simplex"),
            ("simplex_strategy", _PRIMAL),
        ):
            self._solver.setOptionValue(option, value)
        self._solver.passModel(self._model(down, up))

    def _model(self, down: Floats, up: Floats) -> highspy.HighsLp:
        rows = csr_array(vstack([self.component.equations, self.component.inequalities])[:, self._moving])
        nothing = np.zeros(self.component.equations.shape[0])
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._moving), rows.shape[0]
        model.col_cost_ = np.zeros(len(self._moving))
        model.col_lower_, model.col_upper_ = -down[self._moving], up[self._moving]
        model.row_lower_ = np.concatenate((nothing, np.full(len(self.component.room), -np.inf)))
        model.row_upper_ = np.concatenate((nothing, self.component.room))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = rows.indptr, rows.indices
        model.a_matrix_.value_ = rows.data
        return model

    def furthest(self, toward: Floats) -> Floats | None:
        """The point furthest in a direction; None where there is none to name. Raises `AttackFailedError`."""
        point = np.zeros(len(toward))
        if not len(self._moving):
            return point
        self._solver.changeColsCost(len(self._moving), self._columns, -toward[self._moving])
        status = self._solved()
        if status in _UNBOUNDED:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise AttackFailedError(f"the solver stopped without an answer: {self._solver.modelStatusToString(status)}")
        point[self._moving] = self._solver.getSolution().col_value
        return point

    def _solved(self) -> highspy.HighsModelStatus:
        """Solve from the last answer; where that leads nowhere, which rounding can do, once more from nothing."""
        self._solver.run()
        status = self._solver.getModelStatus()
        if status not in (highspy.HighsModelStatus.kOptimal, *_UNBOUNDED):
            self._solver.clearSolver()
            self._solver.setOptionValue("simplex_strategy", 1)
            self._solver.run()
            status = self._solver.getModelStatus()
            self._solver.setOptionValue("simplex_strategy", _PRIMAL)
        return status

    def prices(self, toward: Floats) -> tuple[Floats, float] | None:
        """What each cell's room is worth to who goes furthest in a direction, and what the bounds among cells add.

        The sums have prices, and with them every cell has one, whether it could move or not. None as for `furthest`.
        """
        if self.furthest(toward) is None:
            return None
        of_rows = np.array(self._solver.getSolution().row_dual)
        equations = self.component.equations.shape[0]
        worth = toward + self.component.equations.T @ of_rows[:equations]
        worth = worth + self.component.inequalities.T @ of_rows[equations:]
        return worth, -float(self.component.room @ of_rows[equations:])
