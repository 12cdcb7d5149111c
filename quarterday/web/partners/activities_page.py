"""The page on which a lead tells how its activities go: a few lines each, last time's words beside them."""

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.arrivals import reference
from quarterday.adapters.personal_data import OwnWords, is_certain, kind_of
from quarterday.domain.activities.answering import WORDS, Answer, problems_of
from quarterday.domain.activities.rating import ALL_MET, next_milestone, words_on
from quarterday.domain.activities.told import as_told, told_before, told_for
from quarterday.domain.facts import ActivityState, ActivityTold
from quarterday.domain.framework.activities import Activity
from quarterday.web.door.sent_once import is_once, new_once
from quarterday.web.door.visits import Visit
from quarterday.web.partners.activities_said import last_time, led, planned, stands, state_said
from quarterday.web.serving.forms import SEE_OTHER, Form, example_day
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

OWN = "own"  # the choice of a milestone in the lead's own words


def activities_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """The form: a fieldset for each activity."""
    if not led(visit):
        return site.problem("gone", 404)
    return site.page(
        request,
        visit,
        "activities",
        form=form,
        due=_due(site.words, visit),
        once=new_once(),
        lines=[_line(site.words, visit, each) for each in led(visit)],
        states=[each.value for each in ActivityState],
        boards=[(each.code, each.name) for each in visit.framework.partnership.boards],
        all_met=ALL_MET,
        longest=WORDS,
        example=example_day(visit.today),
    )


def tell(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Record what was told of each activity, once all of it can count; what was left empty stays open."""
    if not led(visit):
        return site.problem("gone", 404)
    answers = [each for each in (_read(site.words, visit, form, each) for each in led(visit)) if each.says_anything]
    for answer in answers:
        _note_problems(site.words, visit, form, answer)
    if not answers:
        form.errors[f"{led(visit)[0].code}-state"] = site.words.say("activities.nothing_told")
    if form.errors or not is_once(form.said("once")):
        return activities_page(site, request, visit, form)
    record(site.installation.register, *(_told(visit, form.said("once"), each) for each in answers))
    return RedirectResponse(visit.url("activities/told"), SEE_OTHER)


def told_page(site: Site, request: Request, visit: Visit) -> Response:
    """Thanks, with what was told and what is still to come."""
    said, words = told_for(visit.facts, visit.request), site.words
    if not said:
        return site.problem("gone", 404)
    return site.page(
        request,
        visit,
        "activities_told",
        told=[(each.title, state_said(words, said[each.code])) for each in led(visit) if each.code in said],
        to_come=[each.title for each in led(visit) if each.code in visit.standing.open_activities],
        figures=len(visit.standing.still_open),
        due=_due(site.words, visit),
    )


def _due(words: Words, visit: Visit) -> str:
    """The day by which what is open is awaited, where it lies ahead: the one that was told last, in emails too."""
    awaiting = visit.standing.awaiting
    return words.day(awaiting.due) if awaiting and awaiting.due >= visit.today else ""


def _line(words: Words, visit: Visit, activity: Activity) -> dict[str, Any]:
    known = words_on(visit.facts, activity, visit.request.collection)
    upcoming = next_milestone(activity, known)
    at = activity.in_order.index(upcoming) if upcoming else len(activity.milestones)
    return {
        "code": activity.code,
        "title": activity.title,
        "about": activity.about,
        "runs": words.say("dates.between", start=words.date_of(activity.starts), end=words.date_of(activity.ends)),
        "next": planned(words, upcoming.title, upcoming.on) if upcoming else "",
        "past": bool(upcoming and upcoming.on < visit.today),
        "milestones": [each.title for each in activity.in_order[at:]],
        "moves": "; ".join(visit.title(code) for code in activity.indicators if visit.title(code)),
        "now": stands(words, told_for(visit.facts, visit.request).get(activity.code)),
        "last": last_time(words, visit, activity),
    }


def _read(words: Words, visit: Visit, form: Form, activity: Activity) -> Answer:
    def text(name: str) -> str:
        label = words.say(f"activities.{name}")
        return form.text(f"{activity.code}-{name}", WORDS, lines=True, label=f"{activity.title}: {label}")

    chosen, own = form.said(f"{activity.code}-next"), text("own")
    return Answer(
        activity=activity.code,
        state=form.said(f"{activity.code}-state"),
        done=text("done"),
        next_milestone=own if chosen in ("", OWN) else chosen,
        next_on=form.day(f"{activity.code}-next_on", words.say("activities.next_on_field"), needed=False),
        in_the_way=text("in_the_way"),
        asks=text("asks"),
        asks_board=form.said(f"{activity.code}-asks_board"),
    )


def _note_problems(words: Words, visit: Visit, form: Form, answer: Answer) -> None:
    """Note beside each field what stands against it."""
    for field, sentence in problems_said(words, visit, answer):
        name = "own" if field == "next_milestone" else field
        form.errors.setdefault(f"{answer.activity}-{name}", sentence)


def problems_said(words: Words, visit: Visit, answer: Answer) -> Iterator[tuple[str, str]]:
    """What stands against an answer, and what in it tells of a person: each field with its sentence."""
    activity = visit.framework.activity[answer.activity]
    known = OwnWords(visit.framework)
    for field, text in answer.words.items():
        rule = kind_of(text, known)
        if rule and is_certain(rule):
            yield field, words.say("activities.personal", title=activity.title)
    before = told_before(visit.facts, activity.code, visit.request.collection)
    for problem in problems_of(visit.framework, activity, answer, before, visit.today):
        yield problem.field, f"{activity.title}: {problem.sentence}"


def _told(visit: Visit, once: str, answer: Answer) -> ActivityTold:
    """The word that an answer is, which `_note_problems` has found nothing against."""
    told = reference("W", f"{visit.request.request}/{answer.activity}", once)
    return as_told(visit.request, answer, told, at=visit.now, by=visit.by, reason=visit.reason)
