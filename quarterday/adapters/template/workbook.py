"""The template as a workbook: how to fill it in, the figures, what each means, and room for commentary."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from types import MappingProxyType

from openpyxl import Workbook

from quarterday.adapters.template.activities_sheet import fill_activities_sheet
from quarterday.adapters.template.figures_sheet import fill_figures_sheet
from quarterday.adapters.template.lines import lines
from quarterday.adapters.template.risks_sheet import fill_risks_sheet
from quarterday.adapters.template.words_sheets import fill_commentary_sheet, fill_definitions_sheet, fill_guide_sheet
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, describe
from quarterday.domain.risks.reviewing import RiskStands


def build_template(
    framework: Framework,
    request: RequestMade,
    period: Period,
    earlier: Sequence[Figure] = (),
    told_before: Mapping[str, str] = MappingProxyType({}),
    risks: Sequence[RiskStands] = (),
    mitigations: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The workbook for a request. `earlier` figures stand beside the empty cells, as does what was told of activities.

    `risks` are those that its partner is to look at again, `mitigations` what is done about each, by its code. The same
    request gives the same cells whenever it is built.
    """
    made = lines(framework, request, period, earlier)
    book = Workbook()
    guide = book.active
    assert guide is not None
    activities = [framework.activity[code] for code in request.activities if code in framework.activity]
    fill_guide_sheet(guide, framework, request, period, made, len(activities), len(risks))
    if made or not activities:
        fill_figures_sheet(book.create_sheet(), made, request)
        fill_definitions_sheet(book.create_sheet(), framework, request, period)
    if activities:
        fill_activities_sheet(book.create_sheet(), framework, activities, told_before)
    if risks:
        fill_risks_sheet(book.create_sheet(), risks, mitigations)
    fill_commentary_sheet(book.create_sheet())
    book.active = book.worksheets[1]  # it opens where there is something to do
    guide.sheet_view.tabSelected = False
    _describe(book, framework, request, period)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _describe(book: Workbook, framework: Framework, request: RequestMade, period: Period) -> None:
    partner = framework.partner[request.partner]
    book.properties.title = f"Figures for {describe(period)}: {partner.name}"
    book.properties.subject = f"Request {request.request}"
    book.properties.creator = framework.partnership.name
    book.properties.language = "en-GB"
    book.properties.created = book.properties.modified = datetime(*request.due.timetuple()[:3])  # noqa: DTZ001
