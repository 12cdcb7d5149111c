"""The audit listing: what happened, in plain words, with when, who and why. It names nobody's address and no token."""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import singledispatchmethod
from textwrap import shorten

from quarterday.domain.collection.standing import LONDON, london_day
from quarterday.domain.facts import (
    FACT_KINDS,
    ActivityGap,
    ActivityRuled,
    ActivityTold,
    CollectionBound,
    CollectionClosed,
    CollectionOpened,
    CollectionsAtRest,
    ContactChanged,
    ExtensionDecided,
    Fact,
    Facts,
    FiguresBackfilled,
    FiguresSeen,
    FileDeleted,
    FrameworkKept,
    GapRecorded,
    GoingOnConfirmed,
    LinkIssued,
    LinkReplaced,
    LinkRevoked,
    MessageHastened,
    MessageHeld,
    MessageReserved,
    MessageSettled,
    Outcome,
    RegisterRestored,
    ReleaseApproved,
    ReleaseMade,
    ReleaseWithdrawn,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    ReturnKind,
    ReturnReceived,
    SignedIn,
    SignedOut,
    SignInAsked,
    SignInTried,
    Step,
    UploadKept,
    VerdictGiven,
    WaiverLifted,
    WordsRead,
)
from quarterday.domain.facts.message_keys import concerns
from quarterday.domain.facts.recipients import OFFICER, whose_and_role
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import describe, say_date
from quarterday.domain.telling.officers_said import Names, officers_sentence


class UnknownSubjectError(Exception):
    """Nothing is on record under that name; the message says what may be asked for."""


@dataclass(frozen=True)
class Entry:
    """One line of the listing."""

    at: datetime
    what: str
    who: str
    why: str

    @property
    def when(self) -> str:
        """Its moment in London: `Tue 8 Jul 2025 09:00`."""
        there = self.at.astimezone(LONDON)
        return f"{there:%a} {there.day} {there:%b %Y %H:%M}"


def history(framework: Framework, facts: Facts, subject: str = "") -> list[Entry]:
    """What is on record of a partner (its code), of a return (its receipt's reference), or of everything.

    Raises `UnknownSubjectError`.
    """
    teller = Teller(framework, facts)
    chosen: list[Fact] = list(facts)
    if subject:
        concerns = _concerns(framework, facts, subject)
        chosen = [fact for fact in chosen if any(name in concerns for name in teller.names_in(fact))]
    return [teller.entry(fact) for fact in sorted(chosen, key=_cause_before_effect)]


def _cause_before_effect(fact: Fact) -> tuple[datetime, int, str]:
    """Facts of one moment in the order of their kinds: asked, then written to, then answered."""
    return fact.at, FACT_KINDS.index(type(fact)), fact.key


def _concerns(framework: Framework, facts: Facts, subject: str) -> frozenset[str]:
    """The identifiers under which a partner's or a return's facts are filed."""
    if subject in framework.partner:
        requests = {
            each.request
            for each in facts.of(RequestMade)
            if each.partner == subject or framework.partner.get(each.partner) == framework.partner[subject]
        }
        returns = {each.partner_return for each in facts.of(ReturnReceived) if each.request in requests}
        return frozenset({subject} | requests | returns)
    if received := facts.received(subject):
        return frozenset({subject, received.upload} - {""})
    raise UnknownSubjectError(
        f"There is neither a partner nor a return called “{subject}”. The partners are: "
        f"{', '.join(framework.partner)}. A return goes by the reference on its receipt."
    )


class Teller:
    """Tells facts in sentences, with the names that people know."""

    def __init__(self, framework: Framework, facts: Facts) -> None:
        self._framework = framework
        self._requests = {each.request: each for each in facts.of(RequestMade)}
        self._messages = {each.message: each for each in facts.of(MessageReserved)}
        self._periods = {each.collection: describe(each.period) for each in facts.of(CollectionOpened)}
        self._names = Names(self._of_request, self._message, self._person, self._period, self._title)
        self._uploads = {each.stored_as: each for each in facts.of(UploadKept)}
        words = (*(each.told for each in facts.of(ActivityTold)), *(each.key for each in facts.of(ActivityRuled)))
        self._words_on_activities = frozenset(words)

    def entry(self, fact: Fact) -> Entry:
        """A fact as a line of the listing."""
        why = fact.reason
        if isinstance(fact, MessageSettled) and fact.outcome not in (Outcome.SENT, Outcome.DELIVERED):
            why = why or fact.detail
        return Entry(fact.at, self.what(fact), self._person(fact.by), why)

    def names_in(self, fact: Fact) -> set[str]:
        """Every identifier that a fact is about: partner, request, return, upload."""
        told = {str(getattr(fact, each.name)) for each in fields(fact) if each.name in _SAYS_WHOM}
        if isinstance(fact, ReleaseMade | ReleaseApproved):
            told |= set(fact.returns)
        if isinstance(fact, ActivityRuled) and (activity := self._framework.activity.get(fact.activity)):
            told.add(activity.lead)
        if isinstance(fact, FileDeleted) and (upload := self._uploads.get(fact.stored_as)):
            told |= {upload.upload, upload.request}
        if isinstance(fact, MessageSettled | MessageHeld | MessageHastened):
            message = self._messages.get(fact.message)
            told |= {message.request, message.tells_of} if message else {concerns(fact.message)}
        return told - {""}

    @singledispatchmethod
    def what(self, fact: Fact) -> str:
        """What happened, in a sentence."""
        return officers_sentence(fact, self._names)

    @what.register
    def _(self, fact: CollectionOpened) -> str:
        return f"The collection for {describe(fact.period)} was opened."

    @what.register
    def _(self, fact: FrameworkKept) -> str:
        return f"The framework was written down as it stood ({fact.sha256[:12]})."

    @what.register
    def _(self, fact: CollectionBound) -> str:
        period = self._period(fact.collection)
        if fact.called_off:
            return f"The collection for {period} was called off."
        dates = f"due {say_date(fact.due)}, closing {say_date(fact.closes)}, published {say_date(fact.publish_on)}"
        if fact.number == 0:
            return f"What the collection for {period} promises was written down: {dates}."
        return f"What the collection for {period} promises was changed ({', '.join(fact.adopted)}): {dates}."

    @what.register
    def _(self, fact: RequestMade) -> str:
        withheld = f" No agreement covered {_count(len(fact.withheld), 'more')}." if fact.withheld else ""
        figures = f"for {_count(len(fact.asked), 'figure')}" if fact.asked or not fact.activities else ""
        activities = f"how {_count(len(fact.activities), 'activity', 'activities')} went" if fact.activities else ""
        return (
            f"{self._partner(fact.partner)} was asked {' and '.join(filter(None, (figures, activities)))} for "
            f"{self._period(fact.collection)}, due {say_date(fact.due)}.{withheld}"
        )

    @what.register
    def _(self, fact: MessageReserved) -> str:
        return (
            f"An email to {self._person(fact.recipient)} was booked: “{fact.subject or fact.email}” ({fact.occasion})."
        )

    @what.register
    def _(self, fact: MessageSettled) -> str:
        became = _STEPS.get(fact.step, _BECAME[fact.outcome])
        return f"The email {self._message(fact.message)} {became}."

    @what.register
    def _(self, fact: LinkIssued) -> str:
        return f"A link was made for {self._person(fact.recipient)}, good until {say_date(london_day(fact.expires))}."

    @what.register
    def _(self, fact: LinkRevoked) -> str:
        return f"A link of {self._of_request(fact.request) or 'an officer'} was stopped."

    @what.register
    def _(self, fact: UploadKept) -> str:
        return f"{self._of_request(fact.request)} uploaded “{fact.said_name}” ({_size(fact.size)})."

    @what.register
    def _(self, fact: ReturnReceived) -> str:
        kind = {
            ReturnKind.FIGURES: f"sent its return {fact.partner_return}",
            ReturnKind.PART: f"sent part of its return as {fact.partner_return}",
            ReturnKind.NIL: f"answered that there is nothing to count: nil return {fact.partner_return}",
        }[fact.kind]
        covers = f", which covers {describe(fact.says_period)}" if fact.says_period else ""
        rest = f"; the rest is promised by {say_date(fact.rest_by)}" if fact.rest_by else ""
        explained = f" It explains: “{shorten(fact.explanations, 200, placeholder=' …')}”." if fact.explanations else ""
        return f"{self._of_request(fact.request)} {kind}{covers}{rest}.{explained}"

    @what.register
    def _(self, fact: ReplyReceived) -> str:
        said = {
            ReplyKind.NEEDS_TIME: "said that it needs more time",
            ReplyKind.OWN_REFERENCE: f"gave its own reference, {fact.reference}",
            ReplyKind.NOT_AVAILABLE: f"said what is not available: {', '.join(fact.indicators) or 'all of it'}",
            ReplyKind.COLLEAGUE: f"named a colleague to write to, {fact.colleague_name}",
        }[fact.kind]
        until = f", until {say_date(fact.until)}" if fact.until else ""
        return f"{self._of_request(fact.request)} {said}{until}."

    @what.register
    def _(self, fact: VerdictGiven) -> str:
        whose = "by decision of an officer" if fact.overrides else "by the checks"
        counted = f"{fact.critical} critical, {_count(fact.warnings, 'warning')}, {_count(fact.notes, 'note')}" + (
            f"; it answers {len(fact.answered)} of what was asked" if fact.answered else ""
        )
        became = _VERDICTS.get(fact.verdict, fact.verdict)
        told = _said(fact.to_partner, "The partner is told")
        return (
            f"Return {fact.partner_return} of {self._of_request(fact.request)} was {became} {whose} ({counted}).{told}"
        )

    @what.register
    def _(self, fact: ExtensionDecided) -> str:
        told = _said(fact.to_partner, "It is told")
        if not fact.granted:
            return f"{self._of_request(fact.request)} was refused more time.{told}"
        until = f" until {say_date(fact.until)}" if fact.until else ""
        return f"{self._of_request(fact.request)} was given time{until}.{told}"

    @what.register
    def _(self, fact: RequestWaived) -> str:
        told = _said(fact.to_partner, "It is told")
        return f"{self._of_request(fact.request)} was let off this collection.{told}"

    @what.register
    def _(self, fact: WaiverLifted) -> str:
        told = _said(fact.to_partner, "It is told")
        return f"{self._of_request(fact.request)} is asked again: that it was let off was taken back.{told}"

    @what.register
    def _(self, fact: GapRecorded) -> str:
        known = self._framework.indicator.get(fact.indicator)
        expected = f", expected {say_date(fact.expected)}" if fact.expected else ""
        return (
            f"“{known.title if known else fact.indicator}” of {self._partner(fact.partner)} is a gap for "
            f"{self._period(fact.collection)}, owned by {fact.owner}{expected}."
            f"{_said(fact.for_readers or '', 'Readers are told')}"
        )

    @what.register
    def _(self, fact: ActivityTold) -> str:
        expects = f", {fact.next_milestone or 'its next milestone'} by {say_date(fact.next_on)}" if fact.next_on else ""
        way = f" as return {fact.partner_return} says" if fact.partner_return else ""
        done = _said(fact.done, "It says")
        return (
            f"{self._partner(fact.partner)} told how “{self._activity(fact.activity)}” goes{way}: "
            f"{fact.state}{expects}.{done}"
        )

    @what.register
    def _(self, fact: ActivityGap) -> str:
        expected = f"; it is expected by {say_date(fact.expected)}" if fact.expected else ""
        return (
            f"Nothing was told of “{self._activity(fact.activity)}” of {self._partner(fact.partner)} for "
            f"{self._period(fact.collection)}{expected}."
        )

    @what.register
    def _(self, fact: ActivityRuled) -> str:
        told = _said(fact.for_readers, "Readers are told")
        return f"“{self._activity(fact.activity)}” was set to {fact.rag} for {self._period(fact.collection)}.{told}"

    @what.register
    def _(self, fact: CollectionClosed) -> str:
        return f"The collection for {self._period(fact.collection)} was closed."

    @what.register
    def _(self, fact: ReleaseMade) -> str:
        made_from = self._made_from(fact)
        return (
            f"Version {fact.version} ({fact.kind}) for {self._period(fact.collection)} was published from {made_from}."
        )

    @what.register
    def _(self, fact: MessageHeld) -> str:
        return f"The email {self._message(fact.message)} was {'held back' if fact.held else 'let go'}."

    @what.register
    def _(self, fact: FiguresBackfilled) -> str:
        return f"{_count(fact.rows, 'earlier figure')} were brought in as {fact.stored_as}."

    @what.register
    def _(self, fact: FileDeleted) -> str:
        upload = self._uploads.get(fact.stored_as)
        named = f"“{upload.said_name}” of {self._of_request(upload.request)}" if upload else fact.stored_as
        return f"The file {named} was deleted for good."

    @what.register
    def _(self, fact: ReleaseApproved) -> str:
        made_from = self._made_from(fact)
        return f"Version {fact.version} for {self._period(fact.collection)} was approved, made from {made_from}."

    @what.register
    def _(self, fact: ReleaseWithdrawn) -> str:
        told = _said(fact.for_readers, "Readers are told")
        return f"Version {fact.version} for {self._period(fact.collection)} was withdrawn.{told}"

    @what.register
    def _(self, fact: WordsRead) -> str:
        became = "may be published" if fact.publish else "stay unpublished"
        return f"The words of return {fact.partner_return} on {fact.indicator} were read: they {became}."

    @what.register
    def _(self, fact: RegisterRestored) -> str:
        return f"The register was put back from the backup of {fact.taken_at}; nothing goes out until somebody looked."

    @what.register
    def _(self, fact: GoingOnConfirmed) -> str:
        return "An officer looked at the date and at what would go out, and lets runs go on."

    @what.register
    def _(self, fact: ContactChanged) -> str:
        return f"{fact.name} became {self._person(f'{fact.partner}/{fact.role}')}."

    @what.register
    def _(self, fact: LinkReplaced) -> str:
        return f"A fresh link was ordered for {self._of_request(fact.request)}."

    @what.register
    def _(self, fact: CollectionsAtRest) -> str:
        return f"What is over was left to rest: {'; '.join(map(self._period, fact.collections))}."

    @what.register
    def _(self, fact: SignInAsked) -> str:
        return f"A link and a code for {self._person(fact.officer)} to sign in were asked for."

    @what.register
    def _(self, fact: SignInTried) -> str:
        return f"A code to sign in was typed, for the {_ordinal(fact.number)} time."

    @what.register
    def _(self, fact: SignedIn) -> str:
        return f"{self._person(fact.officer)} signed in."

    @what.register
    def _(self, fact: SignedOut) -> str:
        where = "" if fact.session else " everywhere"
        return f"{self._person(fact.officer)} was signed out{where}."

    @what.register
    def _(self, fact: FiguresSeen) -> str:
        match fact.what:
            case "file":
                return f"The file of return {fact.partner_return} was taken away."
            case "draft":
                return f"The draft {fact.partner_return} was opened."
            case "release":
                return f"The published file {fact.partner_return} was taken away."
        return f"The figures of return {fact.partner_return} were looked at."

    def _partner(self, code: str) -> str:
        known = self._framework.partner.get(code)
        return known.name if known else code

    def _activity(self, code: str) -> str:
        known = self._framework.activity.get(code)
        return known.title if known else code

    def _made_from(self, fact: ReleaseMade | ReleaseApproved) -> str:
        words = sum(each in self._words_on_activities for each in fact.returns)
        returns = _count(len(fact.returns) - words, "return")
        return f"{returns} and {_count(words, 'word')} on activities" if words else returns

    def _of_request(self, request: str) -> str:
        made = self._requests.get(request)
        return self._partner(made.partner) if made else request

    def _period(self, collection: str) -> str:
        return self._periods.get(collection, collection)

    def _title(self, indicator: str) -> str:
        known = self._framework.indicator.get(indicator)
        return known.title if known else indicator

    def _message(self, message: str) -> str:
        booked = self._messages.get(message)
        return f"“{booked.subject or booked.email}” to {self._person(booked.recipient)}" if booked else f"“{message}”"

    def _person(self, code: str) -> str:
        """A code such as `fire/contact` as people say it: `the contact of Fire Service`."""
        officers = {each.code: each.name for each in self._framework.partnership.officers}
        organisation, role = whose_and_role(code)
        if organisation == OFFICER or code in officers:
            return officers.get(role or code, code)
        board = self._framework.board.get(organisation)
        name = board.name if board else self._partner(organisation)
        return f"the {role.partition('-')[0].replace('_', ' ')} of {name}" if role else name


_SAYS_WHOM = ("partner", "request", "partner_return", "upload", "tells_of")
_BECAME = {
    Outcome.SENT: "went out",
    Outcome.UNCONFIRMED: "may or may not have gone; it is not sent again blindly",
    Outcome.FAILED: "did not go",
    Outcome.DELIVERED: "arrived",
    Outcome.BOUNCED: "came back",
    Outcome.BLOCKED: "was turned away for now",
}
_STEPS = {
    Step.BEGUN: "is tried again",
    Step.HANDED_OVER: "is being handed over",
    Step.ORDERED_AGAIN: "is to go again",
}
_VERDICTS = {"queried": "sent back", "quarantined": "set apart for the personal data that it holds"}


def _said(words: str, whom: str) -> str:
    """The words that went out with a decision, where there were any."""
    return f" {whom}: “{shorten(words, 200, placeholder=' …')}”." if words else ""


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")


def _count(number: int, noun: str, plural: str = "") -> str:
    many = noun if noun == "more" or number == 1 else plural or f"{noun}s"
    return f"{number} {many}"


def _size(size: int) -> str:
    return f"{size} bytes" if size < 1000 else f"{size / 1000:,.0f} kB"
