"""Files with a row for each case: agreed, counted and deleted. What they hold about people beyond that is told."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from expectations.checking import Job
from quarterday.adapters.parsing.tables import address, column_letters
from quarterday.adapters.personal_data import OwnWords, is_certain, texts_of
from quarterday.adapters.reading import FileTables, exports_of
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.export_sheets import ExportSheet, fits, sheets_of
from quarterday.adapters.reading.values import shown
from quarterday.domain.figures.findings import Finding

_LOOKED_AT = 2_000  # rows: a column of names shows itself long before
_CASE_NUMBER = re.compile(
    r"^\W*(?:(?:case|incident|crime|crn|record|event|referral|call|fire|offence|unique|cad|iris|log)[\s_-]*)+"
    r"(?:ref(?:erence)?|numbers?|no|num|id|identifier)\.?\W*$|^\W*(?:crn|urn|cad)\W*$",
    re.IGNORECASE,
)
_KINDS = {
    "personal-nhs-number": "NHS numbers",
    "personal-ni-number": "National Insurance numbers",
    "personal-postcode": "full postcodes",
    "personal-date-of-birth": "dates of birth",
    "personal-email": "email addresses",
    "personal-phone": "phone numbers",
    "personal-name": "names of people",
    "personal-card": "numbers of bank cards",
    "personal-account": "numbers of bank accounts",
    "personal-document": "numbers of passports or driving licences",
}


def counted_sheets(job: Job, reading: FileTables) -> dict[str, ExportSheet]:
    """The sheets of a file whose rows are counted, by name; none where no mapping agrees that rows are.

    Such a sheet is about people by its nature and was agreed: its cells keep nothing apart.
    """
    for export in exports_of(job.request.partner, job.framework, dict(job.exports)):
        if export.counts_records and fits(reading, export):
            entries = (each for each in export.figures if each.records)
            return {sheet.table.sheet: sheet for each in entries for sheet in sheets_of(reading, each)}
    return {}


def of_records(job: Job, reading: FileTables) -> list[Finding]:
    """What is told of counted rows: what they hold about people, and cases that stand twice."""
    return [*personal_in_records(job, reading), *repeated_cases(job, reading)]


def personal_in_records(job: Job, reading: FileTables) -> list[Finding]:
    """What the columns of such sheets hold about people that no mapping asks for: told once a column."""
    sheets = counted_sheets(job, reading)
    known = OwnWords(job.framework) if sheets else None
    return [each for sheet in sheets.values() if known for each in _of_sheet(job, sheet, known)]


def repeated_cases(job: Job, reading: FileTables) -> list[Finding]:
    """Columns of case numbers in which a number stands twice: there may be a row for each victim, and not each case."""
    return [each for sheet in counted_sheets(job, reading).values() for each in _repeated(sheet)]


def _repeated(sheet: ExportSheet) -> Iterator[Finding]:
    for at, title in enumerate(sheet.table.rows[sheet.header]):
        if isinstance(title, str) and _CASE_NUMBER.match(title):
            stood = Counter(shown(cell) for row in sheet.body if (cell := sheet.table.cell(row, at)) is not None)
            count = sum(times for times in stood.values() if times > 1)
            if count:
                where = (address(sheet.header, at),)
                yield found("records-repeated", sheet.table.sheet, shown(title), where, count=count)


def _of_sheet(job: Job, sheet: ExportSheet, known: OwnWords) -> Iterator[Finding]:
    wanted = {title for export in job.exports.values() for each in export.figures for title in each.columns}
    mapped = {column_letters(at) for title, at in sheet.column.items() if title in wanted}
    kinds: dict[str, set[str]] = defaultdict(set)
    rows = sheet.table.rows[: sheet.header + _LOOKED_AT]
    for text in texts_of(sheet.table.sheet, rows, known):
        if text.personal and is_certain(text.personal):
            kinds[text.cell.rstrip("0123456789")].add(_KINDS[text.personal])
    titles = {column_letters(at): address(sheet.header, at) for at in range(sheet.table.width)}
    for letters, said in sorted(kinds.items()):
        if letters not in mapped:
            cells = (titles[letters],)
            yield found("records-personal", sheet.table.sheet, "", cells, kinds=" and ".join(sorted(said)))
