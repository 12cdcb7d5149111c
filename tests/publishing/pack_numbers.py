"""The numbers and markers that a reader finds in a pack, by format."""

import re
from collections import Counter
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from lxml import html
from pptx import Presentation
from pypdf import PdfReader

_TOKEN = re.compile(r"\[[a-z]\]|\d+(?:,\d{3})*(?:\.\d+)?%?")


def numbers(text: str) -> Counter[str]:
    """Every number and marker in a text, each as often as it stands there."""
    return Counter(_TOKEN.findall(text))


def in_html(data: bytes) -> Counter[str]:
    """Those of a web page's heading and body; charts and choices have their own words, and contents repeat headings."""
    page = html.fromstring(data)
    for element in page.xpath("//*[local-name()='svg'] | //fieldset"):
        element.getparent().remove(element)
    return numbers(
        " ".join(page.xpath("//header//text() | //div/section//text() | //main//text() | //body/section//text()"))
    )


def in_html_charts(data: bytes) -> Counter[str]:
    """Those that stand inside the charts, titles and descriptions included."""
    return numbers(" ".join(html.fromstring(data).xpath("//*[local-name()='svg']//text()")))


def in_pdf(data: bytes) -> Counter[str]:
    """Those of all pages."""
    return numbers("\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))


def in_docx(data: bytes) -> Counter[str]:
    """Those of the document's body, tables included."""
    body = Document(BytesIO(data)).element.body
    return numbers(" ".join(paragraph_text(each) for each in body.iter(qn("w:p"))))


def paragraph_text(paragraph: object) -> str:
    """The text of one paragraph of a Word document."""
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def in_pptx(data: bytes) -> Counter[str]:
    """Those of the slides and their notes, without the footers."""
    said = []
    for slide in Presentation(BytesIO(data)).slides:
        said += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.name != "Footer"]
        if slide.has_notes_slide:
            said.append(slide.notes_slide.notes_text_frame.text)
    return numbers("\n".join(said))
