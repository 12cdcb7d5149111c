"""Files that partners send by mistake, and files that somebody builds to do harm, each with the reasons it may have."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

READ = "read"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


@dataclass(frozen=True)
class Attack:
    """A file, its name, and every reason that would be right; `read` where reading it is right."""

    build: Callable[[], bytes]
    name: str
    right: tuple[str, ...]


def parts(
    sheet: str = ONE_CELL, *, strings: str = "", book_type: str = BOOK_TYPE, main: str = MAIN, before: str = ""
) -> dict[str, bytes]:
    """The parts of a small workbook of one sheet; `before` goes ahead of the sheet's root."""
    made = {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{book_type}"/></Types>'
        ),
        "_rels/.rels": (
            f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{main}" xmlns:r="{RELS}"><sheets>'
            f'<sheet name="Figures" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
            + (f'<Relationship Id="rId2" Type="{RELS}/sharedStrings" Target="sharedStrings.xml"/>' if strings else "")
            + "</Relationships>"
        ),
        "xl/worksheets/sheet1.xml": (
            f'{XML}{before}<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'
        ),
    }
    if strings:
        made["xl/sharedStrings.xml"] = strings
    return {name: text.encode() for name, text in made.items()}


def packed(members: dict[str, bytes], *more: tuple[str, bytes]) -> bytes:
    """A zip of the members, and of more that may repeat a name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in [*members.items(), *more]:
            package.writestr(name, content)
    return made.getvalue()


def workbook(**how: str) -> bytes:
    """A small workbook."""
    return packed(parts(**how))


def with_part(name: str, content: bytes) -> bytes:
    """A small workbook with one more part."""
    return packed({**parts(), name: content})


def ods(body: str, before: str = "") -> bytes:
    """An OpenDocument spreadsheet of one sheet."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": mime, "content.xml": content.encode()})


ODS_CELL = '<table:table-cell office:value-type="float" office:value="1"{}/>'
LAUGHS = (
    "<!DOCTYPE lolz [<!ENTITY lol 'lol'>"
    + "".join(f"<!ENTITY lol{n} '{f'&lol{n - 1 if n > 1 else str()};' * 10}'>" for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<!DOCTYPE foo [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'


def _encrypted_members() -> bytes:
    data = bytearray(workbook())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def _lying_sizes() -> bytes:
    """The sheet says that it unpacks to 100 bytes; it unpacks to 150 million."""
    data = bytearray(packed({**parts(), "xl/worksheets/sheet1.xml": b" " * 150_000_000}))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 100)
    return bytes(data)


def _overlapping() -> bytes:
    """Every member's header points at the first one's bytes."""
    data = bytearray(packed({f"xl/{n}.xml": b"0" * 1000 for n in range(5)}))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<I", data, at + 42, 0)
        at += 4
    return bytes(data)


def _utf16_entities() -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    return packed({**parts(), "xl/worksheets/sheet1.xml": text.encode("utf-16")})


def _row_of(cells: int) -> str:
    return f'<row r="1">{"<c><v>1</v></c>" * cells}</row>'


ATTACKS: dict[str, Attack] = {
    "zip bomb": Attack(
        lambda: packed({**parts(), "xl/worksheets/sheet1.xml": b" " * 150_000_000}), "a.xlsx", ("too-large-unpacked",)
    ),
    "zip bomb in a part nobody reads": Attack(
        lambda: with_part("xl/media/image1.png", b"\0" * 150_000_000), "a.xlsx", ("too-large-unpacked",)
    ),
    "zip bomb that lies of its size": Attack(_lying_sizes, "a.xlsx", ("corrupt", "too-large-unpacked")),
    "overlapping members": Attack(_overlapping, "a.xlsx", ("unsafe-package",)),
    "nested zip": Attack(lambda: packed({"a.xlsx": workbook()}), "a.xlsx", ("archive",)),
    "zip of ten thousand members": Attack(
        lambda: packed({**parts(), **{f"xl/{n}.xml": b"<a/>" for n in range(10_000)}}), "a.xlsx", ("unsafe-package",)
    ),
    "zip slip": Attack(lambda: with_part("../../etc/cron.d/evil", b"x"), "a.xlsx", ("unsafe-package",)),
    "zip slip with backslashes": Attack(lambda: with_part("..\\..\\evil.exe", b"x"), "a.xlsx", ("unsafe-package",)),
    "absolute path": Attack(lambda: with_part("/etc/passwd", b"x"), "a.xlsx", ("unsafe-package",)),
    "duplicate members": Attack(
        lambda: packed(parts(), ("XL/worksheets/sheet1.xml", b"<worksheet/>")), "a.xlsx", ("unsafe-package",)
    ),
    "encrypted members": Attack(_encrypted_members, "a.xlsx", ("encrypted",)),
    "billion laughs": Attack(lambda: workbook(before=LAUGHS), "a.xlsx", ("unsafe-xml",)),
    "billion laughs in UTF-16": Attack(_utf16_entities, "a.xlsx", ("unsafe-xml",)),
    "external entity in the shared strings": Attack(
        lambda: workbook(strings=f'{XML}{OUTSIDE}<sst xmlns="{MAIN}"><si><t>&xxe;</t></si></sst>'),
        "a.xlsx",
        ("unsafe-xml",),
    ),
    "external entity in a part nobody reads": Attack(
        lambda: with_part("docProps/custom.xml", f"{XML}{OUTSIDE}<a>&xxe;</a>".encode()), "a.xlsx", ("unsafe-xml",)
    ),
    "external entity in an ods": Attack(
        lambda: ods(f"<table:table-row>{ODS_CELL.format('')}</table:table-row>", OUTSIDE), "a.ods", ("unsafe-xml",)
    ),
    "XML a hundred thousand deep": Attack(
        lambda: workbook(sheet="<row>" * 100_000 + "</row>" * 100_000), "a.xlsx", ("unsafe-xml",)
    ),
    "an element of a hundred thousand attributes": Attack(
        lambda: workbook(sheet="<row " + " ".join(f'a{n}="1"' for n in range(100_000)) + "></row>"),
        "a.xlsx",
        ("no-sheets", "corrupt"),
    ),
    "external link": Attack(
        lambda: with_part("xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{MAIN}"/>'.encode()),
        "a.xlsx",
        (READ,),
    ),
    "A1 and XFD1048576": Attack(
        lambda: workbook(
            sheet=ONE_CELL + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        ),
        "a.xlsx",
        ("too-spread",),
    ),
    "16,384 columns": Attack(lambda: workbook(sheet=_row_of(16_384)), "a.xlsx", (READ,)),
    "16,385 columns": Attack(lambda: workbook(sheet=_row_of(16_385)), "a.xlsx", ("corrupt",)),
    "two million cells that do not say where they are": Attack(
        lambda: workbook(sheet=("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 20_000),
        "a.xlsx",
        ("too-many-cells",),
    ),
    "five million empty rows": Attack(
        lambda: workbook(sheet="<row/>" * 5_000_000), "a.xlsx", ("corrupt", "too-many-cells")
    ),
    "a row beyond the last": Attack(
        lambda: workbook(sheet='<row r="99999999"><c><v>1</v></c></row>'), "a.xlsx", ("corrupt",)
    ),
    "a cell of 10 MB": Attack(
        lambda: workbook(sheet=f'<row><c t="inlineStr"><is><t>{"x" * 10_000_000}</t></is></c></row>'),
        "a.xlsx",
        ("cell-too-long",),
    ),
    "a shared string of 10 MB": Attack(
        lambda: workbook(strings=f'<sst xmlns="{MAIN}"><si><t>{"x" * 10_000_000}</t></si></sst>'),
        "a.xlsx",
        ("cell-too-long",),
    ),
    "a shared string that is not there": Attack(
        lambda: workbook(sheet='<row><c t="s"><v>7</v></c></row>'), "a.xlsx", ("corrupt",)
    ),
    "NUL in a workbook": Attack(
        lambda: workbook(sheet='<row><c t="str"><v>a&#0;b</v></c></row>'), "a.xlsx", ("corrupt",)
    ),
    "macros in a workbook named .xlsx": Attack(
        lambda: workbook(book_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "a.xlsx", ("macros",)
    ),
    "a macro project in a plain workbook": Attack(
        lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf"), "a.xlsx", ("macros",)
    ),
    "half a workbook": Attack(lambda: workbook()[:700], "a.xlsx", ("corrupt",)),
    "a workbook and a PDF in one": Attack(lambda: workbook() + b"%PDF-1.7\n%%EOF", "a.xlsx", ("unsafe-package",)),
    "a picture and a workbook in one": Attack(lambda: b"GIF89a" + workbook(), "a.xlsx", ("image",)),
    "a workbook without cells": Attack(lambda: workbook(sheet="<row/>"), "a.xlsx", ("no-sheets",)),
    "ods with a cell a thousand million times": Attack(
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1000000">'
            + ODS_CELL.format(' table:number-columns-repeated="1000"')
            + "</table:table-row>"
        ),
        "a.ods",
        ("too-many-cells",),
    ),
    "ods with its cell far away": Attack(
        lambda: ods(
            f'<table:table-row table:number-rows-repeated="2000000000"><table:table-cell/></table:table-row>'
            f"<table:table-row>{ODS_CELL.format('')}</table:table-row>"
        ),
        "a.ods",
        ("too-spread",),
    ),
    "ods with a space a thousand million times": Attack(
        lambda: ods(
            '<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="1000000000"/>'
            "</text:p></table:table-cell></table:table-row>"
        ),
        "a.ods",
        ("cell-too-long",),
    ),
    "a Word document": Attack(
        lambda: packed(
            {"[Content_Types].xml": b"<Types><a ContentType='application/vnd.wordprocessingml.document'/></Types>"}
        ),
        "a.xlsx",
        ("document",),
    ),
    "a PDF": Attack(lambda: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a.xlsx", ("pdf",)),
    "a picture": Attack(lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a.csv", ("image",)),
    "a web page named .xls": Attack(lambda: b"<html><table><tr><td>1</td></tr></table>" * 2, "a.xls", ("web-page",)),
    "a program": Attack(lambda: b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 100, "a.csv", ("wrong-type",)),
    "JSON": Attack(lambda: b'{"a": [1, 2]}', "a.csv", ("wrong-type",)),
    "gzip": Attack(lambda: b"\x1f\x8b\x08\x00" + b"\0" * 40, "a.csv", ("archive",)),
    "an XML spreadsheet of 2003": Attack(
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
        "a.xls",
        ("no-sheets",),
    ),
    "text named .xlsx": Attack(lambda: b"a,b\n1,2\n", "a.xlsx", ("not-as-named",)),
    "nothing": Attack(lambda: b"", "a.csv", ("empty",)),
    "only a byte order mark": Attack(lambda: b"\xef\xbb\xbf\r\n", "a.csv", ("empty",)),
    "only commas": Attack(lambda: b",,,\r\n,,,\r\n", "a.csv", ("empty",)),
    "21 MB": Attack(lambda: b"a,b\n" * 5_600_000, "a.csv", ("too-large",)),
    "NUL in text": Attack(lambda: b"a,b\n1,\x002\n", "a.csv", ("binary-text",)),
    "two encodings": Attack(lambda: "a,b\ncafé,1\n".encode() + "café,2\n".encode("cp1252"), "a.csv", ("encoding",)),
    "Cyrillic without Unicode": Attack(lambda: "имя,число\nСевер,2\n".encode("cp1251"), "a.csv", ("encoding",)),
    "a quotation mark that never closes": Attack(lambda: b'a,b\n"1,2\n3,4\n', "a.csv", ("quotes",)),
    "two delimiters as good": Attack(lambda: b"a,1;b,2\nc,3;d,4\n", "a.csv", ("delimiter",)),
    "a comma too many": Attack(
        lambda: b"area,count\nNorth,1,200\nSouth,900\nEast,1\nWest,4\nHigh,7\n", "a.csv", ("ragged",)
    ),
    "a text cell of 10 MB": Attack(lambda: b"a,b\n1," + b"x" * 10_000_000, "a.csv", ("cell-too-long",)),
    "two million text cells": Attack(lambda: b"1,2\n" * 1_000_000, "a.csv", ("too-many-cells",)),
    "a cell of thirty thousand digits": Attack(lambda: b"a,b\n1,2\n" * 9 + b"1" * 30_000 + b"x\n", "a.csv", (READ,)),
    "UTF-16 without a mark": Attack(lambda: "area,count\nNorth,2\n".encode("utf-16-le"), "a.csv", (READ,)),
    "a formula that calls a program": Attack(lambda: b"a,b\n=cmd|' /C calc'!A0,1\n", "a.csv", (READ,)),
}  # fmt: skip
