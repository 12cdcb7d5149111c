"""What a return says of itself, on one line: the frame of the fatal rules."""

from dataclasses import dataclass, fields

from expectations.checking import Job
from expectations.history import History, as_number
from quarterday.periods import Period
from quarterday.returns import PartnerReturn, grid

COPIED_FROM = 6  # so many figures cannot all be the same as last time by chance


@dataclass(frozen=True)
class Whole:
    """One return as a whole. None is empty: an expectation on it does not apply."""

    partner_return: str
    line: int
    partner: str | None
    partner_asked: str
    collection: str | None
    collection_asked: str
    figures: int
    period: str | None
    period_asked: str
    days_shared: int
    today: int
    last_day: int
    share_as_last_time: float | None


WHOLE_COLUMNS = tuple(each.name for each in fields(Whole))


def as_a_whole(name: str, job: Job, partner_return: PartnerReturn) -> Whole:
    """A return on one line."""
    period = partner_return.period or job.period
    return Whole(
        partner_return=name,
        line=0,
        partner=partner_return.partner,
        partner_asked=job.request.partner,
        collection=partner_return.collection,
        collection_asked=job.request.collection,
        figures=sum(1 for row in partner_return.rows if _answered(row.__dict__)),
        period=_dates(period),
        period_asked=_dates(job.period),
        days_shared=_days_shared(job, period),
        today=as_number(job.today),
        last_day=as_number(period.end),
        share_as_last_time=_share_as_last_time(job, partner_return),
    )


def _days_shared(job: Job, period: Period) -> int:
    """The days in common with what was asked. Who says on the page that these figures are all there are is believed."""
    return job.period.days if job.says_period else period.overlap_days(job.period)


def _dates(period: Period) -> str:
    return f"{period.start} to {period.end}"


def _answered(row: dict[str, object]) -> bool:
    return any(row[part] is not None for part in ("value", "numerator", "denominator", "marker")) or bool(
        str(row["comment"]).strip()
    )


def _share_as_last_time(job: Job, partner_return: PartnerReturn) -> float | None:
    """The share of figures that are last time's, where enough can be compared and they are not all 0."""
    history = History(job.earlier)
    asked = [job.framework.indicator[code] for code in job.request.asked if code in job.framework.indicator]
    sent = {
        (row.indicator, row.area_code, row.breakdown, row.category): row.value
        for row in partner_return.rows
        if row.value is not None
    }
    same = compared = 0
    for place in grid(job.framework, tuple(asked), job.period):
        series = (place.indicator, place.area_code, place.breakdown, place.category)
        last = history.latest(job.framework.indicator[place.indicator], series, place.period)
        if series in sent and last and sent[series]:
            compared += 1
            same += sent[series] == last
    return same / compared if compared >= COPIED_FROM else None
