"""How to read the charts and the markers: the same words in every pack."""

from quarterday.domain.figures.control_limits import BASELINE_POINTS, POINTS_NEEDED
from quarterday.domain.figures.seasons import YEARS_OF_SEASONS
from quarterday.publishing.charts.spc import RUN_LENGTH
from quarterday.publishing.pack.figures_said import MARKERS
from quarterday.publishing.pack.model import Bullet, Bullets, Paragraph, Section

_ABOUT = (
    "Figures go up and down from one period to the next even where nothing has changed. The charts tell such ups and "
    "downs from a change that has a cause. They follow the rules of NHS England’s Making Data Count."
)

_SIGNS = (
    "a figure above the upper limit or below the lower limit;",
    f"{RUN_LENGTH} figures running, each higher than the one before, or each lower;",
    f"{RUN_LENGTH} figures running on one side of the mean;",
    "2 of 3 figures running beyond two thirds of the way from the mean to the same limit.",
)

_PARTS = (
    "The solid line with round points is the figure itself. It is broken where a figure is missing: a gap is not 0.",
    f"The straight line is the mean of the first {BASELINE_POINTS} figures, and the long dashes are the limits of the "
    "usual range, reckoned from how far neighbouring figures lie apart. A limit that no figure can reach is not drawn.",
    f"With fewer than {POINTS_NEEDED} figures there are no limits: the straight line is then the median, and it is too "
    "soon to tell a real change from the usual ups and downs.",
    "Where one part of the year lies high or low each year, figures are held against the same part of other years once "
    f"there are {YEARS_OF_SEASONS}: mean and limits then go up and down with the seasons.",
    "Large diamonds are figures that belong to a sign of possible change. The dots and short dashes are a target.",
    "Hollow squares are figures for other days than the rest; they are shown and not compared.",
    "An upright dashed line is a new definition: what stands on either side of it does not compare.",
)


def how_to_read() -> Section:
    """The part that says how charts and markers are read."""
    markers = tuple(Bullet(meaning, lead=str(marker)) for marker, meaning in MARKERS.items())
    return Section(
        "how-to-read",
        "How to read the charts",
        (
            Paragraph(_ABOUT),
            Bullets(tuple(Bullet(part) for part in _PARTS)),
            Paragraph("These are the signs of a possible change:", "lead"),
            Bullets(tuple(Bullet(sign) for sign in _SIGNS)),
            Paragraph(
                "A sign says that something may have changed. A few come by chance alone: the first page says how many "
                "to expect. It does not say why, nor that the change is good: look at the readings and the questions "
                "beside the figure."
            ),
            Paragraph("What the markers mean:", "lead"),
            Bullets(markers),
        ),
    )
