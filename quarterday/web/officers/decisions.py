"""The decisions that officers take on their pages: a line each, over the rulings that the forms in Prefect call."""

from dataclasses import replace

from quarterday.domain.collection.held_figures import held_of
from quarterday.domain.collection.releases import standing_releases
from quarterday.domain.collection.verdicts import accepted_returns, answered_by, last_words
from quarterday.domain.facts import Rag, Verdict, WordsOn
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings import (
    adopting,
    dates_for_all,
    figure_rulings,
    indicator_rulings,
    message_rulings,
    partner_rulings,
    request_rulings,
    return_rulings,
    time_rulings,
)
from quarterday.publishing.charts.timeline import rag_words
from quarterday.web.officers import taking
from quarterday.web.officers.board_decisions import ON_BOARDS
from quarterday.web.officers.deciding import PUBLISH, SAY, Case, Decision, Field
from quarterday.web.officers.officer_door import HOME
from quarterday.web.officers.risk_decisions import ON_RISKS
from quarterday.web.officers.subjects import Kind


def _limits(case: Case) -> list[tuple[str, str]]:
    found = indicator_rulings.limits_set(case.facts, case.subject.name)
    return [(each.from_day.isoformat(), say_date(each.from_day)) for each in found]


def _under_way(case: Case) -> str:
    return case.collections[0][0] if case.collections else ""


def _owner(case: Case) -> str:
    return case.framework.indicator[case.subject.name].owner


def _ratings(_case: Case) -> list[tuple[str, str]]:
    return [(each.value, rag_words(each)) for each in Rag]


def _versions(case: Case) -> list[tuple[str, str]]:
    made = standing_releases(case.facts, case.subject.name)
    return [(str(each.version), f"{each.version} ({each.kind})") for each in reversed(made)]


def _indicators(case: Case) -> list[tuple[str, str]]:
    return case.titles(case.request.asked)


def _came(case: Case) -> list[tuple[str, str]]:
    return case.titles(answered_by(case.facts, case.request, accepted_returns(case.facts, case.request.request)))


def _held(case: Case) -> list[tuple[str, str]]:
    return case.titles(held_of(case.facts, case.request.request))


def _say(needed: bool = False) -> Field:
    """What the partner is told in the officer's words, beside the decision itself: `SAY` goes into the ruling."""
    return Field(SAY, "lines", needed, words="question" if needed else "")


def _latest_return(case: Case) -> str:
    return case.returns[0][0] if case.returns else ""


def _set_apart(case: Case) -> list[tuple[str, str]]:
    given = last_words(case.facts, case.request.request)
    apart = {code for code, each in given.items() if each.verdict == Verdict.QUARANTINED}
    return [each for each in case.returns if each[0] in apart]


def _latest_set_apart(case: Case) -> str:
    return next((code for code, _ in _set_apart(case)), "")


def _only_part(case: Case) -> str:
    """The part that differs, where it is the only one: of several, each is ticked by hand."""
    return case.parts[0][0] if len(case.parts) == 1 else ""


UNTIL = Field("until", "day", offered=lambda case: case.asked_until)
LATER = Field("until", "day", words="until_later")
PARTS = Field("parts", "choices", options=lambda case: case.parts, offered=_only_part)
GAP = (
    Field("indicator", "choice", options=_indicators),
    Field("owner", "line"),
    Field("expected", "day", needed=False),
)
CAME = Field("indicators", "choices", options=_came)
HELD = Field("indicators", "choices", options=_held)
READERS = Field("readers", "choices", options=lambda case: case.early_readers)
QUESTION = (
    Field("partner_return", "choice", options=lambda case: case.returns, offered=_latest_return),
    Field("indicator", "choice", needed=False, words="indicator_asked_about", options=_indicators),
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
        "grant-time",
        Kind.REQUEST,
        taking.on_request(time_rulings.decide_extension, "until", grant=True),
        (UNTIL, _say()),
    ),
    Decision(
        "refuse-time",
        Kind.REQUEST,
        taking.on_request(time_rulings.decide_extension, grant=False, until=None),
        (_say(),),
    ),
    Decision("accept-return", Kind.REQUEST, taking.on_request(return_rulings.accept_return), (_say(),)),
    Decision(
        "send-back",
        Kind.REQUEST,
        taking.on_request(return_rulings.send_back, "partner_return", "indicator", "where"),
        QUESTION,
    ),
    Decision(
        "keep-file",
        Kind.REQUEST,
        taking.on_request(return_rulings.keep_file, "partner_return"),
        (Field("partner_return", "choice", options=_set_apart, offered=_latest_set_apart),),
        Duty.PERSONAL_DATA,
        then="",
    ),
    Decision("let-off", Kind.REQUEST, taking.on_request(request_rulings.waive_request), (_say(),), grave=True),
    Decision("ask-after-all", Kind.REQUEST, taking.on_request(request_rulings.lift_waiver), (_say(),)),
    Decision(
        "record-gap", Kind.REQUEST, taking.on_request(request_rulings.record_gap, "indicator", "owner", "expected"), GAP
    ),
    Decision(
        "hold-figures",
        Kind.REQUEST,
        taking.on_request(figure_rulings.hold_figures, "indicators"),
        (CAME, replace(FOR_READERS, needed=False, words="for_readers_of_held")),
        Duty.RELEASES,
        PUBLISH,
        grave=True,
    ),
    Decision(
        "publish-figures",
        Kind.REQUEST,
        taking.on_request(figure_rulings.publish_figures, "indicators"),
        (HELD,),
        Duty.RELEASES,
        PUBLISH,
    ),
    Decision("write", Kind.REQUEST, taking.on_request(message_rulings.write_to_partner), (LETTER,), asks_why=False),
    Decision(
        "hand-in", Kind.REQUEST, taking.hand_in, then="", undo=False, leads_to=lambda case: f"/r/{case.fresh_token}"
    ),
    Decision("fresh-link", Kind.REQUEST, taking.on_request(partner_rulings.replace_link), undo=False),
    Decision("stop-links", Kind.REQUEST, taking.on_request(request_rulings.revoke_links), grave=True, undo=False),
    Decision(
        "make-key",
        Kind.REQUEST,
        taking.make_key,
        then="",
        undo=False,
        leads_to=lambda case: f"{HOME}/keys/{taking.key(case)}",
    ),
    Decision("revoke-keys", Kind.REQUEST, taking.revoke_keys, then="", grave=True, undo=False),
    Decision("change-contact", Kind.ROLE, taking.change_contact, (Field("name", "line"), Field("email", "line"))),
)
_ON_EMAILS = (
    Decision("hold-email", Kind.EMAIL, taking.on_subject(request_rulings.hold_email, hold=True), undo=False),
    Decision("let-email-go", Kind.EMAIL, taking.on_subject(request_rulings.hold_email, hold=False), undo=False),
    Decision("send-email-now", Kind.EMAIL, taking.on_subject(message_rulings.hasten_email), undo=False),
    Decision("email-arrived", Kind.EMAIL, taking.on_subject(message_rulings.settle_email, arrived=True)),
    Decision("email-again", Kind.EMAIL, taking.on_subject(message_rulings.settle_email, arrived=False)),
    Decision("emails-arrived", Kind.PARTNERSHIP, taking.on_all_emails(IN_DOUBT, arrived=True)),
    Decision("doubtful-again", Kind.PARTNERSHIP, taking.on_all_emails(IN_DOUBT, arrived=False)),
    Decision("given-up-again", Kind.PARTNERSHIP, taking.on_all_emails(GIVEN_UP, arrived=False)),
)
_ON_COLLECTIONS = (
    Decision(
        "more-time-for-all",
        Kind.COLLECTION,
        taking.on_subject(dates_for_all.more_time_for_all, "until"),
        (LATER,),
    ),
    Decision(
        "close-later",
        Kind.COLLECTION,
        taking.on_subject(dates_for_all.close_later, "closes"),
        (Field("closes", "day"),),
    ),
    Decision("adopt-changes", Kind.COLLECTION, taking.on_subject(adopting.adopt, "parts"), (PARTS, _say())),
    Decision("leave-changes", Kind.COLLECTION, taking.on_subject(adopting.leave, "parts"), (PARTS,)),
    Decision("call-off", Kind.COLLECTION, taking.on_subject(adopting.call_off), (_say(),), grave=True),
    Decision("approve-release", Kind.COLLECTION, taking.approve, duty=Duty.RELEASES, then=PUBLISH),
    Decision("give-pre-release", Kind.COLLECTION, taking.give_pre_release, (READERS,), Duty.RELEASES, undo=False),
    Decision("hold-release", Kind.COLLECTION, taking.hold_release, duty=Duty.RELEASES),
    Decision(
        "withdraw-release",
        Kind.COLLECTION,
        taking.withdraw,
        (Field("version", "choice", options=_versions), replace(FOR_READERS, needed=False)),
        Duty.RELEASES,
        PUBLISH,
        grave=True,
    ),
    Decision("publish-words", Kind.WORDS, taking.read_words(publish=True), duty=Duty.RELEASES, then=PUBLISH),
    Decision("keep-words-back", Kind.WORDS, taking.read_words(publish=False), duty=Duty.RELEASES, then=PUBLISH),
)
_ON_INDICATORS = (
    Decision(
        "comment",
        Kind.INDICATOR,
        taking.note(WordsOn.COMMENTARY),
        (COLLECTION, Field("signed", "line", offered=_owner), WORDS),
        Duty.RELEASES,
        then="",
        asks_why=False,
    ),
    Decision(
        "agree-reading",
        Kind.INDICATOR,
        taking.note(WordsOn.READING),
        (COLLECTION, Field("signed", "line"), WORDS),
        Duty.RELEASES,
        then="",
        asks_why=False,
    ),
    Decision(
        "take-note",
        Kind.INDICATOR,
        taking.note(WordsOn.NOTE),
        (COLLECTION, Field("signed", "line"), WORDS),
        then="",
        asks_why=False,
    ),
    Decision(
        "limits-anew",
        Kind.INDICATOR,
        taking.limits_anew,
        (Field("from_day", "any day"), FOR_READERS),
        Duty.RELEASES,
        then="",
        asks_why=False,
    ),
    Decision(
        "limits-back",
        Kind.INDICATOR,
        taking.limits_back,
        (Field("from_day", "choice", options=_limits),),
        Duty.RELEASES,
        then="",
    ),
)
_ON_ACTIVITIES = (
    Decision("give-up-activity", Kind.ACTIVITY, taking.give_up, (Field("expected", "day", needed=False),)),
    Decision(
        "rate-activity",
        Kind.ACTIVITY,
        taking.rate,
        (Field("rag", "choice", options=_ratings), replace(FOR_READERS, words="for_readers_of_activity")),
        Duty.RELEASES,
        PUBLISH,
    ),
)
_ON_THE_HOUSE = (
    Decision("go-on", Kind.PARTNERSHIP, taking.go_on),
    Decision("put-off", Kind.AGREEMENT, taking.put_off, (LATER,), duty=Duty.PERSONAL_DATA),
    Decision("sign-out-officer", Kind.OFFICER, taking.sign_out, grave=True, undo=False),
)

_EVERY = (
    *_ON_REQUESTS,
    *_ON_EMAILS,
    *_ON_COLLECTIONS,
    *_ON_INDICATORS,
    *_ON_ACTIVITIES,
    *ON_RISKS,
    *ON_BOARDS,
    *_ON_THE_HOUSE,
)

DECISIONS: dict[str, Decision] = {each.name: each for each in _EVERY}
