"""Findings as text: blocking ones first, repeats merged, no value of the return, nothing that Markdown would obey."""

from quarterday.domain.figures.findings import Finding, Severity
from quarterday.domain.telling.findings_text import as_markdown


def finding(sentence: str, safe: str, severity: Severity = Severity.CRITICAL, cell: str = "", **more: str) -> Finding:
    """A finding of the figures."""
    return Finding("rule", severity, sentence, safe, "Figures", "Value", (cell,) if cell else (), **more)


UNUSUAL = finding("41, where 8 to 15 is usual.", "Panels: unusual.", Severity.WARNING, "B2")
BLANK = finding("Fill it in.", "Fill it in.", cell="B3")
ALSO_BLANK = finding("Fill it in.", "Fill it in.", cell="B9")


def test_blocking_findings_come_first_and_repeats_are_merged() -> None:
    """Two blank cells of a column are one line, before what is merely unusual."""
    assert (
        "### To put right before we can use it\n\n"
        "- Value, cells B3 and B9: Fill it in.\n\n"
        "### To explain, where you can\n\n"
        "- Value, cell B2: Panels: unusual."
    ) == as_markdown([UNUSUAL, BLANK, ALSO_BLANK])


def test_what_is_said_of_several_indicators_in_the_same_words_is_said_once() -> None:
    """The places are joined, the sentence stands once."""
    of_two = [
        finding("Fill it in.", "Fill it in.", cell="B3", indicator="panels"),
        finding("Fill it in.", "Fill it in.", cell="B4", indicator="searches"),
    ]

    assert 1 == as_markdown(of_two).count("Fill it in.")


def test_no_value_stands_in_it() -> None:
    """Everybody with the login sees it."""
    assert "41" not in as_markdown([UNUSUAL])


def test_an_artifact_leaves_out_what_a_file_called_its_sheets_and_obeys_no_markdown() -> None:
    """A sheet's name may be anything; a sentence's brackets stay brackets."""
    said = as_markdown([finding("x", "Use [x], not <b>.", cell="B3")])

    assert "Figures" not in said
    assert r"Use \[x\], not \<b\>." in said


def test_no_findings_are_said_as_such() -> None:
    """A page is never empty."""
    assert "Nothing was found." == as_markdown([])
