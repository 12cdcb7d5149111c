"""Seasons on a chart: each point with how far its part of the year lies from the mean, where seasons are strong."""

from collections.abc import Sequence
from dataclasses import replace

from quarterday.domain.figures.seasons import part_of_year, points_of_seasons, strong_seasons
from quarterday.domain.framework.indicators import Frequency
from quarterday.publishing.charts.spc import Point, by_definition


def with_seasons(points: Sequence[Point], frequency: Frequency) -> list[Point]:
    """The points, each with how far its part of the year lies from the mean, where its stretch has strong seasons."""
    made = list(points)
    for first, last in by_definition(points):
        apart = strong_seasons(((each.period.start, each.value) for each in points[first : last + 1]), frequency)
        for place in range(first, last + 1) if apart else ():
            season = apart[part_of_year(points[place].period.start, frequency)]
            made[place] = replace(points[place], season=season, baseline=points_of_seasons(frequency))
    return made
