"""What changed since the version before, and why."""

from collections.abc import Mapping, Sequence

from quarterday.domain.figures.backfilling import BACKFILL
from quarterday.domain.figures.keys import Key
from quarterday.domain.figures.returns import Marker
from quarterday.publishing.csv_cells import written
from quarterday.publishing.tables import Observation, Revision

_FIRM = (Marker.PROVISIONAL, Marker.REVISED)  # they say how firm a value is, not what it is


WITHHELD = "a figure"  # stood where one is hidden now: saying it again would give away what is hidden


def revisions(version: int, previous: Mapping[Key, Observation], now: Sequence[Observation]) -> tuple[Revision, ...]:
    """Every figure that says something else than in the version before; a value that only became firm is none."""
    return () if version == 1 else changed(version, previous, now)


def changed(version: int, previous: Mapping[Key, Observation], now: Sequence[Observation]) -> tuple[Revision, ...]:
    """Every figure that says something else than was said of it before."""
    current = {each.key: each for each in now}
    found = []
    for key in sorted(previous.keys() | current.keys()):
        before, after = previous.get(key), current.get(key)
        if _said(before) == _said(after):
            continue
        either = after or before
        assert either
        found.append(
            Revision(
                version=version,
                indicator=either.indicator,
                area_code=either.area_code,
                category=either.category,
                period=either.period,
                was=WITHHELD if _hidden(after) and before and before.value is not None else as_published(before),
                now=as_published(after),
                why=_why(before, after),
            )
        )
    return tuple(found)


def as_published(observation: Observation | None) -> str:
    """A figure as a reader saw it, marker included: `12 [p]`, `[c]`, or `not there`."""
    if observation is None:
        return "not there"
    value = "" if observation.value is None else written(observation.value)
    return " ".join(part for part in (value, str(observation.marker or "")) if part) or "empty"


def _hidden(observation: Observation | None) -> bool:
    return observation is not None and observation.marker is Marker.CONFIDENTIAL


def _said(observation: Observation | None) -> tuple[object, ...] | None:
    if observation is None:
        return None
    marker = None if observation.marker in _FIRM else observation.marker
    return observation.value, observation.numerator, observation.denominator, marker


def _why(before: Observation | None, after: Observation | None) -> str:
    if after is None:
        return "It is no longer part of the release."
    if before is None:
        return "It was not in the version before."
    if before.source_return != after.source_return:
        if before.marker is Marker.NOT_AVAILABLE:
            return f"It came after the version before, in return {after.source_return}."
        if after.source_return.startswith(BACKFILL):
            return f"Another file of earlier figures was brought in ({after.source_return})."
        return f"The supplier sent a later return, {after.source_return}."
    if after.marker is Marker.CONFIDENTIAL:
        return "It is hidden now, so that figures revised beside it do not give small counts away."
    return "What it is made from was revised."
