"""What officers decided is put right: the latest holds, every one is kept, and the partner hears what changed.

The fire service was asked on 8 July 2025; its figures are due on Tuesday 22 July. The collection closes on 1 August.
"""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.collection.actions import Publish, Send
from quarterday.domain.collection.links import link_ends
from quarterday.domain.collection.standing import State, standing
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.collection.verdicts import accepted_in
from quarterday.domain.facts import ExtensionDecided, Facts, GapRecorded, ReplyKind, ReplyReceived, RequestMade
from quarterday.domain.framework.ladder import Wait
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.rulings.request_rulings import (
    Ruling,
    RulingRefusedError,
    lift_waiver,
    record_gap,
    request_of_quarter,
    waive_request,
)
from quarterday.domain.rulings.return_rulings import accept_return, send_back
from quarterday.domain.rulings.time_rulings import decide_extension, what_the_date_means
from tests.domain.lived import a_return, a_verdict, at, days, walk

COLLECTION = "somewhere.2025-26-q1"
FIRE = f"{COLLECTION}.fire"
ANSWERED = ("deliberate-fires",)
TELLS = {"extension-granted", "extension-refused", "let-off", "asked-after-all", "sent-back", "accepted"}


def july(day: int) -> date:
    """A day of July 2025."""
    return date(2025, 7, day)


@pytest.fixture
def asked(small):
    """The facts once both partners were asked, on Wednesday 16 July."""
    return walk(small, days(date(2025, 6, 30), july(16)))[0]


def ruling(day: int, hour: int = 15, say: str = "") -> Ruling:
    """Jo decides on a day of July."""
    return Ruling("jo", "by telephone", at(july(day), hour), say)


def made(facts: Facts) -> RequestMade:
    """The request to the fire service."""
    return facts.about(FIRE, RequestMade)[0]


def more_time(small, facts: Facts, on: Ruling, until: date | None, grant: bool = True) -> Facts:
    """The facts once more time was granted or refused."""
    return facts.plus(decide_extension(small, facts, made(facts), on, grant=grant, until=until))


def needs_time(day: int, until: date) -> ReplyReceived:
    """“We need until then.”"""
    return ReplyReceived(
        partnership="somewhere",
        request=FIRE,
        reply=f"P{day}",
        kind=ReplyKind.NEEDS_TIME,
        until=until,
        at=at(july(day)),
        by="fire/contact",
    )


def lived(small, facts: Facts, first: int, last: int):
    """The facts after some days of July, and what the fire service was told in them."""
    facts, done = walk(small, days(july(first), july(last)), facts)
    emails = [(day.day, each.occasion) for day, each in done if isinstance(each, Send) and each.request == FIRE]
    return facts, [(day, what) for day, what in emails if what != "officer-reply"]


def test_more_time_is_made_longer_then_shorter_and_the_partner_hears_each_that_went_out(small, asked):
    """Until the 24th, told; then the 30th, told; back to the 24th on the 21st, told: the 24th is what holds."""
    facts, told = lived(small, more_time(small, asked, ruling(16), july(24)), 17, 17)
    facts, longer = lived(small, more_time(small, facts, ruling(17), july(30)), 18, 18)
    facts, back = lived(small, more_time(small, facts, ruling(20), july(24)), 21, 21)

    assert ["extension-granted"] * 3 == [what for _, what in [*told, *longer, *back]]
    assert july(24) == standing(small, facts, made(facts), july(22)).awaiting.due
    assert [july(24), july(30), july(24)] == [each.until for each in facts.about(FIRE, ExtensionDecided)]


def test_what_was_not_told_yet_is_replaced_and_what_says_the_same_again_is_not_said(small, asked):
    """Granted until the 24th and told; the 30th and back to the 24th on one afternoon: nobody hears of either."""
    facts, _ = lived(small, more_time(small, asked, ruling(16), july(24)), 17, 17)
    facts = more_time(small, more_time(small, facts, ruling(17, 11), july(30)), ruling(17, 12), july(24))

    assert [] == lived(small, facts, 18, 18)[1]


def test_refused_by_a_slip_and_granted_a_minute_later_only_the_grant_is_told(small, asked):
    """Both stay on record; the partner gets a copy of what it asked and hears that it has until the 24th."""
    facts = more_time(small, asked.plus(needs_time(16, july(24))), ruling(16), None, grant=False)
    facts = more_time(small, facts, ruling(16, 16), july(24))
    facts, told = lived(small, facts, 17, 18)

    assert [(17, "your-answer"), (17, "extension-granted")] == told
    assert 2 == len(facts.about(FIRE, ExtensionDecided))


def test_a_grant_that_was_told_is_taken_back(small, asked):
    """Granted and told, refused after: the partner is told, and the date of the request stands again."""
    facts, _ = lived(small, more_time(small, asked, ruling(16), july(30)), 17, 17)
    facts, told = lived(small, more_time(small, facts, ruling(17), None, grant=False), 18, 18)

    assert [(18, "extension-refused")] == told
    assert (Wait.FIRST, july(22)) == _waiting(small, facts, july(18))


def test_a_correction_stays_a_correction_when_time_for_it_is_refused(small, asked):
    """Sent back on the 17th, due on the 24th; time until mid August is refused on the 18th: still a correction."""
    received = a_return(FIRE, july(17))
    facts = asked.plus(received, a_verdict(received, "queried"), needs_time(18, date(2025, 8, 15)))
    facts = more_time(small, facts, ruling(18), None, grant=False)

    assert (Wait.CORRECTION, july(24)) == _waiting(small, facts, july(18))


def _waiting(small, facts: Facts, today: date):
    awaiting = standing(small, facts, made(facts), today).awaiting
    return awaiting.wait, awaiting.due


def test_no_time_for_a_partner_who_has_answered(small, asked):
    """Its return is accepted: the refusal names it."""
    facts = _accepted(asked, 16)

    with pytest.raises(RulingRefusedError, match=f"return R-{FIRE}-2025-07-16 is accepted"):
        more_time(small, facts, ruling(17), july(30))


def test_a_date_past_the_close_says_what_it_means(small, asked):
    """20 August: after the close, the papers and the board; the link of the email outlives it."""
    said = what_the_date_means(
        small, timetable(small, parse_quarter("2025-26 Q1")), made(asked), date(2025, 8, 20), july(16)
    )
    far = what_the_date_means(
        small, timetable(small, parse_quarter("2025-26 Q1")), made(asked), date(2025, 10, 1), july(16)
    )

    assert "goes into the next version" in said[0]
    assert ["The Board meets on Thursday 14 August 2025: it will not have them."] == said[1:]
    assert "works until Wednesday 12 November 2025" in far[-1]
    assert date(2025, 11, 12) == link_ends(made(asked).closes, july(16), date(2025, 10, 1))


def test_a_date_within_the_quarter_means_nothing_more(small, asked):
    """Nothing is said about the 24th."""
    plan = timetable(small, parse_quarter("2025-26 Q1"))

    assert [] == what_the_date_means(small, plan, made(asked), july(24), july(16))


def _accepted(facts: Facts, day: int) -> Facts:
    received = a_return(FIRE, july(day))
    return facts.plus(received, a_verdict(received, "accepted", answered=ANSWERED, rows_stored_as="rows"))


def test_whose_figures_are_accepted_is_not_let_off(small, asked):
    """The refusal names the figures."""
    facts = _accepted(asked, 16)

    with pytest.raises(RulingRefusedError, match="Deliberate fires"):
        waive_request(small, facts, made(facts), ruling(17))


def test_a_return_after_a_waiver_counts_and_ends_it(small, asked):
    """Let off on the 16th, sent on the 18th: accepted, in the release, and no gap says that it was let off."""
    facts = asked.plus(waive_request(small, asked, made(asked), ruling(16)))
    assert State.WAIVED is standing(small, facts, made(facts), july(17)).state
    facts = _accepted(facts, 18)
    facts, done = walk(small, days(july(18), date(2025, 8, 5)), facts)

    assert State.ACCEPTED is standing(small, facts, made(facts), july(21)).state
    assert (f"R-{FIRE}-2025-07-18",) == accepted_in(facts, COLLECTION)
    assert "deliberate-fires" not in {each.indicator for each in facts.of(GapRecorded)}
    assert [1] == [each.version for _, each in done if isinstance(each, Publish)][:1]


def test_a_waiver_that_was_told_is_lifted_and_the_partner_gets_time(small, asked):
    """Told on the 17th that it need not send; asked after all on the 21st: due in five working days, not before."""
    facts, told = lived(small, asked.plus(waive_request(small, asked, made(asked), ruling(16))), 17, 17)
    facts, after = lived(small, facts.plus(lift_waiver(small, facts, made(facts), ruling(18))), 21, 21)

    assert [(17, "let-off")] == told
    assert [(21, "asked-after-all")] == after
    assert (Wait.FIRST, july(25)) == _waiting(small, facts, july(21))


def test_a_waiver_put_right_before_anybody_heard_of_it_is_never_told(small, asked):
    """Waived and lifted on one afternoon: only the ladder goes on."""
    facts = asked.plus(waive_request(small, asked, made(asked), ruling(16)))
    facts = facts.plus(lift_waiver(small, facts, made(facts), ruling(16, 16)))

    assert not TELLS & {what for _, what in lived(small, facts, 17, 24)[1]}
    with pytest.raises(RulingRefusedError, match="nothing to lift"):
        lift_waiver(small, facts, made(facts), ruling(17))


def test_a_second_waiver_after_one_was_lifted_is_told_again(small, asked):
    """Each decision is kept, and each that changes what was told is told."""
    facts, _ = lived(small, asked.plus(waive_request(small, asked, made(asked), ruling(16))), 17, 17)
    facts, _ = lived(small, facts.plus(lift_waiver(small, facts, made(facts), ruling(17))), 18, 18)
    facts, told = lived(small, facts.plus(waive_request(small, facts, made(facts), ruling(20))), 21, 21)

    assert [(21, "let-off")] == told


def test_an_accepted_return_is_sent_back_with_a_question_and_accepted_again(small, asked):
    """The question goes to whoever sent it; “yes, it is right” ends it, and each word is told once."""
    facts, _ = lived(small, _accepted(asked, 16), 17, 17)
    asks = send_back(small, facts, made(facts), ruling(17, say="41 where 8 to 15 is usual: is it right?"))
    facts, told = lived(small, facts.plus(asks), 18, 18)
    assert (Wait.CORRECTION, july(24)) == _waiting(small, facts, july(18))
    facts, again = lived(small, facts.plus(accept_return(small, facts, made(facts), ruling(18))), 21, 21)
    facts, third = lived(small, facts.plus(send_back(small, facts, made(facts), ruling(21, say="Once more?"))), 22, 22)

    assert [[(18, "sent-back")], [(21, "accepted")], [(22, "sent-back")]] == [told, again, third]
    assert ("queried", "jo", "Once more?") == _last_word(small, facts)


def _last_word(small, facts: Facts):
    given = standing(small, facts, made(facts), july(22)).verdict
    return given.verdict, given.overrides, given.to_partner


def test_a_question_is_asked_in_words(small, asked):
    """Why stays inside, so a question without words for the partner is refused."""
    facts = _accepted(asked, 16)

    with pytest.raises(RulingRefusedError, match="what the question is"):
        send_back(small, facts, made(facts), ruling(17))
    with pytest.raises(RulingRefusedError, match="There is no return R-9"):
        send_back(small, facts, made(facts), ruling(17, say="Is it right?"), partner_return="R-9")


def test_a_gap_changes_its_owner_and_its_date_and_both_are_kept(small, asked):
    """The later one holds; why stays inside, and what is published is said apart."""
    first = _gap(small, asked, ruling(16), "Fay Fire", date(2025, 8, 20))
    second = _gap(small, asked.plus(first), ruling(17, say="A new system."), "Max Fire", date(2025, 9, 1))
    facts = asked.plus(first, second)

    assert 2 == len(facts.of(GapRecorded))
    assert ("Max Fire", date(2025, 9, 1), "A new system.", "by telephone") == _of_gap(facts.of(GapRecorded)[-1])
    with pytest.raises(RulingRefusedError, match="not in the future"):
        _gap(small, facts, ruling(18), "Max Fire", july(1))


def _gap(small, facts: Facts, on: Ruling, owner: str, expected: date) -> GapRecorded:
    return record_gap(small, facts, made(facts), on, indicator="deliberate-fires", owner=owner, expected=expected)


def _of_gap(gap: GapRecorded):
    return gap.owner, gap.expected, gap.for_readers, gap.reason


def test_a_figure_that_has_come_is_no_gap(small, asked):
    """The refusal names the return, and says what to do if it is wrong."""
    with pytest.raises(RulingRefusedError, match="send the return back with a question"):
        _gap(small, _accepted(asked, 16), ruling(17), "Fay Fire", date(2025, 8, 20))


def test_the_date_told_never_moves_earlier_because_somebody_answered_early(small, asked):
    """Sent on the 9th and back on the 9th: five working days would be the 16th, yet the 22nd was told."""
    received = a_return(FIRE, july(9))
    facts = asked.plus(received, a_verdict(received, "queried"))

    assert (Wait.CORRECTION, july(22)) == _waiting(small, facts, july(10))


def test_a_slip_of_the_finger_in_the_year_is_refused(small, asked):
    """2027 for 2025."""
    with pytest.raises(RulingRefusedError, match="more than a year away"):
        more_time(small, asked, ruling(16), date(2027, 7, 30))
    assert request_of_quarter(small, asked, "2025-26 Q1", "fire") == replace(made(asked))
