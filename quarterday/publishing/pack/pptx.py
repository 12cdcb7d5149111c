"""A pack as slides: one message each, with the figure and the chart that bear it out."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Cm, Pt

from quarterday.publishing.charts.drawing import picture_bytes
from quarterday.publishing.pack.archive import without_times
from quarterday.publishing.pack.model import Pack, Slide

WIDTH, HEIGHT, MARGIN = Cm(33.867), Cm(19.05), Cm(1.6)
FONT = "Arial"
INK, DEEP, QUIET = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x12, 0x32, 0x4F), RGBColor(0x4A, 0x4A, 0x4A)
TITLE_LAYOUT, MESSAGE_LAYOUT = 0, 5
FEW_LINES = 6  # beyond them lines are short, an indicator each, and are set smaller
LINES_ABOVE_A_CHART = (4, 5)  # at full size, and a little smaller; more are set small: they would lie on the chart
LONG_MESSAGE = 110  # characters from which a message is set smaller


def to_pptx(packs: Sequence[Pack]) -> list[bytes]:
    """The packs as PowerPoint files."""
    return [_presentation(pack) for pack in packs]


def _presentation(pack: Pack) -> bytes:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    _about(presentation, pack)
    _first(presentation, pack)
    for number, slide in enumerate(pack.slides, start=2):
        _slide(presentation, pack, slide, number)
    written = BytesIO()
    presentation.save(written)
    return without_times(written.getvalue())


def _about(presentation: Any, pack: Pack) -> None:
    about = presentation.core_properties
    about.title = f"{pack.title} – {pack.board_name}"
    about.author = about.last_modified_by = pack.partnership
    about.subject, about.language, about.comments = pack.subtitle, "en-GB", pack.warning
    about.created = about.modified = datetime.fromisoformat(pack.made_on)


def _first(presentation: Any, pack: Pack) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_LAYOUT])
    title, subtitle = slide.shapes.title, slide.placeholders[1]
    _place(title, MARGIN, Cm(5), WIDTH - 2 * MARGIN, Cm(4))
    _write(title.text_frame, [pack.board_name], 34, colour=DEEP, bold=True)
    _place(subtitle, MARGIN, Cm(9.4), WIDTH - 2 * MARGIN, Cm(4))
    _write(subtitle.text_frame, [pack.title, pack.partnership, pack.subtitle, pack.edition], 18)
    _foot(slide, pack, 1)


def _slide(presentation: Any, pack: Pack, slide: Slide, number: int) -> None:
    made = presentation.slides.add_slide(presentation.slide_layouts[MESSAGE_LAYOUT])
    alone = not (slide.picture or slide.lines or slide.figure)
    _place(made.shapes.title, MARGIN, Cm(6 if alone else 0.9), WIDTH - 2 * MARGIN, Cm(5 if alone else 3.4))
    size = 22 if len(slide.message) > LONG_MESSAGE else 26
    _write(made.shapes.title.text_frame, [slide.message], size, colour=DEEP, bold=True)
    made.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    if slide.picture:
        _with_picture(made, slide)
    elif not alone:
        lines = [slide.figure, *slide.lines] if slide.figure else list(slide.lines)
        size = 20 if len(lines) <= FEW_LINES else 16
        _box(made, "Text", (MARGIN, Cm(4.8), WIDTH - 2 * MARGIN, Cm(11.5)), lines, size, bullets=not slide.figure)
    _foot(made, pack, number)
    if slide.notes:
        made.notes_slide.notes_text_frame.text = slide.notes


def _with_picture(made: Any, slide: Slide) -> None:
    """The figure and what is said of it side by side, the chart below them over the whole width."""
    assert slide.picture
    beside = Cm(13.4) if slide.figure else MARGIN
    if slide.figure:
        _box(made, "Figure", (MARGIN, Cm(4.1), Cm(11.5), Cm(3.2)), [slide.figure], 26, bold=True)
    if slide.lines:
        size = (14, 12, 10)[sum(len(slide.lines) > most for most in LINES_ABOVE_A_CHART)]
        _box(made, "Text", (beside, Cm(4.1), WIDTH - beside - MARGIN, Cm(3.6)), list(slide.lines), size)
    left, top, width, height = MARGIN, Cm(7.9), WIDTH - 2 * MARGIN, Cm(9.2)
    drawn = made.shapes.add_picture(BytesIO(picture_bytes(slide.picture.svg)), left, top, width=width)
    if drawn.height > height:
        drawn.width, drawn.height = int(drawn.width * height / drawn.height), height
    named = drawn._element.nvPicPr.cNvPr
    named.set("descr", f"{slide.picture.title}. {slide.picture.description}")
    named.set("name", slide.picture.title)


def _foot(made: Any, pack: Pack, number: int) -> None:
    """What must stand on every page: whose figures, whether they are made up, and the slide's number."""
    said = "   |   ".join(part for part in (pack.warning, pack.partnership, pack.edition, f"{number}") if part)
    _box(made, "Footer", (MARGIN, HEIGHT - Cm(1.5), WIDTH - 2 * MARGIN, Cm(0.9)), [said], 11, colour=QUIET)


def _box(
    made: Any,
    name: str,
    place: tuple[int, int, int, int],
    lines: list[str],
    size: float,
    *,
    colour: RGBColor = INK,
    bold: bool = False,
    bullets: bool = False,
) -> None:
    box = made.shapes.add_textbox(*place)
    box.name = name
    box.text_frame.word_wrap = True
    _write(box.text_frame, [f"• {line}" for line in lines] if bullets and len(lines) > 1 else lines, size, colour, bold)


def _write(frame: Any, lines: list[str], size: float, colour: RGBColor = INK, bold: bool = False) -> None:
    frame.word_wrap = True
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.alignment = 1  # left
        paragraph.space_after = Pt(6)
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), bold, FONT, colour
        run._r.get_or_add_rPr().set("lang", "en-GB")


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height
