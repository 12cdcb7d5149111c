"""How many lines one slide holds, and what it says of those that it leaves out."""

from collections.abc import Sequence

from quarterday.publishing.pack.figures_said import say_number

LINES_TOGETHER = 4  # of running text on one slide


def first_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """The first lines, and how many more there are."""
    more = len(lines) - LINES_TOGETHER
    told = (f"And {say_number(more)} more: see the pack.",) if more > 0 else ()
    return (*lines[:LINES_TOGETHER], *told)
