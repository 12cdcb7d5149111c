"""Where areas lie, so that their figures can be drawn as a map: rings of points, as a GeoJSON file has them."""

from quarterday.domain.framework.partners import Configured

Ring = tuple[tuple[float, float], ...]


class Boundary(Configured):
    """One area's outline: its rings in the plane, east first; a ring within another is a hole."""

    area: str
    rings: tuple[Ring, ...]
