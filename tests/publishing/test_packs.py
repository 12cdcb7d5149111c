"""The packs as files: which there are, that every format says the same, and that a rerun writes the same bytes."""

import logging
import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation
from pypdf import PdfReader

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.charts import drawing as charts
from quarterday.publishing.pack import packs as packs_module
from quarterday.publishing.pack.packs import build_packs
from quarterday.publishing.tables import ReleaseTables
from tests.publishing.pack_numbers import in_docx, in_html, in_html_charts, in_pdf, in_pptx, paragraph_text

ROOT = Path(__file__).parents[2]
BOARDS = ("board", "streets", "office")
WARNING = "These figures are synthetic"


def test_an_empty_release_still_makes_every_file(streets: Framework, release: ReleaseTables) -> None:
    """Nothing came from anyone, and the packs say so."""
    empty = replace(release, observations=(), history=(), gaps=(), coverage=(), rates={})
    made = build_packs(streets, empty, formats=["html", "docx", "pptx"])

    assert 10 == len(made)
    assert b"No figure [x]" in made["packs/streets.html"]


def test_every_board_gets_its_pack_in_every_format(packs: dict[str, bytes]) -> None:
    """Subgroup, board and outside reader alike."""
    expected = {f"packs/{board}.{kind}" for board in BOARDS for kind in ("html", "pdf", "docx", "pptx")}

    assert expected | {"in-short.json"} == set(packs)


def test_only_the_formats_asked_for_are_made(streets: Framework, release: ReleaseTables) -> None:
    """A preview needs the web page alone."""
    assert {"in-short.json", *(f"packs/{board}.html" for board in BOARDS)} == set(
        build_packs(streets, release, formats=["html"])
    )


@pytest.mark.parametrize("board", BOARDS)
def test_page_and_word_document_hold_the_very_same_numbers(
    packs: dict[str, bytes], printed: dict[str, bytes], board: str
) -> None:
    """Each as often as in the other, markers included: the Word document has the body of the page."""
    assert in_html(printed[board]) == in_docx(packs[f"packs/{board}.docx"])
    assert not set(in_html(printed[board])) - set(in_html(packs[f"packs/{board}.html"]))


@pytest.mark.parametrize("board", BOARDS)
def test_the_pdf_holds_the_numbers_of_the_page_and_no_others(
    packs: dict[str, bytes], printed: dict[str, bytes], board: str
) -> None:
    """The body's: beside them it has only its charts' labels and the numbers of its pages."""
    page, charted = in_html(printed[board]), in_html_charts(printed[board])
    data = packs[f"packs/{board}.pdf"]
    pages = {str(number) for number in range(1, len(PdfReader(BytesIO(data)).pages) + 1)}

    assert not page - in_pdf(data)
    assert set(in_pdf(data)) <= set(page) | set(charted) | pages


@pytest.mark.parametrize("board", BOARDS)
def test_slides_hold_no_number_that_the_page_has_not(packs: dict[str, bytes], board: str) -> None:
    """Those of the charts' descriptions stand in the page's charts."""
    page, charted = in_html(packs[f"packs/{board}.html"]), in_html_charts(packs[f"packs/{board}.html"])

    assert set(in_pptx(packs[f"packs/{board}.pptx"])) <= set(page) | set(charted)


def test_every_figure_of_a_printed_card_is_on_its_slide(packs: dict[str, bytes]) -> None:
    """The large figure of each, as it is written."""
    document = Document(BytesIO(packs["packs/streets.docx"]))
    figures = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Figure"]
    slides = [shape.text_frame.text for shape in _shapes(packs["packs/streets.pptx"]) if shape.has_text_frame]

    assert 4 == len(figures)
    assert set(figures) <= {line for text in slides for line in text.split("\n")}


def test_a_rerun_writes_the_same_bytes(streets: Framework, release: ReleaseTables, packs: dict[str, bytes]) -> None:
    """In another process, with other hashes and a later clock."""
    code = (
        "from hashlib import sha256\n"
        "from quarterday.publishing.pack.packs import build_packs\n"
        "from tests.publishing.pack_frameworks import small_framework\n"
        "from tests.publishing.pack_release import release_tables\n"
        "framework = small_framework()\n"
        "made = build_packs(framework, release_tables(framework))\n"
        "print(*(f'{name} {sha256(data).hexdigest()}' for name, data in sorted(made.items())), sep='\\n')\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment)
    expected = [f"{name} {sha256(data).hexdigest()}" for name, data in sorted(packs.items())]

    assert expected == run.stdout.splitlines(), run.stderr


def test_synthetic_figures_say_so_on_every_page(packs: dict[str, bytes]) -> None:
    """Every page of the PDF, every slide, the header of the Word document, head and foot of the web page."""
    pdf = PdfReader(BytesIO(packs["packs/streets.pdf"]))
    slides = Presentation(BytesIO(packs["packs/streets.pptx"])).slides
    header = Document(BytesIO(packs["packs/streets.docx"])).sections[0].header

    assert all(WARNING in page.extract_text() for page in pdf.pages)
    assert all(
        any(WARNING in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides
    )
    assert any(WARNING in paragraph.text for paragraph in header.paragraphs)
    assert 2 == packs["packs/streets.html"].decode().count(f"{WARNING}")


def test_real_figures_say_nothing_of_the_kind(streets: Framework, release: ReleaseTables) -> None:
    """The warning is the data's own, not the template's."""
    made = build_packs(streets, replace(release, synthetic=False), formats=["html", "docx", "pptx"])

    assert WARNING not in made["packs/streets.html"].decode()
    assert not any(
        WARNING in shape.text_frame.text for shape in _shapes(made["packs/streets.pptx"]) if shape.has_text_frame
    )


def test_a_format_that_cannot_be_made_here_is_left_out_and_told(
    streets: Framework, release: ReleaseTables, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """WeasyPrint raises OSError where the system has no Pango."""

    def without_pango(name: str) -> Any:
        if name.endswith("pdf"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return __import__(name, fromlist=["to_html"])

    monkeypatch.setattr(packs_module, "import_module", without_pango)
    with caplog.at_level(logging.WARNING):
        made = build_packs(streets, release, formats=["html", "pdf"])

    assert {"html", "json"} == {name.rsplit(".", 1)[1] for name in made}
    assert "libpango" in caplog.text


def test_a_chart_that_several_boards_show_is_drawn_once(
    streets: Framework, release: ReleaseTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its drawing is looked up by what it shows."""
    build_packs(streets, release, formats=["html"])
    before = charts._drawn.cache_info().misses
    build_packs(streets, release, formats=["html"])

    assert before == charts._drawn.cache_info().misses


def test_the_pdf_is_tagged_and_names_its_language_title_and_standard(packs: dict[str, bytes]) -> None:
    """PDF/UA-1 asks for each of them."""
    pdf = PdfReader(BytesIO(packs["packs/streets.pdf"]))
    catalog: Any = pdf.trailer["/Root"]

    assert catalog["/MarkInfo"]["/Marked"] in (True, "true")
    assert "en-GB" == catalog["/Lang"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] in (True, "true")
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()
    assert "2025-26 Q1: board pack – Streets Subgroup" == pdf.metadata.title


def test_the_pdf_has_one_first_heading_and_tags_its_tables_and_lists(packs: dict[str, bytes]) -> None:
    """What a screen reader goes by."""
    kinds = [str(each.get("/S")) for each in _structure(PdfReader(BytesIO(packs["packs/streets.pdf"])))]

    assert 1 == kinds.count("/H1")
    assert {"/H2", "/H3", "/Table", "/Caption", "/TH", "/TD", "/L", "/Figure", "/BlockQuote"} <= set(kinds)


def test_no_link_of_the_pdf_stands_within_another(packs: dict[str, bytes]) -> None:
    """A screen reader tells each once; every one is described, as PDF/UA asks."""
    pdf = PdfReader(BytesIO(packs["packs/streets.pdf"]))
    links = [each for each in _structure(pdf) if each.get("/S") == "/Link"]
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]

    assert links and all(each["/P"].get_object().get("/S") != "/Link" for each in links)
    assert len(links) == len(notes) and all(note["/Contents"] for note in notes)


def test_the_first_page_is_one_page(packs: dict[str, bytes]) -> None:
    """What matters stands on it, whole, and nothing of the next part."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(packs["packs/board.pdf"])).pages[:2]]

    assert "What is asked of this board" in pages[0] and "Contents" not in pages[0]
    assert "Contents" in pages[1] and "From the boards that report here" in pages[1]


def test_every_chart_of_the_pdf_has_an_alternative_text(packs: dict[str, bytes]) -> None:
    """As has every image of the Word document and of the slides."""
    figures = [
        each for each in _structure(PdfReader(BytesIO(packs["packs/streets.pdf"]))) if each.get("/S") == "/Figure"
    ]
    images = list(Document(BytesIO(packs["packs/streets.docx"])).element.body.iter(qn("wp:docPr")))
    pictures = [shape for shape in _shapes(packs["packs/streets.pptx"]) if shape.shape_type == 13]

    assert figures and all(str(each.get("/Alt", "")).startswith(("Chart: ", "Trend: ")) for each in figures)
    assert [each["/Alt"] for each in reversed(figures)] == [image.get("descr") for image in images]
    assert pictures and all("chart" in each._element.nvPicPr.cNvPr.get("descr") for each in pictures)


def test_the_word_document_has_real_headings_and_repeats_the_heads_of_its_tables(packs: dict[str, bytes]) -> None:
    """So that its contents can be listed and its tables read aloud."""
    document = Document(BytesIO(packs["packs/streets.docx"]))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]

    assert ["What matters", "Scorecard"] == headings[:2]
    assert all(
        table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for table in document.tables
    )


def test_a_page_of_the_word_document_breaks_no_short_table_and_leaves_no_heading_behind(
    packs: dict[str, bytes],
) -> None:
    """A table of up to ten rows stands on one page, with whatever introduces it; a long one may break between rows."""
    tables = Document(BytesIO(packs["packs/streets.docx"])).tables
    kept = [[row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows] for table in tables]
    short = [each for table, each in zip(tables, kept, strict=True) if table.rows[0].cells[0].text != "Indicator"]
    before = [table._tbl.getprevious().find(f"{qn('w:pPr')}/{qn('w:keepNext')}") for table in tables]
    captions = [table._tbl.getprevious().find(f"{qn('w:pPr')}/{qn('w:pStyle')}") for table in tables]

    assert any(len(each) <= 11 for each in short)
    assert all(each == ([True] * (len(each) - 1) + [None] if len(each) <= 11 else [None] * len(each)) for each in short)
    assert all(
        keeps is not None or style.get(qn("w:val")) == "Caption" for keeps, style in zip(before, captions, strict=True)
    )


def test_the_words_of_a_partner_are_no_mark_up_and_no_control(packs: dict[str, bytes]) -> None:
    """They stand as they were written, less what no document may hold."""
    said = "<script>alert('x')</script> & 60% said “safer”"
    page = packs["packs/streets.html"].decode()
    body = Document(BytesIO(packs["packs/streets.docx"])).element.body

    assert "<script>" not in page
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; 60% said “safer”" in page
    assert any(said in paragraph_text(each) for each in body.iter(qn("w:p")))
    assert "\x07" not in page


def _shapes(data: bytes) -> list[Any]:
    return [shape for slide in Presentation(BytesIO(data)).slides for shape in slide.shapes]


def _structure(pdf: PdfReader) -> list[Any]:
    """Every element of a PDF's structure."""
    catalog: Any = pdf.trailer["/Root"]
    found, waiting = [], [catalog["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if not isinstance(element, dict):
            continue
        found.append(element)
        kids = element.get("/K", [])
        waiting += [kid for kid in (kids if isinstance(kids, list) else [kids]) if not isinstance(kid, int)]
    return found
