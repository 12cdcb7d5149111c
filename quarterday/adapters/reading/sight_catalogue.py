"""What reading finds where a person may see another number than the file holds: sentences as in `catalogue.py`."""

from quarterday.domain.figures.findings import Severity

CRITICAL, WARNING = Severity.CRITICAL, Severity.WARNING

OF_SIGHT: dict[str, tuple[Severity, str, str]] = {
    "struck-out": (
        CRITICAL,
        "Something is struck out here, and a file keeps what is struck out. Delete it, and leave the number that "
        "counts.",
        "Something is struck out here.",
    ),
    "shown-otherwise": (
        CRITICAL,
        "The cell shows something else than it holds: its number format puts another word, sign or scale in the "
        "number's place. Type what is meant: the number as it is, or nothing and [c] as marker where it may not be "
        "shared.",
        "The cell shows something else than it holds.",
    ),
    "unseen-figure": (
        CRITICAL,
        "Nobody sees the figure here: it is written in the colour of its cell, or its column is hidden. Make it "
        "visible if it counts, else delete it.",
        "Nobody sees the figure here.",
    ),
    "decimal-comma": (
        CRITICAL,
        "A comma stands where a point would: is it twelve, or twelve hundred? Write a whole number without one, and a "
        "point before decimals.",
        "A comma stands where a point would.",
    ),
    "point-for-thousands": (
        CRITICAL,
        "Three digits stand behind a point: is it twelve, or twelve thousand? Write a whole number without a point.",
        "Three digits stand behind a point.",
    ),
    "merged-figure": (
        CRITICAL,
        "One cell is merged over several rows, so its figure may be the figure of each or of all together. Undo the "
        "merging and give each row its own figure.",
        "A figure stands in a cell that is merged over several rows.",
    ),
    "several-numbers": (
        CRITICAL,
        "Two numbers stand in one cell, one below the other. Leave the one that counts.",
        "Two numbers stand in one cell.",
    ),
    "multiplied": (
        CRITICAL,
        "The number is given in thousands or millions. Write it in full, for example 12000.",
        "The number is given in thousands or millions.",
    ),
    "range-for-number": (
        CRITICAL,
        "A range stands where a number is wanted. Write the number; where it is hidden because it is small, write "
        "nothing and choose [c] as marker.",
        "A range stands where a number is wanted.",
    ),
    "title-with-scale": (
        CRITICAL,
        "The title “{title}” may mean that the numbers below are thousands, millions or percentages. Give each number "
        "in full, under the title that the template has.",
        "A title may mean that the numbers below are thousands, millions or percentages.",
    ),
    "scale-around": (
        CRITICAL,
        "The file says beside the table that its numbers are thousands, a rate or percentages. Give each number in "
        "full, and take the words out.",
        "The file says beside the table that its numbers are thousands, a rate or percentages.",
    ),
    "rounded": (
        WARNING,
        "The file says that its numbers are rounded. Send them as they were counted if you can: we hide what is small "
        "ourselves. If you cannot, tell us why; nothing need be corrected.",
        "The file says that its numbers are rounded.",
    ),
    "title-of-another": (
        CRITICAL,
        "The title “{title}” may mean that the numbers below are of another time or another kind than we asked for, "
        "such as last year's, a running total or a target. Put what we asked for under the title “{ours}”.",
        "A title may mean that the numbers below are of another time or another kind than we asked for.",
    ),
    "title-says-more": (
        WARNING,
        "The title “{title}” says more than “{ours}”. We read the numbers below it as they stand. If they are not all "
        "of what we asked for, or something else, put them right; otherwise tell us so.",
        "A title says more of the numbers below it than ours does.",
    ),
}  # fmt: skip
