"""What reading finds: one sentence a rule, what is wrong and what good looks like."""

from quarterday.domain.figures.findings import Finding, Severity

CRITICAL, WARNING, INFORMATION = Severity.CRITICAL, Severity.WARNING, Severity.INFORMATION

_WHOLE_NUMBER = (
    "Write digits alone, for example 12; 0 where there were none; nothing, and [x] as marker, where it is not "
    "available."
)

# rule: (severity, sentence, sentence without any value). `{…}` is filled by the place that reports it.
RULES: dict[str, tuple[Severity, str, str]] = {
    "not-our-template": (
        CRITICAL,
        "No table in this file is the template we sent, or an export that we know from you. {why} Download the "
        "template from your request's page, fill in its “Figures” sheet, and send that.",
        "The file is neither the template nor a known export.",
    ),
    "several-tables": (
        CRITICAL,
        "More than one sheet looks like the figures: {sheets}. Keep the one that counts and delete the others.",
        "More than one sheet looks like the figures.",
    ),
    "repeated-column": (
        CRITICAL,
        "Two columns have the title “{title}”. Keep one of them.",
        "Two columns have the same title.",
    ),
    "hidden-figures": (
        WARNING,
        "The figures stand on a hidden sheet. We read them: check that they are the ones you mean to send.",
        "The figures stand on a hidden sheet.",
    ),
    "not-a-number": (CRITICAL, f"This is not a number. {_WHOLE_NUMBER}", "This is not a number."),
    "date-for-number": (
        CRITICAL,
        f"This is a date where a number is wanted: the program may have changed what was typed. {_WHOLE_NUMBER}",
        "This is a date where a number is wanted.",
    ),
    "unsure-sign": (
        CRITICAL,
        "A sign stands here that may mean none or not known. Write 0 where there were none; leave the cell empty and "
        "choose [x] as marker where the figure is not available.",
        "A sign stands here that may mean none or not known.",
    ),
    "error-value": (
        CRITICAL,
        f"The spreadsheet shows an error here, such as #REF!. Mend the formula, or type the number. {_WHOLE_NUMBER}",
        "The spreadsheet shows an error here.",
    ),
    "formula-without-value": (
        CRITICAL,
        "The formula here has no result in the file. Open it in a spreadsheet program and save it again, or type the "
        "number.",
        "The formula here has no result in the file.",
    ),
    "readers-disagree": (
        CRITICAL,
        "This cell can be read in two ways. Type its value again, and save the file as an Excel workbook (.xlsx).",
        "This cell can be read in two ways.",
    ),
    "unknown-marker": (
        CRITICAL,
        "This marker is not known. Choose one of the list, for example [x] for not available or [p] for provisional.",
        "This marker is not known.",
    ),
    "percent-for-count": (
        CRITICAL,
        "A percentage stands where a count is wanted. Write how many there were.",
        "A percentage stands where a count is wanted.",
    ),
    "percent-or-share": (
        CRITICAL,
        "This may be a share (0.12 for 12%) or a percentage below one. Give the numerator and the denominator, and "
        "leave the value to be worked out.",
        "This may be a share or a percentage below one.",
    ),
    "not-a-date": (
        CRITICAL,
        "This is not a date that can be read. Write it as 1 April 2025 or 01/04/2025.",
        "This is not a date that can be read.",
    ),
    "month-first-date": (
        CRITICAL,
        "The month seems to stand before the day. Write the day first, as 30/06/2025 or 30 June 2025.",
        "The month seems to stand before the day.",
    ),
    "half-a-period": (
        CRITICAL,
        "The period lacks its first or its last day. Give both dates.",
        "The period lacks its first or its last day.",
    ),
    "backward-period": (
        CRITICAL,
        "The period ends before it starts. Put the first day in “Period from” and the last in “Period to”.",
        "The period ends before it starts.",
    ),
    "unknown-indicator": (
        CRITICAL,
        "This row's indicator is none that we asked for. Use the template's own row for it, or delete the row.",
        "This row's indicator is none that we asked for.",
    ),
    "unknown-area": (
        CRITICAL,
        "This area is none of ours. Use the area's 9-character code, as the template does, or its full name.",
        "This area is none of ours.",
    ),
    "code-mismatch": (
        CRITICAL,
        "The code and the name in this row do not belong together. Put right the one that is wrong.",
        "The code and the name in a row do not belong together.",
    ),
    "several-requests": (
        CRITICAL,
        "The rows belong to more than one request: templates seem to be mixed. Start from this request's template.",
        "The rows belong to more than one request.",
    ),
    "unknown-category": (
        CRITICAL,
        "This category is none that we asked for. Use the template's own words for it, or delete the row.",
        "This category is none that we asked for.",
    ),
    "several-markers": (
        CRITICAL,
        "The value and the marker beside it say different things. Keep one marker.",
        "The value and the marker beside it say different things.",
    ),
    "text-below": (
        INFORMATION,
        "This row has words but no indicator, so we took it for a note or a total and did not read it as a figure.",
        "A row without an indicator was not read as a figure.",
    ),
    "figures-outside": (
        CRITICAL,
        "This row has figures but does not say for which indicator. Say which, or delete the row.",
        "A row has figures but does not say for which indicator.",
    ),
    "export-month-missing": (
        CRITICAL,
        "The export does not cover {missing}, which we asked for: it covers {covered}. Send one that covers all of "
        "{asked}.",
        "The export does not cover every month that was asked for.",
    ),
    "export-no-rows": (
        CRITICAL,
        "The export has no row where {where}. Send one that holds them.",
        "The export has no row for what was asked.",
    ),
    "export-unknown-area": (
        CRITICAL,
        "The export names an area that we do not know. Tell us which area it is, so that its figures are "
        "not lost.",
        "The export names an area that we do not know.",
    ),
    "export-unknown-category": (
        CRITICAL,
        "The export names a category that we do not know. Tell us where it belongs, so that its figures "
        "are not lost.",
        "The export names a category that we do not know.",
    ),
    "export-area-absent": (
        CRITICAL,
        "The export has no row at all for {areas}. Where there were none, send rows that say 0; else send the rows.",
        "The export has no row at all for an area that was asked for.",
    ),
    "export-blank": (
        CRITICAL,
        "This cell of the export is empty, and empty may mean none or not known. Write 0 where there were none.",
        "A cell of the export is empty.",
    ),
    "export-repeated-row": (
        CRITICAL,
        "The export has more than one row for the same area and category. Send one row for each.",
        "The export has more than one row for the same area and category.",
    ),
    "export-absent-is-zero": (
        INFORMATION,
        "{count} area and category pairs have no row in the export. As agreed for this export, each was read as 0.",
        "Pairs without a row in the export were read as zero, as agreed.",
    ),
}  # fmt: skip


def found(
    rule: str,
    sheet: str = "",
    column: str = "",
    cells: tuple[str, ...] = (),
    indicator: str = "",
    **words: str | int,
) -> Finding:
    """A finding of this catalogue, its sentence filled with `words`."""
    severity, sentence, safe_sentence = RULES[rule]
    return Finding(rule, severity, sentence.format(**words), safe_sentence, sheet, column, cells, indicator)
