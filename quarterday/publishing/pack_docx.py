"""A pack as a Word document, for committee systems: real headings, real tables, and an alternative text a chart."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from quarterday.publishing.charts import picture_bytes
from quarterday.publishing.pack_archive import without_times
from quarterday.publishing.pack_model import Block, Bullets, Pack, Paragraph, Picture, Quote, Section, Table, Terms

INK, ACCENT = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x12, 0x32, 0x4F)
PICTURE_WIDTH, PIXEL = Cm(16.5), Cm(0.0235)
TEXT_WIDTH = 9638  # 17 cm in twentieths of a point
CHARACTER, CELL_MARGIN = 95, 140  # twentieths of a point: a character, and what stands round a cell's words
LONGEST_HEAD, LONGEST_CELL = 16, 60  # characters
FONT = "Arial"
OWN_STYLES = {
    "Figure": (20, True),
    "Covers": (10.5, False),
    "Change": (11.5, True),
    "Lead": (10.5, True),
    "Warning": (10.5, True),
}  # size in points, and whether bold
_STYLES = {"figure": "Figure", "covers": "Covers", "change": "Change", "lead": "Lead"}


def to_docx(packs: Sequence[Pack]) -> list[bytes]:
    """The packs as Word documents."""
    return [_document(pack) for pack in packs]


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
    after_first_page = False
    for section in pack.sections:
        _section(document, section, new_page=after_first_page or section.kind == "annex")
        after_first_page = section.kind == "matters"
    written = BytesIO()
    document.save(written)
    return without_times(written.getvalue())


def _set_up(document: Any, pack: Pack) -> None:
    made = datetime.fromisoformat(pack.made_on)
    about = document.core_properties
    about.title = f"{pack.title} – {pack.board_name}"
    about.author = about.last_modified_by = pack.partnership
    about.subject, about.language, about.comments = pack.subtitle, "en-GB", pack.warning
    about.created = about.modified = made
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2.2)
    page.header.paragraphs[0].text = pack.board_name
    if pack.warning:
        page.header.add_paragraph(style="Header").add_run(pack.warning).bold = True
    _footer(page.footer.paragraphs[0], pack.edition)
    _styles(document)


def _styles(document: Any) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    sizes = {"Title": 22, "Subtitle": 14, "Heading 1": 16, "Heading 2": 13.5, "Heading 3": 11.5, "Normal": 10.5}
    for name, size in sizes.items():
        _font(styles[name], size, ACCENT if name.startswith("Heading") or name == "Title" else INK)
    for name, size in {"Header": 8.5, "Footer": 8.5, "Caption": 10, "List Bullet": 10.5}.items():
        _font(styles[name], size, INK)
    styles["Caption"].font.bold = True
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Subtitle"].font.italic = False
    styles["Normal"].paragraph_format.space_after = Pt(6)
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
    for block in section.blocks:
        _block(document, block, section.level)


def _block(document: Any, block: Block, level: int) -> None:
    match block:
        case Paragraph(text, "heading"):
            document.add_heading(text, level=level)
        case Paragraph(text, kind):
            document.add_paragraph(text, style=_STYLES.get(kind))
        case Bullets(items):
            for item in items:
                document.add_paragraph(item.words, style="List Bullet")
        case Terms(rows):
            for term, text in rows:
                paragraph = document.add_paragraph()
                paragraph.add_run(f"{term}: ").bold = True
                paragraph.add_run(text)
        case Quote(text, who):
            document.add_paragraph(f"“{text}”", style="Quote")
            document.add_paragraph(who)
        case Picture():
            _picture(document, block)
        case Table():
            document.add_paragraph(block.caption, style="Caption")
            document.element.body.insert_element_before(parse_xml(_table(block)), "w:sectPr")
            document.add_paragraph()


def _picture(document: Any, picture: Picture) -> None:
    width = min(PICTURE_WIDTH, int(picture.width * PIXEL))
    shape = document.add_picture(BytesIO(picture_bytes(picture.svg)), width=width)
    properties = shape._inline.docPr
    properties.set("descr", f"{picture.title}. {picture.description}")
    properties.set("title", picture.title)


def _table(table: Table) -> str:
    """The table as WordprocessingML: python-docx looks every cell up anew, which is slow for tables by ward."""
    widths = _widths(table)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(table, widths, table.columns, head=True)
    body = "".join(_row(table, widths, row) for row in table.rows)
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:color="B1B4B6"/>' for edge in ("top", "bottom", "insideH"))
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>'
    look = '<w:tblLook w:firstRow="1" w:firstColumn="1" w:lastRow="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{edges}</w:tblBorders>'
        f"{margins}{look}<w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _widths(table: Table) -> list[int]:
    """The width of each column, by its longest words within reason; where the page is too narrow, the widest give."""
    wanted = [
        min(max([min(len(head), LONGEST_HEAD), *(len(text) for text in cells)]), LONGEST_CELL) * CHARACTER + CELL_MARGIN
        for head, *cells in zip(table.columns, *table.rows, strict=True)
    ]
    while (excess := sum(wanted) - TEXT_WIDTH) > 0:
        widest = wanted.index(max(wanted))
        wanted[widest] -= min(excess, CHARACTER)
    return wanted


def _row(table: Table, widths: list[int], cells: tuple[str, ...], *, head: bool = False) -> str:
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    written = "".join(
        _cell(text, width, right=table.is_numeric(index), bold=head)
        for index, (text, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr>{properties}{written}</w:tr>"


def _cell(text: str, width: int, *, right: bool, bold: bool) -> str:
    aligned = '<w:jc w:val="right"/>' if right else ""
    heavy = "<w:b/>" if bold else ""
    sized = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return (
        f'<w:tc><w:tcPr>{sized}</w:tcPr><w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{aligned}</w:pPr>'
        f'<w:r><w:rPr>{heavy}<w:sz w:val="17"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        "</w:p></w:tc>"
    )
