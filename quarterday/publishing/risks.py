"""Risks and bids as a release tells them: how each stands by then, with an owner's words through the gate for words."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import TypeVar

from quarterday.adapters.personal_data import OwnWords
from quarterday.domain.collection.binding import period_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, quarter_name
from quarterday.domain.risks.bids import BidStands, all_bids, notice_of
from quarterday.domain.risks.reviewing import RiskStands, all_risks, bears_on
from quarterday.publishing.earlier import Earlier
from quarterday.publishing.risk_tables import BidLine, RiskLine
from quarterday.publishing.words import Read, await_reading, tells_of_a_person

OWNER_LEFT_OUT = "What its owner wrote is left out, as it may tell of a person."
OWNER_UNREAD = (
    "What its owner wrote is left out until an officer has read it: a figure that it bears on is hidden, and words "
    "such as “doubled” may tell it."
)
Line = TypeVar("Line", RiskLine, BidLine)


def risk_lines(
    framework: Framework, facts: Facts, collection: str, day: date, hiding: Collection[str], read: Read = ()
) -> tuple[RiskLine, ...]:
    """How each risk stands on a day, the most serious first.

    `hiding` are the indicators of which something is hidden: an owner's words on a risk that bears on one of them (or,
    where it names none, on one that the owner supplies) are left out until an officer has read them (`read`).
    """
    period, known = period_of(framework, facts, collection), OwnWords(framework)
    return tuple(
        _risk_line(framework, each, period, day, known, _waits(framework, each, hiding, read))
        for each in all_risks(framework, facts, day)
    )


def bid_lines(
    framework: Framework, facts: Facts, collection: str, day: date, _hiding: Collection[str] = (), _read: Read = ()
) -> tuple[BidLine, ...]:
    """How each bid stands on a day, in the order of `config/`."""
    period, known = period_of(framework, facts, collection), OwnWords(framework)
    return tuple(_bid_line(framework, each, period, day, known) for each in all_bids(framework, facts))


def before(
    lines: Callable[[Framework, Facts, str, date, Collection[str], Read], tuple[Line, ...]],
    framework: Framework,
    earlier: Iterable[Earlier],
    hiding: Collection[str],
    read: Read = (),
) -> tuple[Line, ...]:
    """How they stood in each earlier collection that was published, by its newest release; oldest first."""
    if not (framework.risks or framework.bids):
        return ()  # both are today's: where there are none now, no earlier quarter tells of any
    return tuple(
        line for each in earlier for line in lines(each.framework, each.facts, each.collection, each.day, hiding, read)
    )


def _risk_line(
    framework: Framework, stands: RiskStands, period: Period, day: date, known: OwnWords, waiting: bool
) -> RiskLine:
    risk, said = stands.risk, stands.said_by
    mitigation = OWNER_UNREAD if waiting else stands.mitigation
    return RiskLine(
        risk=risk.code,
        title=risk.title,
        about=risk.about,
        board=risk.board,
        owner=risk.owner,
        person=risk.person,
        period=period,
        label=quarter_name(period) or str(period),
        level=stands.level.value,
        likelihood=stands.likelihood.value,
        impact=stands.impact.value,
        trend=stands.trend.value if stands.trend else "",
        mitigation=OWNER_LEFT_OUT if said and tells_of_a_person(stands.mitigation, known) else mitigation,
        raised=risk.raised,
        review=stands.review,
        missed=stands.missed(day),
        reviewed_on=london_day(stands.last.at) if stands.last else None,
        indicators=risk.indicators,
        source=stands.last.reviewed if stands.last else "",
        waits=said.reviewed if said and waiting else "",
    )


def _waits(framework: Framework, stands: RiskStands, hiding: Collection[str], read: Read) -> bool:
    """Whether an owner's words wait until an officer has read them, or reviewed the risk in words of its own."""
    said = stands.said_by
    if said is None or said.by_an_officer:
        return False
    return await_reading((said.reviewed, said.risk), bears_on(framework, stands.risk), hiding, read)


def _bid_line(framework: Framework, stands: BidStands, period: Period, day: date, known: OwnWords) -> BidLine:
    bid, words = stands.bid, stands.last.for_readers if stands.last else ""
    news = [f"It {what}." for _, what in stands.news(day, notice_of(framework))]
    if stands.ended(day):
        news.append("Its money has ended.")
    return BidLine(
        bid=bid.code,
        title=bid.title,
        source=bid.source,
        amount=stands.amount,
        board=bid.board,
        owner=bid.owner,
        period=period,
        label=quarter_name(period) or str(period),
        state=stands.state.value,
        deadline=bid.deadline,
        ends=stands.ends,
        news=tuple(news),
        urgent=stands.deadline_passed(day),
        told_on=london_day(stands.last.at) if stands.last else None,
        for_readers="" if tells_of_a_person(words, known) else words,
        activities=bid.activities,
    )


def unread_of_risks(lines: Collection[RiskLine]) -> tuple[tuple[str, str, str], ...]:
    """The words on risks that a release leaves out: as a reading names them, with the risk's title."""
    return tuple((each.waits, each.risk, each.title) for each in lines if each.waits)
