"""What reading finds in a partner's own export: one sentence a rule, as in `catalogue.py`."""

from quarterday.domain.figures.findings import Severity

CRITICAL, WARNING, INFORMATION = Severity.CRITICAL, Severity.WARNING, Severity.INFORMATION

OF_EXPORTS: dict[str, tuple[Severity, str, str]] = {
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
    "export-new-classes": (
        INFORMATION,
        "Thank you: this export names classes that are new to us ({change}). New: {new}.{gone} What is new is counted "
        "apart and is part of the totals until an officer of the partnership has placed it: you need do nothing.",
        "The export names classes that are new to us. They are counted apart and are part of the totals until an "
        "officer of the partnership has placed them: you need do nothing.",
    ),
    "export-total": (
        INFORMATION,
        "This row is a total of others, so it was not read as a figure.",
        "A total of other rows was not read as a figure.",
    ),
    "export-class-total": (
        INFORMATION,
        "“{written}” is new to us and is everywhere the sum of other classes, so it was taken for a total and not "
        "counted.",
        "A class that is the sum of others was taken for a total and not counted.",
    ),
    "export-titles-again": (
        INFORMATION,
        "This row repeats the titles, so it was not read as a figure.",
        "A row that repeats the titles was not read as a figure.",
    ),
    "export-period-unknown": (
        CRITICAL,
        "We could not tell which period this export is for: it should say so in its {where}. Name the period there, "
        "for example April to June 2025, and send it again.",
        "We could not tell which period the export is for.",
    ),
    "export-other-periods": (
        INFORMATION,
        "The export also covers {others}. We took only what was asked for; an officer may take the rest as history.",
        "The export also covers other periods. We took only what was asked for.",
    ),
    "export-astride": (
        CRITICAL,
        "This is for {period}, of which only a part lies in {asked}, which we asked for. Send figures that begin and "
        "end with it.",
        "A figure of the export lies astride the ends of what was asked for.",
    ),
    "export-records": (
        INFORMATION,
        "The file has a row for each case, as agreed. We counted them, and took nothing else of them into the figures.",
        "The file has a row for each case, as agreed. We counted them and took nothing else of them.",
    ),
    "records-personal": (
        WARNING,
        "This column seems to hold {kinds}. We need none of it: we count the rows, keep nothing else and delete the "
        "file. Leave the column out next time.",
        "A column of the counted rows seems to be about people, and is not needed.",
    ),
    "records-repeated": (
        WARNING,
        "{count} rows share their case number with another row: is each row one case, or one person or vehicle of it? "
        "We counted every row. Tell us how they are meant.",
        "Rows share their case number with another row; every row was counted.",
    ),
    "not-a-month": (
        CRITICAL,
        "This date neither begins nor ends a month, so the rows may be weeks or days. Send one row for each month, or "
        "tell us how the dates are meant.",
        "A date neither begins nor ends a month.",
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
    "export-filter-blank": (
        CRITICAL,
        "This cell is empty, and it should say whether the row is ours: labels may stand in the first of several rows "
        "alone. Write it in every row.",
        "A cell is empty that should say whether the row is ours.",
    ),
    "export-filter-near": (
        WARNING,
        "“{written}” is nearly “{wanted}”, whose rows we read. We left its rows out: if they are ours, write it in the "
        "same way in every row; otherwise tell us so.",
        "Rows were left out for a word that is nearly the one whose rows we read.",
    ),
    "export-class-absent": (
        WARNING,
        "The file has no row at all for {classes}, in no area and no month. We read that as none, as agreed: is it so, "
        "or does your export no longer give it? Tell us.",
        "The file has no row at all for a class.",
    ),
    "export-months-off": (
        CRITICAL,
        "The file has the quarter and its months, and they differ: the months add up to {months:g}, the quarter says "
        "{quarter:g}. Correct the one that is wrong.",
        "The file has the quarter and its months, and they differ.",
    ),
    "export-tables-below": (
        CRITICAL,
        "Words stand above this row, and the same areas and months come once more below them: it may be another table. "
        "Keep the one that we asked for.",
        "The same areas and months come once more below words: it may be another table.",
    ),
    "export-month-number": (
        CRITICAL,
        "A number stands for the month, beside a financial year: 1 may be January or April. Write the month's name, or "
        "tell us how you count.",
        "A number stands for the month, beside a financial year.",
    ),
    "export-not-whole": (
        CRITICAL,
        "A count is a whole number, and this is none: a sum of such numbers may look like one. Send the numbers as "
        "they were counted.",
        "A number of the export is no whole number.",
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
