"""What waits for an officer: time asked for, returns that came back, releases that do not pass by themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.at_rest import settled
from quarterday.domain.collection.decision import ending_agreements
from quarterday.domain.collection.releases import approved, coming, needs_approval, next_version
from quarterday.domain.collection.standing import Standing, State, london_day, standing
from quarterday.domain.collection.timetable import Timetable, timetables
from quarterday.domain.facts import ExtensionDecided, Facts, ReplyKind, ReplyReceived, RequestMade
from quarterday.domain.figures.findings import Verdict
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date


@dataclass(frozen=True)
class Undecided:
    """One matter: what it is, since when, and by which deployment an officer decides it; empty where none does."""

    what: str
    since: date
    decide_with: str


def undecided(framework: Framework, facts: Facts, today: date) -> list[Undecided]:
    """What waits for an officer, longest first. What is over, by its partner's answer or a decision, is left out."""
    found: list[Undecided] = []
    over = settled(facts)
    for plan in timetables(framework):
        if plan.collection in over:
            continue
        made = [each for each in facts.of(RequestMade) if each.collection == plan.collection]
        for request in made:
            if request.partner in framework.partner:
                found += _of_request(framework, facts, plan, request, today)
        if made:
            found += _of_release(framework, facts, plan, today)
    found += [
        Undecided(
            f"The agreement “{each.title}” ends on {say_date(each.ends)}: renew it, then write its new end into "
            "config/agreements.yaml. Without it nothing may be asked under it.",
            first_day,
            "",
        )
        for each, first_day in ending_agreements(framework, today)
    ]
    return sorted(found, key=lambda each: (each.since, each.what))


def _of_request(
    framework: Framework, facts: Facts, plan: Timetable, request: RequestMade, today: date
) -> Iterator[Undecided]:
    stands, name = standing(framework, facts, request, today), framework.partner[request.partner].name
    decided = {each.reply for each in facts.about(request.request, ExtensionDecided)}
    asked = [each for each in facts.about(request.request, ReplyReceived) if each.kind is ReplyKind.NEEDS_TIME]
    if asked and asked[-1].reply not in decided and stands.awaiting and not _answered_since(stands, asked[-1]):
        until = f" until {say_date(asked[-1].until)}" if asked[-1].until else ""
        yield Undecided(
            f"{name} asks for more time{until} ({plan.label}).", london_day(asked[-1].at), "decide-extension"
        )
    if stands.verdict and stands.state is State.SENT_BACK:
        since = london_day(stands.verdict.at)
        if stands.verdict.verdict == Verdict.QUARANTINED:
            what = f"The return of {name} holds personal data and is set apart ({plan.label}): speak with them."
            yield Undecided(what, since, "record-gap")
        else:
            yield Undecided(f"The return of {name} was sent back ({plan.label}).", since, "accept-return")


def _answered_since(stands: Standing, asked: ReplyReceived) -> bool:
    return stands.latest is not None and stands.latest.at >= asked.at


def _of_release(framework: Framework, facts: Facts, plan: Timetable, today: date) -> Iterator[Undecided]:
    why = needs_approval(framework, facts, plan)
    if why and coming(framework, facts, plan, today) and not approved(framework, facts, plan):
        version = next_version(facts, plan.collection)
        what = f"Version {version} of {plan.label} waits for an approval: {'; '.join(why)}."
        yield Undecided(what, plan.closes, "approve-release")
