"""The yearly review as slides: the year in short, then a slide a matter; the rest is in the review itself."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.pack.model import Slide
from quarterday.publishing.pack.text import plain
from quarterday.publishing.yearly.delivered import YearsActivity, worst_first
from quarterday.publishing.yearly.figures import NOTHING
from quarterday.publishing.yearly.said import lowered

if TYPE_CHECKING:
    from quarterday.publishing.yearly.pack import YearlyReview

LINES, FIGURES = 6, 12  # on one slide


def slides_of(review: "YearlyReview") -> Iterator[Slide]:
    """Only what there is: no empty slide."""
    year = review.released.year
    absent = [each.absence for each in year.quarters if not each.release]
    yield Slide(f"The year {year.name}, from {year.tally}", (*absent, *(each.words for each in review.in_short)))
    for _, title, lines in review.by_priority():
        figures = [f"{each.indicator.title}: {each.year.said}" for each in lines if each.year.said != NOTHING]
        yield from _few(f"{title}: figures of {year.name}", figures, FIGURES)
    yield from _few("Targets met every time", review.throughout(met=True))
    yield from _few("Targets never met", review.throughout(met=False))
    yield from _few("Activities: how they stood last", [_stood(each) for each in worst_first(review.activities)])
    decisions = [plain(f"{each.what} {each.answer}") for each in review.decisions]
    yield from _few("Decisions, and what became of them", decisions)
    missing = [f"{each.title} ({each.quarters}): {lowered(each.why)}" for each in review.gaps]
    yield from _few("What could not be measured", missing)


def _few(message: str, lines: Sequence[str], most: int = LINES) -> Iterator[Slide]:
    """The first lines on one slide, and how many more there are; none where there are no lines."""
    if lines:
        more = len(lines) - most
        yield Slide(message, (*lines[:most], *((f"And {say_number(more)} more: see the review.",) if more > 0 else ())))


def _stood(activity: YearsActivity) -> str:
    return f"{plain(activity.last['title'])}: {[each for each in activity.cells if each != NOTHING][-1]}"
