"""Whatever changes in a quarter while it runs, no figure is lost, nobody is asked twice, and every word is so."""

import os
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterday.domain.collection.timetable import collection_id
from quarterday.domain.facts import ReplyKind, ReturnKind
from quarterday.domain.framework.periods import parse_quarter
from tests.changing import edits
from tests.changing.claims import wrong
from tests.changing.play import Play

EXAMPLES = int(os.environ.get("QUARTERS", "100"))  # `make changes` plays thousands
ALWAYS_THE_SAME = "QUARTERS" not in os.environ  # `make test` finds today what it found yesterday
BEFORE, AFTER = 50, 45  # days of a quarter that are played before and after its board meets
PARTNERS = ("fire", "police", "voices", "victims", "new-fire")

partners = st.sampled_from(PARTNERS)
suppliers = st.sampled_from(PARTNERS[:3])
figures = st.sampled_from(("deliberate-fires", "smoke-alarms", "robberies", "burglaries", "people-heard"))
days_ahead = st.integers(1, 40)
LAST = BEFORE + AFTER - 15
some_day = st.integers(5, LAST)


def config_edits(period):
    """One change of `config/`."""
    return st.one_of(
        st.builds(edits.move_meeting, st.just(period), st.integers(-21, 35)),
        st.just(edits.cancel_meetings(period)),
        st.builds(edits.second_board_meets, st.just(period), st.integers(10, 60)),
        st.builds(edits.partner_leaves, suppliers),
        st.just(edits.partner_joins()),
        st.builds(edits.partner_renamed, st.just("fire")),
        st.builds(edits.indicator_retired, figures),
        st.builds(edits.indicator_added, suppliers),
        st.builds(edits.supplier_changes, figures, suppliers),
        st.builds(edits.definition_changes, figures),
        st.builds(edits.threshold_changes, figures, st.integers(2, 12)),
        st.just(edits.boards_renamed()),
        st.just(edits.ladder_changes()),
        st.builds(edits.holiday_proclaimed, st.integers(1, 30)),
        st.builds(edits.contact_changes, suppliers),
        st.builds(edits.agreement_ends, st.integers(0, 60)),
    )


def events(period):
    """What happens on a day after the morning's run: an answer, a word, a decision, a withdrawal."""
    answer = st.tuples(
        st.just("returns"),
        partners,
        st.sampled_from(list(ReturnKind)),
        st.sampled_from(("accepted", "accepted", "accepted with caveats", "queried")),
        st.integers(0, 3),
    )
    reply = st.tuples(
        st.just("replies"), partners, st.sampled_from(list(ReplyKind)), st.integers(0, 30), st.integers(0, 3)
    )
    ruling = st.tuples(
        st.just("rules"),
        partners,
        st.sampled_from(("waive", "lift", "grant", "refuse", "gap", "accept", "send back")),
        days_ahead,
    )
    for_all = st.tuples(st.just("delays"), st.sampled_from(("due", "close")), st.integers(1, 25))
    return st.one_of(answer, answer, reply, ruling, for_all, st.just(("withdraws",)))


def adoptions():
    """An officer looks at what differs."""
    return st.tuples(st.just("adopts"), st.sampled_from(("whole", "whole", "part", "leave")), st.integers(0, 5))


@st.composite
def changes(draw, period):
    """A change of `config/`, and what an officer makes of it some days later, if anything."""
    day = draw(some_day)
    edited = (day, ("edit", draw(config_edits(period))))
    if draw(st.integers(0, 3)) == 0:
        return [edited]
    return [edited, (day + draw(st.integers(0, 6)), draw(adoptions()))]


@st.composite
def quarters(draw):
    """A quarter, and what happens in it by day."""
    quarter = draw(st.sampled_from(sorted(edits.MEETINGS)))
    period, meets = parse_quarter(quarter), edits.MEETINGS[quarter]
    changed = draw(st.lists(changes(period), max_size=4))
    said = draw(st.lists(st.tuples(some_day, events(period)), max_size=9))
    off = [(draw(some_day), ("adopts", "call off", 0))] if draw(st.integers(0, 15)) == 0 else []
    down = draw(st.frozensets(st.integers(0, LAST), max_size=6))
    away = draw(st.frozensets(st.integers(0, LAST), max_size=8)) if draw(st.integers(0, 2)) == 0 else frozenset()
    happened = sorted([*(each for some in changed for each in some), *said, *off], key=lambda each: each[0])
    return quarter, meets - timedelta(days=BEFORE), happened, down, away


def played(quarter: str, first: date, happened, down=frozenset(), away=frozenset()) -> Play:
    """The quarter as it goes: a run each morning, and what happens in the day after it."""
    house = edits.partnership()
    mail_away = frozenset(first + timedelta(days=number) for number in away)
    return play_through(
        Play(collection_id(house, parse_quarter(quarter)), house, away=mail_away), first, happened, down
    )


def play_through(play: Play, first: date, happened, down=frozenset()) -> Play:
    """A quarter that has not begun, from its first day on."""
    for number in range(BEFORE + AFTER):
        day = first + timedelta(days=number)
        if number not in down:
            play.run(day)
        for on, (what, *more) in happened:
            if on == number:
                happens(play, day, what, more)
    return play


def happens(play: Play, day: date, what: str, more) -> None:
    """One event of a day."""
    match what:
        case "edit":
            play.config = more[0](play.config, day)
        case "returns" | "replies" | "rules":
            getattr(play, what)(more[0], day, *more[1:])
        case _:
            getattr(play, what)(day, *more)


@pytest.mark.proof
@settings(
    max_examples=EXAMPLES, derandomize=ALWAYS_THE_SAME, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(quarters())
def test_whatever_changes_every_word_is_so(told):
    """Random edits, answers and decisions at random days of a random quarter, with days without runs or mail."""
    assert [] == wrong(played(*told))
