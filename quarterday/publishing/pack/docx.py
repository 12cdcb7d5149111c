"""A pack as a Word document, for committee systems: real headings, real tables, and an alternative text a chart."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import zip_longest
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from quarterday.publishing.charts.drawing import picture_bytes
from quarterday.publishing.pack.archive import without_times
from quarterday.publishing.pack.docx_links import bookmarked, linked
from quarterday.publishing.pack.docx_scorecard import scorecard_xml
from quarterday.publishing.pack.docx_tables import glances_xml, table_xml
from quarterday.publishing.pack.model import (
    Block,
    Bullet,
    Bullets,
    Glances,
    Link,
    Pack,
    Paragraph,
    Picture,
    Quote,
    Scorecard,
    Section,
    Table,
    Terms,
)
from quarterday.publishing.pack.on_paper import on_paper

INK, ACCENT = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x12, 0x32, 0x4F)
PICTURE_WIDTH, PIXEL = Cm(16.5), Cm(0.0205)
FONT = "Arial"
OWN_STYLES = {
    "Figure": (20, True),
    "Covers": (10, False),
    "Change": (11.5, True),
    "Lead": (10, True),
    "Warning": (10, True),
}  # size in points, and whether bold
ABOVE = {"Heading 1": 12, "Heading 2": 8, "Heading 3": 6}  # points: what matters and what is asked stand on one page
_STYLES = {"figure": "Figure", "covers": "Covers", "change": "Change", "lead": "Lead"}


def to_docx(packs: Sequence[Pack]) -> list[bytes]:
    """The packs as Word documents."""
    return [_document(on_paper(pack)) for pack in packs]


def _document(pack: Pack) -> bytes:
    document = Document()
    _set_up(document, pack)
    document.add_paragraph(pack.partnership)
    document.add_paragraph(pack.board_name, style="Subtitle")
    document.add_paragraph(pack.title, style="Title")
    for line in (pack.subtitle, pack.edition):
        document.add_paragraph(line)
    if pack.warning:
        document.add_paragraph(pack.warning, style="Warning")
    before = ""
    for section in pack.sections:
        _section(document, section, new_page=_begins_page(section, before))
        before = section.kind
    written = BytesIO()
    document.save(written)
    return without_times(written.getvalue())


def _begins_page(section: Section, before: str) -> bool:
    """What matters fills a page, and asks that need an answer stand on one before it; annexes lie behind all else."""
    return before == "matters" or section.kind == "annex" or (section.kind == "matters" and before == "ask")


def _set_up(document: Any, pack: Pack) -> None:
    made = datetime.fromisoformat(pack.made_on)
    about = document.core_properties
    about.title = f"{pack.title} – {pack.board_name}"
    about.author = about.last_modified_by = pack.partnership
    about.subject, about.language, about.comments = pack.subtitle, "en-GB", pack.warning
    about.created = about.modified = made
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.7)
    page.header_distance = page.footer_distance = Cm(0.8)
    page.header.paragraphs[0].text = pack.board_name
    if pack.warning:
        page.header.add_paragraph(style="Header").add_run(pack.warning).bold = True
    _footer(page.footer.paragraphs[0], pack.edition)
    _styles(document)


def _styles(document: Any) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    sizes = {"Title": 22, "Subtitle": 14, "Heading 1": 16, "Heading 2": 13.5, "Heading 3": 11.5, "Normal": 10}
    for name, size in sizes.items():
        _font(styles[name], size, ACCENT if name.startswith("Heading") or name == "Title" else INK)
    for name, size in {"Header": 8.5, "Footer": 8.5, "Caption": 10, "List Bullet": 9.5}.items():
        _font(styles[name], size, INK)
    styles["Caption"].font.bold = True
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Subtitle"].font.italic = False
    styles["Normal"].paragraph_format.space_after = Pt(3)
    for name, above in ABOVE.items():
        styles[name].paragraph_format.space_before = Pt(above)
    for name in ("Title", "Subtitle", "List Bullet"):
        styles[name].paragraph_format.space_after = Pt(3)
    for name, (size, bold) in OWN_STYLES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _font(style, size, INK)
        style.font.bold = bold
        style.paragraph_format.keep_with_next = name != "Warning"


def _font(style: Any, size: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(kind), None)
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)


def _footer(paragraph: Any, edition: str) -> None:
    paragraph.text = f"{edition}\t\tPage "
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


def _section(document: Any, section: Section, *, new_page: bool) -> None:
    heading = document.add_heading(section.title, level=section.level - 1)
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.page_break_before = new_page
    bookmarked(heading, section.anchor)
    begins = len(document.element.body) - 1  # the last child is the page's set-up
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        _block(document, block, section.level)
        if isinstance(block, Paragraph) and isinstance(following, Table | Glances | Scorecard):
            _kept_together(document.element.body[-2:-1])
    if section.kind == "card":
        _kept_together(document.element.body[begins:-2])


def _kept_together(paragraphs: Sequence[Any]) -> None:
    """A card stands on one page: each of its paragraphs but the last is kept with the next."""
    for each in paragraphs:
        each.get_or_add_pPr().keepNext_val = True


def _add(document: Any, style: str, text: str = "") -> Any:
    """A paragraph in a style, set by its id: python-docx looks the name up among all styles for each paragraph."""
    paragraph = document.add_paragraph(text)
    if style:
        paragraph._p.style = style.replace(" ", "")
    return paragraph


def _block(document: Any, block: Block, level: int) -> None:
    match block:
        case Paragraph(text, "heading"):
            document.add_heading(text, level=level)
        case Paragraph(text, kind):
            _add(document, _STYLES.get(kind, ""), text)
        case Bullets(items):
            for item in items:
                _bullet(document, item)
        case Link(text, anchor):
            document.add_paragraph()._p.append(parse_xml(linked(text, anchor)))
        case Terms(rows):
            for term, text in rows:
                paragraph = document.add_paragraph()
                paragraph.add_run(f"{term}: ").bold = True
                paragraph.add_run(text)
                paragraph.paragraph_format.keep_with_next = term != rows[-1][0]  # no line of them alone on a page
        case Quote(text, who):
            _add(document, "Quote", f"“{text}”")
            document.add_paragraph(who)
        case Picture():
            _picture(document, block)
        case Table():
            _add(document, "Caption", block.caption)
            _below(document, table_xml(block))
        case Glances():
            _below(document, glances_xml(document, block))
        case Scorecard():
            _add(document, "Caption", block.caption)
            _below(document, scorecard_xml(document, block))


def _bullet(document: Any, item: Bullet) -> None:
    paragraph = _add(document, "List Bullet")
    if item.anchor:
        paragraph._p.append(parse_xml(linked(item.lead, item.anchor)))
        paragraph.add_run(f": {item.text}")
    else:
        paragraph.add_run(item.words)


def _below(document: Any, table: str) -> None:
    document.element.body.insert_element_before(parse_xml(table), "w:sectPr")
    document.add_paragraph()


def _picture(document: Any, picture: Picture) -> None:
    if picture.heading:
        _add(document, "Lead", picture.heading)
    width = min(PICTURE_WIDTH, int(picture.width * PIXEL))
    shape = document.add_picture(BytesIO(picture_bytes(picture.svg)), width=width)
    properties = shape._inline.docPr
    properties.set("descr", f"{picture.title}. {picture.description}")
    properties.set("title", picture.title)
