"""Links within a Word document: a bookmark at each heading, and words that lead to one."""

from typing import Any
from xml.sax.saxutils import escape
from zlib import crc32

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

COLOUR = "0B5394"


def bookmarked(paragraph: Any, anchor: str) -> None:
    """Put a section's bookmark round its heading."""
    place = paragraph._p
    first = 1 if place.pPr is not None else 0
    place.insert(
        first, parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{_number(anchor)}" w:name="{_name(anchor)}"/>')
    )
    place.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{_number(anchor)}"/>'))


def linked(text: str, anchor: str, half_points: int = 0) -> str:
    """Words that lead to a section, as WordprocessingML."""
    size = f'<w:sz w:val="{half_points}"/>' if half_points else ""
    return (
        f'<w:hyperlink {nsdecls("w")} w:anchor="{_name(anchor)}" w:history="1"><w:r><w:rPr><w:color w:val="{COLOUR}"/>'
        f'{size}<w:u w:val="single"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:hyperlink>'
    )


def _name(anchor: str) -> str:
    """A bookmark's name holds at most forty letters and digits."""
    return f"section_{crc32(anchor.encode()):08x}"


def _number(anchor: str) -> int:
    return crc32(anchor.encode()) & 0x7FFFFFFF
