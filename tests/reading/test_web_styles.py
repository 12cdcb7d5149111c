"""What styles of a web page do to a number: it is asked about, or the page refused; none is read as nobody sees it."""

import pytest

from quarterday.adapters.parsing.files import parse
from quarterday.adapters.parsing.tables import FileTables
from quarterday.adapters.reading.values import read_number

PAGE = "<html><head><style>{}</style></head><body><table><tr><th>Month<th>Count</tr><tr><td>May<td {}>{}</tr></table>"


def read(style: str, words: str, attributes: str = "") -> FileTables:
    """What a page with one number gives."""
    reading = parse(PAGE.format(style, attributes, words).encode(), "e.xls")
    assert isinstance(reading, FileTables), reading.sentence
    return reading


def problem(style: str, words: str, attributes: str = "") -> str:
    """Why the number of a page is not taken; empty where it is."""
    table = read(style, words, attributes).tables[0]
    return table.shown_as.get("B2", "") or read_number(table.cell(1, 1)).problem


@pytest.mark.parametrize(
    ("style", "words", "attributes", "expected"),
    [
        (".x{text-decoration:line-through}", "<span class=x>15</span>12", "", "struck-out"),
        (".x { text-decoration : line-through !important }", "12", "class='a x'", "struck-out"),
        ("<!-- td.x {text-decoration-line:line-through;} -->", "12", "class=x", "struck-out"),
        ("@media screen {.x{text-decoration:line-through}}", "12", "class=x", "struck-out"),
        ("tr td{text-decoration:line-through}", "12", "", "struck-out"),
        ("#n{text-decoration:line-through}", "12", "id=n", "struck-out"),
        (".font6{color:black;vertical-align:super;}", "12<font class=font6>2</font>", "", "footnote-sign"),
        (".x{mso-number-format:'0\\,'}", "12000", "class=x", "shown-otherwise"),
        ("", "3", """style='mso-number-format:"\\0022\\003C5\\0022"'""", "shown-otherwise"),
        (".x{mso-number-format:Percent}", "0.5", "class=x", "shown-otherwise"),
        ("", "12", 'x:num="12345"', "shown-otherwise"),
        ("", "12", 'sdval="12345"', "shown-otherwise"),
        (".x{color:#FFFFFF}", "12", "class=x", "unseen-figure"),
        ("", "12", "style='color:white'", "unseen-figure"),
    ],
)
def test_a_style_may_change_a_number(style: str, words: str, attributes: str, expected: str) -> None:
    """By class, by tag, by name, in the element itself."""
    assert expected == problem(style, words, attributes)


@pytest.mark.parametrize(
    ("style", "words", "attributes"),
    [
        (".y{text-decoration:line-through}", "12", "class=x"),
        ("a:hover{text-decoration:line-through}", "12", ""),
        (".x{mso-number-format:General; vertical-align:bottom; text-decoration:none}", "12", "class=x"),
        (".x{mso-number-format:'\\#\\,\\#\\#0'}", "1,234", "class=x"),
        (".x{color:white; background:#003366}", "12", "class=x"),
        ("", "12.3", 'x:num="12.345"'),
        ("", "1,234", 'x:num="1234"'),
        ("", "12", "x:num"),
    ],
)
def test_most_styles_change_nothing(style: str, words: str, attributes: str) -> None:
    """Another class, a link under the mouse, Excel's own, white on blue."""
    assert "" == problem(style, words, attributes)


@pytest.mark.parametrize(
    ("style", "words", "attributes"),
    [
        (".x{display:none}", "<span class=x>1</span>2", ""),
        (".x{font-size:0}", "<b class=x>1</b>2", ""),
        (".x{color:white}", "<b class=x>1</b>2", ""),
        (".x:before{content:'1'}", "2", "class=x"),
        (".x{display:none}", "2", "class=x"),
        ("", "<select><option>1<option selected>2</select>", ""),
        ("", "<bdo dir=rtl>12</bdo>", ""),
    ],
)
def test_a_page_that_hides_a_part_of_a_cell_is_refused(style: str, words: str, attributes: str) -> None:
    """What nobody sees beside what everybody sees, a list to choose from, text from a style, a cell that is hidden."""
    assert not isinstance(parse(PAGE.format(style, attributes, words).encode(), "e.xls"), FileTables)
