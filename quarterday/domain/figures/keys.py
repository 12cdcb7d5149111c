"""What tells a series from every other, and a figure from every other. The only definition of both."""

from datetime import date
from functools import cached_property
from typing import Protocol

from quarterday.domain.framework.periods import Period

Series = tuple[str, str, str, str]  # indicator, area code, breakdown, category
Key = tuple[str, str, str, str, date, date]  # a series, and the first and last day that the figure covers


class _Placed(Protocol):
    """The fields by which it has its place, which nobody writes once it is made."""

    @property
    def indicator(self) -> str: ...
    @property
    def area_code(self) -> str: ...
    @property
    def breakdown(self) -> str: ...  # empty for a total, as is the category
    @property
    def category(self) -> str: ...


class _Dated(_Placed, Protocol):
    @property
    def series(self) -> Series: ...
    @property
    def period(self) -> Period: ...


class InASeries:
    """What has its place in a series: a figure asked for, sent, accepted or published."""

    @property
    def series(self: _Placed) -> Series:
        """What it is a point of."""
        return self.indicator, self.area_code, self.breakdown, self.category


class OfDays(InASeries):
    """What stands in a series for certain days."""

    @cached_property
    def key(self: _Dated) -> Key:
        """What tells it from every other. Kept, once asked for: sums, sorting and releases ask a hundred times."""
        return *self.series, self.period.start, self.period.end


def key_as_text(key: Key) -> str:
    """A figure's key in one line, as a verdict names what its return leaves open."""
    return "|".join(map(str, key))


def indicator_in(text: str) -> str:
    """The indicator of a key that was written in one line."""
    return text.partition("|")[0]
