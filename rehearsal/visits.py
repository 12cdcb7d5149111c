"""What a partner's person does on the page behind the link, over HTTP: the only way in that partners have."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import httpx

from quarterday.domain.activities.answering import Answer
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, calendar_month
from rehearsal.activities_told import ON_THE_PAGE, as_typed, made_up_answers, tell_in_workbook
from rehearsal.browser import Browser, NothingToPressError, Page
from rehearsal.cast import Deed
from rehearsal.exports_made import made_up_export
from rehearsal.filled_in import fill_in
from rehearsal.made_up import made_up_figures, recounted

STILL_TO_COME = "Still to come"
NOT_A_RETURN = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@dataclass
class Visit:
    """What came of a visit, in words for the progress display."""

    said: str
    refusals: list[str] = field(default_factory=list)
    sent: bool = False


@dataclass(frozen=True)
class PlannedVisit:
    """One person's business on one day."""

    framework: Framework
    partner: str
    asked: tuple[str, ...]  # codes of what its request asks
    period: Period
    link: str
    deed: Deed
    own_file: Path | None = None  # the caller's file, where this partner was given one
    until: date | None = None
    export: Export | None = None
    activities: tuple[str, ...] = ()  # codes of those that its request asks about

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """What this partner is asked in the quarter."""
        return tuple(self.framework.indicator[code] for code in self.asked)

    @property
    def first_half(self) -> tuple[str, ...]:
        """What somebody sends first who has not everything yet."""
        return self.asked[: (len(self.asked) + 1) // 2]


def pay_visit(planned: PlannedVisit, through: httpx.BaseTransport | None = None) -> Visit:
    """Go to the page and do it. Raises `NothingToPressError` where the page does not offer what a person needs."""
    with Browser(through) as browser:
        page = browser.visit(planned.link)
        if told_on_the_page(planned, page):
            _tell_of_activities(browser, page, planned)
        match planned.deed:
            case Deed.SAY_NIL:
                return _say_nil(browser, page)
            case Deed.ASK_FOR_TIME:
                return _ask_for_time(browser, page, planned)
            case Deed.SAY_NOT_AVAILABLE:
                return _say_not_available(browser, page, planned)
            case Deed.SEND_PART:
                return _send_part(browser, page, planned)
            case _ if planned.own_file:
                return _send(browser, page, planned.own_file.name, planned.own_file.read_bytes())
            case Deed.SEND_OTHER_PERIOD:
                return _send_other_period(browser, page, planned)
            case Deed.SEND_EXPORT:
                assert planned.export
                made = made_up_export(planned.framework, planned.export, planned.period)
                return _send(browser, page, "export.csv", made)
            case Deed.TRY_A_PDF_THEN_SEND:
                refused = browser.upload(page, "/upload", "minutes.pdf", NOT_A_RETURN)
                visit = _send(browser, browser.visit(planned.link), *filled_template(browser, page, planned))
                visit.refusals = refused.errors() or [refused.text]
                return visit
            case _:
                return _send(
                    browser, page, *filled_template(browser, page, planned), insist=planned.deed is Deed.SEND_WRONG
                )


def filled_template(browser: Browser, page: Page, planned: PlannedVisit) -> tuple[str, bytes]:
    """Download the spreadsheet and fill it in, well or badly; its name and its bytes."""
    blank = browser.download(link_on(page, "/template.xlsx"))
    figures = made_up_figures(planned.framework, planned.indicators, planned.period)
    if planned.deed is Deed.SEND_CORRECTED:
        figures = recounted(figures)
    if planned.deed in (Deed.SEND_PART, Deed.SEND_ALL_BUT_LAST):
        sent = planned.first_half if planned.deed is Deed.SEND_PART else planned.asked[:-1]
        figures = {key: made for key, made in figures.items() if made.row.indicator in sent}
    filled = fill_in(blank, figures, wrong=planned.deed is Deed.SEND_WRONG)
    if len(planned.activities) <= ON_THE_PAGE:
        filled = tell_in_workbook(filled, _answers(planned))
    return "figures.xlsx", filled


def told_on_the_page(planned: PlannedVisit, page: Page) -> bool:
    """Whether somebody tells of activities on the page: who leads many, or sends no workbook of ours; once."""
    if not planned.activities or STILL_TO_COME not in page.text or planned.deed in (Deed.ASK_FOR_TIME, Deed.NOTHING):
        return False
    without_template = planned.deed in (Deed.SAY_NIL, Deed.SEND_EXPORT) or planned.own_file is not None
    return without_template or len(planned.activities) > ON_THE_PAGE


def _tell_of_activities(browser: Browser, page: Page, planned: PlannedVisit) -> None:
    told = browser.send(browser.visit(link_on(page, "/activities")), "/activities", **as_typed(_answers(planned)))
    if told.errors() or told.status >= 400:
        raise NothingToPressError(f"What is told of activities was not taken: {told.errors() or told.text[:400]}")


def _answers(planned: PlannedVisit) -> dict[str, Answer]:
    return made_up_answers(planned.framework, planned.activities, planned.period)


def _another_period(asked: Period) -> Period:
    """The four months from the quarter's last one, a year earlier: June to September for a first quarter."""
    first = asked.end.replace(day=1, year=asked.end.year - 1)
    last = (first.month + 2) % 12 + 1
    return Period(first, calendar_month(first.year + (first.month > 9), last).end)


def _send(browser: Browser, page: Page, name: str, data: bytes, *, insist: bool = False) -> Visit:
    """Upload, look at what the page says, and send it where it may be sent."""
    return _send_checked(browser, browser.upload(page, "/upload", name, data), name, insist=insist)


def _send_other_period(browser: Browser, page: Page, planned: PlannedVisit) -> Visit:
    """Say on its own page which days the figures cover, and send them from there."""
    name, data = filled_template(browser, page, planned)
    covered = _another_period(planned.period)
    asked = browser.visit(link_on(page, "/period"))
    given = {**_typed("start", covered.start), **_typed("end", covered.end)}
    visit = _send_checked(browser, browser.upload(asked, "/period", name, data, **given), name)
    visit.said += f" for {covered}"
    return visit


def _send_part(browser: Browser, page: Page, planned: PlannedVisit) -> Visit:
    """Say on its own page by when the rest comes, and send from there what there is."""
    assert planned.until
    name, data = filled_template(browser, page, planned)
    asked = browser.visit(link_on(page, "/part"))
    visit = _send_checked(browser, browser.upload(asked, "/part", name, data, **_typed("rest_by", planned.until)), name)
    visit.said += f", the rest by {planned.until.day} {planned.until:%B}"
    return visit


def _send_checked(browser: Browser, checked: Page, name: str, *, insist: bool = False) -> Visit:
    """On the check page: go no further where something must be put right, unless the sender insists."""
    errors = checked.errors()
    if errors and not insist:
        return Visit(f"tried {name} and was told what to put right", errors)
    given = dict.fromkeys(_explanations(checked), "Checked with the team: it is right.")
    if insist:
        given["as_is"] = "yes"
    receipt = browser.send(checked, "/send", **given)
    if receipt.errors() or receipt.status >= 400:
        return Visit(f"could not send {name}", receipt.errors() or [receipt.text[:300]])
    return Visit(f"sent {name}", errors, sent=True)


def _explanations(checked: Page) -> list[str]:
    """The boxes in which the page asks for a word about what is unusual."""
    return [name for name in checked.form("/send").fields if name.startswith("explain")]


def _say_nil(browser: Browser, page: Page) -> Visit:
    return _answer(browser, page, "/nil", "said that there is nothing to report", confirm="yes")


def _say_not_available(browser: Browser, page: Page, planned: PlannedVisit) -> Visit:
    last = planned.asked[-1]
    given = {"indicators": last, "reason": "The system that held it was switched off."}
    return _answer(browser, page, "/not-available", f"said that {last} is not available", **given)


def _ask_for_time(browser: Browser, page: Page, planned: PlannedVisit) -> Visit:
    assert planned.until
    said = f"asked for time until {planned.until.day} {planned.until:%B}"
    return _answer(browser, page, "/time", said, **_typed("until", planned.until), reason="Two analysts are away.")


def _answer(browser: Browser, page: Page, ending: str, said: str, **given: str) -> Visit:
    """Open the answer's own page, fill it in, look at it again and confirm it."""
    answer = browser.send(browser.visit(link_on(page, ending)), ending, **given)
    if not answer.errors() and answer.status < 400 and answer.url.endswith(ending):
        answer = browser.send(answer, ending)
    if answer.errors() or answer.status >= 400:
        return Visit(f"tried: {said}", answer.errors() or [answer.text[:300]])
    return Visit(said, sent=True)


def link_on(page: Page, ending: str) -> str:
    """Where the page's link to one of its answers leads. Raises `NothingToPressError`."""
    for link in page.links:
        if link.rstrip("/").endswith(ending):
            return link
    raise NothingToPressError(f"{page.url} has no link to “{ending}”. It says: {page.text[:400]}")


def _typed(name: str, day: date) -> dict[str, str]:
    """A date as it is typed into three boxes."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
