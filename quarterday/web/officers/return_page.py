"""A return: its figures beside last time's and the usual range, findings at their cells, and the file itself.

That an officer looked at the figures, or took the file away, is on record before either is shown. A return that holds
personal data is shown to nobody here; its file goes to whoever handles personal data, and to nobody else.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from expectations.usual import EarlierFigures
from quarterday.adapters.accepted_figures import earlier_figures
from quarterday.adapters.kept_returns import load_findings, load_rows
from quarterday.adapters.store import Damaged, NotStored
from quarterday.domain.collection.binding import framework_of, period_of, standing_of
from quarterday.domain.collection.standing import State
from quarterday.domain.facts import (
    FiguresSeen,
    FileDeleted,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    UploadKept,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.figures.assembling import computed
from quarterday.domain.figures.findings import Finding, merged
from quarterday.domain.figures.returns import PartnerReturn, ReturnRow
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import Period
from quarterday.domain.rulings.indicator_rulings import limits_anew
from quarterday.web.officers.officer_door import SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.subjects import decide_url, request_page
from quarterday.web.officers.waiting import ways_of
from quarterday.web.partners.template_files import download
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site

OTHER_PERIODS = "export-other-periods"  # the finding that says that a file holds more than was asked


@dataclass(frozen=True)
class ShownFigure:
    """One figure of a return, in words, beside what came before it."""

    indicator: str
    where: str
    value: str
    last: str
    usual: str
    cell: str
    unusual: bool
    ask: str  # where a question about it is asked


@dataclass(frozen=True)
class Opened:
    """A return and what belongs to it."""

    received: ReturnReceived
    made: RequestMade
    verdict: VerdictGiven | None
    upload: UploadKept | None

    @property
    def apart(self) -> bool:
        """Whether it is set apart, as far as the checks have told."""
        return self.verdict is not None and self.verdict.verdict.apart

    @property
    def infected(self) -> bool:
        """Whether a virus was found in it."""
        return self.verdict is not None and self.verdict.verdict == Verdict.INFECTED


def return_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The page of a return."""
    opened = opened_by(request, visit)
    if opened is None:
        return officers_problem(site, request, "gone", 404)
    findings, read = _kept(site, opened)
    if read or (findings and not opened.apart):  # what the checks say may quote a figure
        note_seen_of(site, visit, opened, "figures")
    partner = visit.framework.partner.get(opened.made.partner)
    names = _decisions(visit, opened)
    return officers_page(
        site,
        request,
        visit,
        "officers/return",
        section="collections",
        opened=opened,
        partner=partner.name if partner else opened.made.partner,
        back=request_page(opened.made.partner, opened.made.collection),
        verdict=opened.verdict.verdict if opened.verdict else "",
        figures=_figures(site, visit, opened, read) if read else [],
        findings=merged(findings),
        title_of=lambda code: visit.framework.indicator[code].title if code in visit.framework.indicator else "",
        tidied=read.tidied if read else (),
        holds_more=not opened.apart and any(each.rule == OTHER_PERIODS for each in findings),
        may_take=opened.upload is not None and _may_take(visit, opened),
        kept_from_all=_kept_from_all(site, opened),
        gone=_is_gone(visit, opened),
        who_may=[each.name for each in visit.framework.partnership.officers if _duty(opened) in each.may],
        may_ask="send-back" in names,
        ways=ways_of(site.words, names, opened.made.request),
    )


def _decisions(visit: SignedInVisit, opened: Opened) -> tuple[str, ...]:
    """What may be decided about a return: what was sent back and is answered since needs no accepting."""
    if opened.infected:
        return ()
    if opened.apart:
        return ("keep-file",) if visit.may(Duty.PERSONAL_DATA) and not _is_gone(visit, opened) else ()
    if opened.verdict is None:
        return ()
    stands = standing_of(visit.framework, visit.facts, opened.made, visit.today)
    back = stands.state is State.SENT_BACK and stands.latest == opened.received
    return ("accept-return", "send-back", "record-gap") if back else ("send-back",)


def _is_gone(visit: SignedInVisit, opened: Opened) -> bool:
    stored = opened.received.stored_as
    return any(each.stored_as == stored for each in visit.facts.of(FileDeleted))


def return_file(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The file as it was sent, on record."""
    opened = opened_by(request, visit)
    if opened is None or opened.upload is None:
        return officers_problem(site, request, "gone", 404)
    if _kept_from_all(site, opened) or not _may_take(visit, opened):
        return officers_problem(site, request, "not_yours", 403)
    try:
        data = site.installation.stores.raw.get(opened.upload.stored_as, opened.upload.sha256)
    except NotStored:  # the retention rule has deleted it
        return officers_problem(site, request, "gone", 404)
    except Damaged:
        return officers_problem(site, request, "damaged", 503)
    note_seen_of(site, visit, opened, "file")
    return download(data, f"{opened.received.partner_return}{opened.upload.suffix}", "application/octet-stream")


def opened_by(request: Request, visit: SignedInVisit) -> Opened | None:
    """The return of an address and what belongs to it; None where there is none."""
    reference = request.path_params["reference"]
    received = visit.facts.received(reference)
    made = visit.facts.about(received.request, RequestMade) if received else ()
    if received is None or not made:
        return None
    given = [each for each in visit.facts.about(received.request, VerdictGiven) if each.partner_return == reference]
    kept = [each for each in visit.facts.about(received.request, UploadKept) if each.upload == received.upload]
    last = max(given, key=lambda each: (each.at, bool(each.overrides)), default=None)
    return Opened(received, made[0], last, kept[0] if kept and received.upload else None)


def _duty(opened: Opened) -> Duty:
    """Who may take the file: where it holds personal data, or may yet turn out to, whoever handles that."""
    unjudged = opened.verdict is None and opened.received.kind is not ReturnKind.NIL
    return Duty.PERSONAL_DATA if opened.apart or unjudged else Duty.REQUESTS


def _may_take(visit: SignedInVisit, opened: Opened) -> bool:
    return visit.may(_duty(opened))


def _kept_from_all(site: Site, opened: Opened) -> str:
    """Which words say why nobody gets the file: a virus is in it, or nobody has looked yet whether one is."""
    if opened.infected:
        return "infected"
    return "not_scanned" if opened.verdict is None and site.installation.settings.clamd else ""


def _kept(site: Site, opened: Opened) -> tuple[tuple[Finding, ...], PartnerReturn | None]:
    """What the checks found and read; nothing where there is none, or it holds personal data."""
    given, stores = opened.verdict, site.installation.stores
    if given is None:
        return (), None
    try:
        findings = load_findings(stores, given.findings_stored_as) if given.findings_stored_as else ()
        read = load_rows(stores, given.rows_stored_as) if given.rows_stored_as and not opened.apart else None
    except (NotStored, Damaged):
        return (), None
    return findings, read


def note_seen_of(site: Site, visit: SignedInVisit, opened: Opened, what: str) -> None:
    """Put on record that the officer looks. Raises `RegisterBusyError`: what cannot be recorded is not shown."""
    seen = FiguresSeen(
        at=visit.now,
        by=visit.officer.code,
        partnership=visit.framework.partnership.code,
        partner_return=opened.received.partner_return,
        what=what,
    )
    record(site.installation.register, seen)


def _figures(site: Site, visit: SignedInVisit, opened: Opened, read: PartnerReturn) -> list[ShownFigure]:
    installation, made = site.installation, opened.made
    framework = framework_of(visit.framework, visit.facts, made.collection)
    asked = period_of(visit.framework, visit.facts, made.collection)
    earlier = EarlierFigures(
        earlier_figures(installation, framework, visit.facts, asked, made.partner), limits_anew(visit.facts)
    )
    rows = [each for each in read.rows if each.tells and each.indicator in framework.indicator]
    return [_figure(site, framework, opened, each, asked, earlier) for each in rows]


def _figure(
    site: Site, framework: Framework, opened: Opened, row: ReturnRow, asked: Period, earlier: EarlierFigures
) -> ShownFigure:
    indicator, period = framework.indicator[row.indicator], row.period or asked
    made, reference = opened.made, opened.received.partner_return
    value = _value(indicator, row)
    usual = earlier.usual(indicator, row.series, period)
    last = earlier.latest(indicator, row.series, period)
    unusual = usual is not None and value is not None and not usual[0][0] <= value <= usual[0][1]
    where = _where(site, framework, row, period)
    cell = ", ".join(address for title, address in row.cells if title in ("Value", "Numerator", "Denominator"))
    at_figure = {
        "partner_return": reference,
        "indicator": indicator.code,
        "where": ", ".join(filter(None, (where, cell))),
    }
    return ShownFigure(
        indicator.title,
        where,
        _said(row, value),
        "" if last is None else _number(last),
        _range(site, usual[0]) if usual else "",
        cell,
        unusual,
        f"{decide_url('send-back', made.request)}?{urlencode(at_figure)}",
    )


def _value(indicator: Indicator, row: ReturnRow) -> float | None:
    """The figure that is compared: a rate from its parts, as everywhere."""
    return computed(indicator, row.numerator, row.denominator) if indicator.has_parts else row.value


def _said(row: ReturnRow, value: float | None) -> str:
    parts = ""
    if row.numerator is not None and row.denominator is not None:
        parts = f" ({_number(row.numerator)} / {_number(row.denominator)})"
    return f"{'' if value is None else _number(value)}{parts}{f' {row.marker}' if row.marker else ''}".strip()


def _where(site: Site, framework: Framework, row: ReturnRow, period: Period) -> str:
    areas = {each.code: each.name for each in framework.partnership.areas}
    breakdown = framework.breakdown.get(row.breakdown)
    titles = {each.code: each.title for each in breakdown.categories} if breakdown else {}
    told = areas.get(row.area_code, row.area_code), titles.get(row.category, row.category), site.words.period(period)
    return ", ".join(each for each in told if each)


def _range(site: Site, usual: tuple[float, float]) -> str:
    low, high = usual
    if high == float("inf"):
        return site.words.say("officers.return.at_least", low=_number(low))
    return site.words.say("officers.return.range", low=_number(low), high=_number(high))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
