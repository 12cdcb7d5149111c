"""What reading finds: one sentence a rule, what is wrong and what good looks like."""

from quarterday.adapters.reading.export_catalogue import OF_EXPORTS
from quarterday.adapters.reading.sight_catalogue import OF_SIGHT
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
        "Two columns may be the one called “{title}”. Keep one of them.",
        "Two columns may be the same one.",
    ),
    "unknown-activity": (
        CRITICAL,
        "This is none of the activities that we asked you about. Take the rows as they are, or delete this one.",
        "A row names an activity that was not asked about.",
    ),
    "activity-day": (
        CRITICAL,
        "This is not a date. Write the day on which you expect it as 14/8/2026, or leave the cell empty.",
        "This is not a date.",
    ),
    "unknown-risk": (
        CRITICAL,
        "This is none of the risks that you own. Take the rows as they are, or delete this one.",
        "A row names a risk that its sender does not own.",
    ),
    "review-day": (
        CRITICAL,
        "This is not a date. Write the day on which it is looked at again as 14/8/2026.",
        "This is not a date.",
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
    "no-value-word": (
        CRITICAL,
        "A word stands here that may mean none or not known. Write 0 where there were none; leave the cell empty and "
        "choose [x] as marker where the figure is not available.",
        "A word stands here that may mean none or not known.",
    ),
    "negative-number": (
        CRITICAL,
        "A number below zero stands here: systems write such numbers, as -99, where they have none. Write the figure, "
        "or nothing and [x] as marker where it is not available.",
        "A number below zero stands here.",
    ),
    "footnote-sign": (
        CRITICAL,
        "A footnote sign stands beside the number: a raised digit, a star or a note may be read as part of it. Write "
        "the number alone, and the note under Comment.",
        "A footnote sign stands beside the number.",
    ),
    "figure-under-comment": (
        CRITICAL,
        "A figure stands under Comment, and none under Value. Move it to Value; if it is none, say so in words.",
        "A figure stands under Comment, and none under Value.",
    ),
    "number-in-comment": (
        WARNING,
        "No figure is given, and the comment begins with a number. If that is the figure, write it under Value; if "
        "not, nothing need be done.",
        "No figure is given, and the comment begins with a number.",
    ),
    "figure-under-marker": (
        CRITICAL,
        "A figure stands under Marker. Move it to Value, and leave Marker empty where the figure is plain.",
        "A figure stands under Marker.",
    ),
    "name-not-known": (
        CRITICAL,
        "The code here is known, and the name beside it is not: whose figure is it?{now} Put right the one that is "
        "wrong.",
        "The code is known, and the name beside it is not.",
    ),
    "earlier-edition": (
        CRITICAL,
        "This code belongs to an earlier edition: its place was taken by {now}. Give the figures for today’s areas, "
        "with their codes.",
        "This code belongs to an earlier edition.",
    ),
    "renamed-value": (
        CRITICAL,
        "This is our template, but it has no column “Value”.{instead} Put the title “Value” back over the figures, and "
        "send it again.",
        "The template has no column for the values.",
    ),
    "read-note": (INFORMATION, "{note}", "How the file was read is worth knowing."),
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
    "asked-no-more": (
        INFORMATION,
        "This figure is no longer asked for, so it was left out. You need do nothing.",
        "A figure that is no longer asked for was left out.",
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
    **OF_EXPORTS,
    **OF_SIGHT,
}  # fmt: skip


# What stands beside a figure once it is published, where a rule is worth a reader's while.
CAVEATS = {"export-new-classes": "Classes that the supplier has made new and that have not been placed yet."}


def found(
    rule: str,
    sheet: str = "",
    column: str = "",
    cells: tuple[str, ...] = (),
    indicator: str = "",
    **words: str | float,
) -> Finding:
    """A finding of this catalogue, its sentence filled with `words`."""
    severity, sentence, safe_sentence = RULES[rule]
    said = sentence.format(**words)
    return Finding(rule, severity, said, safe_sentence, sheet, column, cells, indicator, CAVEATS.get(rule, ""))
