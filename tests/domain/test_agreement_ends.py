"""An agreement that ends while a quarter is collected: told early, decided in time, and looked at when figures come.

The quarter closes on Friday 1 August 2025; the fire service's agreement ends on Tuesday 29 July.
"""

from datetime import date

import pytest

from quarterday.domain.collection.actions import RecordGap, Send
from quarterday.domain.collection.covered import uncovered
from quarterday.domain.collection.ending import ends_before_the_close
from quarterday.domain.collection.standing import State, standing
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.facts import Facts, RequestMade
from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.domain.rulings.time_rulings import decide_extension, what_the_date_means
from quarterday.domain.rulings.undecided import undecided
from quarterday.domain.telling.plan import timetable_lines
from tests.domain.conftest import framework, indicator
from tests.domain.lived import a_return, a_verdict, at, days, sent, walk

FIRE = "somewhere.2025-26-q1.fire"
Q1 = parse_quarter("2025-26 Q1")
ENDS, LAST_DAY = date(2025, 7, 29), date(2025, 7, 28)


def ending(ends: date = ENDS, **more: object) -> Framework:
    """The fire service under an agreement of its own, for fires and, until longer, for smoke alarms."""
    main = framework().agreements[0]
    own = main.model_copy(
        update={
            "code": "fires",
            "title": "The fires agreement",
            "parties": ("fire",),
            "indicators": ("deliberate-fires",),
            "ends": ends,
            **more,
        }
    )
    others: tuple[Agreement, ...] = (
        main.model_copy(update={"parties": ("police",)}),
        main.model_copy(update={"code": "alarms", "parties": ("fire",), "indicators": ("smoke-alarms",)}),
    )
    indicators = (
        indicator("deliberate-fires", "fire"),
        indicator("smoke-alarms", "fire"),
        indicator("robberies", "police"),
    )
    return framework(agreements=(own, *others), indicators=indicators)


@pytest.fixture(scope="module")
def asked() -> Facts:
    """Everything up to the day before the last on which an officer can decide."""
    facts, _ = walk(ending(), days(date(2025, 6, 30), date(2025, 7, 27)))
    return facts


def test_that_it_ends_before_the_close_is_told_with_what_hangs_on_it() -> None:
    """In a sentence of the plan: which, when, whose figures, and what to do."""
    plan = timetable(ending(), Q1)
    assert plan
    (told,) = ends_before_the_close(ending(), plan)

    assert (
        "“The fires agreement” ends on Tuesday 29 July 2025, before 2025-26 Q1 closes on Friday 1 August 2025: "
        "Fire Service is asked for 1 figure(s) under it (Deliberate fires), and what comes after 29 July 2025 cannot "
        "be used. Renew it and write its new end into config/agreements.yaml, or ask for these to be sent by then."
    ) == told
    assert f"  Mind: {told}" in timetable_lines(ending(), plan)
    assert [] == list(ends_before_the_close(ending(date(2025, 8, 1)), plan))


def test_the_officer_hears_the_day_before_and_once(asked: Facts) -> None:
    """On Monday the 28th, of the request that hangs on it; a run later that day or on the 29th tells nothing again."""
    _, done = walk(ending(), [LAST_DAY, LAST_DAY, ENDS], asked)
    words = [(day, action.why) for day, action in done if isinstance(action, Send) and not action.request]

    assert [(LAST_DAY, "“The fires agreement” ends on Tuesday 29 July 2025, and 1 request(s) hang on it.")] == words


def test_a_missed_day_is_made_up_on_the_day_on_which_it_ends(asked: Facts) -> None:
    """It is in force that day still."""
    _, done = walk(ending(), [ENDS], asked)

    assert (ENDS, "agreement-ending") in sent(done)


def test_one_that_ends_on_a_sunday_is_decided_on_the_friday() -> None:
    """The last working day that leaves time."""
    setting = ending(date(2025, 7, 27))
    facts, _ = walk(setting, days(date(2025, 6, 30), date(2025, 7, 24)))
    _, done = walk(setting, [date(2025, 7, 25)], facts)

    assert (date(2025, 7, 25), "agreement-ending") in sent(done)


def test_it_waits_among_what_needs_an_officer_with_what_happens_otherwise(asked: Facts) -> None:
    """By the request that hangs on it, not the day before; once all of it has come, what came waits instead."""
    waits = [each for each in undecided(ending(), asked, LAST_DAY) if each.about == FIRE]

    assert [("record-gap", LAST_DAY)] == [(each.decide_with, each.since) for each in waits]
    assert "Fire Service for 2025-26 Q1, which closes on Friday 1 August 2025: Deliberate fires." in waits[0].what
    assert "what comes then is not used, and the gap says why" in waits[0].what
    assert not [each for each in undecided(ending(), asked, date(2025, 7, 25)) if each.about == FIRE]
    came = a_return(FIRE, date(2025, 7, 25))
    whole = asked.plus(came, a_verdict(came, "accepted"))
    (came_under_it,) = [each for each in undecided(ending(), whole, LAST_DAY) if each.about == FIRE]
    assert "hold-figures" == came_under_it.decide_with


def test_renewed_it_hangs_on_nothing(asked: Facts) -> None:
    """Its new end stands in `config/`, and the quarter goes on as promised."""
    renewed = ending(date(2026, 3, 31))

    assert not [each for each in undecided(renewed, asked, LAST_DAY) if each.about == FIRE]
    assert "agreement-ending" not in [what for _, what in sent(walk(renewed, [LAST_DAY], asked)[1])]


def test_what_comes_once_it_has_ended_is_not_taken(asked: Facts) -> None:
    """On the 29th both figures are, on the 30th the smoke alarms alone; under review an agreement still stands."""
    (request,) = asked.about(FIRE, RequestMade)

    assert () == uncovered(ending(), request, ENDS)
    assert ("deliberate-fires",) == uncovered(ending(), request, date(2025, 7, 30))
    assert () == uncovered(ending(date(2025, 12, 31), state="under review"), request, date(2025, 7, 30))


def test_nothing_more_is_awaited_of_whoever_sent_the_rest(asked: Facts) -> None:
    """The smoke alarms came on the 30th and are accepted; the gap says why the fires are missing."""
    facts, _ = walk(ending(), days(LAST_DAY, date(2025, 7, 30)), asked)
    came = a_return(FIRE, date(2025, 7, 30))
    facts = facts.plus(came, a_verdict(came, "accepted", answered=("smoke-alarms",)))
    (request,) = facts.about(FIRE, RequestMade)
    stands = standing(ending(), facts, request, date(2025, 7, 31))
    _, done = walk(ending(), days(date(2025, 7, 31), date(2025, 8, 5)), facts)
    gaps = {action.indicator: action.why for _, action in done if isinstance(action, RecordGap)}

    assert (State.ACCEPTED, None, ()) == (stands.state, stands.awaiting, stands.still_open)
    assert "the agreement “The fires agreement” ended before the figure came" == gaps["deliberate-fires"]
    assert "smoke-alarms" not in gaps


def test_a_return_of_which_nothing_could_be_used_earns_no_thanks_for_its_figures(asked: Facts) -> None:
    """No email says that figures are in the release where none are."""
    came = a_return(FIRE, date(2025, 7, 30))
    facts, _ = walk(ending(), days(LAST_DAY, date(2025, 7, 30)), asked)
    facts = facts.plus(came, a_verdict(came, "accepted", answered=()))
    _, done = walk(ending(), days(date(2025, 7, 31), date(2025, 8, 8)), facts)

    assert "thank-you" not in [what for _, what in sent(done, "fire")]


def test_time_given_past_the_end_says_what_that_means_and_is_decided_the_day_before() -> None:
    """It ends on 11 August; the fires were given time until the 20th: told at once, and again on Friday the 8th."""
    setting = ending(date(2025, 8, 11))
    facts, _ = walk(setting, days(date(2025, 6, 30), date(2025, 7, 16)))
    (request,) = facts.about(FIRE, RequestMade)
    plan, given = timetable(setting, Q1), Ruling("jo", "by telephone", at(date(2025, 7, 16), 15))
    assert plan
    means = what_the_date_means(setting, plan, request, date(2025, 8, 20), date(2025, 7, 16))
    facts = facts.plus(decide_extension(setting, facts, request, given, grant=True, until=date(2025, 8, 20)))
    facts, _ = walk(setting, days(date(2025, 7, 17), date(2025, 8, 7)), facts)
    (waits,) = [each for each in undecided(setting, facts, date(2025, 8, 8)) if "hang on it" in each.what]

    assert (
        "The agreement “The fires agreement” ends on Monday 11 August 2025: what comes after it under it cannot be "
        "used, unless it is renewed."
    ) in means
    assert "Fire Service for 2025-26 Q1, which has until Wednesday 20 August 2025: Deliberate fires." in waits.what
    assert (date(2025, 8, 8), "agreement-ending") in sent(walk(setting, [date(2025, 8, 8)], facts)[1])


def test_renewed_late_the_figure_is_asked_for_again(asked: Facts) -> None:
    """It ended on the 29th and is renewed on the 30th: the fires may come again, and are still open."""
    facts, without = walk(ending(), days(LAST_DAY, ENDS), asked)[0], date(2025, 7, 30)
    (request,) = facts.about(FIRE, RequestMade)
    whole = facts.plus(
        came := a_return(FIRE, date(2025, 7, 29)), a_verdict(came, "accepted", answered=("smoke-alarms",))
    )

    assert () == standing(ending(), whole, request, without).still_open
    assert ("deliberate-fires",) == standing(ending(date(2026, 3, 31)), whole, request, without).still_open
    assert () == uncovered(ending(date(2026, 3, 31)), request, without)


def test_one_that_ends_on_the_day_of_the_close_covers_all_that_comes_in_time() -> None:
    """On Friday 1 August figures are still taken; on Thursday nothing that is awaited hangs on it."""
    setting = ending(date(2025, 8, 1))
    facts, _ = walk(setting, days(date(2025, 6, 30), date(2025, 7, 30)))
    (request,) = facts.about(FIRE, RequestMade)

    assert () == uncovered(setting, request, date(2025, 8, 1))
    assert [] == [each for each in undecided(setting, facts, date(2025, 7, 31)) if each.about == FIRE]
