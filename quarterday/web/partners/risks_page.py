"""The page on which an owner looks at its risks again: what was said last stands there already."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.arrivals import reference
from quarterday.adapters.personal_data import OwnWords, is_certain, kind_of
from quarterday.domain.collection.risk_words import until_asked_again
from quarterday.domain.facts import RiskReviewed, Trend
from quarterday.domain.framework.risks import Impact, Likelihood
from quarterday.domain.risks.reviewed import as_reviewed, mitigation_told
from quarterday.domain.risks.reviewing import WORDS, Review, RiskStands, owned_by, review_problems
from quarterday.web.boards.board_visits import BoardVisit
from quarterday.web.door.sent_once import is_once, new_once
from quarterday.web.door.visits import Visit
from quarterday.web.serving.forms import SEE_OTHER, Form, example_day
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site
from quarterday.web.words import Words


@dataclass(frozen=True)
class RisksShown:
    """The risks that a link lets somebody review: beside a request, or by an email about nothing else."""

    visit: Visit | BoardVisit
    owner: str  # the partner's code
    since: datetime  # what was reviewed from here on stands among what we thank for
    first: date  # reviews due by then stand first
    asked: str  # what a review answers: the request, or the email
    shown: bool  # whether its reader has shown who they are
    beside: bool  # beside a request, to whose page the links go back

    @cached_property
    def owned(self) -> tuple[RiskStands, ...]:
        """All risks of the owner, those that are due first."""
        mine = owned_by(self.visit.framework, self.visit.facts, self.owner, self.visit.today)
        return tuple(sorted(mine.values(), key=lambda each: each.review > self.first))

    @property
    def due(self) -> list[RiskStands]:
        """Those to be reviewed by the day on which reviews stand first."""
        return [each for each in self.owned if each.review <= self.first]

    @property
    def to(self) -> str:
        """Where the form goes."""
        return self.visit.url("risks" if self.beside else "")

    def reviewed(self, words: Words) -> list[tuple[str, str]]:
        """What was reviewed since, by title, with the day of its next review."""
        mine = [each for each in self.owned if each.last and each.last.at >= self.since]
        return [(each.risk.title, words.say("risks.again", day=words.day(each.review))) for each in mine]


def beside_request(visit: Visit) -> RisksShown:
    """What stands beside a partner's request."""
    request = visit.request
    by = until_asked_again(visit.framework, request)
    return RisksShown(visit, request.partner, request.at, by, request.request, visit.shown, beside=True)


def due_lines(words: Words, visit: Visit) -> list[dict[str, str]]:
    """The risks to be reviewed before the next request, and those reviewed since this one: for its own page."""
    shown = beside_request(visit)
    lines = [
        {"title": each.risk.title, "state": words.say("risks.due_line", day=words.day(each.review))}
        for each in (() if visit.part else shown.due)
    ]
    told = shown.reviewed(words)
    return [*lines, *({"title": title, "state": state} for title, state in told)]


def risks_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """The form: a fieldset for each risk that the partner owns, those that are due first."""
    return show_form(site, request, beside_request(visit), form)


def show_form(site: Site, request: Request, risks: RisksShown, form: Form | None = None) -> Response:
    """The form over what somebody may review; gone where there is nothing."""
    visit, mine = risks.visit, risks.owned
    if not mine:
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
        to=risks.to,
        beside=risks.beside,
        owner=visit.framework.partner[visit.framework.known_now(risks.owner)[0]].name,
        lines=[_line(site.words, risks, each) for each in mine],
        reviewed=[] if risks.beside else risks.reviewed(site.words),
        likelihoods=[(each.value, each.value.capitalize()) for each in Likelihood],
        impacts=[(each.value, each.value.capitalize()) for each in Impact],
        trends=[each.value for each in Trend],
        longest=WORDS,
        example=example_day(visit.today),
    )


def review(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Record each review that was begun beside a request."""
    return take_reviews(site, request, beside_request(visit), form)


def take_reviews(site: Site, request: Request, risks: RisksShown, form: Form) -> Response:
    """Record each review that was begun, once all of them can count; a risk left as it stood is not reviewed."""
    if not (mine := risks.owned):
        return site.problem("gone", 404)
    found = [(each, said) for each in mine if _says_anything(said := _read(site.words, form, each))]
    for stands, said in found:
        _note_problems(site.words, risks.visit, form, stands, said)
    if not found:
        form.errors[f"{mine[0].risk.code}-trend"] = site.words.say("risks.nothing")
    if form.errors or not is_once(form.said("once")):
        return show_form(site, request, risks, form)
    record(site.installation.register, *(_fact(risks, form.said("once"), *each) for each in found))
    return RedirectResponse(f"{risks.to}/reviewed", SEE_OTHER)


def reviewed_page(site: Site, request: Request, visit: Visit) -> Response:
    """Thanks beside a request."""
    return thank(site, request, beside_request(visit))


def thank(site: Site, request: Request, risks: RisksShown) -> Response:
    """Thanks, with what was reviewed and when each is looked at again."""
    said = risks.reviewed(site.words)
    if not said:
        return site.problem("gone", 404)
    return site.page(request, risks.visit, "risks_reviewed", reviewed=said, beside=risks.beside, to=risks.to)


def owned(visit: Visit) -> tuple[RiskStands, ...]:
    """The risks that a partner owns, those that are due first; none for a colleague who was given a part."""
    return () if visit.part else beside_request(visit).owned


def _line(words: Words, risks: RisksShown, stands: RiskStands) -> dict[str, Any]:
    risk, visit = stands.risk, risks.visit
    passed = f" {words.say('risks.missed')}" if stands.missed(visit.today) else ""
    trend = words.say(f"risks.trends.{stands.trend.value}") if stands.trend else words.say("risks.not_reviewed")
    rows = [
        (words.say("risks.about"), risk.about),
        (words.say("risks.mitigation"), mitigation_told(visit.facts, stands, shown=risks.shown)),
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


def _note_problems(
    words: Words, visit: Visit | BoardVisit, form: Form, stands: RiskStands, read: tuple[Review, bool]
) -> None:
    """Note beside each field what stands against it, and what tells of a person."""
    for name, sentence in _problems(words, visit, stands, read[0]):
        form.errors.setdefault(f"{stands.risk.code}-{name}", sentence)


def _problems(words: Words, visit: Visit | BoardVisit, stands: RiskStands, said: Review) -> Iterator[tuple[str, str]]:
    for field, sentence in review_wanting(words, visit, stands, said):
        yield "next_on" if field == "next_review" else field, sentence


def review_wanting(
    words: Words, visit: Visit | BoardVisit, stands: RiskStands, said: Review
) -> Iterator[tuple[str, str]]:
    """What stands against a review, and what in it tells of a person: each field with its sentence."""
    for field, sentence in review_problems(stands, said, visit.today):
        yield field, f"{stands.risk.title}: {sentence}"
    rule = kind_of(said.mitigation, OwnWords(visit.framework)) if said.mitigation else None
    if rule and is_certain(rule):
        yield "mitigation", words.say("risks.personal", title=stands.risk.title)


def risks_due(visit: Visit) -> list[RiskStands]:
    """The risks that are to be reviewed before the partner is asked again."""
    return [] if visit.part else beside_request(visit).due


def _fact(risks: RisksShown, once: str, stands: RiskStands, read: tuple[Review, bool]) -> RiskReviewed:
    said = "\n".join(str(each) for each in astuple(read[0]))  # put right on the same page, it is another review
    name = reference("V", f"{risks.asked}/{stands.risk.code}", f"{once}\n{said}")
    return review_fact(risks.visit, stands, read[0], name)


def review_fact(visit: Visit | BoardVisit, stands: RiskStands, said: Review, reviewed: str) -> RiskReviewed:
    """The review, against which `review_wanting` has found nothing; `reviewed` is its own id."""
    who = {"at": visit.now, "by": visit.by, "reason": visit.reason}
    return as_reviewed(stands, said, visit.framework.partnership.code, reviewed, **who)
