"""An .ods file keeps beside each number the text that it shows as: where the two differ, the figure is asked about."""

import io
import zipfile

import pytest

from quarterday.adapters.parsing.appearances import OTHERWISE, PERCENT, PERCENT_SIGN, STRUCK_OUT, UNSEEN
from quarterday.adapters.parsing.opendocument_looks import look_of
from quarterday.adapters.reading import FileTables, read_tables

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("meta", "meta"),
    )
)
OTHER_SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
STYLES = (
    '<office:automatic-styles><style:style style:name="gone" style:family="table-cell"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style><style:style style:name="up" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style><style:style style:name="out" '
    'style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style>'
    "</office:automatic-styles>"
)


def ods(cells: str, rules: str = "", columns: str = "", **parts: str) -> bytes:
    """An .ods file with one row of cells."""
    content = (
        f"<office:document-content {SPACES} {OTHER_SPACES}>{STYLES}<office:body><office:spreadsheet>{rules}"
        f'<table:table table:name="Figures">{columns}<table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        for name, part in parts.items():
            package.writestr(f"{name}.xml", part)
    return data.getvalue()


def read(data: bytes) -> FileTables:
    """The tables of an .ods file."""
    result = read_tables(data, "return.ods")
    assert isinstance(result, FileTables), result
    return result


@pytest.mark.parametrize(
    ("value", "text", "look"),
    [
        (3, "<5", OTHERWISE),
        (12000, "12.0", OTHERWISE),
        (3, "", OTHERWISE),
        (3, "suppressed", OTHERWISE),
        (12, "12 (p)", OTHERWISE),
        (12, "12¹", OTHERWISE),
        (12, "12k", OTHERWISE),
        (-12, "12", OTHERWISE),
        (0.25, "25%", PERCENT),
        (1, "100.0%", PERCENT),
        (25, "25%", PERCENT_SIGN),
        (12, "12", ""),
        (1234.5, "1,234.50", ""),
        (1234.5, "1.234,50", ""),
        (12000, "£12,000", ""),
        (12, "12 cases", ""),
        (33.333333, "33.3", ""),
        (-4, "(4)", ""),
        (0, "-", ""),
        (12, None, ""),
        ("twelve", "twelve", ""),
    ],
)
def test_the_text_tells_how_a_number_looks(value: float | str, text: str | None, look: str) -> None:
    """Grouping, rounding and currency show the number; words, scales and signs in its place do not."""
    assert look == look_of(value, text, struck_out=False)


def test_a_number_that_shows_less_than_five_is_known_for_it() -> None:
    """The cell holds 3 and shows `<5`."""
    cell = '<table:table-cell office:value-type="float" office:value="3"><text:p>&lt;5</text:p></table:table-cell>'

    assert {"A1": OTHERWISE} == read(ods(cell)).tables[0].shown_as


def test_a_cell_that_is_struck_out_is_known_for_it() -> None:
    """The style of the whole cell strikes it out."""
    cell = (
        '<table:table-cell table:style-name="gone" office:value-type="float" office:value="3"><text:p>3</text:p>'
        "</table:table-cell>"
    )

    assert {"A1": STRUCK_OUT} == read(ods(cell)).tables[0].shown_as


THREE = '<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>'


def test_a_cell_looks_as_its_column_says() -> None:
    """A cell without a style of its own has that of its column."""
    columns = '<table:table-column table:default-cell-style-name="gone"/>'

    assert {"A1": STRUCK_OUT} == read(ods(THREE, columns=columns)).tables[0].shown_as


def test_hidden_columns_are_known() -> None:
    """Those beyond the cells are of no interest."""
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="99"/>'
    )

    assert (1,) == read(ods(2 * THREE, columns=columns)).tables[0].hidden_columns


@pytest.mark.parametrize(
    ("background", "looks"),
    [("", {"A1": UNSEEN}), ('fo:background-color="#003366"', {}), ('fo:background-color="#ffffff"', {"A1": UNSEEN})],
)
def test_white_numbers_on_white_are_known(background: str, looks: dict[str, str]) -> None:
    """On dark blue everybody sees them."""
    fo = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    style = (
        f'<style:style {fo} style:name="white" style:family="table-cell"><style:table-cell-properties {background}/>'
        '<style:text-properties fo:color="#FFFFFF"/></style:style>'
    )
    cell = THREE.replace("<table:table-cell", '<table:table-cell table:style-name="white"', 1)
    styles = f"<office:document-styles {SPACES} {OTHER_SPACES}>{style}</office:document-styles>"

    assert looks == read(ods(cell, styles=styles)).tables[0].shown_as


def test_raised_and_struck_out_words_look_as_they_did() -> None:
    """A raised 2 makes no 122, and what is struck out is no part of a number."""
    cells = (
        '<table:table-cell office:value-type="string"><text:p>12<text:span text:style-name="up">2</text:span></text:p>'
        '</table:table-cell><table:table-cell office:value-type="string"><text:p><text:span text:style-name="out">15'
        "</text:span>12</text:p></table:table-cell>"
    )

    assert (("12²", "1\u03365\u033612"),) == read(ods(cells)).tables[0].rows


def test_notes_links_prompts_headers_and_properties_are_looked_at() -> None:
    """Words that stand in no cell are kept apart from the cells, with their places."""
    cell = (
        '<table:table-cell office:value-type="float" office:value="3"><office:annotation><dc:creator>Sam</dc:creator>'
        "<dc:date>2025-07-01</dc:date><text:p>May is missing</text:p></office:annotation><text:p>"
        '<text:a xlink:href="mailto:jo@home.example">3</text:a></text:p></table:table-cell>'
    )
    rules = (
        '<table:content-validations><table:content-validation table:name="v" table:condition="cell-content-is-in-list('
        '&quot;One&quot;)"><table:help-message table:title="Ask"><text:p>Ring Jo</text:p></table:help-message>'
        "</table:content-validation></table:content-validations>"
    )
    styles = (
        f"<office:document-styles {SPACES}><office:master-styles><style:master-page><style:footer>"
        "<text:p>For Kim</text:p>"
        "</style:footer></style:master-page></office:master-styles></office:document-styles>"
    )
    meta = (
        f"<office:document-meta {SPACES} {OTHER_SPACES}><office:meta><dc:creator>Sam</dc:creator><dc:subject>About Lee"
        "</dc:subject></office:meta></office:document-meta>"
    )

    asides = {(each.place, each.text, each.cell) for each in read(ods(cell, rules, styles=styles, meta=meta)).asides}

    assert {
        ("a note on a cell", "May is missing", "A1"),
        ("a link", "mailto:jo@home.example", "A1"),
        ("the choices of a list", 'cell-content-is-in-list("One")', ""),
        ("the choices of a list", "Ask", ""),
        ("the choices of a list", "Ring Jo", ""),
        ("a header or footer", "For Kim", ""),
        ("the properties of the document", "About Lee", ""),
    } == asides
