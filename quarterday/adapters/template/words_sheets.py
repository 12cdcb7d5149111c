"""The sheets of words: how to fill the template in, what each figure means, and room for commentary."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Font, Protection
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading.activity_rows import ACTIVITIES_SHEET
from quarterday.adapters.reading.columns import COMMENTARY_SHEET, FIGURES_SHEET, HELP_SHEET, MEANINGS_SHEET
from quarterday.adapters.reading.risk_rows import RISKS_SHEET
from quarterday.adapters.template.figures_sheet import MARKERS
from quarterday.adapters.template.lines import Line, shows_last_time, unit_in_words
from quarterday.adapters.template.printing import print_on_a4
from quarterday.adapters.template.row_heights import row_height
from quarterday.domain.activities.rating import ALL_MET
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, describe, say_day

_HEADING = Font(name="Calibri", bold=True, size=14)
_BOLD = Font(name="Calibri", bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = (40, 60, 18, 36, 36, 44)
_MEANING = {
    Marker.NOT_AVAILABLE: "you do not hold the figure, or cannot get it in time; say why in the comment",
    Marker.CONFIDENTIAL: "you hold it and may not share it",
    Marker.PROVISIONAL: "it may still change",
    Marker.REVISED: "it differs from what you sent before",
    Marker.ESTIMATED: "it is not a full count",
    Marker.NOT_APPLICABLE: "it cannot exist, for example a service that the area does not have",
    Marker.BREAK: "it is counted otherwise than last time; say how in the comment",
    Marker.LOW_RELIABILITY: "it rests on too little to be relied on",
}


def fill_guide_sheet(
    sheet: Worksheet,
    framework: Framework,
    request: RequestMade,
    period: Period,
    made: Sequence[Line],
    activities: int,
    risks: int = 0,
) -> None:
    """The first sheet: what is asked, by when, and how to answer."""
    sheet.title = HELP_SHEET
    partner = framework.partner[request.partner]
    asked_for = "Figures" if made or not activities else "Activities"
    _say(sheet, f"{asked_for} for {framework.partnership.name}: {partner.name}", _HEADING)
    if framework.partnership.synthetic:
        _say(sheet, "This is a demonstration: its figures are made up.", _BOLD)
    _say(sheet, f"We ask for {describe(period)}, by {say_day(request.due)}.")
    if activities:
        _say_activities(sheet, activities)
    if risks:
        _say_risks(sheet, risks)
    if made or not activities:
        _say_figures(sheet, made)
    _say(sheet, "If you cannot send everything", _BOLD)
    _say(sheet, "Send what you have, and say on your request's page when the rest will come.")
    _say(sheet, "Nothing about a person, please" if activities or risks else "Figures only, please", _BOLD)
    _say(sheet, "Send counts, never anything about a person: no names, dates of birth, addresses or case numbers.")
    sheet.column_dimensions["A"].width = 100
    sheet.row_dimensions[1].height = 40  # the partner's name may be long
    print_on_a4(sheet)


def _say_figures(sheet: Worksheet, made: Sequence[Line]) -> None:
    _say(sheet, f"There are {len(made)} lines on the sheet “{FIGURES_SHEET}”, one for each figure.")
    if made and not shows_last_time(made):
        _say(
            sheet,
            "What you sent last time is not shown here, since links get forwarded. If you sent figures before, enter a "
            "code on your request's page and download the template again: they then stand beside each line.",
        )
    _say(sheet, "What to do", _BOLD)
    for step in _steps(made):
        _say(sheet, step)
    _say(sheet, "Markers", _BOLD)
    for marker, words in _MEANING.items():
        _say(sheet, f"{MARKERS[marker]}: {words}.")


def _say_activities(sheet: Worksheet, activities: int) -> None:
    lines = "is 1 line" if activities == 1 else f"are {activities} lines"
    _say(sheet, f"There {lines} on the sheet “{ACTIVITIES_SHEET}”, one for each activity that you lead.")
    _say(sheet, "Choose a state for each. Only what is new needs words. You may tell us on your page instead.")
    _say(sheet, f"A milestone named as what comes next says that those before it are met; “{ALL_MET}”, that all are.")


def _say_risks(sheet: Worksheet, risks: int) -> None:
    lines = "is 1 line" if risks == 1 else f"are {risks} lines"
    _say(sheet, f"There {lines} on the sheet “{RISKS_SHEET}”, one for each risk of yours that is to be reviewed.")
    _say(sheet, "Say where each is going and when you look at it again; the rest only where something has changed.")


def _steps(made: Sequence[Line]) -> list[str]:
    steps = [
        "1. Fill in the yellow cells under “Value”. Write digits alone: 12, not “12 cases”.",
        "2. Write 0 where there were none. Leave the cell empty, and choose [x] as marker, where you do not have it.",
        "3. If your figure covers other days than “Period from” and “Period to” say, change those dates.",
        "4. Where a figure needs a word, write it under “Comment”. Longer words go on the sheet “Commentary”.",
        "5. Save the workbook and upload it on your request's page. We say at once if something needs another look.",
    ]
    if any(line.indicator.has_parts for line in made):
        steps.insert(1, "For percentages and rates give the numerator and the denominator; the value works itself out.")
    return steps


def fill_definitions_sheet(sheet: Worksheet, framework: Framework, request: RequestMade, period: Period) -> None:
    """What each figure counts, in what unit, and what it is for."""
    sheet.title = MEANINGS_SHEET
    titles = ("Indicator", "What to count", "Unit", "Numerator", "Denominator", "What it is for")
    sheet.append(titles)
    for cell in sheet[1]:
        cell.font = _BOLD
    for code in request.asked:
        indicator = framework.indicator[code]
        sheet.append(_meaning(framework, indicator, period))
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for number, row in enumerate(sheet.iter_rows(), 1):
        sheet.row_dimensions[number].height = row_height(zip((cell.value for cell in row), _WIDTHS, strict=True))
        for cell in row:
            cell.alignment = _WRAPPED
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    print_on_a4(sheet)


def _meaning(framework: Framework, indicator: Indicator, period: Period) -> list[str]:
    priorities = "; ".join(framework.priority[code].title for code in indicator.priorities)
    return [
        indicator.title,
        indicator.definition_text(period),
        unit_in_words(indicator),
        indicator.numerator,
        indicator.denominator,
        priorities,
    ]


def fill_commentary_sheet(sheet: Worksheet) -> None:
    """Room for what the figures alone do not say."""
    sheet.title = COMMENTARY_SHEET
    sheet["A1"], sheet["A1"].font = "Commentary", _HEADING
    sheet["A2"] = "What should the board know to read these figures? Write below; leave it empty if nothing."
    for row in range(3, 13):
        sheet.cell(row, 1).protection = Protection(locked=False)
        sheet.cell(row, 1).alignment = _WRAPPED
    sheet.column_dimensions["A"].width = 100
    print_on_a4(sheet)


def _say(sheet: Worksheet, words: str, font: Font | None = None) -> None:
    sheet.append([words])
    cell = sheet.cell(sheet.max_row, 1)
    cell.alignment = _WRAPPED
    if font:
        cell.font = font
