"""What waits for an officer, each with its words and the ways to settle it."""

from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.became import Booked
from quarterday.domain.collection.binding import plan_for, standing_of
from quarterday.domain.collection.booked import doubtful, given_up, in_doubt
from quarterday.domain.collection.people import partner_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, Outcome, ReplyKind, ReplyReceived, RequestMade
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.release_rulings import own_work
from quarterday.domain.rulings.undecided import Undecided, undecided
from quarterday.web.officers.officer_door import HOME, SignedInVisit
from quarterday.web.officers.subjects import ASKS, decide_url, request_page
from quarterday.web.words import Words

# By what an officer of the Prefect UI decides it: the decisions that these pages offer instead, the usual one first.
_WAYS = {
    "decide-extension": ("grant-time", "refuse-time"),
    "accept-return": ("accept-return", "send-back", "record-gap"),
    "record-gap": ("record-gap", "grant-time", "let-off", "write"),
    "hold-figures": ("hold-figures",),
    "approve-release": ("approve-release", "hold-release"),
    "adopt-changes": ("adopt-changes", "leave-changes", "call-off"),
    "confirm-going-on": ("go-on",),
    "review-risk": ("review-risk",),
    "tell-bid": ("tell-bid",),
    "record-submission": ("record-submission",),
    "read-words": ("publish-words", "keep-words-back"),
    "record-meeting": ("set-action", "record-meeting"),
}
_DOUBT = {
    Outcome.UNCONFIRMED: "officers.doubt.unconfirmed",
    Outcome.FAILED: "officers.doubt.failed",
    Outcome.BOUNCED: "officers.doubt.bounced",
}


@dataclass(frozen=True)
class Way:
    """A link to where a decision is taken, and what follows from it."""

    label: str
    href: str
    then: str = ""


@dataclass(frozen=True)
class Waits:
    """One matter: what it is, since when, what was said, the page it stands on, and what may be decided."""

    what: str
    since: date
    said: str
    page: str
    ways: list[Way]


def waiting(words: Words, visit: SignedInVisit) -> list[Waits]:
    """Everything that waits, longest first."""
    framework, facts = visit.framework, visit.facts
    found = [_matter(words, visit, each) for each in undecided(framework, facts, visit.today)]
    doubts = [each for each in doubtful(facts, visit.today) if each.outcome in _DOUBT]
    found += [_email(words, framework, facts, each) for each in doubts]
    found += _many_emails(words, framework, facts, visit.today)
    return sorted(found, key=lambda each: (each.since, each.what))


def ways_of(words: Words, names: tuple[str, ...], about: str) -> list[Way]:
    """Links to decisions about one thing."""
    under = {name: f"officers.decide.{name.replace('-', '_')}" for name in names}
    return [
        Way(words.say(f"{said}.link"), decide_url(name, about), words.say(f"{said}.then"))
        for name, said in under.items()
    ]


def _matter(words: Words, visit: SignedInVisit, each: Undecided) -> Waits:
    framework, facts = visit.framework, visit.facts
    made = facts.about(each.about, RequestMade)
    page = request_page(made[0].partner, made[0].collection) if made else ""
    ways = ways_of(words, _WAYS.get(each.decide_with, ()), each.about or framework.partnership.code)
    if agreement := next((one for one in framework.agreements if one.code == each.about), None):
        ways = [*ways_of(words, ("put-off",), each.about), *_parties(framework, agreement)]
    if each.decide_with in ("review-risk", "tell-bid", "record-submission"):
        page = f"{HOME}/risks"
    if each.decide_with in ("record-meeting", "read-words"):
        page = ASKS
    if each.decide_with == "adopt-changes":
        page = f"{HOME}/collections/{each.about}"
    if each.decide_with == "approve-release":
        page = f"{HOME}/collections/{each.about}/release"
    if each.decide_with in ("accept-return", "record-gap", "hold-figures") and made:
        stands = standing_of(framework, facts, made[0], each.since)
        if stands.latest:
            look = Way(words.say("officers.look_at_return"), f"{HOME}/returns/{stands.latest.partner_return}")
            ways = [look, *ways]
    return Waits(each.what, each.since, _said(visit, each), page, ways)


def _parties(framework: Framework, agreement: Agreement) -> list[Way]:
    """The pages of those whose agreement it is: from there they are written to."""
    return [
        Way(framework.partner[each].name, f"{HOME}/partners/{each}")
        for each in agreement.parties
        if each in framework.partner
    ]


def _many_emails(words: Words, framework: Framework, facts: Facts, today: date) -> list[Waits]:
    """All emails of a kind together, where there are several: after an outage nobody settles them one by one."""
    found = []
    for name, emails, ways in (
        ("in_doubt", in_doubt(facts), ("doubtful-again", "emails-arrived")),
        ("given_up", given_up(facts), ("given-up-again",)),
    ):
        if len(emails) > 1:
            since = min(london_day(each.message.at) for each in emails)
            what = words.count(f"officers.emails.{name}", len(emails))
            found.append(Waits(what, min(since, today), "", "", ways_of(words, ways, framework.partnership.code)))
    return found


def _said(visit: SignedInVisit, each: Undecided) -> str:
    """The partner's own words, where it asked for time; that a release is for another officer to approve."""
    if each.decide_with == "approve-release":
        plan = plan_for(visit.framework, visit.facts, each.about)
        return own_work(visit.framework, visit.facts, plan, visit.officer.code) if plan else ""
    if each.decide_with != "decide-extension":
        return ""
    asked = [one for one in visit.facts.about(each.about, ReplyReceived) if one.kind is ReplyKind.NEEDS_TIME]
    return asked[-1].reason if asked else ""


def _email(words: Words, framework: Framework, facts: Facts, each: Booked) -> Waits:
    message, partner = each.message, partner_of(facts, each.message)
    known = framework.partner.get(partner)
    whose = known.name if known else message.recipient
    _, role = whose_and_role(message.recipient)
    assert each.outcome
    sentence = "officers.doubt.again" if each.may_go_again else _DOUBT[each.outcome]
    what = words.say(sentence, subject=message.subject or message.email, to=f"{whose} ({role})")
    ways: list[Way] = []
    if each.outcome is Outcome.UNCONFIRMED:
        ways = ways_of(words, ("email-again", "email-arrived"), message.message)
    elif each.message.message in {one.message.message for one in given_up(facts)}:
        ways = ways_of(words, ("email-again",), message.message)
    if partner and message.request and not each.may_go_again:
        ways += ways_of(words, ("fresh-link",), message.request)
        if role in ("contact", "deputy", "manager"):
            ways += ways_of(words, ("change-contact",), message.recipient)
    page = request_page(partner, message.collection) if partner and message.collection else ""
    return Waits(what, london_day(message.at), each.trouble, page, ways)
