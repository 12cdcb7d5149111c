"""What is due: a quarter of the small partnership, fact by fact. Its due date is Tuesday 22 July 2025."""

from datetime import date

import pytest

from quarterday.domain.collection.actions import CloseCollection, MakeRequest, OpenCollection, Publish, RecordGap, Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.facts import (
    ExtensionDecided,
    Facts,
    MessageHeld,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReleaseMade,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    ReturnKind,
    Step,
)
from quarterday.domain.framework.agreements import AgreementState
from quarterday.domain.framework.partners import Board, Meeting
from quarterday.domain.framework.periods import parse_quarter
from tests.domain.conftest import ENGLAND, framework, person
from tests.domain.lived import a_return, a_verdict, at, days, sent, walk

Q1 = parse_quarter("2025-26 Q1")
COLLECTION = "somewhere.2025-26-q1"
FIRE = f"{COLLECTION}.fire"
ASKED = days(date(2025, 6, 30), date(2025, 7, 9))
DUE = date(2025, 7, 22)


def replied(kind: ReplyKind, day: date, **more: object) -> ReplyReceived:
    """Something that the fire service said instead of sending figures."""
    return ReplyReceived(
        partnership="somewhere", request=FIRE, reply=f"{kind}-{day}", kind=kind, at=at(day), by="fire/contact", **more
    )


def test_the_timetable_is_worked_back_from_the_papers(small):
    """For a board on Thursday 14 August 2025: papers on the 6th, five clear days before, and the rest before that."""
    plan = timetable(small, Q1)

    assert date(2025, 8, 6) == plan.papers_on
    assert date(2025, 8, 5) == plan.publish_on
    assert date(2025, 8, 1) == plan.closes
    assert date(2025, 7, 22) == plan.due


def test_a_partner_with_a_fifteen_day_process_is_asked_earlier(small):
    """The police, with 15 working days, hear on 1 July; the fire service, with 10, on the 8th."""
    assert {"fire": date(2025, 7, 8), "police": date(2025, 7, 1)} == timetable(small, Q1).request_on


def test_the_collection_opens_with_its_first_request(small):
    """On 1 July the collection opens and the police are asked; the fire service is not yet."""
    _, done = walk(small, [date(2025, 6, 30), date(2025, 7, 1)])

    of_it = [action for _, action in done if action.collection]
    assert [OpenCollection, MakeRequest, Send] == [type(action) for action in of_it]
    assert of_it[1].partner == "police"


def test_a_partner_that_never_answers_hears_every_rung_in_order(small):
    """From three working days before the due date to the board's lead, then nothing once the collection is closed."""
    _, done = walk(small, days(date(2025, 7, 1), date(2025, 8, 4)))

    expected = [
        (date(2025, 7, 8), "request"),
        (date(2025, 7, 17), "remind"),
        (date(2025, 7, 24), "chase-1"),
        (date(2025, 7, 28), "chase-2"),
        (date(2025, 7, 30), "manager"),
        (date(2025, 8, 1), "board"),
    ]
    assert expected == sent(done, "fire")


def test_a_return_two_working_days_late_on_the_tuesday_after_easter_gets_the_first_chaser():
    """Due on Wednesday 16 April 2025: Thursday is one, Good Friday to Easter Monday none, Tuesday the 22nd two."""
    meeting = Meeting(on=date(2025, 5, 14), considers=Q4)
    easter = framework_with_meeting(meeting)
    plan = timetable(easter, Q4)

    assert date(2025, 4, 16) == plan.due
    _, done = walk(easter, days(date(2025, 3, 1), date(2025, 4, 22)))
    assert (date(2025, 4, 22), "chase-1") in sent(done, "fire")


Q4 = parse_quarter("2024-25 Q4")


def framework_with_meeting(meeting, **changes):
    """The small partnership with another meeting of its board."""
    small = framework()
    board = small.partnership.boards[0].model_copy(update={"meetings": (meeting,)})
    return framework(partnership=small.partnership.model_copy(update={"boards": (board,)}), **changes)


def test_nothing_is_due_on_a_sunday(small):
    """A weekend or bank holiday passes in silence."""
    facts, _ = walk(small, ASKED)

    assert what_is_due(small, facts, date(2025, 7, 20)) == []


def test_after_missed_days_the_mildest_goes_first_and_the_others_keep_their_distance(small):
    """Nothing ran from 10 to 28 July: the first chaser goes on the 29th, the second, two days later, on the 31st."""
    facts, _ = walk(small, ASKED)
    _, done = walk(small, days(date(2025, 7, 29), date(2025, 8, 5)), facts)
    ladder = [each for each in sent(done, "fire") if each[1] != "pack-ready"]

    assert [(date(2025, 7, 29), "chase-1"), (date(2025, 7, 31), "chase-2")] == ladder


def test_running_twice_adds_nothing(small):
    """What was booked is done: a second run of the day finds nothing."""
    facts, done = walk(small, days(date(2025, 7, 1), date(2025, 7, 24)))

    assert done
    assert what_is_due(small, facts, date(2025, 7, 24)) == []


def test_a_return_stops_the_ladder_at_once(small):
    """A return on the 22nd, checked or not: only its receipt goes."""
    facts, _ = walk(small, ASKED)
    _, done = walk(small, days(date(2025, 7, 22), date(2025, 8, 1)), facts.plus(a_return(FIRE, DUE)))

    assert [rung for _, rung in sent(done, "fire")] == ["receipt"]


def test_who_sent_first_hears_of_the_second_return(small):
    """Two people send: each gets a receipt, the first hears of the second once, and a correction adds nothing."""
    facts, _ = walk(small, ASKED)
    first, second = a_return(FIRE, DUE), a_return(FIRE, date(2025, 7, 23), by="fire/manager")
    again = a_return(FIRE, date(2025, 7, 24), by="fire/manager")
    _, done = walk(small, days(date(2025, 7, 24), date(2025, 7, 24)), facts.plus(first, second, again))
    told = [each.recipient.code for _, each in done if isinstance(each, Send) and each.occasion == "another-return"]

    assert ["fire/contact"] == told


def test_asking_for_time_moves_the_ladder_and_changes_its_words(small):
    """“We need until the 29th”, said before the due date: no chaser until the 30th, then the one for more time."""
    facts, _ = walk(small, ASKED)
    asked = replied(ReplyKind.NEEDS_TIME, date(2025, 7, 16), until=date(2025, 7, 29))
    _, done = walk(small, days(date(2025, 7, 16), date(2025, 8, 1)), facts.plus(asked))

    answered = [(date(2025, 7, 16), "officer-reply"), (date(2025, 7, 16), "your-answer")]
    assert [*answered, (date(2025, 7, 30), "chase")] == sent(done, "fire")


def test_whoever_answers_gets_a_copy_and_after_some_days_none(small):
    """“We need until the 29th”, said on the 16th: a copy goes that day, once; after four days down it is no news."""
    facts, _ = walk(small, ASKED)
    asked = replied(ReplyKind.NEEDS_TIME, date(2025, 7, 16), until=date(2025, 7, 29))
    _, soon = walk(small, days(date(2025, 7, 16), date(2025, 7, 21)), facts.plus(asked))
    _, late = walk(small, [date(2025, 7, 21)], facts.plus(asked))

    copies = [each.recipient.code for _, each in soon if isinstance(each, Send) and each.occasion == "your-answer"]
    assert [asked.by] == copies
    assert "your-answer" not in {rung for _, rung in sent(late, "fire")}


def test_a_refused_extension_puts_the_due_date_back(small):
    """Refused on 21 July: the partner is told, and the first chaser goes on the 24th as if nothing had been asked."""
    facts, _ = walk(small, ASKED)
    asked = replied(ReplyKind.NEEDS_TIME, date(2025, 7, 16), until=date(2025, 7, 29))
    refused = ExtensionDecided(
        partnership="somewhere", request=FIRE, granted=False, reply=asked.reply, at=at(date(2025, 7, 21)), by="jo"
    )
    _, done = walk(small, days(date(2025, 7, 21), date(2025, 7, 24)), facts.plus(asked, refused))

    assert [r for _, r in sent(done, "fire") if r != "officer-reply"] == ["extension-refused", "chase-1"]


def test_a_granted_extension_is_the_new_due_date(small):
    """Granted until 31 July: the partner is told, and chased on 1 August."""
    facts, _ = walk(small, ASKED)
    granted = ExtensionDecided(
        partnership="somewhere", request=FIRE, granted=True, until=date(2025, 7, 31), at=at(date(2025, 7, 21)), by="jo"
    )
    _, done = walk(small, days(date(2025, 7, 21), date(2025, 8, 1)), facts.plus(granted))

    assert [(date(2025, 7, 21), "extension-granted"), (date(2025, 8, 1), "chase")] == sent(done, "fire")


def test_a_queried_return_is_asked_for_again(small):
    """Sent back on the 22nd: the partner is told at once and reminded the day after its five working days."""
    facts, _ = walk(small, ASKED)
    received = a_return(FIRE, DUE)
    facts = facts.plus(received, a_verdict(received, "queried"))
    _, done = walk(small, days(DUE, date(2025, 8, 1)), facts)

    assert [(DUE, "receipt"), (DUE, "sent-back"), (date(2025, 7, 30), "chase")] == sent(done, "fire")


def test_a_correction_ends_the_matter(small):
    """The corrected return is accepted: no chaser for the correction goes."""
    facts, _ = walk(small, ASKED)
    first, second = a_return(FIRE, DUE), a_return(FIRE, date(2025, 7, 24))
    facts = facts.plus(first, a_verdict(first, "queried"), second, a_verdict(second, "accepted"))
    _, done = walk(small, days(DUE, date(2025, 8, 1)), facts)

    assert "chase" not in [rung for _, rung in sent(done, "fire")]


def test_the_rest_of_a_part_return_is_asked_for_after_its_promised_day(small):
    """Part came on the 22nd with the rest promised for the 28th: asked for on the 29th."""
    facts, _ = walk(small, ASKED)
    part = a_return(FIRE, DUE, kind=ReturnKind.PART, rest_by=date(2025, 7, 28))
    _, done = walk(small, days(DUE, date(2025, 8, 1)), facts.plus(part, a_verdict(part, "accepted", answered=())))

    assert [(DUE, "receipt"), (date(2025, 7, 29), "chase")] == sent(done, "fire")


def test_a_waived_request_is_left_in_peace(small):
    """Once an officer lets the partner off, it is told so and nothing else is sent."""
    facts, _ = walk(small, ASKED)
    waived = RequestWaived(partnership="somewhere", request=FIRE, at=at(date(2025, 7, 10)), by="jo", reason="a fire")
    _, done = walk(small, days(date(2025, 7, 10), date(2025, 8, 1)), facts.plus(waived))

    assert [(date(2025, 7, 10), "let-off")] == sent(done, "fire")


def test_a_colleague_named_instead_gets_the_link_and_the_chasers(small):
    """“Not me, please ask my colleague”: the colleague is written to, and so is the officer."""
    facts, _ = walk(small, ASKED)
    named = replied(
        ReplyKind.COLLEAGUE, date(2025, 7, 10), colleague_name="Col League", colleague_email="col@fire.example"
    )
    _, done = walk(small, days(date(2025, 7, 10), date(2025, 7, 24)), facts.plus(named))

    to = {
        action.occasion: action.recipient.email
        for _, action in done
        if isinstance(action, Send) and action.partner == "fire"
    }
    assert "col@fire.example" == to["colleague"] == to["chase-1"]
    assert to["officer-reply"] == "jo@somewhere.example"


def test_what_the_contact_was_told_is_not_told_the_colleague_over_again(small):
    """More time was granted to the contact on the 21st: the colleague, named on the 23rd, gets the link, not that."""
    facts, _ = walk(small, ASKED)
    granted = ExtensionDecided(
        partnership="somewhere", request=FIRE, granted=True, until=date(2025, 7, 31), at=at(date(2025, 7, 21)), by="jo"
    )
    facts, _ = walk(small, days(date(2025, 7, 21), date(2025, 7, 22)), facts.plus(granted))
    named = replied(
        ReplyKind.COLLEAGUE, date(2025, 7, 23), colleague_name="Col League", colleague_email="col@fire.example"
    )
    _, done = walk(small, days(date(2025, 7, 23), date(2025, 7, 24)), facts.plus(named))

    assert {"officer-reply", "your-answer", "colleague"} == {rung for _, rung in sent(done, "fire")}


def test_a_new_first_officer_is_not_told_everything_over_again(small):
    """Ash takes Jo's place on the 14th: what Jo heard on the 10th is not sent to Ash, what comes next is."""
    facts, _ = walk(small, ASKED)
    first = replied(ReplyKind.NEEDS_TIME, date(2025, 7, 10), until=date(2025, 7, 29))
    facts, _ = walk(small, [date(2025, 7, 10)], facts.plus(first))
    jo = small.partnership.officers[0]
    ash = jo.model_copy(update={"code": "ash", "name": "Ash", "email": "ash@somewhere.example"})
    after = framework(partnership=small.partnership.model_copy(update={"officers": (ash, jo)}))
    later = replied(ReplyKind.NOT_AVAILABLE, date(2025, 7, 15))
    _, done = walk(after, days(date(2025, 7, 14), date(2025, 7, 16)), facts.plus(later))

    told = [(each.recipient.code, each.about) for _, each in done if isinstance(each, Send) and each.partner == "fire"]
    assert [("officer/ash", later.reply), ("fire/contact", later.reply)] == told


@pytest.mark.parametrize(
    ("state", "said"),
    [(AgreementState.UNDER_REVIEW, "under review"), (AgreementState.ENDED, "ended")],
)
def test_nobody_is_asked_or_chased_under_an_agreement_that_is_not_in_force(small, state, said):
    """The partner hears nothing; the gap says why."""
    agreement = small.agreements[0].model_copy(update={"state": state, "review_expected": date(2025, 10, 1)})
    _, done = walk(framework(agreements=(agreement,)), days(date(2025, 7, 1), date(2025, 8, 4)))

    assert sent(done) == []
    gaps = [action for _, action in done if isinstance(action, RecordGap)]
    assert sorted(gap.indicator for gap in gaps) == ["deliberate-fires", "robberies"]
    assert all(said in gap.why and date(2025, 10, 1) == gap.expected for gap in gaps)


def test_an_agreement_that_comes_into_force_late_still_leads_to_a_request(small):
    """In force from 16 July, after the police's planned day: asked then, with five working days at the least."""
    agreement = small.agreements[0].model_copy(update={"starts": date(2025, 7, 16)})
    _, done = walk(framework(agreements=(agreement,)), days(date(2025, 7, 1), date(2025, 7, 17)))

    asked = {action.partner: (day, action.due) for day, action in done if isinstance(action, MakeRequest)}
    assert (date(2025, 7, 16), date(2025, 7, 23)) == asked["police"]


def test_an_agreement_near_its_end_is_raised_with_the_officer_once(small):
    """Ninety days before its end the officer hears of it, on the first working day."""
    agreement = small.agreements[0].model_copy(update={"ends": date(2025, 12, 31)})
    _, done = walk(framework(agreements=(agreement,)), days(date(2025, 10, 1), date(2025, 10, 10)))

    assert [(date(2025, 10, 2), "agreement-ending")] == sent(done)


def test_closing_records_each_gap_with_its_reason_and_owner(small):
    """The fire service asked for time beyond the close: the gap says so and when to expect the figure."""
    facts, _ = walk(small, ASKED)
    asked = replied(ReplyKind.NEEDS_TIME, date(2025, 7, 16), until=date(2025, 8, 20))
    _, done = walk(small, [date(2025, 8, 4)], facts.plus(asked))

    gaps = {action.indicator: action for _, action in done if isinstance(action, RecordGap)}
    assert gaps["deliberate-fires"].why == "the supplier asked for time until 20 August 2025"
    assert (date(2025, 8, 20), "Fire lead") == (gaps["deliberate-fires"].expected, gaps["deliberate-fires"].owner)
    assert gaps["robberies"].why == "no answer had come when the collection closed"
    assert sum(isinstance(action, CloseCollection) for _, action in done) == 1


def test_a_return_accepted_after_publication_leads_to_a_revision(small):
    """Version 1 goes out on 5 August without the fire service; its return of the 11th makes version 2."""
    facts, done = walk(small, days(date(2025, 7, 1), date(2025, 8, 8)))
    assert [action.version for _, action in done if isinstance(action, Publish)] == [1]

    late = a_return(FIRE, date(2025, 8, 11))
    due = what_is_due(small, facts.plus(late, a_verdict(late, "accepted")), date(2025, 8, 11))

    assert [(each.version, each.kind) for each in due if isinstance(each, Publish)] == [(2, "revised")]


def test_boards_and_partners_are_told_of_a_release_with_what_it_was_used_for(small):
    """After version 1 with the fire service's return in it: the board's lead and the fire service hear."""
    facts, _ = walk(small, ASKED)
    received = a_return(FIRE, DUE)
    release = ReleaseMade(
        partnership="somewhere",
        collection=COLLECTION,
        version=1,
        kind="provisional",
        folder="",
        manifest_sha256="",
        returns=(received.partner_return,),
        at=at(date(2025, 8, 5)),
        by="quarterday",
    )
    due = what_is_due(small, facts.plus(received, a_verdict(received, "accepted"), release), date(2025, 8, 6))

    assert {("thank-you", "fire/contact"), ("pack-ready", "board/lead")} <= {
        (each.occasion, each.recipient.code) for each in due if isinstance(each, Send)
    }


def test_an_email_that_an_officer_holds_does_not_go_until_it_is_released(small):
    """Held on the 23rd, released on the 25th: the first chaser goes on the 25th."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 22)))
    key = f"{FIRE}/first/2025-07-08/chase-1/fire/contact"
    hold = MessageHeld(partnership="somewhere", message=key, held=True, at=at(date(2025, 7, 23)), by="jo")
    release = MessageHeld(partnership="somewhere", message=key, held=False, at=at(date(2025, 7, 25), 8), by="jo")

    assert [each for each in what_is_due(small, facts.plus(hold), date(2025, 7, 24)) if each.partner == "fire"] == []
    released = what_is_due(small, facts.plus(hold, release), date(2025, 7, 25))
    assert [key] == [each.key for each in released if each.partner == "fire"]


def test_when_an_email_bounces_the_deputy_is_asked(small):
    """The police's request came back on 2 July: their deputy gets it the next day."""
    facts, done = walk(small, [date(2025, 7, 1)])
    key = next(fact.message for fact in facts.of(MessageReserved))
    bounced = MessageSettled(
        partnership="somewhere",
        message=key,
        outcome=Outcome.BOUNCED,
        step=Step.REPORTED,
        event="1",
        at=at(date(2025, 7, 2)),
        by="mail",
    )
    due = what_is_due(small, facts.plus(bounced), date(2025, 7, 3))

    assert ["police/deputy", "officer/jo"] == [each.recipient.code for each in due if isinstance(each, Send)]


def test_a_collection_whose_time_passed_before_the_installation_began_is_not_opened(small):
    """Installed in December 2025: the quarter that closed in August is left alone."""
    due = what_is_due(small, Facts(), date(2025, 12, 1))

    assert [] == [each for each in due if each.collection]


def test_the_next_collection_follows_of_itself():
    """With a meeting in November the July to September figures are asked for in October."""
    meetings = (
        Meeting(on=date(2025, 8, 14), considers=Q1),
        Meeting(on=date(2025, 11, 13), considers=parse_quarter("2025-26 Q2")),
    )
    small = framework()
    board = Board(code="board", name="The Board", kind="board", lead=person("Lee Lead"), meetings=meetings)
    both = framework(partnership=small.partnership.model_copy(update={"boards": (board,)}))
    facts, _ = walk(both, days(date(2025, 7, 1), date(2025, 10, 31)))

    assert {"somewhere.2025-26-q1", "somewhere.2025-26-q2"} == {each.collection for each in facts.of(RequestMade)}


def test_a_due_date_on_a_sunday_is_chased_two_working_days_after_it(small):
    """An extension until Sunday 27 July: chased on Monday the 28th, one working day later."""
    facts, _ = walk(small, ASKED)
    granted = ExtensionDecided(
        partnership="somewhere", request=FIRE, granted=True, until=date(2025, 7, 27), at=at(date(2025, 7, 18)), by="jo"
    )
    _, done = walk(small, days(date(2025, 7, 21), date(2025, 7, 29)), facts.plus(granted))

    assert date(2025, 7, 28) == ENGLAND.add(date(2025, 7, 27), 1)
    assert (date(2025, 7, 28), "chase") in sent(done, "fire")
