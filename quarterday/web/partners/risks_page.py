"""The page on which an owner looks at its risks again: what was said last stands there already."""

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.arrivals import reference
from quarterday.adapters.personal_data import OwnWords, is_certain, kind_of
from quarterday.domain.facts import RiskReviewed, Trend
from quarterday.domain.framework.risks import Impact, Likelihood
from quarterday.domain.risks.reviewed import as_reviewed, mitigation_told
from quarterday.domain.risks.reviewing import WORDS, Review, RiskStands, owned_by, review_problems, reviews_due
from quarterday.web.door.sent_once import is_once, new_once
from quarterday.web.door.visits import Visit
from quarterday.web.serving.forms import SEE_OTHER, Form, example_day
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site
from quarterday.web.words import Words


def due_lines(words: Words, visit: Visit) -> list[dict[str, str]]:
    """The risks to be reviewed by the close, and those reviewed since the request: for the request's own page."""
    due = reviews_due(visit.framework, visit.facts, visit.request.partner, visit.request.closes)
    lines = [
        {"title": each.risk.title, "state": words.say("risks.due_line", day=words.day(each.review))} for each in due
    ]
    return [*lines, *({"title": title, "state": state} for title, state in _reviewed(words, visit))]


def risks_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """The form: a fieldset for each risk that the partner owns, those that are due first."""
    if not (mine := owned(visit)):
        return site.problem("gone", 404)
    before = {
        f"{each.risk.code}-{name}": getattr(each, name).value for each in mine for name in ("likelihood", "impact")
    }
    return site.page(
        request,
        visit,
        "risks",
        form=form,
        typed_before=before,
        once=new_once(),
        lines=[_line(site.words, visit, each) for each in mine],
        likelihoods=[(each.value, each.value.capitalize()) for each in Likelihood],
        impacts=[(each.value, each.value.capitalize()) for each in Impact],
        trends=[each.value for each in Trend],
        longest=WORDS,
        example=example_day(visit.today),
    )


def review(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Record each review that was begun, once all of them can count; a risk left as it stood is not reviewed."""
    if not (mine := owned(visit)):
        return site.problem("gone", 404)
    found = [(each, said) for each in mine if _says_anything(said := _read(site.words, form, each))]
    for stands, said in found:
        _note_problems(site.words, visit, form, stands, said)
    if not found:
        form.errors[f"{mine[0].risk.code}-trend"] = site.words.say("risks.nothing")
    if form.errors or not is_once(form.said("once")):
        return risks_page(site, request, visit, form)
    record(site.installation.register, *(_fact(visit, form.said("once"), *each) for each in found))
    return RedirectResponse(visit.url("risks/reviewed"), SEE_OTHER)


def reviewed_page(site: Site, request: Request, visit: Visit) -> Response:
    """Thanks, with what was reviewed and when each is looked at again."""
    said = _reviewed(site.words, visit)
    return site.page(request, visit, "risks_reviewed", reviewed=said) if said else site.problem("gone", 404)


def owned(visit: Visit) -> tuple[RiskStands, ...]:
    """The risks that a partner owns, those that are due first; none for a colleague who was given a part."""
    if visit.part:
        return ()
    mine = owned_by(visit.framework, visit.facts, visit.request.partner, visit.today)
    return tuple(sorted(mine.values(), key=lambda each: each.review > visit.request.closes))


def _reviewed(words: Words, visit: Visit) -> list[tuple[str, str]]:
    """What was reviewed since the request went out, by title, with the day of its next review."""
    mine = [each for each in owned(visit) if each.last and each.last.at >= visit.request.at]
    return [(each.risk.title, words.say("risks.again", day=words.day(each.review))) for each in mine]


def _line(words: Words, visit: Visit, stands: RiskStands) -> dict[str, Any]:
    risk = stands.risk
    passed = f" {words.say('risks.missed')}" if stands.missed(visit.today) else ""
    trend = words.say(f"risks.trends.{stands.trend.value}") if stands.trend else words.say("risks.not_reviewed")
    rows = [
        (words.say("risks.about"), risk.about),
        (words.say("risks.mitigation"), mitigation_told(visit.facts, stands, shown=visit.shown)),
        (words.say("risks.trend"), trend),
        (words.say("risks.next_review"), f"{words.day(stands.review)}{passed}"),
    ]
    return {"code": risk.code, "title": risk.title, "rows": [each for each in rows if each[1]]}


def _read(words: Words, form: Form, stands: RiskStands) -> tuple[Review, bool]:
    """What was written of a risk, and whether its likelihood or impact is another than before."""
    code = stands.risk.code
    likelihood, impact = form.said(f"{code}-likelihood"), form.said(f"{code}-impact")
    label = f"{stands.risk.title}: {words.say('risks.next_review_field')}"
    said = Review(
        likelihood=likelihood,
        impact=impact,
        trend=form.said(f"{code}-trend"),
        mitigation=form.text(f"{code}-mitigation", WORDS, lines=True, label=words.say("risks.mitigation")),
        next_review=form.day(f"{code}-next_on", label, needed=False),
    )
    return said, (likelihood, impact) not in ((stands.likelihood, stands.impact), ("", ""))


def _says_anything(read: tuple[Review, bool]) -> bool:
    said, changed = read
    return changed or bool(said.trend or said.mitigation or said.next_review)


def _note_problems(words: Words, visit: Visit, form: Form, stands: RiskStands, read: tuple[Review, bool]) -> None:
    """Note beside each field what stands against it, and what tells of a person."""
    for name, sentence in _problems(words, visit, stands, read[0]):
        form.errors.setdefault(f"{stands.risk.code}-{name}", sentence)


def _problems(words: Words, visit: Visit, stands: RiskStands, said: Review) -> Iterator[tuple[str, str]]:
    for field, sentence in review_wanting(words, visit, stands, said):
        yield "next_on" if field == "next_review" else field, sentence


def review_wanting(words: Words, visit: Visit, stands: RiskStands, said: Review) -> Iterator[tuple[str, str]]:
    """What stands against a review, and what in it tells of a person: each field with its sentence."""
    for field, sentence in review_problems(stands, said, visit.today):
        yield field, f"{stands.risk.title}: {sentence}"
    rule = kind_of(said.mitigation, OwnWords(visit.framework)) if said.mitigation else None
    if rule and is_certain(rule):
        yield "mitigation", words.say("risks.personal", title=stands.risk.title)


def risks_due(visit: Visit) -> list[RiskStands]:
    """The risks that are to be reviewed before the request closes."""
    return [each for each in owned(visit) if each.review <= visit.request.closes]


def _fact(visit: Visit, once: str, stands: RiskStands, read: tuple[Review, bool]) -> RiskReviewed:
    name = reference("V", f"{visit.request.request}/{stands.risk.code}", once)
    return review_fact(visit, stands, read[0], name)


def review_fact(visit: Visit, stands: RiskStands, said: Review, reviewed: str) -> RiskReviewed:
    """The review, against which `review_wanting` has found nothing; `reviewed` is its own id."""
    who = {"at": visit.now, "by": visit.by, "reason": visit.reason}
    return as_reviewed(stands, said, visit.request.partnership, reviewed, **who)
