"""What a return says of itself, on one line: the frame of the fatal rules."""

import math
from dataclasses import dataclass, fields, replace

from expectations.checking import Job
from expectations.laid_out import Laid
from expectations.usual import as_number
from quarterday.domain.framework.periods import Period

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
    figures: int | None
    period: str | None
    period_asked: str
    days_shared: int | None
    today: int
    last_day: int | None
    share_as_last_time: float | None


WHOLE_COLUMNS = tuple(each.name for each in fields(Whole))


def as_a_whole(laid: Laid) -> Whole:
    """A return on one line. What only tells of activities answers for its sender and its round, and for no figures."""
    job, partner_return = laid.job, laid.partner_return
    period = partner_return.period or job.period
    whole = Whole(
        partner_return=laid.name,
        line=0,
        partner=partner_return.partner,
        partner_asked=job.request.partner,
        collection=partner_return.collection,
        collection_asked=job.request.collection,
        figures=laid.figures,
        period=_dates(period),
        period_asked=_dates(job.period),
        days_shared=_days_shared(job, period),
        today=as_number(job.today),
        last_day=as_number(period.end),
        share_as_last_time=_share_as_last_time(laid),
    )
    return replace(whole, figures=None, period=None, days_shared=None, last_day=None) if laid.only_tells else whole


def _days_shared(job: Job, period: Period) -> int:
    """The days in common with what was asked. Who says on the page that these figures are all there are is believed."""
    return job.period.days if job.says_period else period.overlap_days(job.period)


def _dates(period: Period) -> str:
    return f"{period.start} to {period.end}"


def _share_as_last_time(laid: Laid) -> float | None:
    """The share of figures that are last time's, where enough can be compared; 0 is often 0 again and says nothing."""
    same = compared = 0
    for line, place in zip(laid.lines, laid.asked, strict=True):
        if place is None or not line.value:
            continue
        series = place.series
        last = laid.earlier.latest(laid.job.framework.indicator[place.indicator], series, place.period)
        if last:
            compared += 1
            same += math.isclose(line.value, last)
    return same / compared if compared >= COPIED_FROM else None
