"""The chart of how a collection comes in, as a picture that Prefect's interface shows without asking anybody for it."""

import base64
from collections.abc import Sequence
from datetime import date

from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.framework.periods import say_date
from quarterday.domain.telling.progress import Day

WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM = 720, 240, 36, 110, 28, 32
LINES = (("asked", "#6f777b", "6 4"), ("answered", "#1d70b8", ""), ("accepted", "#00703c", ""))


def progress_picture(days: Sequence[Day], plan: Timetable) -> str:
    """The chart in Markdown, its words first: a picture's text is what is read where no picture is seen."""
    if not days or not (whole := max(each.asked for each in days)):
        return "Nobody has been asked yet."
    last = days[-1]
    told = (
        f"By {say_date(last.on)} {last.asked} partners were asked, {last.answered} answered, {last.accepted} accepted."
    )
    picture = base64.b64encode(_drawn(days, plan, whole).encode()).decode()
    return f"{told}\n\n![{told}](data:image/svg+xml;base64,{picture})"


def _drawn(days: Sequence[Day], plan: Timetable, whole: int) -> str:
    first, span = days[0].on, max(1, (plan.publish_on - days[0].on).days)

    def across(day: date) -> float:
        return LEFT + (WIDE - LEFT - RIGHT) * (day - first).days / span

    def up(count: int) -> float:
        return HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * count / whole

    ends = _apart([up(getattr(days[-1], name)) for name, _, _ in LINES])
    parts = [
        f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>',
        f'<path d="M{LEFT} {TOP}V{HIGH - BOTTOM}H{WIDE - RIGHT}" fill="none" stroke="#b1b4b6"/>',
        *(_text(LEFT - 6, up(count) + 4, str(count), "end") for count in (0, whole)),
        *(_marked(across(day), name) for name, day in (("due", plan.due), ("closes", plan.closes)) if day >= first),
        *(_text(across(day), HIGH - 12, f"{day.day} {day:%b}", "middle") for day in (first, plan.due, plan.publish_on)),
    ]
    for (name, colour, dashes), end in zip(LINES, ends, strict=True):
        steps = "".join(f"H{across(each.on):.1f}V{up(getattr(each, name)):.1f}" for each in days[1:])
        start = f"M{across(first):.1f} {up(getattr(days[0], name)):.1f}"
        parts.append(
            f'<path d="{start}{steps}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/>'
        )
        label = f"{getattr(days[-1], name)} {name}"
        parts.append(_text(across(days[-1].on) + 8, end + 4, label, "start", colour))
    size = f'width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Arial, sans-serif">{"".join(parts)}</svg>'


def _marked(x: float, name: str) -> str:
    line = f'<path d="M{x:.1f} {TOP}V{HIGH - BOTTOM}" stroke="#505a5f" stroke-dasharray="2 3"/>'
    return line + _text(x, TOP - 8, name, "middle")


def _text(x: float, y: float, said: str, anchor: str, colour: str = "#0b0c0c") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" text-anchor="{anchor}" fill="{colour}">{said}</text>'


def _apart(heights: list[float], least: float = 15) -> list[float]:
    """The lines' ends moved so far apart that their labels do not lie on one another; the first stays on top."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + least) if placed else height)
    return placed
