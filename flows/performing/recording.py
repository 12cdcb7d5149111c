"""Officers' decisions as flows: recorded in a run named after what was decided, or refused in a sentence."""

import inspect
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import wraps
from typing import NamedTuple, ParamSpec

from prefect import Flow
from prefect.context import FlowRunContext
from prefect.states import Cancelled, Completed, State

from flows.performing.coming_back import come_back
from flows.performing.failing import REFUSED, watched
from flows.performing.process import this_installation
from flows.showing.artifacts import show_standing
from flows.showing.labels import label_run
from quarterday.adapters.installation import Installation
from quarterday.adapters.register import AlreadyRecorded, Register
from quarterday.domain.collection.binding import framework_of, plan_for
from quarterday.domain.collection.runs import Run
from quarterday.domain.collection.standing import LONDON, london_day
from quarterday.domain.collection.undo import Matter, offering
from quarterday.domain.facts import Fact, Facts, RequestMade
from quarterday.domain.framework.calendar import CalendarNotCoveredError
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, request_of_quarter
from quarterday.domain.rulings.time_rulings import what_the_date_means
from quarterday.domain.telling.audit import Teller
from quarterday.domain.telling.decided_before import decided_before
from quarterday.domain.telling.news import news_since, said_already

P = ParamSpec("P")

# What each form says of what most of them ask; a form's own docstring describes the rest, or says these in its own way.
_ASKED_BY_MOST = {
    "quarter": "such as 2025-26 Q1",
    "partner": "the partner's code, as in config/partners.yaml",
    "who": "who decides: an officer's code, as in config/partnership.yaml",
    "why": "the reason, in a few words; it is kept with the decision and stays inside",
    "say_to_the_partner": "goes into the email to the partner; empty for nothing beside the decision",
}


class Decided(NamedTuple):
    """What a form decided: how its run is named, the facts, and on which matter, so that it can be taken back."""

    what: str
    facts: Sequence[Fact]
    matter: Matter
    partner: str = ""
    quarter: str = ""
    then: str = ""  # what follows, in a sentence
    undo: bool = True  # not what has to work at once
    at_once: Callable[[], object] | None = None  # what is done as soon as it is on record


def decision(name: str) -> Callable[[Callable[P, Decided]], Flow[P, State]]:
    """A flow that takes a decision. One that cannot be taken ends as “Refused”, its message the sentence that says why.

    No stack of calls is shown for it and no dashboard turns red: nothing is broken. It is taken in turn with the
    officers' pages: of two who decide at the same moment the second knows what the first decided. Prefect is told
    once the turn is over, so that no page waits for it.
    """

    def made(decide: Callable[P, Decided]) -> Flow[P, State]:
        @wraps(decide)
        def take(*args: P.args, **kwargs: P.kwargs) -> State:
            installation = this_installation()
            try:
                with installation.register.turn():
                    decided = decide(*args, **kwargs)
                    until = _record(installation, decided)
            except (RulingRefusedError, CalendarNotCoveredError) as refused:
                return _refused(name, refused)
            return _shown(installation, decided, until)

        take.__doc__ = described(decide)
        return watched(name)(take)

    return made


def mails_a_page(name: str) -> Callable[[Callable[P, State]], Flow[P, State]]:
    """A flow that decides nothing but mails an officer the link to a page; where it may not, it ends as “Refused”."""

    def made(send: Callable[P, State]) -> Flow[P, State]:
        @wraps(send)
        def take(*args: P.args, **kwargs: P.kwargs) -> State:
            try:
                return send(*args, **kwargs)
            except RulingRefusedError as refused:
                return _refused(name, refused)

        take.__doc__ = described(send)
        return watched(name)(take)

    return made


def _refused(name: str, refused: Exception) -> State:
    label_run(this_installation(), f"Refused · {name}", "")
    return Cancelled(name=REFUSED, message=str(refused))


def described(decide: Callable[..., object]) -> str:
    """A form's docstring with all that it asks, in order. Raises `KeyError` for what nobody describes."""
    said, _, args = (inspect.getdoc(decide) or "").partition("\n\nArgs:\n")
    own = dict(line.strip().split(": ", 1) for line in args.splitlines())
    asked = [f"    {each}: {own.get(each) or _ASKED_BY_MOST[each]}" for each in inspect.signature(decide).parameters]
    return f"{said}\n\nArgs:\n" + "\n".join(asked)


class AtHand(NamedTuple):
    """What a decision about a request is taken on, in the order in which `request_rulings` asks for it."""

    framework: Framework
    facts: Facts
    request: RequestMade
    ruling: Ruling

    def matter(self, decision: str) -> Matter:
        """A decision about the request, as the officers' pages name it."""
        return Matter(decision, self.request.request, (self.request.request,))


def at_hand(quarter: str, partner: str, who: str, why: str, say: str = "") -> AtHand:
    """The request that is decided about, the facts as they are now, and who decides. Raises `RulingRefusedError`."""
    installation = this_installation()
    facts = installation.facts()
    request = request_of_quarter(installation.framework, facts, quarter, partner)
    return AtHand(
        framework_of(installation.framework, facts, request.collection),
        facts,
        request,
        Ruling(who, why, installation.now(), say),
    )


def what_it_means(on: AtHand, until: date | None) -> str:
    """What follows from a date that a partner was given, for the officer who gave it."""
    plan = plan_for(on.framework, on.facts, on.request.collection)
    if until is None or plan is None:
        return ""
    return " ".join(what_the_date_means(on.framework, plan, on.request, until, london_day(on.ruling.at)))


def _record(installation: Installation, decided: Decided) -> datetime | None:
    """Append the decision's facts; until when one press takes them back, where one does.

    Raises `RulingRefusedError` where something happened to the matter since the form was submitted, or where the very
    same stands already: somebody was quicker, or it was asked for twice.
    """
    if news := _news(installation, decided):
        raise RulingRefusedError(news)
    if said := said_already(installation.facts().going_on, decided.facts, submitted_at(installation)):
        raise RulingRefusedError(_said_already(installation.register, said[0]))  # by this run, which was taken up again
    minutes = installation.settings.undo_minutes if decided.undo else 0
    offer = offering(decided.matter, decided.facts, installation.framework.partnership.code, minutes)
    try:
        installation.register.append(*decided.facts, *([offer] if minutes else []))
    except AlreadyRecorded as known:
        raise RulingRefusedError(_said_already(installation.register, known.facts[0])) from known
    return offer.until if minutes else None


def _news(installation: Installation, decided: Decided) -> str:
    """What others did in the matter while the run waited for its turn, in a sentence; empty where they did nothing.

    What was done a moment ago goes on: nobody waits until all that is over has been read.
    """
    facts, seen = installation.facts().going_on, submitted_at(installation)
    by = decided.facts[0].by
    news = [each for each in news_since(installation.framework, facts, decided.matter.name, seen) if each.by != by]
    if not news:
        return ""
    entry = Teller(installation.framework, facts).entry(news[-1])
    return (
        f"Meanwhile, on {entry.when}, something happened here ({entry.who}): {entry.what} Nothing was recorded of your "
        "decision. Look again, and submit the form once more where it should still hold."
    )


def submitted_at(installation: Installation) -> datetime:
    """When whoever decides saw how things stood: as the form was submitted, however long its run has waited since."""
    context, now = FlowRunContext.get(), installation.now()
    run = context.flow_run if context else None
    if context is None or run is None or run.created is None or installation.settings.clock_file:
        return now  # a clock that is set knows nothing of the server's
    return now - max(context.start_time - run.created, timedelta())


def _shown(installation: Installation, decided: Decided, until: datetime | None) -> State:
    """Name the run after the decision, and say what follows and until when it can be taken back."""
    named = " · ".join(each for each in (decided.partner, decided.quarter) if each)
    label_run(installation, decided.what, named, decided.quarter, decided.partner)
    if decided.at_once:
        decided.at_once()
    if until:
        for run in (Run.CHASE, Run.PUBLISH):
            come_back(installation, run)
    show_standing(installation)
    said = [f"{decided.what}: recorded.", decided.then, _undo(installation, until), _before(decided.facts)]
    return Completed(name="Recorded", message=" ".join(each for each in said if each))


def _undo(installation: Installation, until: datetime | None) -> str:
    if until is None:
        return ""
    page = f"{installation.settings.portal_url.rstrip('/')}/officers/decisions"
    return f"Until {until.astimezone(LONDON):%H:%M} nothing follows from it, and one press takes it back: {page}"


def _before(decided: Sequence[Fact]) -> str:
    """Who had decided otherwise, and when: the latest decision holds, and whoever takes it should know of the last."""
    house, known = this_installation().framework, this_installation().facts()
    return next((said for each in decided if (said := decided_before(house, known, each))), "")


def _said_already(register: Register, fact: Fact) -> str:
    """Who decided the same before, and when, so that whoever decides now knows that nothing is left to do."""
    stands = register.find(type(fact), fact.key)
    assert stands, "the register refused a fact that it does not hold"
    return (
        f"{stands.by} has already decided exactly this, on {say_date(london_day(stands.at))}. It holds; nothing was "
        "recorded a second time. If you meant something else, run this again with what should hold now."
    )
