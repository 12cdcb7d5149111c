"""Officers' decisions on figures that came: held back from what is published, or let in again.

For figures that came under an agreement which has ended since, or of which the partnership is no longer sure that it
may publish them. They are no gap of the partner's: it answered, and nobody asks it for them again.
"""

from collections.abc import Iterable

from quarterday.domain.collection.held_figures import held_of
from quarterday.domain.collection.releases import standing_releases
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.verdicts import accepted_returns, answered_by
from quarterday.domain.facts import Facts, FiguresHeld, RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import say_date, say_day
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError


def hold_figures(
    framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling, *, indicators: Iterable[str]
) -> list[FiguresHeld]:
    """Keep figures that came out of what is published: of some indicators, or of all that came where none is named."""
    fields = ruling.fields(framework, Duty.RELEASES)
    came = answered_by(facts, request, accepted_returns(facts, request.request))
    if not came:
        name = framework.partner[request.partner].name
        raise RulingRefusedError(f"No figures of {name} are accepted, so there are none to hold back. Record a gap.")
    wanted = _those(framework, indicators, came, "have come")
    said, known = ruling.say.strip(), held_of(facts, request.request)
    news = [each for each in wanted if each not in known or known[each].for_readers != said]
    if not news:
        before, titles = known[wanted[0]], "; ".join(framework.indicator[each].title for each in wanted)
        raise RulingRefusedError(
            f"{before.by} holds back {titles} since {say_date(london_day(before.at))}, with the same words."
        )
    return [
        FiguresHeld(request=request.request, indicator=each, held=True, for_readers=said, **fields) for each in news
    ]


def publish_figures(
    framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling, *, indicators: Iterable[str]
) -> list[FiguresHeld]:
    """Let figures that were held back be published again: of some indicators, or of all where none is named."""
    fields = ruling.fields(framework, Duty.RELEASES)
    held = tuple(held_of(facts, request.request))
    if not held:
        raise RulingRefusedError(f"Nothing of {framework.partner[request.partner].name} is held back.")
    wanted = _those(framework, indicators, held, "are held back")
    return [FiguresHeld(request=request.request, indicator=each, held=False, **fields) for each in wanted]


def what_holding_means(facts: Facts, plan: Timetable) -> str:
    """What follows from figures being held back or let in, for the officer who decided it."""
    if standing := standing_releases(facts, plan.collection):
        return (
            f"Version {standing[-1].version} of {plan.label} stays as it is; the next one goes by this. To take back "
            "what is published, withdraw it."
        )
    return f"The release of {say_day(plan.publish_on)} goes by this."


def _those(framework: Framework, indicators: Iterable[str], there: tuple[str, ...], are: str) -> tuple[str, ...]:
    """The indicators that are meant: those named, or all there are. Raises `RulingRefusedError` for any other."""
    named = tuple(dict.fromkeys(each.strip() for each in indicators if each.strip()))
    for each in named:
        if each not in there:
            title = framework.indicator[each].title if each in framework.indicator else each
            raise RulingRefusedError(f"“{title}” is none of those that {are}: {', '.join(there)}.")
    return named or there
