"""What holds of the ladder whatever the framework, the calendar and the history."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.facts import Fact, Facts, ReplyKind, ReplyReceived
from quarterday.domain.facts.message_keys import what_for
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.ladder import Ladders, Rung, Wait
from quarterday.domain.framework.partners import Role
from tests.domain.conftest import BANK_HOLIDAYS, framework
from tests.domain.lived import a_return, a_verdict, at, days, walk

FIRST, LAST = date(2025, 6, 1), date(2025, 9, 1)
WINDOW = days(FIRST, LAST)
CHASED = ("first", "more_time", "correction", "rest")

some_days = st.dates(FIRST, LAST)


@st.composite
def frameworks(draw):
    """Small partnerships with random ladders, lead times, bank holidays and rhythms."""
    small = framework()
    offsets = st.lists(st.integers(-8, 9), min_size=1, max_size=5, unique=True)

    def rungs(prefix):
        return tuple(
            Rung(code=f"{prefix}-{n}", days=offset, to=draw(st.sampled_from(list(Role))), email="chaser-1")
            for n, offset in enumerate(sorted(draw(offsets)))
        )

    extra = draw(st.frozensets(some_days, max_size=6))
    rhythm = small.partnership.rhythm.model_copy(update={"due_before_close": draw(st.integers(0, 12))})
    partners = tuple(each.model_copy(update={"lead_time": draw(st.integers(1, 25))}) for each in small.partners)
    return framework(
        partnership=small.partnership.model_copy(update={"rhythm": rhythm}),
        partners=partners,
        ladders=Ladders(first=rungs("f"), more_time=rungs("m"), correction=rungs("c"), rest=rungs("r")),
        calendar=WorkingDays(BANK_HOLIDAYS | extra, frozenset({2024, 2025, 2026})),
    )


@st.composite
def words(draw):
    """What a partner might do in the quarter: replies and returns with verdicts, on random days."""
    facts: list[Fact] = []
    for partner in ("fire", "police"):
        request = f"somewhere.2025-26-q1.{partner}"
        for number, day in enumerate(draw(st.lists(st.dates(date(2025, 7, 2), LAST), max_size=3))):
            if draw(st.booleans()):
                received = a_return(request, day, partner_return=f"R-{partner}-{number}")
                facts += [received, a_verdict(received, draw(st.sampled_from(["accepted", "queried"])))]
            else:
                kind = draw(st.sampled_from(list(ReplyKind)))
                facts.append(
                    ReplyReceived(
                        partnership="somewhere",
                        request=request,
                        reply=f"P-{partner}-{number}",
                        kind=kind,
                        until=day + timedelta(days=draw(st.integers(1, 20))),
                        colleague_name="Col League",
                        colleague_email="col@partner.example",
                        at=at(day),
                        by=f"{partner}/contact",
                    )
                )
    return facts


def chasers(done):
    """The emails of the ladder that went, with their day."""
    return [(day, each) for day, each in done if isinstance(each, Send) and _wait(each)]


def _wait(action: Send) -> str:
    return what_for(action.key) if what_for(action.key) in CHASED else ""


def live(setting, said, on=WINDOW):
    """A quarter lived day by day, each fact known from its own day on."""
    facts, done = Facts(), []
    known: set[str] = set()
    for day in on:
        new = [fact for fact in said if fact.at.date() <= day and fact.key not in known]
        known |= {fact.key for fact in new}
        facts, acted = walk(setting, [day], facts.plus(*new))
        done += acted
    return facts, done


@settings(max_examples=60, deadline=None)
@given(frameworks(), words())
def test_never_on_a_day_off_never_before_its_day_never_twice(setting, said):
    """Every email goes on a working day, on or after the day it fell due, and once."""
    _, done = live(setting, said)
    emails = [(day, each) for day, each in done if isinstance(each, Send)]

    assert all(setting.calendar.is_working_day(day) for day, _ in emails)
    assert all(each.on <= day for day, each in emails)
    assert len({each.key for _, each in emails}) == len(emails)


@settings(max_examples=60, deadline=None)
@given(frameworks(), some_days)
def test_never_a_chaser_after_an_accepted_return(setting, day):
    """From the day of a return that is accepted, its partner is not chased again."""
    received = a_return("somewhere.2025-26-q1.fire", day)
    _, done = live(setting, [received, a_verdict(received, "accepted")])

    assert [each for on, each in chasers(done) if each.partner == "fire" and on >= day] == []


@settings(max_examples=60, deadline=None)
@given(frameworks())
def test_every_silent_partner_hears_each_rung_in_order(setting):
    """Every rung between the request and the close is climbed, earliest first, on its own day."""
    facts, done = live(setting, [])
    (plan,) = timetables(setting)
    for partner in ("fire", "police"):
        asked = [
            each
            for day, each in done
            if isinstance(each, Send) and each.occasion == "request" and each.partner == partner
        ]
        assert len(asked) == 1
        expected = [
            (day, rung.code)
            for rung in setting.ladders.rungs(Wait.FIRST)
            if asked_on(done, partner) < (day := setting.calendar.add(plan.due, rung.days)) <= plan.closes
        ]
        assert expected == [(day, each.occasion) for day, each in chasers(done) if each.partner == partner]


def asked_on(done, partner):
    """The day on which the partner's request went out."""
    return next(
        day for day, each in done if isinstance(each, Send) and each.occasion == "request" and each.partner == partner
    )


@settings(max_examples=40, deadline=None)
@given(frameworks(), words(), st.randoms(use_true_random=False))
def test_the_order_in_which_a_days_facts_arrive_does_not_matter(setting, said, random):
    """The same facts in any order lead to the same actions."""
    facts, _ = live(setting, said)
    shuffled = list(facts)
    random.shuffle(shuffled)

    assert what_is_due(setting, facts, LAST) == what_is_due(setting, Facts(shuffled), LAST)


@settings(max_examples=80, deadline=None)
@given(frameworks(), words(), st.data())
def test_after_any_outage_rungs_keep_their_turn_and_their_distance(setting, said, data):
    """Whatever days nothing ran: a rung a day, mildest first, each as long after the one before as the ladder says."""
    (plan,) = timetables(setting)
    down = data.draw(st.frozensets(st.sampled_from(WINDOW)))
    _, done = live(setting, said, [day for day in WINDOW if day not in down])
    climbed = [(day, each) for day, each in chasers(done)]

    assert all(day <= plan.closes for day, _ in climbed)
    for (request, waiting), sent in by_waiting(climbed).items():
        rungs = {each.code: each for each in setting.ladders.rungs(Wait(waiting))}
        for (day, earlier), (later_day, later) in pairwise(sent):
            before, after = rungs[earlier.occasion], rungs[later.occasion]
            least = 1 if before.days < 0 and after.to is Role.CONTACT else after.days - before.days
            assert before.days < after.days, request
            assert setting.calendar.add(day, least) <= later_day, request


@settings(max_examples=80, deadline=None)
@given(frameworks(), words(), st.data())
def test_after_any_outage_nobody_is_chased_twice_in_a_day(setting, said, data):
    """Of one request, no person gets two emails of the ladder in a day."""
    down = data.draw(st.frozensets(st.sampled_from(WINDOW)))
    _, done = live(setting, said, [day for day in WINDOW if day not in down])
    heard = [(day, each.request, each.recipient.email) for day, each in chasers(done)]

    assert len(heard) == len(set(heard))


def by_waiting(climbed):
    """The emails of the ladder by request and kind of waiting with its date, in their order."""
    found = defaultdict(list)
    for day, each in climbed:
        _, wait, due, *_ = each.key.removeprefix(each.request).split("/")
        found[f"{each.request}/{due}", wait].append((day, each))
    return found
