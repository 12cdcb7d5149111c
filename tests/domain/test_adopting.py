"""An officer takes over what `config/` says in an open quarter, whole or in part, or leaves it for the next."""

import json
from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.collection.actions import CloseCollection, MakeRequest, Publish, RecordGap, Send
from quarterday.domain.collection.binding import framework_of, plan_for
from quarterday.domain.collection.differences import differences
from quarterday.domain.collection.promised import asked_no_more
from quarterday.domain.collection.standing import standing
from quarterday.domain.facts import CollectionBound, Facts, FrameworkKept, RequestWaived
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.bound import content_of, digest
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Target
from quarterday.domain.framework.partners import Board, Meeting, Partner, Succession
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.rulings.adopting import adopt, call_off, leave
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.domain.conftest import framework, indicator, person
from tests.domain.lived import a_return, a_verdict, at, days, sent, walk

Q1, FIRE, POLICE = "somewhere.2025-26-q1", "somewhere.2025-26-q1.fire", "somewhere.2025-26-q1.police"
ON = date(2025, 7, 16)
RULING = Ruling("jo", "The chair has moved the meeting.", at(ON, 12))


@pytest.fixture(scope="module")
def asked(small: Framework) -> Facts:
    """Both partners asked by 16 July, due on the 22nd; nobody has answered."""
    facts, _ = walk(small, days(date(2025, 6, 30), ON))
    return facts


def with_boards(small: Framework, *boards: Board, **more: object) -> Framework:
    return framework(partnership=small.partnership.model_copy(update={"boards": boards}), **more)


def met_on(small: Framework, *on: date, **more: object) -> Framework:
    """The small partnership with its board's meeting on another day, or on none."""
    meetings = tuple(Meeting(on=day, considers=parse_quarter("2025-26 Q1")) for day in on)
    return with_boards(small, small.partnership.boards[0].model_copy(update={"meetings": meetings}), **more)


def joined(small: Framework, supplier: str = "victims") -> Framework:
    """Victim Support is a partner now, and supplies what the police did."""
    victims = Partner(code="victims", name="Victim Support", lead_time=5, contact=person("Vic Tor"))
    agreement = small.agreements[0].model_copy(update={"parties": ("fire", "police", "victims")})
    return framework(
        partners=(*small.partners, victims),
        agreements=(agreement,),
        indicators=(small.indicators[0], indicator("robberies", supplier)),
    )


def told(facts: Facts, setting: Framework, until: date) -> list[tuple[date, str, str]]:
    """The emails to partners from the day after the decision on."""
    _, done = walk(setting, days(date(2025, 7, 17), until), facts)
    return [(day, each.partner, each.occasion) for day, each in done if isinstance(each, Send) and each.partner]


def test_what_differs_is_told_with_what_adopting_does_and_to_whom(small: Framework, asked: Facts) -> None:
    """A meeting moved, in sentences."""
    (difference,) = differences(met_on(small, date(2025, 9, 4)), asked, ON)

    assert "dates" == difference.part
    assert difference.differs.startswith("By config/ 2025-26 Q1 would be due on Monday 11 August 2025")
    assert "Police, Fire Service are told the new date once." == difference.adopting


def test_what_a_quarter_does_not_look_at_is_no_difference(small: Framework, asked: Facts) -> None:
    """People, words and an agreement's state are today's already; nothing differs where nothing was changed."""
    renamed = small.partners[0].model_copy(update={"name": "London Fire Brigade", "contact": person("New Contact")})
    warned = indicator("deliberate-fires", "fire", owner="Somebody else", caveats=("Counted anew.",))

    assert [] == differences(small, asked, ON)
    assert [] == differences(
        framework(partners=(renamed, small.partners[1]), indicators=(warned, small.indicators[1])), asked, ON
    )


def test_a_date_that_moves_later_is_told_once(small: Framework, asked: Facts) -> None:
    """Each hears of the new date the next day, and is reminded before it; nobody is chased by the old one."""
    moved = met_on(small, date(2025, 9, 4))
    facts = asked.plus(*adopt(moved, asked, Q1, RULING, ["dates"]))

    assert [
        (date(2025, 7, 17), "police", "date-moved"),
        (date(2025, 7, 17), "fire", "date-moved"),
        (date(2025, 8, 6), "police", "remind"),
        (date(2025, 8, 6), "fire", "remind"),
    ] == told(facts, moved, date(2025, 8, 12))
    assert [] == differences(moved, facts, ON)


def test_dates_alone_leave_the_framework_that_is_kept(small: Framework, asked: Facts) -> None:
    """What was promised is kept once, by its SHA-256: the register would refuse the very same a second time."""
    recorded = adopt(met_on(small, date(2025, 9, 4)), asked, Q1, RULING, ["dates"])

    assert ["CollectionBound"] == [type(each).__name__ for each in recorded]


def test_a_date_that_moves_earlier_leaves_five_working_days(small: Framework, asked: Facts) -> None:
    """Moved two weeks earlier on the 16th, figures would have been due on the 8th: the 22nd stands."""
    moved = met_on(small, date(2025, 7, 31))
    facts = asked.plus(*adopt(moved, asked, Q1, RULING, ["all"]))
    _, done = walk(moved, days(date(2025, 7, 17), date(2025, 7, 28)), facts)

    assert {"fire": date(2025, 7, 22), "police": date(2025, 7, 22)} == plan_for(moved, facts, Q1).due_of
    assert [date(2025, 7, 22)] == [day for day, action in done if isinstance(action, Publish)]
    assert {date(2025, 7, 23)} == {day for day, action in done if isinstance(action, RecordGap | CloseCollection)}


def test_a_second_move_before_the_first_was_told_is_told_alone(small: Framework, asked: Facts) -> None:
    """Moved on the 16th and again an hour later: one email, with the date that holds."""
    once, again = met_on(small, date(2025, 9, 4)), met_on(small, date(2025, 9, 11))
    facts = asked.plus(*adopt(once, asked, Q1, RULING, ["dates"]))
    facts = facts.plus(*adopt(again, facts, Q1, replace(RULING, at=at(ON, 13)), ["dates"]))

    assert [
        (date(2025, 7, 17), "police", "date-moved"),
        (date(2025, 7, 17), "fire", "date-moved"),
    ] == told(facts, again, date(2025, 7, 25))
    assert date(2025, 8, 18) == standing(small, facts, facts.requests_of(Q1)[0], ON).awaiting.due


def test_who_has_answered_hears_of_no_date(small: Framework, asked: Facts) -> None:
    """A date that moves concerns those who still owe something."""
    received = a_return(FIRE, ON)
    facts = asked.plus(received, a_verdict(received, "accepted", answered=("deliberate-fires",)))
    moved = met_on(small, date(2025, 9, 4))
    facts = facts.plus(*adopt(moved, facts, Q1, RULING, ["dates"]))

    assert {"police"} == {partner for _, partner, rung in told(facts, moved, date(2025, 7, 20)) if rung == "date-moved"}


def test_a_quarter_whose_meetings_are_gone_is_called_off(small: Framework, asked: Facts) -> None:
    """Adopting that no board considers it any more: nobody is chased, nothing is published."""
    facts = asked.plus(*adopt(met_on(small), asked, Q1, replace(RULING, say="The board does not meet."), ["dates"]))
    _, done = walk(met_on(small), days(date(2025, 7, 17), date(2025, 8, 20)), facts)

    assert ["The board does not meet."] * 2 == [each.to_partner for each in facts.of(RequestWaived)]
    assert [] == [rung for _, rung in sent(done) if "chase" in rung or "remind" in rung]
    assert [date(2025, 8, 4)] == [day for day, action in done if isinstance(action, CloseCollection)]
    assert not [action for _, action in done if isinstance(action, Publish | RecordGap)]


def test_called_off_once(small: Framework, asked: Facts) -> None:
    """The second time says who did it already."""
    facts = asked.plus(*call_off(small, asked, Q1, RULING))

    with pytest.raises(RulingRefusedError, match="called it off already"):
        call_off(small, facts, Q1, RULING)


def test_what_is_left_for_the_next_quarter_is_told_no_more(small: Framework, asked: Facts) -> None:
    """Unless it changes again."""
    left = asked.plus(*leave(met_on(small, date(2025, 9, 4)), asked, Q1, RULING, ["dates"]))

    assert [] == differences(met_on(small, date(2025, 9, 4)), left, ON)
    assert ["dates"] == [each.part for each in differences(met_on(small, date(2025, 9, 11)), left, ON)]
    assert date(2025, 8, 1) == plan_for(small, left, Q1).closes


def test_whoever_joins_is_asked_at_once_for_what_nobody_has_answered(small: Framework, asked: Facts) -> None:
    """A new supplier: the old one is let off, the new one has five working days."""
    now = joined(small)
    facts = asked.plus(*adopt(now, asked, Q1, RULING, ["all"]))
    facts, done = walk(now, days(date(2025, 7, 17), date(2025, 7, 18)), facts)
    (made,) = [action for _, action in done if isinstance(action, MakeRequest)]

    assert ("victims", ("robberies",), date(2025, 7, 24)) == (made.partner, made.asked, made.due)
    assert [POLICE] == [each.request for each in facts.of(RequestWaived)]


def test_what_was_answered_is_asked_of_nobody_again(small: Framework, asked: Facts) -> None:
    """The old supplier has sent the figure: the new one is asked from the next quarter on."""
    received = a_return(POLICE, ON)
    facts = asked.plus(received, a_verdict(received, "accepted", answered=("robberies",)))
    now = joined(small)
    facts = facts.plus(*adopt(now, facts, Q1, RULING, ["all"]))
    _, done = walk(now, days(date(2025, 7, 17), date(2025, 7, 18)), facts)

    assert not [action for _, action in done if isinstance(action, MakeRequest)]
    assert () == facts.of(RequestWaived)


def test_a_part_that_needs_another_says_so(small: Framework, asked: Facts) -> None:
    """The figure's new supplier is no partner of this quarter yet."""
    with pytest.raises(RulingRefusedError, match="adopt “partner victims” as well"):
        adopt(joined(small), asked, Q1, RULING, ["indicator robberies"])


def test_a_part_in_which_nothing_differs_is_refused(small: Framework, asked: Facts) -> None:
    """The refusal lists what differs."""
    with pytest.raises(RulingRefusedError, match="dates"):
        adopt(met_on(small, date(2025, 9, 4)), asked, Q1, RULING, ["ladder"])


def test_one_taken_out_is_let_off_and_its_return_counts(small: Framework, asked: Facts) -> None:
    """The fire service leaves while its return waits: it is still read, and used."""
    without = framework(partners=(small.partners[1],), indicators=(small.indicators[1],))
    facts = asked.plus(*adopt(without, asked, Q1, RULING, ["partners", "indicators"]))
    received = a_return(FIRE, date(2025, 7, 17))
    facts = facts.plus(received, a_verdict(received, "accepted", answered=("deliberate-fires",)))
    house = framework_of(without, facts, Q1)
    stands = standing(house, facts, facts.requests_of(Q1)[-1], date(2025, 7, 18))

    assert [FIRE] == [each.request for each in facts.of(RequestWaived)]
    assert (received,) == stands.accepted
    assert [] == differences(without, facts, ON)


def test_a_retired_figure_is_awaited_no_more(small: Framework, asked: Facts) -> None:
    """Taken out of `config/` and adopted: nobody waits for it, and it is still known, so that its rows are read."""
    without = framework(indicators=(small.indicators[0],))
    facts = asked.plus(*adopt(without, asked, Q1, RULING, ["indicator robberies"]))
    _, done = walk(without, days(date(2025, 7, 17), date(2025, 8, 6)), facts)

    (police,) = [each for each in asked.requests_of(Q1) if each.partner == "police"]

    assert "robberies" in framework_of(without, facts, Q1).indicator
    assert ("robberies",) == asked_no_more(facts, police)
    assert () == asked_no_more(asked, police)
    assert {"police"} & {
        action.partner for _, action in done if getattr(action, "occasion", "").startswith("chase")
    } == set()
    assert ["the partnership stopped asking for it in this quarter"] == [
        action.why for _, action in done if isinstance(action, RecordGap) and action.indicator == "robberies"
    ]


def test_a_target_adopted_is_the_quarters(small: Framework, asked: Facts) -> None:
    """Nobody is written to for it."""
    hoped = framework(indicators=(indicator("deliberate-fires", "fire", target=Target(value=3)), small.indicators[1]))
    (difference,) = differences(hoped, asked, ON)
    facts = asked.plus(*adopt(hoped, asked, Q1, RULING, [difference.part]))

    assert "“Deliberate fires” differs in config/: target." == difference.differs
    assert 3 == framework_of(small, facts, Q1).indicator["deliberate-fires"].target.value


def test_a_second_board_gets_a_pack(small: Framework, asked: Facts) -> None:
    """Added while the quarter runs: its papers leave on their own day."""
    second = Board(
        code="second",
        name="The Second Board",
        kind="board",
        lead=person("Sec Lead"),
        meetings=(Meeting(on=date(2025, 8, 21), considers=parse_quarter("2025-26 Q1")),),
    )
    both = with_boards(small, small.partnership.boards[0], second)
    facts = asked.plus(*adopt(both, asked, Q1, RULING, ["boards"]))
    _, done = walk(both, days(date(2025, 7, 17), date(2025, 8, 6)), facts)

    ready = [action for _, action in done if getattr(action, "occasion", "") == "pack-ready"]
    assert {"board", "second"} == {whose_and_role(each.recipient.code)[0] for each in ready}


def test_a_partner_renamed_goes_on_under_its_new_code(small: Framework, asked: Facts) -> None:
    """Nobody is asked twice, the same chasers go, now to whoever is the contact; nothing need be adopted."""
    brigade = Partner(
        code="brigade",
        name="London Fire Brigade",
        contact=person("New Contact"),
        succeeds=(Succession(code="fire", on=date(2025, 7, 17)),),
    )
    now = framework(
        partners=(brigade, small.partners[1]),
        agreements=(small.agreements[0].model_copy(update={"parties": ("brigade", "police")}),),
        indicators=(indicator("deliberate-fires", "brigade"), small.indicators[1]),
    )
    _, done = walk(now, days(date(2025, 7, 17), date(2025, 8, 6)), asked)
    to_fire = [each for _, each in done if isinstance(each, Send) and each.recipient.code == "fire/contact"]

    assert not [each for _, each in done if isinstance(each, MakeRequest)]
    assert ["request", "chase-1", "chase-2"] == [each.occasion for each in to_fire]
    assert {"New Contact"} == {each.recipient.name for each in to_fire}
    assert "London Fire Brigade" == framework_of(now, asked, Q1).partner["fire"].name
    assert [] == differences(now, asked, ON)
    assert "brigade" == now.partner["fire"].code


def test_nobody_is_chased_for_what_no_agreement_covers_any_more(small: Framework, asked: Facts) -> None:
    """Paper 4.4: the agreement ends on the due date, with both asked and nobody answered."""
    ended = framework(agreements=(small.agreements[0].model_copy(update={"ends": date(2025, 7, 22)}),))
    _, done = walk(ended, days(date(2025, 7, 17), date(2025, 8, 1)), asked)

    assert [] == [occasion for day, occasion in sent(done) if day > date(2025, 7, 22) and "officer" not in occasion]


def test_a_framework_kept_before_a_field_was_there_differs_in_nothing(small: Framework, asked: Facts) -> None:
    """An upgrade in an open quarter: what indicators can say since stands at its default in both."""
    kept = asked.of(FrameworkKept)[0]
    document = json.loads(kept.content)
    for each in document["indicators"]:
        for later in ("adds_up", "readings_of_a_rise", "readings_of_a_fall"):
            del each[later]
    content = content_of(document)
    before = replace(kept, content=content, sha256=digest(content))
    bound = asked.of(CollectionBound)[0]
    others = [each for each in asked if each not in (kept, bound)]
    facts = Facts([*others, before, replace(bound, framework=before.sha256)])

    assert () == tuple(differences(small, facts, ON))
