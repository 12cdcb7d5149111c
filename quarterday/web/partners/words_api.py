"""What a partner's script tells beside figures: activities with what is asked of boards, risks, and boards' actions.

A call takes JSON and answers with JSON: all of it is recorded, or nothing and what stands against it. The rules, and
the facts that come of it, are those of the partner's pages; the same words sent again are the words that they were.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from quarterday.adapters.arrivals import clean, reference
from quarterday.domain.activities.answering import Answer, board_of
from quarterday.domain.activities.told import as_told, says_the_same, told_for
from quarterday.domain.asks.agreed_actions import AgreedAction
from quarterday.domain.asks.answering import WORDS
from quarterday.domain.asks.news import actions_ever_owned, actions_owned
from quarterday.domain.facts import ActionState, ActionTold, Fact
from quarterday.domain.framework.periods import parse_day
from quarterday.domain.risks.reviewed import says_the_same as reviewed_the_same
from quarterday.domain.risks.reviewing import Review
from quarterday.web.boards.said_of_asks import personal_in
from quarterday.web.door.visits import Visit
from quarterday.web.partners.activities_page import problems_said
from quarterday.web.partners.activities_said import led
from quarterday.web.partners.risks_page import owned, review_fact, review_wanting, risks_due
from quarterday.web.words import Words

MOST_BYTES = 256 * 1024
KINDS = ("activities", "risks", "actions")
ACTIVITY_FIELDS = ("state", "done", "next_milestone", "next_on", "in_the_way", "asks", "asks_board")
RISK_FIELDS = ("likelihood", "impact", "trend", "mitigation", "next_review")
ACTION_FIELDS = ("state", "said")
_DAYS = ("next_on", "next_review")
Item = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """What a call comes to: the facts that are new, or what stands against them."""

    facts: tuple[Fact, ...] = ()
    problems: tuple[dict[str, str], ...] = ()


class NotReadableError(ValueError):
    """The body is not what the description says; the sentence says how."""


def asked_beside(visit: Visit) -> dict[str, list[str]]:
    """What may be told for a request, by the codes that a call names: what of it is still to come or due."""
    return {
        "activities": [each.code for each in led(visit)],
        "activities_to_come": list(visit.standing.open_activities),
        "risks_due": [each.risk.code for each in risks_due(visit)],
        "actions": [each.set.action for each in _actions(visit)],
    }


def read_body(words: Words, data: bytes) -> dict[str, list[Item]]:
    """The items of a call by their kind. Raises `NotReadableError`."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise NotReadableError(words.say("api.not_json")) from None
    if not isinstance(body, dict) or not body or set(body) - set(KINDS):
        raise NotReadableError(words.say("api.kinds", kinds=", ".join(KINDS)))
    for kind, items in body.items():
        if not isinstance(items, list) or not all(_is_plain(each) for each in items):
            raise NotReadableError(words.say("api.items", kind=kind))
    return body


def _is_plain(item: object) -> bool:
    return isinstance(item, dict) and all(isinstance(each, str) for each in item.values())


def told(words: Words, visit: Visit, body: Mapping[str, list[Item]]) -> Told:
    """All that a call tells, as facts; nothing of it where anything stands against any."""
    facts: list[Fact] = []
    problems: list[dict[str, str]] = []
    for kind, (name, take) in _TAKES.items():
        items = body.get(kind, ())
        named = Counter(str(item.get(name, "")) for item in items)
        problems += [_problem(code, name, words.say("api.twice")) for code, times in named.items() if times > 1]
        for item in items:
            found = list(take(words, visit, item))
            problems += [each for each in found if isinstance(each, dict)]
            facts += [each for each in found if isinstance(each, Fact)]
    return Told((), tuple(problems)) if problems else Told(tuple(facts))


def _problem(code: str, field: str, sentence: str) -> dict[str, str]:
    return {"of": clean(code, 200), "field": clean(field, 100), "sentence": sentence}


def _none(words: Words, code: str, name: str, known: Iterable[str]) -> dict[str, str]:
    """That a code is none of those that a partner may tell of."""
    codes = ", ".join(known)
    return _problem(code, name, words.say("api.none", codes=codes) if codes else words.say("api.none_at_all"))


def _unknown(item: Item, fields: tuple[str, ...], name: str, words: Words) -> Iterator[dict[str, str]]:
    for field in item:
        if field not in (name, *fields):
            sentence = words.say("api.field", fields=", ".join((name, *fields)))
            yield _problem(str(item.get(name, "")), str(field), sentence)


def _day(item: Item, name: str, code: str, words: Words) -> tuple[date | None, list[dict[str, str]]]:
    said = item.get(name, "")
    try:
        return (parse_day(said) if said else None), []
    except ValueError:
        return None, [_problem(code, name, words.say("api.day"))]


def _activity(words: Words, visit: Visit, item: Item) -> Iterator[Fact | dict[str, str]]:
    code = item.get("activity", "")
    activity = next((each for each in led(visit) if each.code == code), None)
    if activity is None:
        yield _none(words, code, "activity", (each.code for each in led(visit)))
        return
    yield from _unknown(item, ACTIVITY_FIELDS, "activity", words)
    next_on, wrong = _day(item, "next_on", code, words)
    yield from wrong
    said = {name: _text(item, name) for name in ACTIVITY_FIELDS if name != "next_on"}
    said["asks_board"] = board_of(visit.framework, said["asks_board"])
    answer = Answer(activity=code, next_on=next_on, **said)
    against = list(problems_said(words, visit, answer))
    yield from (_problem(code, field, sentence) for field, sentence in against)
    if not against and not wrong:
        before = told_for(visit.facts, visit.request).get(code)
        again = before.told if before else ""
        word = as_told(visit.request, answer, _reference("W", visit, item, again), **_who(visit))
        if not says_the_same(before, word):
            yield word


def _risk(words: Words, visit: Visit, item: Item) -> Iterator[Fact | dict[str, str]]:
    code = item.get("risk", "")
    stands = next((each for each in owned(visit) if each.risk.code == code), None)
    if stands is None:
        yield _none(words, code, "risk", (each.risk.code for each in owned(visit)))
        return
    yield from _unknown(item, RISK_FIELDS, "risk", words)
    next_review, wrong = _day(item, "next_review", code, words)
    yield from wrong
    said = {name: _text(item, name) for name in RISK_FIELDS if name != "next_review"}
    review = Review(next_review=next_review, **said)
    against = list(review_wanting(words, visit, stands, review))
    yield from (_problem(code, field, sentence) for field, sentence in against)
    if not against and not wrong and not reviewed_the_same(stands, review):
        again = stands.last.reviewed if stands.last else ""
        yield review_fact(visit, stands, review, _reference("V", visit, item, again))


def _action(words: Words, visit: Visit, item: Item) -> Iterator[Fact | dict[str, str]]:
    code, state, said = item.get("action", ""), _text(item, "state"), _text(item, "said")
    action = next((each for each in _ever(visit) if each.set.action == code), None)
    if action is None or not (action.open or _said_of_it(action, state, said)):
        yield _none(words, code, "action", (each.set.action for each in _actions(visit)))
        return
    against = [*_unknown(item, ACTION_FIELDS, "action", words), *_against_action(words, visit, code, state, said)]
    yield from against
    if not against and not _said_of_it(action, state, said):
        house = visit.framework.partnership.code
        yield ActionTold(action=code, state=ActionState(state), said=said, partnership=house, **_who(visit))


def _against_action(words: Words, visit: Visit, code: str, state: str, said: str) -> Iterator[dict[str, str]]:
    if state not in set(ActionState):
        yield _problem(code, "state", f"{words.say('boards.state_needed')}: {', '.join(ActionState)}.")
    if state == ActionState.DROPPED and not said:
        yield _problem(code, "said", words.say("boards.why_dropped"))
    if len(said) > WORDS:
        yield _problem(code, "said", words.say("api.long", most=WORDS))
    if personal_in(visit.framework, said):
        yield _problem(code, "said", words.say("boards.personal"))


def _said_of_it(action: AgreedAction, state: str, said: str) -> bool:
    return bool(action.told) and (action.told[-1].state, action.told[-1].said) == (state, said)


def _actions(visit: Visit) -> tuple[AgreedAction, ...]:
    house = visit.framework.today
    return actions_owned(house, visit.facts, visit.partner.code) if house.partnership.follows_up else ()


def _ever(visit: Visit) -> tuple[AgreedAction, ...]:
    """Those that are over too: a call that is made again tells the same again."""
    house = visit.framework.today
    return actions_ever_owned(house, visit.facts, visit.partner.code) if house.partnership.follows_up else ()


def _text(item: Item, name: str) -> str:
    return clean(item.get(name, ""), 4000, lines=True)


def _reference(prefix: str, visit: Visit, item: Item, after: str) -> str:
    """The same for the same words after the same ones: a call that is made again, or twice at once, tells once."""
    said = sha256(json.dumps([item, after], sort_keys=True).encode()).hexdigest()
    return reference(prefix, f"{visit.request.request}/script", said)


def _who(visit: Visit) -> dict[str, Any]:
    return {"at": visit.now, "by": visit.by, "reason": visit.reason}


_TAKES: dict[str, tuple[str, Callable[[Words, Visit, Item], Iterator[Fact | dict[str, str]]]]] = {
    "activities": ("activity", _activity),
    "risks": ("risk", _risk),
    "actions": ("action", _action),
}
