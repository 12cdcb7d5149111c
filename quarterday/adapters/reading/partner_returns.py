"""From the tables of a file to a return: our template, or a partner's own export through its mapping."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from quarterday.adapters.parsing.tables import CELL_NOTE, HIDDEN_NOTE, FileTables, Table
from quarterday.adapters.reading.activity_rows import OF_ACTIVITIES, read_activities
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.columns import COMMENTARY_SHEET, SHEETS_OF_WORDS, plain_title
from quarterday.adapters.reading.export_sheets import fits, missing_columns
from quarterday.adapters.reading.form import read_form
from quarterday.adapters.reading.form_cells import FormRead
from quarterday.adapters.reading.form_tables import forms, without_value
from quarterday.adapters.reading.mapped import ExportRead, rows_of_export
from quarterday.adapters.reading.naming import Vocabulary
from quarterday.adapters.reading.risk_rows import OF_RISKS, read_risks
from quarterday.adapters.reading.said_around import doubts_around
from quarterday.adapters.reading.values import shown
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.findings import Finding, merged
from quarterday.domain.figures.returns import PartnerReturn, ReturnRow
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Frequency
from quarterday.domain.framework.periods import Period, describe
from quarterday.domain.risks.reviewing import RiskStands

_MOST_POINTED_AT = 50  # cells of other periods: an export of two years has thousands
NOT_A_RETURN = ""  # the layout of a file that is neither our template nor a known export


@dataclass(frozen=True)
class ReadReturn:
    """A return as read, and what could not be read without guessing."""

    partner_return: PartnerReturn
    findings: tuple[Finding, ...]


def as_return(
    reading: FileTables,
    framework: Framework,
    request: RequestMade,
    period: Period,
    exports: Mapping[str, Export],
    no_more: Iterable[str] = (),
    owned: Mapping[str, RiskStands] = MappingProxyType({}),
    absent_before: Collection[tuple[str, str]] = (),
) -> ReadReturn:
    """The return that a file makes for a request whose collection asks for `period`.

    Rows hold only figures of indicators, areas and categories that were asked for; every other row of figures is a
    finding; those of `no_more`, which were asked for when the request went out, are left out. `owned` are the risks
    that its sender may review, by code. `absent_before` are indicators and classes of which there was nothing last time
    either. `layout` is `template`, the code of an export, or empty for neither.
    """
    told, reviewed = read_activities(reading, framework, request), read_risks(reading, owned)
    findings = (*told.findings, *reviewed.findings)
    read = _figures(reading, framework, request, period, exports, no_more, absent_before)
    tells = bool(told.rows or reviewed.rows or findings)
    if not (request.activities or tells):
        return read
    if (request.activities and not request.asked) or (tells and _tells_alone(reading)):
        read = ReadReturn(PartnerReturn(request.partner, request.collection, None, (), "template"), ())
    partner_return = replace(read.partner_return, activities=told.rows, reviews=reviewed.rows)
    return ReadReturn(partner_return, tuple(merged([*read.findings, *findings])))


def _tells_alone(reading: FileTables) -> bool:
    """Whether a file holds sheets of activities or risks and none for figures: these come another time."""
    words = {title.lower() for title in SHEETS_OF_WORDS}
    others = [table for table in reading.tables if table.rows and plain_title(table.sheet) not in words]
    return all(OF_ACTIVITIES.is_in(table) or OF_RISKS.is_in(table) for table in others)


def _figures(
    reading: FileTables,
    framework: Framework,
    request: RequestMade,
    period: Period,
    exports: Mapping[str, Export],
    no_more: Iterable[str],
    absent_before: Collection[tuple[str, str]],
) -> ReadReturn:
    vocabulary = Vocabulary(framework, request.asked, no_more)
    known = exports_of(request.partner, framework, exports)
    if tables := forms(reading):
        if len(tables) > 1:
            sheets = ", ".join(f"“{table.sheet}”" for table, _ in tables)
            return _nothing(found("several-tables", sheets=sheets), "template")
        table, found_headers = tables[0]
        form = read_form(table, found_headers, vocabulary, notes_on(reading, table.sheet))
        return _from_template(reading, table, found_headers[0].row, form, framework)
    for export in known:
        if fits(reading, export):
            return _from_export(reading, export, framework, vocabulary, request, period, absent_before)
    if renamed := without_value(reading):
        sheet, title = renamed
        instead = f" A column “{title}” stands in its place." if title else ""
        return _nothing(found("renamed-value", sheet, instead=instead), NOT_A_RETURN)
    return _nothing(found("not-our-template", why=_why_not(reading, known)), NOT_A_RETURN)


def exports_of(partner: str, framework: Framework, exports: Mapping[str, Export]) -> list[Export]:
    """The exports that a partner may send instead of our template."""
    named = framework.partner[partner].export if partner in framework.partner else None
    return [export for code, export in exports.items() if export.partner == partner or code == named]


def notes_on(reading: FileTables, sheet: str) -> dict[str, str]:
    """The notes on the cells of a sheet, by address, without those that we wrote ourselves."""
    notes: dict[str, list[str]] = {}
    for aside in reading.asides:
        if aside.place == CELL_NOTE and aside.sheet == sheet:
            notes.setdefault(aside.cell, []).append(" ".join(aside.text.split()))
    return {cell: "; ".join(dict.fromkeys(said)) for cell, said in notes.items()}


def _notes_of_reading(reading: FileTables) -> list[Finding]:
    """What the reader of a return should know of how it was read: hidden rows, links to other workbooks.

    The other notes of a text speak of its encoding, which concerns nobody once it was read.
    """
    is_text = all(not table.sheet for table in reading.tables)
    return [found("read-note", note=note) for note in reading.notes if not is_text or note == HIDDEN_NOTE]


def _nothing(finding: Finding, layout: str) -> ReadReturn:
    return ReadReturn(PartnerReturn(None, None, None, (), layout), (finding,))


def _why_not(reading: FileTables, known: list[Export]) -> str:
    for export in known:
        missing = missing_columns(reading, export)
        if 0 < len(missing) < len({title for each in export.figures for title in each.columns}):
            return f"For “{export.title}” it lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}."
    return "The template has the columns “Indicator”, “Area”, “Period from”, “Period to” and “Value”."


def _from_template(reading: FileTables, table: Table, header: int, form: FormRead, framework: Framework) -> ReadReturn:
    findings = [*form.findings, *doubts_around(reading, table, header), *_notes_of_reading(reading)]
    if len(form.partners) > 1 or len(form.collections) > 1:
        findings.append(found("several-requests", table.sheet))
    if table.hidden:
        findings.append(found("hidden-figures", table.sheet))
    partner_return = PartnerReturn(
        partner=_only(form.partners),
        collection=_only(form.collections),
        period=_stated_period(form.rows, framework),
        rows=tuple(form.rows),
        layout="template",
        tidied=tuple(form.tidied),
        comment=_commentary(reading),
    )
    return ReadReturn(partner_return, tuple(merged(findings)))


def _only(said: set[str]) -> str | None:
    return next(iter(said)) if len(said) == 1 else None


def _stated_period(rows: list[ReturnRow], framework: Framework) -> Period | None:
    """The one period that the quarterly figures say they cover; None where they say none, or several."""
    quarterly = (row for row in rows if framework.indicator[row.indicator].frequency is Frequency.QUARTER)
    periods = Counter(row.period for row in quarterly)
    return next(iter(periods)) if len(periods) == 1 else None


def _commentary(reading: FileTables) -> str:
    """What was written on the commentary sheet, below its own two lines."""
    for table in reading.tables:
        if plain_title(table.sheet) == COMMENTARY_SHEET.lower():
            return "\n".join(shown(cell).strip() for row in table.rows[2:] for cell in row if cell is not None)
    return ""


def _from_export(
    reading: FileTables,
    export: Export,
    framework: Framework,
    vocabulary: Vocabulary,
    request: RequestMade,
    period: Period,
    absent_before: Collection[tuple[str, str]],
) -> ReadReturn:
    read = rows_of_export(reading, export, framework, vocabulary, period, absent_before)
    rows, findings = read.rows, [*read.findings, *_other_periods(read, period)]
    if export.counts_records:
        findings.append(found("export-records"))
    stated = period if rows and all(row.period for row in rows) else None
    # An export is known by its columns: it names neither us nor the request, so it is the request's own.
    partner_return = PartnerReturn(
        request.partner,
        request.collection,
        stated,
        tuple(rows),
        export.code,
        tuple(read.tidied),
        class_changes=tuple(read.changes),
    )
    return ReadReturn(partner_return, tuple(merged([*findings, *_notes_of_reading(reading)])))


def _other_periods(read: ExportRead, asked: Period) -> list[Finding]:
    """That an export holds more than was asked for, which may be worth having as history."""
    others = sorted(each for each in read.periods if not each.overlap_days(asked))
    if not others or not read.rows:
        return []
    span = Period(others[0].start, max(each.end for each in others))
    cells: dict[str, list[str]] = {}
    for (sheet, cell), period in read.outside.items():
        if not period.overlap_days(asked):
            cells.setdefault(sheet, []).append(cell)
    places = sorted(cells.items()) or [("", [])]
    return [
        found("export-other-periods", sheet, "", tuple(at[:_MOST_POINTED_AT]), others=describe(span))
        for sheet, at in places
    ]


__all__ = ["NOT_A_RETURN", "ReadReturn", "as_return", "exports_of"]
