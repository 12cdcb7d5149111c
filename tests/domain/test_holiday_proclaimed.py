"""A holiday proclaimed while a quarter runs moves the dates that are counted in working days, and sends nothing again.

The fire service's return of Wednesday 16 July 2025 went back the same day: the corrected one is due on the 23rd.
"""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.standing import standing
from quarterday.domain.facts import Fact, Facts, ReplyKind, ReplyReceived, RequestMade
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Rung
from tests.domain.conftest import BANK_HOLIDAYS, ENGLAND, framework
from tests.domain.lived import a_return, a_verdict, at, days, sent, walk

FIRE = "somewhere.2025-26-q1.fire"


def without(*holidays: date) -> Framework:
    """The small partnership, reminding of corrections too, where nobody works on some days more."""
    remind = Rung(code="remind", days=-3, to="contact", email="reminder")
    small = framework().ladders
    ladders = small.model_copy(
        update={wait: (remind, *getattr(small, wait)) for wait in ("more_time", "correction", "rest")}
    )
    calendar = WorkingDays(BANK_HOLIDAYS ^ frozenset(holidays), ENGLAND.years)
    return framework(ladders=ladders, calendar=calendar)


def test_a_date_moves_with_the_holiday_and_nobody_is_reminded_again() -> None:
    """Reminded on the 18th; the 21st is proclaimed a holiday that evening: due on the 24th, chased on the 25th."""
    returned = a_return(FIRE, date(2025, 7, 16))
    facts, _ = walk(without(), days(date(2025, 7, 1), date(2025, 7, 16)))
    facts = facts.plus(returned, a_verdict(returned, "queried"))
    facts, before = walk(without(), days(date(2025, 7, 17), date(2025, 7, 18)), facts)
    day_off = without(date(2025, 7, 21))
    _, after = walk(day_off, days(date(2025, 7, 19), date(2025, 7, 31)), facts)
    (request,) = facts.about(FIRE, RequestMade)
    awaiting = standing(day_off, facts, request, date(2025, 7, 19)).awaiting

    assert (date(2025, 7, 18), "remind") in sent(before, "fire")
    assert awaiting and date(2025, 7, 24) == awaiting.due
    assert [(date(2025, 7, 25), "chase")] == sent(after, "fire")


def spoken(what: str, day: date) -> tuple[Fact, ...]:
    """What the fire service did on a day, and what the checks made of it."""
    if what == "asks for time":
        reply = ReplyReceived(
            request=FIRE, reply="P-1", kind=ReplyKind.NEEDS_TIME, at=at(day), by="fire/contact", partnership="somewhere"
        )
        return (reply,)
    returned = a_return(FIRE, day)
    return returned, a_verdict(returned, what, answered=())


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["asks for time", "queried", "accepted"]),
    st.dates(date(2025, 7, 9), date(2025, 7, 24)),
    st.dictionaries(st.dates(date(2025, 7, 9), date(2025, 8, 1)), st.integers(-1, 6), min_size=1),
)
def test_whatever_is_proclaimed_or_taken_back_nothing_goes_twice(
    what: str, spoken_on: date, proclaimed: dict[date, int]
) -> None:
    """From what a partner did on, nobody gets one email of the ladder twice, however the days off change."""
    facts, holidays, heard = Facts(), list[date](), list[tuple[str, str, str]]()
    for day in days(date(2025, 7, 1), date(2025, 8, 8)):
        holidays += [day + timedelta(days=proclaimed[day])] if day in proclaimed else []
        facts, done = walk(without(*holidays), [day], facts.plus(*(spoken(what, day) if day == spoken_on else ())))
        emails = [action for _, action in done if isinstance(action, Send) and day > spoken_on]
        heard += [(each.request, f"{each.occasion} {each.about}", each.recipient.email) for each in emails]

    assert len(heard) == len(set(heard)), heard
