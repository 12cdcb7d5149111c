"""What the emails of a quarter say, read as their readers read them, and held against what happened.

Written apart from the product's code: what is open, who was heard and which date was told is worked out here from the
facts alone, by the plainest reading of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

from icalendar import Calendar

from quarterday.domain.facts import (
    CollectionBound,
    ExtensionDecided,
    Facts,
    GapRecorded,
    MessageReserved,
    ReleaseMade,
    ReleaseWithdrawn,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    ReturnKind,
    ReturnReceived,
    VerdictGiven,
    WaiverLifted,
)
from tests.changing.no_reminder import broken
from tests.changing.play import INSIDE, Letter, Play

DAY = r"((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} \w+ \d{4})"
ANNOUNCED = {  # by template: where it names the date that holds from then on
    "request": (rf"Please send them by {DAY}", rf"They were due on {DAY}"),
    "date-moved": (rf"they are now due on {DAY}",),
    "extension-granted": (rf"That has changed: it has until {DAY}", rf"We can after all: it has until {DAY}",
                          rf"(?<!written that )\b[\w ]+ has until {DAY} for its figures"),
    "extension-refused": (rf"They (?:are still|were) due on {DAY}",),
    "sent-back": (rf"send (?:it|the return) again by {DAY}",),
    "asked-after-all": (rf"could you send them by {DAY}",),
    "receipt": (rf"Still to come, by {DAY}",),
    "colleague": (rf"Please send them by {DAY}",),
}  # fmt: skip
REPEATED = {  # by template: where it names the date that its reader was told
    "reminder": (rf"are due on {DAY}",),
    "chaser-1": (rf"(?:were|was) due on {DAY}",),
    "chaser-2": (rf"They were due on {DAY}",),
    "chaser-correction": (rf"have it again by {DAY}",),
    "chaser-more-time": (rf"had until {DAY}",),
    "reminder-more-time": (rf"we have noted {DAY}",),
    "escalation-manager": (rf"They were due on {DAY}",),
    "escalation-board": (rf"were due on {DAY}",),
    "date-moved": (rf"for its figures for .{{0,60}} by {DAY}\. (?:The meeting|Everybody)",),
}
LADDER = {"reminder", "reminder-more-time", "chaser-1", "chaser-2", "chaser-rest", "chaser-correction",
          "chaser-more-time", "escalation-manager", "escalation-correction", "escalation-board"}  # fmt: skip
ACCEPTED = ("accepted", "accepted with caveats")


def day_of(said: str) -> date:
    """A day as it is written in an email."""
    return datetime.strptime(f"{said.partition(' ')[2]} +0000", "%d %B %Y %z").date()


def days_in(words: str, patterns: tuple[str, ...]) -> list[date]:
    """The days that stand where the patterns say."""
    return [day_of(each) for pattern in patterns for each in re.findall(pattern, words)]


def returns_that_count(facts: Facts, request: str) -> list[tuple[ReturnReceived, VerdictGiven]]:
    """The returns whose last word is that they are accepted."""
    last: dict[str, VerdictGiven] = {}
    for given in sorted(facts.about(request, VerdictGiven), key=lambda each: (each.at, bool(each.overrides))):
        last[given.partner_return] = given
    return [
        (each, last[each.partner_return])
        for each in facts.about(request, ReturnReceived)
        if each.partner_return in last and last[each.partner_return].verdict in ACCEPTED
    ]


def asked_of(facts: Facts, made: RequestMade) -> list[str]:
    """What a partner was asked for, without what an officer's adoption let it off."""
    bound = sorted(facts.about(made.collection, CollectionBound), key=lambda each: each.number)
    off = bound[-1].let_off if bound else ()
    return [code for code in made.asked if f"{made.partner}/{code}" not in off]


def open_of(facts: Facts, made: RequestMade) -> list[str]:
    """What of a request has no answer yet."""
    answered = {code for _, given in returns_that_count(facts, made.request) for code in given.answered}
    for reply in facts.about(made.request, ReplyReceived):
        if reply.kind is ReplyKind.NOT_AVAILABLE:
            answered |= set(reply.indicators or made.asked)
    answered |= {g.indicator for g in facts.about(made.request, GapRecorded) if g.by != "quarterday"}
    return [code for code in asked_of(facts, made) if code not in answered]


def let_off(facts: Facts, request: str) -> bool:
    """Whether a partner is let off: nothing lifted it, and no return or granted time came after."""
    granted = (each for each in facts.about(request, ExtensionDecided) if each.granted)
    ends = [*facts.about(request, WaiverLifted), *facts.about(request, ReturnReceived), *granted]
    return any(all(end.at <= each.at for end in ends) for each in facts.about(request, RequestWaived))


def heard(facts: Facts, request: str) -> list[date]:
    """The days on which a partner was heard from."""
    said = (*facts.about(request, ReplyReceived), *facts.about(request, ReturnReceived))
    return sorted(each.at.date() for each in said)


def wrong(play: Play) -> list[str]:
    """Everything in a played quarter that is not so, each a sentence; nothing where all is well."""
    return [
        *_twice(play),
        *_dates(play),
        *_diaries(play),
        *_claims(play),
        *_lost(play),
        *_gaps(play),
        *broken(play, LADDER),
    ]


def _twice(play: Play) -> Iterator[str]:
    """Who was asked for one thing twice, and which emails are alike."""
    seen: set[tuple[str, str, str]] = set()
    for letter in play.letters:
        again = str(letter.day) if letter.action.email == "colleague" else ""  # who is named again is written to again
        told = (letter.email.to_email, letter.email.subject + again, letter.words)
        if told in seen and letter.action.email != "officer-reply":
            yield f"{letter.day}: the very same email again: {letter.email.subject}"
        seen.add(told)
    asking: dict[tuple[str, str], list[RequestMade]] = defaultdict(list)
    for made in play.facts.of(RequestMade):
        for code in asked_of(play.facts, made):
            if not let_off(play.facts, made.request):
                asking[made.collection, code].append(made)
    for (collection, code), requests in asking.items():
        if len(requests) > 1:
            yield f"{collection}: {code} is asked of {[each.partner for each in requests]}"
    requests = [
        (each.email.to_email, each.action.request) for each in play.letters if each.action.occasion == "request"
    ]
    for one in {each for each in requests if requests.count(each) > 1}:
        yield f"{one} got the request {requests.count(one)} times"


def _dates(play: Play) -> Iterator[str]:
    """Where an email names another date than its reader was told."""
    told: dict[str, list[date]] = defaultdict(list)  # by request: every date that was announced, by either side
    latest: dict[str, date] = {}

    def that_day(letter: Letter) -> list[date]:
        """What other emails of the same morning announce about the request."""
        others = (e for e in play.letters if (e.day, e.action.request) == (letter.day, letter.action.request))
        return [day for e in others if e is not letter for day in days_in(e.words, ANNOUNCED.get(e.action.email, ()))]

    for letter in play.letters:
        request, template = letter.action.request, letter.action.email
        if not request:
            continue
        named = [
            each.until
            for each in letter.facts.about(request, ReplyReceived)
            if each.kind is ReplyKind.NEEDS_TIME and each.until
        ]
        named += [each.until for each in letter.facts.about(request, ExtensionDecided)[-1:] if each.until]
        named += [due for at, of, due in play.told_on_pages if of == request and at.date() < letter.day]
        for day in days_in(letter.words, REPEATED.get(template, ())):
            if request in latest and day not in (latest[request], *named):
                to = letter.action.recipient.code
                yield f"{letter.day} {template} to {to}: says {day}, told was {latest[request]}"
        announced = days_in(letter.words, ANNOUNCED.get(template, ()))
        for day in announced:
            if template == "request" and told[request] and day not in (latest[request], *named, *that_day(letter)):
                yield f"{letter.day}: asked anew for {day}, told was {latest[request]}"
            if template == "request" and not told[request] and day < letter.day:
                yield f"{letter.day}: asked for the first time for {day}, which has passed"
            if template == "date-moved" and day == latest.get(request):
                yield f"{letter.day}: told again that the date is {day}"
            if template in ("sent-back", "asked-after-all", "date-moved", "receipt", "colleague") and day < letter.day:
                yield f"{letter.day} {template}: asks for {day}, which has passed"
            told[request].append(day)
            latest[request] = day
        closes = days_in(letter.words, (rf"[Tt]he collection closes on {DAY}",))
        for day in closes:
            if day < letter.day:
                yield f"{letter.day} {template}: the collection “closes” on {day}"
        for day in days_in(letter.words, (rf"it works until {DAY}",)):
            if day < letter.day or (announced and day < max(announced)):
                yield f"{letter.day} {template}: the link ends on {day}, the date is {announced}"


def _diaries(play: Play) -> Iterator[str]:
    """Where a calendar entry says another date than its email, or moves without a higher number."""
    entries: dict[tuple[str, str], tuple[date, int]] = {}
    for letter in play.letters:
        announced = days_in(letter.words, ANNOUNCED.get(letter.action.email, ()))
        for file in letter.email.attachments:
            (event,) = Calendar.from_ical(file.data).walk("VEVENT")
            day, number, uid = event["dtstart"].dt, int(event["sequence"]), str(event["uid"])
            if announced and day not in announced:
                yield f"{letter.day} {letter.action.email}: says {announced}, its diary entry {day}"
            before = entries.get((letter.email.to_email, uid))
            if before and before[0] != day and number <= before[1]:
                yield f"{letter.day}: the entry moves from {before[0]} to {day} as number {number}"
            entries[letter.email.to_email, uid] = day, number


def _claims(play: Play) -> Iterator[str]:
    for letter in play.letters:
        if (letter.again.text, letter.again.entry) != (letter.email.text, letter.email.entry):
            yield f"{letter.day} {letter.action.email}: says something else when it is tried again"
        made = letter.facts.request(letter.action.request) if letter.action.request else None
        found = [*_about_a_request(letter, made)] if made else [*_about_a_release(letter)]
        yield from (f"{letter.day} {letter.action.email} to {letter.action.recipient.code}: {each}" for each in found)


def _about_a_request(letter: Letter, made: RequestMade) -> Iterator[str]:
    words, facts, template = letter.words, letter.facts, letter.action.email
    if INSIDE in words and not letter.action.recipient.code.startswith("officer/"):
        yield "gives away why an officer decided"
    days = heard(facts, made.request)
    if days and ("We have not heard yet" in words or "have not reached us yet. We know" in words):
        yield f"says that nothing was heard, and it was on {days}"
    for day in days_in(
        words, (rf"[Tt]hank you for what you told us on {DAY}", rf"last heard from .{{1,40}}? on {DAY}")
    ):
        if not days or day != days[-1]:
            yield f"says that it was heard on {day}; it was on {days}"
    replies = facts.about(made.request, ReplyReceived)
    asked_time = any(each.kind in (ReplyKind.NEEDS_TIME, ReplyKind.OWN_REFERENCE) for each in replies)
    if "needs more time" in words and "You told us" in words and not asked_time:
        yield "says that more time was asked for"
    if "You asked for more time" in words and not asked_time:
        yield "says that more time was asked for"
    if "Yes: " in words and not asked_time:
        yield "says yes to what nobody asked"
    if "Thank you for the part" in words and not returns_that_count(facts, made.request):
        yield "thanks for a part that never came"
    if "need not send its figures" in words and template == "asked-after-all" and not _had(facts, made, "let-off"):
        yield "takes back what was never written"
    if (
        "We had written that" in words
        and template == "extension-granted"
        and not (_had(facts, made, "extension-granted") or _had(facts, made, "extension-refused"))
    ):
        yield "changes what was never written"
    if template in LADDER:
        yield from _of_the_ladder(letter, made)
    if template in ("chaser-owed", "officer-owed"):
        yield from _of_what_is_owed(letter, made)
    if template == "thank-you":
        counted = {each.partner_return for each, _ in returns_that_count(facts, made.request)}
        (release,) = [each for each in facts.of(ReleaseMade) if each.key == letter.action.about]
        if not counted & set(release.returns):
            yield "thanks for figures that are not in the release"
    listed = _listed(letter.email.text, "What we ask for")
    still = [code.replace("-", " ").capitalize() for code in open_of(facts, made)]
    if listed is not None and still and sorted(listed) != sorted(still):
        yield f"lists {listed}, open is {still}"
    if template == "receipt" and (rest := _rest(letter.email.text)) and sorted(rest) != sorted(still):
        yield f"says that {rest} is still to come, open is {still}"
    if template == "date-moved":
        (old,), (new,) = (days_in(words, each[template]) for each in (REPEATED, ANNOUNCED))
        if ("That is sooner" in words) != (new < old) or not still:
            yield f"from {old} to {new}, open is {still}"
        ways = {each for bound in facts.about(made.collection, CollectionBound) for each in bound.adopted}
        if ("dates" if "The meeting that waits" in words else "due") not in ways:
            yield f"says why the date moved, and officers decided on {ways}"


def _of_what_is_owed(letter: Letter, made: RequestMade) -> Iterator[str]:
    """Nothing is owed by who was let off, nor on a day that nobody named, or that was taken back."""
    facts, still = letter.facts, {code.replace("-", " ").capitalize() for code in open_of(letter.facts, made)}
    given = [(each.at, each.until if each.granted else None) for each in facts.about(made.request, ExtensionDecided)]
    asked = [(each.at, each.until) for each in facts.about(made.request, ReplyReceived) if each.until]
    said = [day for _, day in sorted((*given, *asked), key=lambda each: each[0])]
    holds = said[len(said) - said[::-1].index(None) :] if None in said else said
    if let_off(facts, made.request):
        yield "goes to somebody who was let off"
    for title, day in re.findall(rf"- ([\w -]+): {DAY}", letter.email.text):
        if title not in still or day_of(day) not in holds:
            yield f"says that {title} was expected on {day}; open is {still}, named were {said}"


def _of_the_ladder(letter: Letter, made: RequestMade) -> Iterator[str]:
    facts, still = letter.facts, open_of(letter.facts, made)
    returns = facts.about(made.request, ReturnReceived)
    sent_back = bool(returns) and returns[-1].partner_return not in {
        each.partner_return for each, _ in returns_that_count(facts, made.request)
    }
    if let_off(facts, made.request):
        yield "goes to somebody who was let off"
    if not still and not sent_back:
        yield "goes to somebody who has answered all"
    if letter.action.email == "chaser-correction" and not sent_back:
        yield "speaks of a return that was sent back, and none is"


def _had(facts: Facts, made: RequestMade, occasion: str) -> bool:
    return any(each.occasion == occasion for each in facts.about(made.request, MessageReserved))


def _listed(text: str, heading: str) -> list[str] | None:
    """The list under a heading, up to the next."""
    found = re.search(rf"{heading}\n-+\n(.*?)(?:\n\n\S[^\n]*\n-{{4,}}|\Z)", text, re.S)
    if not found:
        return None
    asked = re.split(r"We are not asking", found[1])[0]
    return re.findall(r"^- (.+)$", asked, re.M)


def _rest(text: str) -> list[str]:
    found = re.search(r"Still to come, by [^\n]*\n+((?:- .+\n)+)", text)
    return re.findall(r"^- (.+)$", found[1], re.M) if found else []


def _about_a_release(letter: Letter) -> Iterator[str]:
    words, facts = letter.words, letter.facts
    for day in days_in(words, (rf"for the meeting of {DAY}", rf"papers leave on {DAY}")):
        if day < letter.day:
            yield f"names {day} as to come"
    release = next((each for each in facts.of(ReleaseMade) if each.key == letter.action.about), None)
    if release is None:
        return
    gone = {each.version for each in facts.about(release.collection, ReleaseWithdrawn)}
    if letter.action.email == "pack-ready" and release.version in gone:
        yield "brings a version that was withdrawn"
    before = [
        e for e in facts.of(ReleaseMade) if (e.collection, e.version) == (release.collection, release.version - 1)
    ]
    if "since returns came after the last one" in words and not (
        before and set(release.returns) - set(before[0].returns)
    ):
        yield "says that returns came"
    stands = re.search(r"Version (\d+) stands in its place", words)
    if stands and int(stands[1]) in gone:
        yield "says that a withdrawn version stands"


def _lost(play: Play) -> Iterator[str]:
    """Accepted figures that are not in a release, or that no framework would read out of it."""
    yield from _other_rules(play)
    for day, release, before, house in play.releases:
        for made in before.requests_of(release.collection):
            for received, given in returns_that_count(before, made.request):
                if received.partner_return not in release.returns:
                    yield f"{day}: version {release.version} is made without {received.partner_return}"
                for code in given.answered:
                    if code not in house.indicator:
                        yield f"{day}: version {release.version} knows no {code}, which {received.partner_return} has"
    bound = sorted(play.facts.about(play.collection, CollectionBound), key=lambda each: each.number)
    gone = {each.key for each in play.facts.of(ReleaseWithdrawn)}  # after a withdrawal an officer approves first
    last = [each for _, each, _, _ in play.releases if each.collection == play.collection]
    if not bound or bound[-1].called_off or not last or last[-1].key in gone:
        return
    for made in play.facts.requests_of(play.collection):
        for received, _ in returns_that_count(play.facts, made.request):
            if received.kind is not ReturnKind.NIL and received.partner_return not in last[-1].returns:
                yield f"in the end version {last[-1].version} is without {received.partner_return}"


def _other_rules(play: Play) -> Iterator[str]:
    """Versions of one quarter that go by other rules than the one before, without an officer having adopted them."""
    for (_, one, _, old), (day, two, facts, new) in pairwise(play.releases):
        adopted = [
            each for each in facts.about(two.collection, CollectionBound) if each.number and one.at < each.at < two.at
        ]
        same = all(getattr(old, name) == getattr(new, name) for name in ("indicators", "breakdowns", "priorities"))
        if one.collection == two.collection and not adopted and not same:
            yield f"{day}: version {two.version} goes by other rules than version {one.version}"


def _gaps(play: Play) -> Iterator[str]:
    """Gaps of figures that came, or before the day on which they were asked for; and what is done after a call-off."""
    for gap in (each for each in play.facts.of(GapRecorded) if each.by == "quarterday" and each.request):
        then = Facts(each for each in play.facts if each.at < gap.at)
        (made,) = play.facts.about(gap.request, RequestMade)
        if gap.indicator in {code for _, given in returns_that_count(then, made.request) for code in given.answered}:
            yield f"{gap.at:%Y-%m-%d}: {gap.indicator} is a gap, and has come"
        asked_by = [
            day
            for letter in play.letters
            if letter.action.request == made.request and letter.day < gap.at.date()
            for day in days_in(letter.words, ANNOUNCED["date-moved"] + ANNOUNCED["request"])
            if letter.action.email in ("date-moved", "request") and "goes into a revised release" not in letter.words
        ]
        if asked_by and asked_by[-1] >= gap.at.date() and not let_off(then, made.request):
            yield f"{gap.at:%Y-%m-%d}: {gap.indicator} is a gap, and was asked for by {asked_by[-1]}"
    bound = sorted(play.facts.about(play.collection, CollectionBound), key=lambda each: each.number)
    off = next((each.at for each in bound if each.called_off), None)
    for letter in play.letters if off else ():
        asks = letter.action.email in LADDER or letter.action.email == "request"
        if asks and letter.action.collection == play.collection and letter.day > off.date():
            yield f"{letter.day}: {letter.action.email} goes although the quarter was called off"
