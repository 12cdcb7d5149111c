"""How a figure is shown after disclosure control."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Shown:
    """The parts of a figure that may be published. `hidden`: something was taken away, which is not nought."""

    value: float | None
    numerator: float | None
    denominator: float | None
    hidden: bool = False
    notes: tuple[str, ...] = ()


Protection = Mapping[tuple[str, str, str, str, date, date], Shown]
