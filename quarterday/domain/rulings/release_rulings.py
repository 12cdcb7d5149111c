"""Officers' decisions on releases: a version is approved or withdrawn, words beside hidden figures are let through."""

from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.releases import approved, held_back, next_version, releases_of, withdrawn
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import (
    Facts,
    ReleaseApproved,
    ReleaseHeld,
    ReleaseMade,
    ReleaseWithdrawn,
    RequestMade,
    ReturnReceived,
    VerdictGiven,
    WordsRead,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import parse_quarter, say_date
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.rulings.words_named import words_named


def plan_of_quarter(framework: Framework, facts: Facts, quarter: str) -> Timetable:
    """The collection of a quarter such as `2025-26 Q1`. Raises `RulingRefusedError`."""
    try:
        period = parse_quarter(quarter)
    except ValueError as problem:
        raise RulingRefusedError(str(problem)) from problem
    for plan in plans(framework, facts):
        if plan.period == period:
            return plan
    raise RulingRefusedError(f"No board considers {quarter}, so there is no collection for it.")


def approve_release(
    framework: Framework, facts: Facts, plan: Timetable, ruling: Ruling, *, version: int | None
) -> ReleaseApproved:
    """Approve the version that comes next, made from the returns that are accepted now."""
    fields = ruling.fields(framework, Duty.RELEASES)
    _refuse_before_it_opens(plan, ruling)
    collection = CollectionToday(framework, facts, plan, london_day(ruling.at))
    coming = next_version(facts, plan.collection)
    _refuse_own_work(framework, facts, plan, ruling)
    version = version or coming
    for made in releases_of(facts, plan.collection):
        if made.version == version:
            raise RulingRefusedError(
                f"Version {version} was published on {say_date(london_day(made.at))} already. Next is {coming}."
            )
    if version != coming:
        raise RulingRefusedError(f"There is no version {version} to approve: the next one is {coming}.")
    if before := approved(collection):
        raise RulingRefusedError(
            f"{before.by} has already approved version {version} on {say_date(london_day(before.at))}: "
            f"“{before.reason}”."
        )
    returns = collection.accepted
    made_from = releases_of(facts, plan.collection)
    if made_from and set(returns) == set(made_from[-1].returns) and not withdrawn(facts, made_from[-1]):
        raise RulingRefusedError(
            f"Nothing was accepted after version {coming - 1}, so there is no version {coming} to approve."
        )
    return ReleaseApproved(collection=plan.collection, version=version, returns=returns, **fields)


def _refuse_before_it_opens(plan: Timetable, ruling: Ruling) -> None:
    """Raises `RulingRefusedError` where nobody has been asked yet: nobody can have looked at what will be released."""
    if london_day(ruling.at) < plan.opens:
        raise RulingRefusedError(
            f"{plan.label} opens on {say_date(plan.opens)}: there is nothing of it to release yet."
        )


def _refuse_own_work(framework: Framework, facts: Facts, plan: Timetable, ruling: Ruling) -> None:
    """Raises `RulingRefusedError` where two are wanted, and the one who approves had a hand in what is released."""
    if said := own_work(framework, facts, plan, ruling.who):
        raise RulingRefusedError(said)


def own_work(framework: Framework, facts: Facts, plan: Timetable, who: str) -> str:
    """Why another officer approves, where two pairs of eyes are wanted; empty where this one may."""
    if not framework.partnership.second_pair_of_eyes:
        return ""
    for request in facts.requests_of(plan.collection):
        handed_in = any(each.by == who for each in facts.about(request.request, ReturnReceived))
        accepted = any(each.overrides == who for each in facts.about(request.request, VerdictGiven))
        if handed_in or accepted:
            name = framework.partner[request.partner].name if request.partner in framework.partner else request.partner
            did = "handed in for" if handed_in else "accepted the return of"
            return f"You {did} {name} yourself, so another officer approves {plan.label}: two pairs of eyes."
    return ""


def hold_release(framework: Framework, facts: Facts, plan: Timetable, ruling: Ruling) -> ReleaseHeld:
    """Hold the version that comes next back until an officer approves it, whatever was approved before."""
    fields = ruling.fields(framework, Duty.RELEASES)
    _refuse_before_it_opens(plan, ruling)
    collection = CollectionToday(framework, facts, plan, london_day(ruling.at))
    held, version = held_back(collection), next_version(facts, plan.collection)
    if held and approved(collection) is None:
        raise RulingRefusedError(
            f"{held.by} holds version {version} back since {say_date(london_day(held.at))}: “{held.reason}”."
        )
    return ReleaseHeld(collection=plan.collection, version=version, **fields)


def withdraw_release(
    framework: Framework, facts: Facts, plan: Timetable, ruling: Ruling, *, version: int
) -> ReleaseWithdrawn:
    """Take a published version back. The next one is made only once an officer approves it."""
    fields = ruling.fields(framework, Duty.RELEASES)
    release = _published(facts, plan, version)
    for before in facts.about(plan.collection, ReleaseWithdrawn):
        if before.version == version:
            raise RulingRefusedError(
                f"{before.by} has already withdrawn version {version} on {say_date(london_day(before.at))}: "
                f"“{before.reason}”."
            )
    said = ruling.say.strip()
    return ReleaseWithdrawn(collection=plan.collection, version=release.version, for_readers=said, **fields)


def read_words(
    framework: Framework, facts: Facts, ruling: Ruling, *, partner_return: str, indicator: str, publish: bool
) -> WordsRead:
    """Say whether words that may tell of something hidden may be published. The latest holds.

    Of a supplier's beside its figures, `partner_return` is the return; of all others it is the words' own reference
    (`words_named`), and `indicator` what they are on: an indicator, an activity, an ask, an action or a board.
    """
    fields = ruling.fields(framework, Duty.RELEASES)
    if named := words_named(facts, partner_return, indicator):
        return WordsRead(
            collection=named.collection, partner_return=partner_return, indicator=indicator, publish=publish, **fields
        )
    received = facts.received(partner_return)
    if received is None:
        raise RulingRefusedError(f"There is no return “{partner_return}”: look its reference up in the history.")
    request = next(each for each in facts.of(RequestMade) if each.request == received.request)
    if indicator not in framework.indicator or indicator not in request.asked:
        raise RulingRefusedError(
            f"“{indicator}” was not asked for in that return. It was asked for: {', '.join(request.asked)}."
        )
    return WordsRead(
        collection=request.collection, partner_return=partner_return, indicator=indicator, publish=publish, **fields
    )


def _published(facts: Facts, plan: Timetable, version: int) -> ReleaseMade:
    releases = releases_of(facts, plan.collection)
    for release in releases:
        if release.version == version:
            return release
    there = ", ".join(str(each.version) for each in releases)
    raise RulingRefusedError(
        f"There is no published version {version} of {plan.label}. "
        + (f"Published were: {there}." if there else "Nothing has been published for it yet.")
    )
