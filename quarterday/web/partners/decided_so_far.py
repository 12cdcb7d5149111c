"""What officers decided about a request and its figures, each in a few words that its partner may read."""

from collections.abc import Iterator
from dataclasses import dataclass

from quarterday.domain.collection.promises_changed import PromiseChanged, promises_changed
from quarterday.domain.collection.verdicts import was_sent_back
from quarterday.domain.facts import (
    READ_AGAIN,
    ActivityGap,
    ActivityRuled,
    ExtensionDecided,
    Fact,
    FiguresHeld,
    GapRecorded,
    RequestMade,
    RequestWaived,
    VerdictGiven,
    WaiverLifted,
)
from quarterday.web.door.visits import Visit
from quarterday.web.words import Words


@dataclass(frozen=True)
class Decision:
    """One decision: what was decided, and what readers of the pack are told of it. Its reason stays inside."""

    fact: Fact
    what: str
    for_readers: str = ""


def decisions(words: Words, visit: Visit) -> Iterator[Decision]:
    """What was decided on a visitor's request; for whoever has a part of it, on the whole and on that part."""
    yield from _on_the_request(words, visit)
    yield from _on_returns(words, visit)
    yield from _on_figures(words, visit)
    yield from _on_promises(words, visit)
    if not visit.part:
        yield from _on_activities(words, visit)


def _on_the_request(words: Words, visit: Visit) -> Iterator[Decision]:
    about, request = visit.facts.about, visit.request.request
    for extension in visit.extensions:
        yield Decision(extension, say_decided(words, extension))
    for waived in about(request, RequestWaived):
        yield Decision(waived, words.say("so_far.let_off"))
    for lifted in about(request, WaiverLifted):
        yield Decision(lifted, words.say("so_far.asked_after_all"))


def say_decided(words: Words, decided: ExtensionDecided) -> str:
    """What an officer decided about more time."""
    if decided.granted and decided.until:
        return words.say("so_far.granted", day=words.day(decided.until))
    return words.say("so_far.refused")


def _on_returns(words: Words, visit: Visit) -> Iterator[Decision]:
    sent = {each.partner_return for each in visit.returns}
    for given in visit.facts.about(visit.request.request, VerdictGiven):
        decided = given.overrides and (given.overrides != READ_AGAIN or _went_back(visit, given))
        if decided and given.partner_return in sent:
            name = "so_far.sent_back" if was_sent_back(given) else "so_far.accepted"
            yield Decision(given, words.say(name, reference=given.partner_return))


def _went_back(visit: Visit, given: VerdictGiven) -> bool:
    """Whether a return that was read again had been sent back before: else nothing changes for its sender."""
    before = (each for each in visit.facts.about(given.request, VerdictGiven) if each.at < given.at)
    return any(each.partner_return == given.partner_return and was_sent_back(each) for each in before)


def _on_figures(words: Words, visit: Visit) -> Iterator[Decision]:
    about, request = visit.facts.about, visit.request.request
    for gap in about(request, GapRecorded):
        if gap.by_an_officer and _sees(visit, gap.indicator):
            title = visit.title(gap.indicator) or gap.indicator
            name = "so_far.gap_expected" if gap.expected else "so_far.gap"
            day = words.day(gap.expected) if gap.expected else ""
            yield Decision(gap, words.say(name, title=title, owner=gap.owner, day=day), gap.for_readers or "")
    for held in about(request, FiguresHeld):
        if _sees(visit, held.indicator):
            name = "so_far.held" if held.held else "so_far.held_no_more"
            said = words.say(name, title=visit.title(held.indicator) or held.indicator)
            yield Decision(held, said, held.for_readers if held.held else "")


def _sees(visit: Visit, indicator: str) -> bool:
    return not visit.part or indicator in visit.part


def _on_promises(words: Words, visit: Visit) -> Iterator[Decision]:
    (made,) = visit.facts.about(visit.request.request, RequestMade)
    for changed in promises_changed(visit.facts, made):
        for what in _promise(words, visit, changed):
            yield Decision(changed.decided, what)


def _promise(words: Words, visit: Visit, changed: PromiseChanged) -> Iterator[str]:
    if changed.called_off:
        yield words.say("so_far.called_off")
        return
    if changed.due:
        yield words.say("so_far.moved", day=words.day(changed.due))
    for code in changed.let_off:
        if _sees(visit, code):
            yield words.say("so_far.asked_no_more", title=visit.title(code) or code)
    for code in changed.activities_let_off if not visit.part else ():
        yield words.say("so_far.asked_no_more", title=_activity(visit, code))


def _on_activities(words: Words, visit: Visit) -> Iterator[Decision]:
    about, request = visit.facts.about, visit.request
    for gap in about(request.request, ActivityGap):
        if gap.by_an_officer:
            name = "so_far.activity_gap_expected" if gap.expected else "so_far.activity_gap"
            day = words.day(gap.expected) if gap.expected else ""
            yield Decision(gap, words.say(name, title=_activity(visit, gap.activity), day=day))
    for ruled in about(request.collection, ActivityRuled):
        if ruled.activity in request.activities:
            rag = words.say(f"so_far.rag.{ruled.rag.value}")
            what = words.say("so_far.activity_ruled", title=_activity(visit, ruled.activity), rag=rag)
            yield Decision(ruled, what, ruled.for_readers)


def _activity(visit: Visit, code: str) -> str:
    known = visit.framework.activity.get(code)
    return known.title if known else code
