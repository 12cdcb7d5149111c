"""How a figure is shown after disclosure control."""

from collections.abc import Mapping
from dataclasses import dataclass

from quarterday.domain.figures.keys import Key


@dataclass(frozen=True)
class Shown:
    """The parts of a figure that may be published. `hidden`: something was taken away, which is not nought."""

    value: float | None
    numerator: float | None
    denominator: float | None
    hidden: bool = False
    notes: tuple[str, ...] = ()


Protection = Mapping[Key, Shown]
