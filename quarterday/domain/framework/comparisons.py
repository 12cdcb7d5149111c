"""What figures may be held against: London, neighbours, a most-similar group, by tables that others publish."""

from pydantic import Field

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured


class ComparedArea(Configured):
    """A place or group of places that is none of ours, with the name by which packs call it.

    `holds` are the places within it, where it is a sum or mean of places: one of ours may be among them.
    """

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)
    holds: tuple[str, ...] = ()


class Comparison(Configured):
    """A table of reference figures: who publishes it, and of which places. The figures are brought in by an officer."""

    code: Code
    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    areas: tuple[ComparedArea, ...] = Field(min_length=1)
    caveat: str = ""  # what to bear in mind wherever they are compared
