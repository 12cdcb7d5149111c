"""The request page: what is asked, for which period, by when, why, for whom; and everything one may answer."""

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.accepted_figures import earlier_figures
from quarterday.domain.collection.binding import period_of
from quarterday.domain.collection.covered import uncovered
from quarterday.domain.collection.owed import owed_before
from quarterday.domain.collection.people import contact_for
from quarterday.domain.collection.standing import State, london_day
from quarterday.domain.framework.indicators import Indicator
from quarterday.web.boards.action_page import concerned, lines_asked, lines_owned
from quarterday.web.door.visits import Visit
from quarterday.web.partners.activities_said import led, lines_of
from quarterday.web.partners.more_time import asked_undecided, days_offered, pages_mark
from quarterday.web.partners.reminding import when_we_remind
from quarterday.web.partners.risks_page import due_lines
from quarterday.web.partners.so_far import SHOWN, figures_stand, so_far
from quarterday.web.partners.typed import boxes_asked, can_be_typed
from quarterday.web.serving.forms import Form
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

EVERY = ("nil", "part", "period", "time", "reference", "not-available", "colleague")
WITHOUT_FIGURES = ("time", "colleague")  # what there is to say where only activities are asked about
OF_A_PART = ("part", "period", "not-available")  # what a colleague may say who was given some of the figures
OFFICERS = ("nil", "part", "period")  # what an officer may say for a partner; for the rest there are decisions
_EARLIER_SHOWN = 60


def request_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """The page that an emailed link opens."""
    lines = so_far(site.words, visit)
    return site.page(
        request,
        visit,
        "request",
        form=form,
        facts=_facts(site.words, visit),
        note=_note(site.words, visit),
        notice=_notice(site.words, visit),
        values_asked=sum(boxes_asked(visit.framework, each, visit.period) for each in visit.asked),
        asked=[_asked(site.words, visit, each) for each in visit.asked],
        withheld=_withheld(visit),
        can_type=can_be_typed(visit),
        activities=lines_of(site.words, visit),
        risks=[] if visit.part else due_lines(site.words, visit),
        of_boards=concerned(visit) and not visit.officer,
        became=lines_asked(site.words, visit) if concerned(visit) else [],
        owned=lines_owned(site.words, visit) if concerned(visit) else [],
        answers=_answers(visit),
        contact=contact_for(visit.framework, visit.facts, visit.request.request, visit.partner.code).name,
        so_far=lines[:SHOWN],
        so_far_more=max(0, len(lines) - SHOWN),
        stands=figures_stand(site.words, visit) if lines else [],
        days=days_offered(site.words, visit),
        script_url=_script_url(site, visit),
        pages_mark=pages_mark(visit),
        earlier=_earlier(site, visit) if visit.shown else [],
    )


def _answers(visit: Visit) -> tuple[str, ...]:
    if visit.part:
        return OF_A_PART
    if not visit.request.asked and visit.request.activities:
        return () if visit.officer else WITHOUT_FIGURES
    return OFFICERS if visit.officer else EVERY


def _script_url(site: Site, visit: Visit) -> str:
    """Where a script of the partner's sends this request's figures; empty where there are none to send."""
    if visit.officer or not visit.request.asked:
        return ""
    return f"{site.installation.settings.portal_url.rstrip('/')}/api/requests/{visit.request.request}/returns"


def _facts(words: Words, visit: Visit) -> list[tuple[str, str]]:
    say, officer = words.say, visit.framework.partnership.officers[0]
    awaiting = visit.standing.awaiting
    boards = dict.fromkeys(board.name for each in visit.asked for board in visit.framework.boards_using(each))
    boards |= dict.fromkeys(visit.framework.board_of(each).name for each in led(visit))
    agreements = dict.fromkeys(_agreement(words, visit, each) for each in visit.asked)
    shared = "; ".join(each for each in agreements if each)
    due = "request.due" if visit.request.asked or not led(visit) else "request.due_activities"
    by = awaiting.due if awaiting else visit.request.due
    over = visit.called_off or (visit.closed and by < visit.today)
    return [
        (say("request.was_due" if over else due), words.day(by)),
        (say("request.covers"), words.both_dates(visit.period)),
        *(
            [(say("request.closed_on" if visit.closed else "request.closes"), words.day(visit.request.closes))]
            if not visit.called_off
            else []
        ),
        (say("request.used_by"), "; ".join(boards)),
        *([(say("request.agreement"), shared)] if shared or visit.asked else []),
        (
            say("request.ask"),
            say("request.ask_officer", name=officer.name, email=visit.framework.partnership.reply_to),
        ),
        (say("request.reference"), visit.request.request),
        *_owed_before(words, visit),
    ]


def _owed_before(words: Words, visit: Visit) -> Iterator[tuple[str, str]]:
    """What the partner still owes of earlier quarters, each with the day that was promised."""
    said = []
    for request, code, day in owed_before(visit.framework, visit.facts, visit.request):
        known = visit.framework.indicator.get(code)
        period = words.period(period_of(visit.framework, visit.facts, request.collection))
        said.append(
            words.say("request.owed_line", title=known.title if known else code, period=period, day=words.day(day))
        )
    if said:
        yield words.say("request.owed"), " ".join(said)


def _agreement(words: Words, visit: Visit, indicator: Indicator) -> str:
    agreement = visit.framework.gate(indicator, london_day(visit.request.at)).agreement
    if agreement is None:
        return ""
    return words.say("request.agreement_basis", title=agreement.title, basis=agreement.lawful_basis)


def _note(words: Words, visit: Visit) -> str:
    """Late is fine, and closing is no end: in a kind sentence."""
    stands, closes = visit.standing, words.day(visit.request.closes)
    if visit.called_off:
        return words.say("request.called_off")
    if stands.state is State.WAIVED:
        return words.say("request.waived")
    if visit.closed:
        return words.say("request.closed", closes=closes)
    if stands.awaiting is None:
        return ""
    if over := _no_longer_shared(visit):
        return words.say("request.agreement_over", titles="; ".join(over))
    if (asked := asked_undecided(visit)) and asked.until:
        officer = visit.framework.partnership.officers[0].name
        said = words.say("time.asked_for", day=words.day(asked.until), officer=officer)
        return f"{said} {when_we_remind(words, visit, stands.awaiting)}"
    if visit.framework.calendar.add(stands.awaiting.due, 0) < visit.today:
        return words.say("request.late", day=words.day(stands.awaiting.due), closes=closes)
    if stands.state is State.NEEDS_TIME:
        named = stands.awaiting.named
        return words.say("request.more_time", day=words.day(named)) if named else words.say("request.more_time_open")
    return ""


def _no_longer_shared(visit: Visit) -> list[str]:
    """The titles of all that is still open, where no agreement covers any of it any more."""
    stands, over = visit.standing, uncovered(visit.framework, visit.request, visit.today)
    if stands.open_activities or set(stands.still_open) - set(over):
        return []
    return [visit.framework.indicator[code].title for code in stands.still_open]


def _notice(words: Words, visit: Visit) -> dict[str, str] | None:
    latest = visit.standing.latest
    if latest is None or (visit.part and latest.by != visit.by):
        return None
    if visit.standing.state is State.SENT_BACK:
        link = words.say("so_far.sent", reference=latest.partner_return)
        text = words.say("request.sent_back")
        return {"text": text, "href": visit.url(f"returns/{latest.partner_return}"), "link": link}
    if latest.by != visit.by:
        return {"text": words.say("request.other_return", partner=visit.partner.name)}
    return None


def _asked(words: Words, visit: Visit, indicator: Indicator) -> dict[str, Any]:
    framework = visit.framework
    why = [framework.priority[code].title for code in indicator.priorities]
    if indicator.statutory:
        why.append(words.say("request.statutory", statutory=indicator.statutory))
    return {
        "title": indicator.title,
        "definition": indicator.definition_text(visit.period),
        "asked_for": _asked_for(words, visit, indicator),
        "periods": "; ".join(words.period(each) for each in framework.periods_asked(indicator, visit.period)),
        "why": "; ".join(why),
        "used_by": "; ".join(board.name for board in framework.boards_using(indicator)),
        "agreement": _agreement(words, visit, indicator),
    }


def _asked_for(words: Words, visit: Visit, indicator: Indicator) -> str:
    area = words.say("request.ward_by_ward" if indicator.area == "ward" else "request.borough")
    titles = [visit.framework.breakdown[code].title.lower() for code in indicator.breakdowns]
    where = words.say("request.by_breakdown", area=area, breakdown=", ".join(titles)) if titles else area
    return f"{where}: {words.count('request.values', boxes_asked(visit.framework, indicator, visit.period))}"


def _withheld(visit: Visit) -> list[dict[str, str]]:
    known, on = visit.framework.indicator, london_day(visit.request.at)
    return [
        {"title": known[code].title, "why": visit.framework.gate(known[code], on).why}
        for code in visit.request.withheld
        if code in known
    ]


def _earlier(site: Site, visit: Visit) -> list[dict[str, str]]:
    """The partner's own figures of earlier periods, latest first."""
    partner = visit.request.partner
    own = {each.code: each.title for each in visit.framework.supplied_by(partner)}
    latest = sorted(
        (
            each
            for each in earlier_figures(
                site.installation, visit.framework, visit.facts, visit.period, partner, caveats=False
            )
            if not each.breakdown and (not visit.part or each.indicator in visit.part)
        ),
        key=lambda each: each.period.end,
        reverse=True,
    )
    return [
        {
            "title": own[each.indicator],
            "period": site.words.period(each.period),
            "value": f"{each.value:,g}" if each.value is not None else str(each.marker or ""),
        }
        for each in latest[:_EARLIER_SHOWN]
    ]
