"""The release as an accessible workbook after Government Analysis Function guidance: one table a sheet, a cover."""

import io
import warnings
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache

import gptables
from xlsxwriter.utility import cell_autofit_width
from xlsxwriter.worksheet import Worksheet

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Unit
from quarterday.domain.framework.periods import describe, quarter_name
from quarterday.publishing.asks_sheets import ask_sheets
from quarterday.publishing.codelists import definitions_told
from quarterday.publishing.columns import Value
from quarterday.publishing.csv_cells import guarded
from quarterday.publishing.long_sheets import SheetRows, produce
from quarterday.publishing.marker_words import MARKER_WORDS
from quarterday.publishing.rate_sheets import rate_sheets
from quarterday.publishing.risk_tables import BID_SHEET, RISK_SHEET, bid_cells, risk_cells
from quarterday.publishing.tables import ActivityLine, Observation, ReleaseTables

NAME = "figures.xlsx"
_DAY = "yyyy-mm-dd"  # how a date is shown, which is the same to every reader
_BOLD = 1.15  # how much wider a heading's letters are
SYNTHETIC = "These figures are made up. They show how the product works and say nothing of any place or person."


def workbook(framework: Framework, tables: ReleaseTables) -> bytes:
    """`figures.xlsx`. The same tables give the same bytes."""
    told = {label: (title, rows) for label, title, rows in _tables(framework, tables) if rows.rows}
    sheets = {label: (_sheet(label, title, rows, _source(framework)), rows) for label, (title, rows) in told.items()}
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of blanks, which we never write
        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        book = produce(buffer, _cover(framework, tables), "Contents", sheets, options)
        for label, (sheet, rows) in sheets.items():
            _make_handy(book.get_worksheet_by_name(label), sheet, rows)
        for sheet in book.worksheets():  # printed, all columns of a row stand on one page
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
        # a fixed time: the moment of writing would make other bytes of the same figures
        book.set_properties(
            {"title": _title(framework, tables), "created": datetime.combine(tables.made_on, time(), UTC)}
        )
        book.close()
    return buffer.getvalue()


def _make_handy(sheet: Worksheet, told: gptables.GPTable, rows: SheetRows) -> None:
    """Columns as wide as what stands in them, headings that stay in sight, and a filter at each."""
    for number, width in enumerate(_widths(rows)):
        sheet.set_column_pixels(number, number, width)
    first_row = told.data_range[0] + 1
    sheet.freeze_panes(first_row, 0)
    for table in sheet.tables:
        table["autofilter"] = table["a_range"]  # the library makes its tables without


def _title(framework: Framework, tables: ReleaseTables) -> str:
    return f"{framework.partnership.name}: figures for {tables.label}, version {tables.version} ({tables.kind})"


def _source(framework: Framework) -> str:
    return f"Source: returns to {framework.partnership.name} by its partners"


def _cover(framework: Framework, tables: ReleaseTables) -> gptables.Cover:
    return gptables.Cover(
        cover_label="Cover",
        title=_title(framework, tables),
        intro=[SYNTHETIC] if tables.synthetic else [f"Figures for {tables.period}."],
        about=[
            f"Information period: {tables.period}.",
            f"Made on {tables.made_on.isoformat()}.",
            "A missing or hidden figure is never nought: its marker says which it is.",
            *(f"{marker} {words}" for marker, words in MARKER_WORDS.items()),
        ],
        contact=[framework.partnership.name, framework.partnership.reply_to, *_licence(framework)],
    )


def _licence(framework: Framework) -> list[str]:
    licence = framework.partnership.licence
    return [f"Licence: {licence.title}, {licence.url}"] if licence else []


def _sheet(label: str, title: str, rows: SheetRows, source: str) -> gptables.GPTable:
    dates = rows.of_dates
    return gptables.GPTable(
        table=rows.first,
        table_name=f"{label.lower().replace(' ', '_')}_table",
        title=title,
        subtitles=[],
        instructions="This worksheet contains one table. Markers are explained on the cover.",
        source=source,
        index_columns={},
        additional_formatting=[{"column": {"columns": dates, "format": {"num_format": _DAY}}}] if dates else [],
    )


def _tables(framework: Framework, tables: ReleaseTables) -> list[tuple[str, str, SheetRows]]:
    titles = {each.code: each.title for each in framework.indicators}
    partners = {each.code: each.name for each in framework.partners}
    figures = [figure_cells(framework, each) for each in tables.observations]
    history = [figure_cells(framework, each) for each in tables.history]
    gaps = [
        (
            titles.get(g.indicator, g.indicator),
            partners.get(g.partner, g.partner),
            g.why,
            g.owner,
            g.expected or "no date yet",
        )
        for g in tables.gaps
    ]
    coverage = [
        (
            partners.get(c.partner, c.partner),
            c.expected,
            c.received,
            c.accepted,
            "nothing came" if c.on_time is None else c.on_time,
            c.state,
        )
        for c in tables.coverage
    ]
    changed = [
        (r.version, titles.get(r.indicator, r.indicator), r.area_code, r.category, str(r.period), r.was, r.now, r.why)
        for r in tables.revisions
    ]
    versions = [
        (v.version, v.kind, v.made_on, v.withdrawn_on or "it stands", v.for_readers)
        for v in (tables.versions if len(tables.versions) > 1 else ())
    ]
    activities = [
        _activity(framework, partners, titles, each) for each in (*tables.activities, *tables.activities_before)
    ]
    names = partners | titles | {each.code: each.name for each in framework.partnership.boards}
    risks = [risk_cells(each, names) for each in (*tables.risks, *tables.risks_before)]
    bids = [bid_cells(each, names) for each in (*tables.bids, *tables.bids_before)]
    definitions = [
        (titles.get(str(code), str(code)), version, since or "not known any more", text, code)
        for code, version, since, text in definitions_told(framework, (*tables.history, *tables.observations))
    ]
    measured = [(each.code, each.title, each.definition_text(tables.period)) for each in framework.indicators]
    return [
        ("Figures", f"Figures for {tables.label}", _rows(figures, FIGURE_COLUMNS)),
        ("History", "Earlier figures", _rows(history, FIGURE_COLUMNS)),
        ("Gaps", "What is missing, why, and when to expect it", _rows(gaps, _GAP_COLUMNS)),
        ("Coverage", "How complete each partner’s answer is", _rows(coverage, _COVERAGE_COLUMNS)),
        ("Revisions", "What each later version changed", _rows(changed, _REVISION_COLUMNS)),
        ("Versions", "Every version, and which were withdrawn", _rows(versions, _VERSION_COLUMNS)),
        ("Activities", "How activities stand, and how they stood", _rows(activities, _ACTIVITY_COLUMNS)),
        ("Risks", "Risks, and how they stood", _rows(risks, RISK_SHEET)),
        ("Bids", "Funding and bids, and how they stood", _rows(bids, BID_SHEET)),
        *((name, title, _rows(rows, columns)) for name, title, columns, rows in rate_sheets(framework, tables)),
        *((name, title, _rows(rows, columns)) for name, title, columns, rows in ask_sheets(framework, tables)),
        ("Definitions", "Every definition, with the day from which it holds", _rows(definitions, _DEFINITION_COLUMNS)),
        ("Indicators", "What is measured", _rows(measured, ("Code", "Indicator", "What is counted"))),
    ]


FIGURE_COLUMNS = (
    "Indicator", "Area", "Breakdown", "Category", "Period", "From", "To", "Value", "Marker", "Numerator", "Denominator",
    "Unit", "Frequency", "Comparable", "What to bear in mind", "Indicator code", "Area code", "Breakdown code",
    "Category code", "Definition version",
)  # fmt: skip
_GAP_COLUMNS = ("Indicator", "Supplier", "Why", "Owner", "Expected")
_COVERAGE_COLUMNS = ("Partner", "Asked for", "Received", "Accepted", "On time", "Where it stands")
_VERSION_COLUMNS = ("Version", "Kind", "Made on", "Withdrawn on", "What readers are told")
_DEFINITION_COLUMNS = ("Indicator", "Version", "Holds from", "What is counted", "Indicator code")
_REVISION_COLUMNS = ("Version", "Indicator", "Area", "Category", "Period", "Was", "Now", "Why")


_ACTIVITY_COLUMNS = (
    "Activity", "Quarter", "Priority", "Lead", "Starts", "Ends", "How it stands", "Its lead says", "Why", "Told on",
    "What was done", "What comes next", "Expected on", "What is in the way", "Asked of a board", "Which board",
    "Should move", "Funding", "Activity code",
)  # fmt: skip


def _activity(
    framework: Framework, partners: dict[str, str], titles: dict[str, str], each: ActivityLine
) -> tuple[Value, ...]:
    asks, asks_board = each.asks_for_all
    priority, board = framework.priority.get(each.priority), framework.board.get(asks_board)
    return (
        each.title,
        each.label,
        priority.title if priority else each.priority,
        partners.get(each.lead, each.lead),
        each.starts,
        each.ends,
        each.rag,
        each.state,
        " ".join(each.why),
        each.told_on or "nothing was told",
        each.done,
        each.next_milestone,
        each.next_on,
        each.in_the_way,
        asks,
        board.name if board else asks_board,
        "; ".join(titles.get(code, code) for code in each.indicators),
        "; ".join(each.funding),
        each.activity,
    )


def figure_cells(framework: Framework, each: Observation) -> tuple[Value, ...]:
    """A figure in words first, so that whoever reads it meets no code; the codes stand at the end for whoever joins."""
    indicator = framework.indicator.get(each.indicator)
    breakdown = framework.breakdown.get(each.breakdown)
    marker = each.markers
    has_parts = each.unit in (Unit.PERCENTAGE, Unit.RATE)
    no_part = marker if has_parts else str(Marker.NOT_APPLICABLE)  # a blank or a "none" would pass for nought
    return (
        indicator.title if indicator else each.indicator,
        each.area_name,
        (breakdown.title if breakdown else each.breakdown) or "Total",
        each.category_title or "Total",
        quarter_name(each.period) or describe(each.period),
        each.period.start,
        each.period.end,
        marker if each.value is None else each.value,
        marker or "plain",
        no_part if each.numerator is None else each.numerator,
        no_part if each.denominator is None else each.denominator,
        each.unit,
        str(indicator.frequency) if indicator else "",
        each.comparable,
        " ".join((each.comparable_why, *each.caveats)).strip(),
        each.indicator,
        each.area_code,
        each.breakdown,
        each.category,
        each.definition_version,
    )


def _rows(rows: Sequence[Sequence[Value]], columns: Sequence[str]) -> SheetRows:
    return SheetRows(tuple(columns), [[never_blank(value) for value in row] for row in rows])


def _widths(rows: SheetRows) -> list[int]:
    """How wide each column is, in pixels: as its longest cell, of which like ones are measured once."""
    return [
        round(_BOLD * max(cell_autofit_width(str(each)) for each in {name, *cells}))
        for name, cells in zip(rows.columns, rows.by_column, strict=True)
    ]


def never_blank(value: Value) -> str | int | float | date:
    """A cell that is never blank and never runs: screen readers stop at blanks, spreadsheets start at formulas."""
    match value:
        case None | "":
            return "none"
        case bool():
            return "yes" if value else "no"
        case int() | float() | date():
            return value
        case _:
            return _words(value)


@lru_cache(maxsize=50_000)  # figures in their tens of thousands share few words
def _words(text: str) -> str:
    if not any(each.isalnum() for each in text):
        return "none"  # signs alone are read out as nothing; the CSV has them
    return guarded(text).replace("$$", "$ $")  # two dollars mark a footnote to the library
