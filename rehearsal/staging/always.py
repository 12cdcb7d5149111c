"""What must be so at the end of every story, whatever it is about."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from quarterday.domain.collection.verdicts import accepted_returns, answered_by, unjudged
from quarterday.domain.facts import MessageReserved, MessageSettled, Outcome
from quarterday.publishing.verify import problems
from quarterday.publishing.verify_on_record import register_problems
from rehearsal.staging.quarter import Quarter


def always(quarter: Quarter) -> Iterator[str]:
    """Everything that went wrong, each a sentence."""
    yield from _emails(quarter)
    yield from _asked_once(quarter)
    yield from _one_word_a_day(quarter)
    yield from _nothing_lost(quarter)
    yield from _whole(quarter)


def _emails(quarter: Quarter) -> Iterator[str]:
    """Each email that was booked went once; none went that was not booked; no run failed."""
    facts = quarter.facts
    bounced = {each.message for each in facts.of(MessageSettled) if each.outcome is Outcome.BOUNCED}
    booked = Counter(each.outbox_id for each in facts.of(MessageReserved) if each.message not in bounced)
    taken = Counter(each.file.removesuffix(".eml").partition("-")[2] for each in quarter.play.letters)
    if booked != taken:
        yield f"emails that were booked but not taken: {booked - taken}; taken but not booked: {taken - booked}"
    for each in quarter.emails("officer-failure"):
        yield f"a run failed: {each.text[:300]}"
    yield from (f"nobody has judged {left.partner_return}" for left in unjudged(facts))


def _asked_once(quarter: Quarter) -> Iterator[str]:
    """Nobody is asked twice for one figure in a quarter, whatever its code was; nobody gets a request twice."""
    house = quarter.promised
    asked = Counter(
        (house.partner[each.partner].code, house.indicator[code].code)
        for each in quarter.facts.requests_of(quarter.plan.collection)
        for code in each.asked
        if each.partner in house.partner and code in house.indicator
    )
    yield from (f"asked {count} times: {what} of {who}" for (who, what), count in asked.items() if count > 1)
    sent = Counter((each.request, each.to, each.subject) for each in quarter.emails("request"))
    yield from (f"the request went {count} times to one person: {what}" for what, count in sent.items() if count > 1)


def _one_word_a_day(quarter: Quarter) -> Iterator[str]:
    """Nobody hears two chasers of one partner in a day, and none on a day off."""
    chasing = [each for each in quarter.play.letters if each.email.startswith(("reminder", "chaser", "escalation"))]
    counted = Counter((each.to, each.on, each.request) for each in chasing)
    yield from (f"{count} chasers to {to} on {on}" for (to, on, _), count in counted.items() if count > 1)
    working = quarter.framework.calendar.is_working_day
    yield from (f"{each.email} on a day off, {each.on}" for each in chasing if not working(each.on))


def _nothing_lost(quarter: Quarter) -> Iterator[str]:
    """What was accepted before a release was made is in it, and what one version said no later one leaves out."""
    releases = quarter.releases()
    for each in releases:
        there = {found.indicator for found in each.observations}
        for code in sorted(_answered(quarter, set(each.fact.returns)) - there):
            yield f"version {each.fact.version} has no figure of {code}, which was accepted"
    for before, after in pairwise(releases):
        for key in list(before.by_key().keys() - after.by_key().keys())[:3]:
            yield f"version {after.fact.version} leaves out {key} of version {before.fact.version}"


def _answered(quarter: Quarter, returns: set[str]) -> set[str]:
    facts, house = quarter.facts, quarter.promised
    return {
        house.indicator[code].code
        for each in facts.requests_of(quarter.plan.collection)
        for code in answered_by(
            facts, each, [one for one in accepted_returns(facts, each.request) if one.partner_return in returns]
        )
        if code in house.indicator
    }


def _whole(quarter: Quarter) -> Iterator[str]:
    """What `quarterday verify` finds."""
    for each in quarter.releases():
        folder = quarter.release_folder(each.fact.version)
        yield from (*problems(folder), *register_problems(folder, quarter.facts))
