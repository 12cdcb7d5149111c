"""The decisions that officers take on their pages: a line each, over the rulings that the forms in Prefect call."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from quarterday.adapters.links import hash_token
from quarterday.domain.collection.releases import standing_releases
from quarterday.domain.facts import Fact, Rag, WordsOn
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings import (
    activity_rulings,
    adopting,
    dates_for_all,
    going_on,
    indicator_rulings,
    key_rulings,
    message_rulings,
    officer_links,
    partner_rulings,
    putting_off,
    release_rulings,
    request_rulings,
    return_rulings,
    time_rulings,
)
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.publishing.charts.timeline import rag_words
from quarterday.web.door.keys import key_of
from quarterday.web.officers.deciding import PUBLISH, SAY, Case, Decision, Field, Take
from quarterday.web.officers.officer_door import HOME
from quarterday.web.officers.subjects import Kind


def _on_request(ruling_of: Callable[..., Any], *names: str, **fixed: Any) -> Take:
    """A ruling about a request; the fields of those names go to it as they were said."""

    def take(case: Case, ruling: Ruling, said: dict[str, Any]) -> Any:
        return ruling_of(
            case.framework, case.facts, case.request, ruling, **fixed, **{each: said[each] for each in names}
        )

    return take


def _on_subject(ruling_of: Callable[..., Any], *names: str, **fixed: Any) -> Take:
    """A ruling about a collection or an email, by its name."""
    return lambda case, ruling, said: ruling_of(
        case.framework, case.facts, case.subject.name, ruling, **fixed, **{each: said[each] for each in names}
    )


def _on_all_emails(which: message_rulings.Emails, arrived: bool) -> Take:
    return lambda case, ruling, _said: message_rulings.settle_emails(
        case.framework, case.facts, ruling, which=which, arrived=arrived
    )


def _go_on(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    return going_on.confirm_going_on(case.framework, case.facts, ruling, case.today)


def _put_off(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    return putting_off.put_off_agreement(case.framework, case.subject.name, ruling, until=said["until"])


def _hand_in(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    return officer_links.hand_in_link(case.framework, case.request, ruling, hash_token(case.fresh_token))


def _key(case: Case) -> str:
    return key_of(case.fresh_token)


def _make_key(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    partner, key_hash = case.request.partner, hash_token(_key(case))
    return key_rulings.make_key(case.framework, case.facts, ruling, partner=partner, key_hash=key_hash)


def _revoke_keys(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Iterable[Fact]:
    return key_rulings.revoke_keys(case.framework, case.facts, ruling, partner=case.request.partner)


def _read_words(publish: bool) -> Take:
    def take(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
        reference, _, indicator = case.subject.name.partition("/")
        return release_rulings.read_words(
            case.framework, case.facts, ruling, partner_return=reference, indicator=indicator, publish=publish
        )

    return take


def _change_contact(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    partner, role = whose_and_role(case.subject.name)
    return partner_rulings.change_contact(case.framework, case.facts, ruling, partner=partner, role=role, **said)


def _note(kind: WordsOn) -> Take:
    return lambda case, ruling, said: indicator_rulings.note_indicator(
        case.framework, case.facts, case.subject.name, ruling, kind=kind, **said
    )


def _limits_back(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    return indicator_rulings.take_limits_back(
        case.framework, case.facts, case.subject.name, ruling, from_day=date.fromisoformat(said["from_day"])
    )


def _limits(case: Case) -> list[tuple[str, str]]:
    found = indicator_rulings.limits_set(case.facts, case.subject.name)
    return [(each.from_day.isoformat(), say_date(each.from_day)) for each in found]


def _limits_anew(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    return indicator_rulings.set_limits(
        case.framework, case.facts, case.subject.name, ruling, from_day=said["from_day"]
    )


def _under_way(case: Case) -> str:
    return case.collections[0][0] if case.collections else ""


def _owner(case: Case) -> str:
    return case.framework.indicator[case.subject.name].owner


def _hold_release(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    return release_rulings.hold_release(case.framework, case.facts, case.plan, ruling)


def _approve(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    return release_rulings.approve_release(case.framework, case.facts, case.plan, ruling, version=None)


def _withdraw(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    version = int(said["version"])
    return release_rulings.withdraw_release(case.framework, case.facts, case.plan, ruling, version=version)


def _rate(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    collection, _, activity = case.subject.name.partition("/")
    return activity_rulings.rate_activity(case.framework, case.facts, collection, ruling, activity=activity, **said)


def _ratings(_case: Case) -> list[tuple[str, str]]:
    return [(each.value, rag_words(each)) for each in Rag]


def _sign_out(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Iterable[Fact]:
    return officer_links.stop_officer_links(case.framework, case.facts, case.subject.name, ruling)


def _versions(case: Case) -> list[tuple[str, str]]:
    made = standing_releases(case.facts, case.subject.name)
    return [(str(each.version), f"{each.version} ({each.kind})") for each in reversed(made)]


def _indicators(case: Case) -> list[tuple[str, str]]:
    return case.titles(case.request.asked)


def _say(needed: bool = False) -> Field:
    """What the partner is told in the officer's words, beside the decision itself: `SAY` goes into the ruling."""
    return Field(SAY, "lines", needed)


def _latest_return(case: Case) -> str:
    return case.returns[0][0] if case.returns else ""


def _only_part(case: Case) -> str:
    """The part that differs, where it is the only one: of several, each is ticked by hand."""
    return case.parts[0][0] if len(case.parts) == 1 else ""


UNTIL = Field("until", "day", offered=lambda case: case.asked_until)
PARTS = Field("parts", "choices", options=lambda case: case.parts, offered=_only_part)
GAP = (
    Field("indicator", "choice", options=_indicators),
    Field("owner", "line"),
    Field("expected", "day", needed=False),
)
QUESTION = (
    Field("partner_return", "choice", options=lambda case: case.returns, offered=_latest_return),
    Field("indicator", "choice", needed=False, options=_indicators),
    Field("where", "line", needed=False),
    _say(needed=True),
)
COLLECTION = Field("collection", "choice", options=lambda case: case.collections, offered=_under_way)
WORDS = Field(SAY, "lines", needed=False, limit=3000, words="words")
LETTER = Field(SAY, "lines", limit=3000, words="letter")
FOR_READERS = Field(SAY, "lines", words="for_readers")
IN_DOUBT, GIVEN_UP = message_rulings.Emails.IN_DOUBT, message_rulings.Emails.GIVEN_UP

_ON_REQUESTS = (
    Decision(
        "grant-time", Kind.REQUEST, _on_request(time_rulings.decide_extension, "until", grant=True), (UNTIL, _say())
    ),
    Decision(
        "refuse-time", Kind.REQUEST, _on_request(time_rulings.decide_extension, grant=False, until=None), (_say(),)
    ),
    Decision("accept-return", Kind.REQUEST, _on_request(return_rulings.accept_return), (_say(),)),
    Decision(
        "send-back",
        Kind.REQUEST,
        _on_request(return_rulings.send_back, "partner_return", "indicator", "where"),
        QUESTION,
    ),
    Decision("let-off", Kind.REQUEST, _on_request(request_rulings.waive_request), (_say(),), grave=True),
    Decision("ask-after-all", Kind.REQUEST, _on_request(request_rulings.lift_waiver), (_say(),)),
    Decision(
        "record-gap", Kind.REQUEST, _on_request(request_rulings.record_gap, "indicator", "owner", "expected"), GAP
    ),
    Decision("write", Kind.REQUEST, _on_request(message_rulings.write_to_partner), (LETTER,), asks_why=False),
    Decision("hand-in", Kind.REQUEST, _hand_in, then="", leads_to=lambda case: f"/r/{case.fresh_token}"),
    Decision("fresh-link", Kind.REQUEST, _on_request(partner_rulings.replace_link)),
    Decision("stop-links", Kind.REQUEST, _on_request(request_rulings.revoke_links), grave=True),
    Decision("make-key", Kind.REQUEST, _make_key, then="", leads_to=lambda case: f"{HOME}/keys/{_key(case)}"),
    Decision("revoke-keys", Kind.REQUEST, _revoke_keys, then="", grave=True),
    Decision("change-contact", Kind.ROLE, _change_contact, (Field("name", "line"), Field("email", "line"))),
)
_ON_EMAILS = (
    Decision("hold-email", Kind.EMAIL, _on_subject(request_rulings.hold_email, hold=True)),
    Decision("let-email-go", Kind.EMAIL, _on_subject(request_rulings.hold_email, hold=False)),
    Decision("send-email-now", Kind.EMAIL, _on_subject(message_rulings.hasten_email)),
    Decision("email-arrived", Kind.EMAIL, _on_subject(message_rulings.settle_email, arrived=True)),
    Decision("email-again", Kind.EMAIL, _on_subject(message_rulings.settle_email, arrived=False)),
    Decision("emails-arrived", Kind.PARTNERSHIP, _on_all_emails(IN_DOUBT, arrived=True)),
    Decision("doubtful-again", Kind.PARTNERSHIP, _on_all_emails(IN_DOUBT, arrived=False)),
    Decision("given-up-again", Kind.PARTNERSHIP, _on_all_emails(GIVEN_UP, arrived=False)),
)
_ON_COLLECTIONS = (
    Decision(
        "more-time-for-all",
        Kind.COLLECTION,
        _on_subject(dates_for_all.more_time_for_all, "until"),
        (Field("until", "day"),),
    ),
    Decision(
        "close-later", Kind.COLLECTION, _on_subject(dates_for_all.close_later, "closes"), (Field("closes", "day"),)
    ),
    Decision("adopt-changes", Kind.COLLECTION, _on_subject(adopting.adopt, "parts"), (PARTS, _say())),
    Decision("leave-changes", Kind.COLLECTION, _on_subject(adopting.leave, "parts"), (PARTS,)),
    Decision("call-off", Kind.COLLECTION, _on_subject(adopting.call_off), (_say(),), grave=True),
    Decision("approve-release", Kind.COLLECTION, _approve, duty=Duty.RELEASES, then=PUBLISH),
    Decision("hold-release", Kind.COLLECTION, _hold_release, duty=Duty.RELEASES, then=""),
    Decision(
        "withdraw-release",
        Kind.COLLECTION,
        _withdraw,
        (Field("version", "choice", options=_versions), replace(FOR_READERS, needed=False)),
        Duty.RELEASES,
        PUBLISH,
        grave=True,
    ),
    Decision("publish-words", Kind.WORDS, _read_words(publish=True), duty=Duty.RELEASES, then=PUBLISH),
    Decision("keep-words-back", Kind.WORDS, _read_words(publish=False), duty=Duty.RELEASES, then=PUBLISH),
)
_ON_INDICATORS = (
    Decision(
        "comment",
        Kind.INDICATOR,
        _note(WordsOn.COMMENTARY),
        (COLLECTION, Field("signed", "line", offered=_owner), WORDS),
        Duty.RELEASES,
        then="",
        asks_why=False,
    ),
    Decision(
        "agree-reading",
        Kind.INDICATOR,
        _note(WordsOn.READING),
        (COLLECTION, Field("signed", "line"), WORDS),
        Duty.RELEASES,
        then="",
        asks_why=False,
    ),
    Decision(
        "take-note",
        Kind.INDICATOR,
        _note(WordsOn.NOTE),
        (COLLECTION, Field("signed", "line"), WORDS),
        then="",
        asks_why=False,
    ),
    Decision(
        "limits-anew",
        Kind.INDICATOR,
        _limits_anew,
        (Field("from_day", "any day"), FOR_READERS),
        Duty.RELEASES,
        then="",
        asks_why=False,
    ),
    Decision(
        "limits-back",
        Kind.INDICATOR,
        _limits_back,
        (Field("from_day", "choice", options=_limits),),
        Duty.RELEASES,
        then="",
    ),
)
_ON_ACTIVITIES = (
    Decision(
        "rate-activity",
        Kind.ACTIVITY,
        _rate,
        (Field("rag", "choice", options=_ratings), replace(FOR_READERS, words="for_readers_of_activity")),
        Duty.RELEASES,
        PUBLISH,
    ),
)
_ON_THE_HOUSE = (
    Decision("go-on", Kind.PARTNERSHIP, _go_on),
    Decision("put-off", Kind.AGREEMENT, _put_off, (Field("until", "day"),)),
    Decision("sign-out-officer", Kind.OFFICER, _sign_out, grave=True),
)

_EVERY = (*_ON_REQUESTS, *_ON_EMAILS, *_ON_COLLECTIONS, *_ON_INDICATORS, *_ON_ACTIVITIES, *_ON_THE_HOUSE)

DECISIONS: dict[str, Decision] = {each.name: each for each in _EVERY}
