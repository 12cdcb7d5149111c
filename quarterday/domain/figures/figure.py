"""Figures: accepted values with the period they really cover and the return they came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from quarterday.domain.figures.keys import OfDays
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.periods import Period

_JOINED_BY = "; "


class Sourced(Protocol):
    """What came of returns."""

    @property
    def source_return(self) -> str:
        """Their references."""


@dataclass(frozen=True)
class Figure(OfDays):
    """One accepted figure, before disclosure control. Never published as it stands.

    `value` is a count, or the rate or percentage computed from `numerator` and `denominator`; None is missing.
    `cells` names where it stood in the return: `Figures!H14`.
    """

    indicator: str
    definition_version: int
    area_code: str
    breakdown: str
    category: str
    period: Period
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    marker: Marker | None = None
    comment: str = ""
    source_return: str = ""
    source_sha256: str = ""
    cells: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


def joined(sources: Iterable[str]) -> str:
    """Several returns, or their hashes, as one text: each once."""
    parts = (part for source in sources for part in source.split(_JOINED_BY))
    return _JOINED_BY.join(dict.fromkeys(part for part in parts if part))


def sources(figure: Sourced) -> list[str]:
    """The returns that a figure was made from."""
    return figure.source_return.split(_JOINED_BY) if figure.source_return else []
