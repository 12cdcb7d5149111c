"""A partner's own export, mapped by an officer: upload a sample, answer its questions, see the figures, keep it.

The sample is read and forgotten: it may hold more than figures. What is kept is the mapping, in `config/exports/`.
"""

import logging
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.config_files.new_mapping import MappingNotWrittenError, write_mapping
from quarterday.adapters.parsing.limits import UPLOAD_MEGABYTES, UPLOADED_BYTES
from quarterday.adapters.reading import FileTables, ReadReturn, Refusal, read_tables
from quarterday.adapters.reading.proposals import Proposal, propose
from quarterday.adapters.reading.proposed_mapping import (
    MappingUnreadableError,
    as_export,
    figure_in_words,
    last_quarter,
    mapping_file,
    mapping_in,
    return_of,
)
from quarterday.domain.framework.codes import new_code
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import Period, describe
from quarterday.web.officers.officer_door import HOME, SignedInVisit, officers_page, officers_problem
from quarterday.web.serving.forms import Form
from quarterday.web.serving.site import Site

_SHOWN = 20  # figures: enough to see whether they are the right ones
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Figures:
    """What a mapping reads out of a sample."""

    period: str
    count: int
    total: str
    rows: tuple[tuple[str, str, str], ...]  # what is counted, its value, the cells that it comes from
    findings: tuple[str, ...]


def export_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The page before a sample was chosen."""
    return _page(site, request, visit, None)


def take(site: Site, request: Request, visit: SignedInVisit, form: Form) -> Response:
    """Look at a sample through the mapping as it stands on the page, or keep that mapping."""
    partner = request.path_params["partner"]
    if partner not in visit.framework.partner:
        return officers_problem(site, request, "gone", 404)
    if not visit.may(Duty.REQUESTS):
        return _page(site, request, visit, None)
    text = _mapping_text(form)
    if form.said("do") == "keep":
        return _keep(site, request, visit, form, text)
    reading = _sample(site, form)
    if reading is None:
        return _page(site, request, visit, form, mapping=text)
    proposal = propose(reading, visit.framework, visit.framework.supplied_by(partner))
    if not text and not proposal.figures:
        form.errors["file"] = site.words.say("officers.export.nothing")
        return _page(site, request, visit, form, remarks=proposal.remarks)
    text = text or _proposed(visit.framework, proposal, form)
    figures = _figures(site, visit, form, reading, proposal, text)
    return _page(site, request, visit, form, mapping=text, remarks=proposal.remarks, figures=figures)


def _mapping_text(form: Form) -> str:
    """The mapping as it was typed: its spaces mean something."""
    said = form.data.get("mapping")
    return said.replace("\r\n", "\n").replace("\x00", "") if isinstance(said, str) and said.strip() else ""


def _sample(site: Site, form: Form) -> FileTables | None:
    """The tables of the sample; None, with the error noted, where there are none."""
    chosen = form.file()
    data = chosen.file.read() if chosen else b""
    if not data:
        form.errors["file"] = site.words.say("errors.empty_file" if chosen else "errors.no_file")
        return None
    if len(data) > UPLOADED_BYTES:
        form.errors["file"] = site.words.say("errors.too_large", megabytes=UPLOAD_MEGABYTES)
        return None
    read = read_tables(data, (chosen.filename if chosen else "") or "sample")
    if isinstance(read, Refusal):
        form.errors["file"] = read.sentence
        return None
    return read


def _proposed(framework: Framework, proposal: Proposal, form: Form) -> str:
    chosen = form.file()
    name = (chosen.filename if chosen else "") or "export"
    return mapping_file(as_export(framework, proposal, name.rpartition(".")[0] or name), proposal)


def _figures(
    site: Site, visit: SignedInVisit, form: Form, reading: FileTables, proposal: Proposal, text: str
) -> Figures | None:
    """The figures that the mapping reads for the sample's last quarter; None where it is not whole or has none."""
    mapping = _mapping_of(site, visit, form, text)
    period = last_quarter(proposal.periods)
    if mapping is None or period is None:
        return None
    read = return_of(visit.framework, reading, mapping, period, visit.now)
    return _as_figures(visit.framework, read, period)


def _mapping_of(site: Site, visit: SignedInVisit, form: Form, text: str) -> Export | None:
    try:
        mapping = mapping_in(text)
    except MappingUnreadableError as wrong:
        form.errors["mapping"] = str(wrong)
        return None
    unknown = [code for code in mapping.indicators if code not in visit.framework.indicator]
    breakdowns = [each.category.breakdown for each in mapping.figures if each.category]
    unknown += [code for code in breakdowns if code not in visit.framework.breakdown]
    if unknown:
        form.errors["mapping"] = site.words.say("officers.export.unknown", names=", ".join(unknown))
        return None
    return mapping


def _as_figures(framework: Framework, read: ReadReturn, period: Period) -> Figures:
    rows = read.partner_return.rows
    values = [row.value for row in rows if row.value is not None]
    read_of = [row for row in rows if figure_in_words(row) != "—"]
    areas = {area.code: area.name for area in framework.partnership.areas}
    shown = tuple(
        (
            ", ".join(each for each in (row.indicator, areas.get(row.area_code, row.area_code), row.category) if each),
            figure_in_words(row),
            ", ".join(cell for _, cell in row.cells[:6]),
        )
        for row in rows[:_SHOWN]
    )
    said = tuple(finding.sentence for finding in read.findings)
    return Figures(describe(period), len(read_of), f"{sum(values):,g}", shown, said)


def _keep(site: Site, request: Request, visit: SignedInVisit, form: Form, text: str) -> Response:
    """Put the mapping into `config/exports/`: whole, never over another, and not where `check` would refuse it."""
    code = form.said("code").strip()
    if not text:
        form.errors["mapping"] = site.words.say("officers.export.no_mapping")
    elif not code or code != new_code(code, "export"):
        form.errors["code"] = site.words.say("officers.export.odd_code")
    mapping = _mapping_of(site, visit, form, text) if not form.errors else None
    if mapping is None:
        return _page(site, request, visit, form, mapping=text)
    if mapping.code != code or mapping.partner != request.path_params["partner"]:
        form.errors["mapping"] = site.words.say("officers.export.not_theirs", code=code)
        return _page(site, request, visit, form, mapping=text)
    try:
        place = write_mapping(site.installation.settings.config, code, text)
    except MappingNotWrittenError as problem:
        form.errors["mapping"] = str(problem)
        return _page(site, request, visit, form, mapping=text)
    _log.info("The mapping %s was kept by %s", code, visit.officer.code)
    return _page(site, request, visit, None, kept=place.name)


def _page(site: Site, request: Request, visit: SignedInVisit, form: Form | None, **shown: Any) -> Response:
    partner = visit.framework.partner.get(request.path_params["partner"])
    if partner is None:
        return officers_problem(site, request, "gone", 404)
    context: dict[str, Any] = {"mapping": "", "remarks": (), "figures": None, "kept": "", **shown}
    officers = visit.framework.partnership.officers
    return officers_page(
        site,
        request,
        visit,
        "officers/export",
        form=form,
        partner=partner,
        back=f"{HOME}/partners/{partner.code}",
        may=visit.may(Duty.REQUESTS),
        who_may=[each.name for each in officers if Duty.REQUESTS in each.may],
        megabytes=UPLOAD_MEGABYTES,
        **context,
    )
