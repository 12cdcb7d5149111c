"""The expectations of our suites: great_expectations' own, that make their configuration once.

A validation reads the property `configuration` of each expectation and of its many copies some thirty times, and
great_expectations makes it anew each time, which took a third of a check. Here it is made again only where a field
has changed. What a field holds is replaced, never altered in place.
"""

from copy import copy
from typing import Any

from expectations.imported import Expectation, ExpectationConfiguration, PrivateAttr, gxe


class _Kept(Expectation):
    """Keeps its configuration beside the fields that it was made of, and hands out copies that may be written to."""

    _kept: tuple[dict[str, Any], ExpectationConfiguration] | None = PrivateAttr(default=None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """What great_expectations' own property gives."""
        if self._kept is None or self._kept[0] != self.__dict__:
            self._kept = dict(self.__dict__), super().configuration
        given = copy(self._kept[1])
        given._kwargs, given.meta = dict(given.kwargs), dict(given.meta)
        return given


# great_expectations knows an expectation by the name of its class: these stand beside its own.


class ExpectKeptPairToBeEqual(gxe.ExpectColumnPairValuesToBeEqual, _Kept):
    """`column_A` and `column_B` are equal."""


class ExpectKeptPairAToBeGreaterThanB(gxe.ExpectColumnPairValuesAToBeGreaterThanB, _Kept):
    """`column_A` is greater than `column_B`."""


class ExpectKeptValuesToBeNull(gxe.ExpectColumnValuesToBeNull, _Kept):
    """Nothing stands in `column`."""


class ExpectKeptValuesToNotBeNull(gxe.ExpectColumnValuesToNotBeNull, _Kept):
    """Something stands in `column`."""


class ExpectKeptValuesToBeBetween(gxe.ExpectColumnValuesToBeBetween, _Kept):
    """What stands in `column` is within bounds."""


class ExpectKeptValuesToBeInSet(gxe.ExpectColumnValuesToBeInSet, _Kept):
    """What stands in `column` is one of a set."""


class ExpectKeptColumnsToBeUnique(gxe.ExpectCompoundColumnsToBeUnique, _Kept):
    """What stands in the columns of `column_list` stands there together once."""
