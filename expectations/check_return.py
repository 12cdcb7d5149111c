"""The one function that checks what was read, for portal and flow alike. Imports what is heavy: runs in the child."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

import pandas as pd

from expectations import findings as said
from expectations.activities import of_activities
from expectations.checking import Checked, Job
from expectations.counted_records import counted_sheets, of_records
from expectations.laid_out import Laid, lay_out
from expectations.line import COLUMNS
from expectations.risks import of_risks
from expectations.sentences import CATALOGUE
from expectations.suites import FIGURES, TEXTS, WHOLE
from expectations.validation import Failure, failures
from expectations.whole import WHOLE_COLUMNS, Whole, as_a_whole
from quarterday.adapters.personal_data import OwnWords, Text, is_certain, kind_of, texts_of
from quarterday.adapters.reading import FileTables, as_return
from quarterday.domain.facts import Verdict
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.findings import Finding, Severity, merged, verdict_on
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.framework.periods import Period


def check_reading(job: Job, reading: FileTables) -> Checked:
    """Make a return of what was read, and check it. Raises `CheckFailedError` where the machinery failed."""
    return check_readings({"return": (job, reading)})["return"]


def check_readings(readings: Mapping[str, tuple[Job, FileTables]]) -> dict[str, Checked]:
    """Check many files in one validation, each by its name."""
    personal = find_personal(readings)
    read = {name: _as_return(job, reading) for name, (job, reading) in readings.items()}
    without_figures = {name: each for name, each in read.items() if not each[0].request.asked}
    with_figures = {name: each for name, each in read.items() if name not in without_figures}
    checked = check_many(with_figures) if with_figures else {}
    checked |= {name: told_alone(*each) for name, each in without_figures.items()}
    return {name: _with_personal(each, personal.get(name, [])) for name, each in checked.items()}


def _as_return(job: Job, reading: FileTables) -> tuple[Job, PartnerReturn, Sequence[Finding]]:
    read = as_return(
        reading,
        job.framework,
        job.request,
        job.period,
        dict(job.exports),
        job.no_more,
        job.risks_owned,
        absent_last_time(job.earlier, job.period),
    )
    tells = read.partner_return
    told = (*of_activities(job, tells.activities), *of_risks(job, tells.reviews), *of_records(job, reading))
    read = replace(read, findings=(*read.findings, *told))
    if job.says_period is None:
        return job, read.partner_return, read.findings
    return job, replace(read.partner_return, period=job.says_period), read.findings


def absent_last_time(earlier: Iterable[Figure], period: Period) -> frozenset[tuple[str, str]]:
    """The indicators and classes of which there was none anywhere in the last period before this one."""
    classes = [each for each in earlier if each.category and each.value is not None and each.period.end < period.start]
    last: dict[str, Period] = {}
    for each in classes:
        last[each.indicator] = max(last.get(each.indicator, each.period), each.period)
    of_last = [each for each in classes if each.period == last[each.indicator]]
    some = {(each.indicator, each.category) for each in of_last if each.value}
    return frozenset((each.indicator, each.category) for each in of_last) - some


def told_alone(job: Job, read: PartnerReturn, findings: Sequence[Finding]) -> Checked:
    """A return to a request that asks for no figures: whatever it tells of activities and risks, and only that."""
    if not read.tells and not any(each.severity is Severity.CRITICAL for each in findings):
        findings = [*findings, said.as_finding("no-activity-told", {})]
    return Checked(read, tuple(merged(findings)), verdict_on(findings))


def _with_personal(checked: Checked, personal: list[Finding]) -> Checked:
    """Keep the file apart where something in it is certainly about a person; where it is perhaps, ask and go on."""
    if not personal:
        return checked
    if any(is_certain(finding.rule) for finding in personal):
        return _quarantined(checked, [finding for finding in personal if is_certain(finding.rule)])
    findings = merged([*checked.findings, *personal])
    return replace(checked, findings=tuple(findings), verdict=verdict_on(findings))


def _quarantined(checked: Checked, personal: list[Finding]) -> Checked:
    """What stands in a quarantined file reaches nobody, not even inside a sentence about something else."""
    told = [replace(finding, sentence=finding.safe_sentence) for finding in (*personal, *checked.findings)]
    if any(not finding.cells for finding in personal):  # a sheet is named after somebody
        told = [replace(finding, sheet="") for finding in told]
    return Checked(None, tuple(merged(told)), Verdict.QUARANTINED)


def find_personal(readings: Mapping[str, tuple[Job, FileTables]]) -> dict[str, list[Finding]]:
    """What in whole files, hidden sheets and words outside of cells too, is about a person, certainly or perhaps."""
    texts = [
        (name, text) for name, (job, reading) in readings.items() for text in _texts(job, reading) if text.personal
    ]
    if not texts:
        return {}
    names, cells = zip(*texts, strict=True)
    frame = pd.DataFrame(
        {"partner_return": names, "line": range(len(texts)), "personal": [text.personal for text in cells]}
    )
    found: dict[str, list[Finding]] = {}
    for failure in failures(TEXTS, frame):
        found.setdefault(failure.partner_return, []).append(_personal(failure.rule, cells[failure.line]))
    return found


def _texts(job: Job, reading: FileTables) -> Iterator[Text]:
    known = OwnWords(job.framework)
    coded = frozenset(
        title for export in job.exports.values() for figures in export.figures for title in figures.columns
    )
    counted = counted_sheets(job, reading)
    for table in reading.tables:
        if table.sheet:
            yield Text(table.sheet, "", kind_of(table.sheet, known))
        if table.sheet not in counted:
            yield from texts_of(table.sheet, table.rows, known, coded)
    for aside in reading.asides:
        words = aside.text.replace("%20", " ")
        yield Text(aside.sheet, aside.cell, kind_of(words, known, names=aside.place != "a link"), aside.place)
    for table in reading.kept_apart:
        for text in texts_of("", table.rows, known, coded):
            yield Text("", "", text.personal, table.sheet)


def _personal(rule: str, text: Text) -> Finding:
    if text.place:
        cells = (text.cell,) if text.cell else ()
        column = text.place[0].upper() + text.place[1:]
        return said.as_finding(rule, {}, sheet=text.sheet if cells else "", column=column, cells=cells)
    if not text.cell:  # the sheet's own name, which is not told
        return said.as_finding(rule, {}, column="Name of a sheet")
    return said.as_finding(rule, {}, sheet=text.sheet, cells=(text.cell,))


def check_many(
    returns: Mapping[str, tuple[Job, PartnerReturn, Sequence[Finding]]],
) -> dict[str, Checked]:
    """Check many returns in one validation, each by its name, with the findings of its reading.

    A suite speaks of rules and rows, so a thousand returns cost little more than one.
    """
    laid = {name: lay_out(name, job, read, _unread(found)) for name, (job, read, found) in returns.items()}
    wholes = {name: as_a_whole(each) for name, each in laid.items()}
    of_whole = _by_return(failures(WHOLE, pd.DataFrame(list(wholes.values()), columns=list(WHOLE_COLUMNS))))
    stopped = {name for name, failed in of_whole.items() if any(CATALOGUE[each.rule].fatal for each in failed)}
    going_on = [each for name, each in laid.items() if name not in stopped and each.lines and not each.only_tells]
    of_figures = _by_return(failures(FIGURES, frame_of(going_on))) if going_on else {}
    return {
        name: _checked(each, wholes[name], returns[name][2], of_whole.get(name, []), of_figures.get(name, []))
        for name, each in laid.items()
    }


_cells_of = attrgetter(*COLUMNS)


def frame_of(laid: Iterable[Laid]) -> pd.DataFrame:
    """The lines of one return or of many as one frame."""
    rows = [_cells_of(line) for each in laid for line in each.lines]
    return pd.DataFrame(dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)), columns=list(COLUMNS))


def _checked(
    laid: Laid, whole: Whole, reading: Sequence[Finding], of_whole: list[Failure], of_figures: list[Failure]
) -> Checked:
    fatal = [failure for failure in of_whole if CATALOGUE[failure.rule].fatal]
    unreadable = any(finding.severity is Severity.CRITICAL for finding in reading)
    if fatal and unreadable:  # the reading has already said why nothing could be found
        fatal = [failure for failure in fatal if failure.rule != "nothing-in-it"]
        if not fatal:
            return Checked(None, tuple(merged(reading)), Verdict.QUERIED)
    findings = merged(
        [*reading, *said.of_the_whole(laid, whole, fatal or of_whole), *said.of_the_figures(laid, of_figures)]
    )
    kept = replace(laid.kept(), rows=()) if laid.only_tells else laid.kept()  # its blank rows are no figures
    return Checked(None if fatal else kept, tuple(findings), verdict_on(findings))


def _unread(findings: Iterable[Finding]) -> frozenset[tuple[str, str]]:
    """The cells that the reading already sent back: nobody is told twice about one cell."""
    return frozenset(
        (finding.sheet, cell) for finding in findings if finding.severity is Severity.CRITICAL for cell in finding.cells
    )


def _by_return(failed: Iterable[Failure]) -> dict[str, list[Failure]]:
    by_return: dict[str, list[Failure]] = {}
    for failure in failed:
        by_return.setdefault(failure.partner_return, []).append(failure)
    return by_return


def warm_up() -> None:
    """Run each suite once, so that a fork finds everything imported and made: every rule finds a row, and many fail."""
    for suite, columns in ((WHOLE, WHOLE_COLUMNS), (FIGURES, COLUMNS), (TEXTS, ("personal",))):
        list(failures(suite, pd.DataFrame({each: [1] for each in columns} | {"partner_return": ["warm"], "line": [0]})))
