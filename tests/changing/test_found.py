"""What random quarters found, told once more with dates: each was wrong before, and is so no more."""

from datetime import date, timedelta

import pytest

from quarterday.domain.collection.differences import differences
from quarterday.domain.facts import MessageReserved, ReplyKind, RequestMade, ReturnKind, WaiverLifted
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, lift_waiver
from quarterday.domain.rulings.time_rulings import decide_extension
from tests.changing import edits
from tests.changing.play import Play
from tests.domain.lived import at

Q1 = parse_quarter("2025-26 Q1")
JUNE = date(2025, 6, 25)


@pytest.fixture
def play() -> Play:
    """The first quarter, in which partners are asked from 1 July on and figures are due on Tuesday 22 July 2025."""
    return Play("somewhere.2025-26-q1", edits.partnership())


def until(play: Play, last: date) -> Play:
    """A run each morning up to a day."""
    first = play.last_run + timedelta(days=1) if play.last_run else JUNE
    for number in range((last - first).days + 1):
        play.run(first + timedelta(days=number))
    return play


def letters(play: Play, template: str) -> list[tuple[date, str]]:
    """The emails by a template: when, and their words."""
    return [(each.day, each.words) for each in play.letters if each.action.email == template]


def test_a_moved_date_that_lies_days_ahead_leaves_the_time_of_a_correction(play: Play) -> None:
    """Moved two days later on the 24th, the figures would be due that day: partners have until Thursday 31 July."""
    until(play, date(2025, 7, 24))
    play.config = edits.move_meeting(Q1, 2)(play.config, date(2025, 7, 24))
    play.adopts(date(2025, 7, 24), "whole", 0)
    until(play, date(2025, 7, 25))

    assert 3 == sum("they are now due on Thursday 31 July 2025" in words for _, words in letters(play, "date-moved"))


def test_word_of_a_moved_date_says_the_same_when_it_is_tried_again(play: Play) -> None:
    """It is booked by then, and has told nobody anything: the old date is still the one that they were told."""
    until(play, date(2025, 7, 16))
    play.config = edits.move_meeting(Q1, 21)(play.config, date(2025, 7, 16))
    play.adopts(date(2025, 7, 16), "whole", 0)
    until(play, date(2025, 7, 17))
    moved = [each for each in play.letters if each.action.email == "date-moved"]

    assert 3 == len(moved)
    for each in moved:
        assert "by Tuesday 22 July 2025. The meeting that waits" in " ".join(each.again.text.split())


def test_who_joined_and_waits_to_be_asked_keeps_its_date_through_another_adoption(play: Play) -> None:
    """Victim Support joins on Saturday 26 July, and that day a target is adopted too: it is asked for 1 August."""
    until(play, date(2025, 7, 25))
    saturday = date(2025, 7, 26)
    play.config = edits.partner_joins()(play.config, saturday)
    play.adopts(saturday, "whole", 0)
    play.config = edits.definition_changes("robberies")(play.config, saturday)
    play.adopts(saturday, "whole", 0)
    until(play, date(2025, 7, 29))
    sent = [each.words for each in play.letters if each.action.request.endswith("victims")]

    assert "Please send them by Friday 1 August 2025" in sent[0]


def test_who_was_asked_late_keeps_the_date_of_its_request_once_something_was_adopted(play: Play) -> None:
    """Nothing ran until 21 July, a target is adopted on the 22nd: the 28th was told, and nobody hears of another."""
    play.run(date(2025, 7, 1))  # the police, who need most time
    play.config = edits.definition_changes("robberies")(play.config, date(2025, 7, 2))
    play.adopts(date(2025, 7, 2), "whole", 0)
    play.run(date(2025, 7, 21))
    (made,) = play.facts.about("somewhere.2025-26-q1.fire", RequestMade)
    until(play, date(2025, 7, 23))

    assert date(2025, 7, 28) == made.due == play.request("fire").due
    assert [] == letters(play, "date-moved")


def test_emails_go_on_about_a_partner_that_config_has_no_more(play: Play) -> None:
    """The police are out of config/ and nobody has adopted it: they named a reference, and are written to."""
    until(play, date(2025, 7, 3))
    play.config = edits.partner_leaves("police")(play.config, date(2025, 7, 3))
    play.replies("police", date(2025, 7, 3), ReplyKind.OWN_REFERENCE, 0, 0)
    until(play, date(2025, 8, 1))

    assert all("nobody speaks for Police any more" in words for _, words in letters(play, "chaser-more-time"))
    assert letters(play, "chaser-more-time")
    assert "nobody speaks" not in "".join(each.words for each in play.letters if each.action.partner != "police")
    assert "police" in "".join(each.part for each in differences(play.config, play.facts, date(2025, 8, 1)))


def test_a_colleague_who_is_named_when_all_is_answered_is_asked_for_nothing(play: Play) -> None:
    """Community Voices sent all, and names a colleague afterwards: there is no date to send anything by."""
    until(play, date(2025, 7, 16))
    play.returns("voices", date(2025, 7, 16), ReturnKind.FIGURES, "accepted", 0)
    until(play, date(2025, 7, 17))
    play.replies("voices", date(2025, 7, 17), ReplyKind.COLLEAGUE, 0, 0)
    until(play, date(2025, 7, 18))
    ((_, words),) = letters(play, "colleague")

    assert "By now nothing of them is awaited any more" in words
    assert "Please send them by" not in words
    assert "What we ask for" not in words


def test_a_colleague_who_is_named_twice_in_a_day_gets_one_email(play: Play) -> None:
    """Two people press the same button."""
    until(play, date(2025, 7, 16))
    for _ in range(2):
        play.replies("fire", date(2025, 7, 16), ReplyKind.COLLEAGUE, 0, 0)
    until(play, date(2025, 7, 17))

    assert 1 == len(letters(play, "colleague"))


def test_a_colleague_who_was_written_to_and_is_named_twice_in_a_day_since_gets_one_email_more(play: Play) -> None:
    """Named on 16 July, and by two people on the 21st."""
    until(play, date(2025, 7, 16))
    play.replies("fire", date(2025, 7, 16), ReplyKind.COLLEAGUE, 0, 0)
    until(play, date(2025, 7, 21))
    for _ in range(2):
        play.replies("fire", date(2025, 7, 21), ReplyKind.COLLEAGUE, 0, 0)
    until(play, date(2025, 7, 23))

    assert [date(2025, 7, 17), date(2025, 7, 22)] == [day for day, _ in letters(play, "colleague")]


def test_an_agreement_whose_end_is_entered_on_its_last_days_is_told_once(play: Play) -> None:
    """Entered on the 24th, it ends on Monday 28 July: the officer gets one email on the 25th, with what hangs on it."""
    until(play, date(2025, 7, 24))
    play.config = edits.agreement_ends(4)(play.config, date(2025, 7, 24))
    until(play, date(2025, 7, 28))
    ((day, words),) = letters(play, "agreement-ending")

    assert date(2025, 7, 25) == day
    assert "Decide today" in words


def test_in_a_quarter_that_was_called_off_nobody_is_asked_again(play: Play) -> None:
    """A waiver cannot be lifted, nor time given: the officer reads why. Nothing is chased."""
    until(play, date(2025, 7, 16))
    play.adopts(date(2025, 7, 16), "call off", 0)
    request, ruling = play.request("fire"), Ruling("jo", "a slip", at(date(2025, 7, 17), 12))
    assert request

    with pytest.raises(RulingRefusedError, match="jo called the quarter off on 16 July 2025"):
        lift_waiver(play.config, play.facts, request, ruling)
    with pytest.raises(RulingRefusedError, match="nothing is asked in it any more"):
        decide_extension(play.config, play.facts, request, ruling, grant=True, until=date(2025, 7, 30))
    lifted = WaiverLifted(request=request.request, at=ruling.at, by="jo", partnership="somewhere")
    play.facts = play.facts.plus(lifted)  # as a register from before may have it
    until(play, date(2025, 8, 8))
    chased = [
        each for each in play.facts.of(MessageReserved) if each.occasion.startswith(("chase", "remind", "manager"))
    ]

    assert [] == chased


def test_more_time_is_never_less(play: Play) -> None:
    """The fire service has until 22 July: the 18th is no more time."""
    until(play, date(2025, 7, 16))
    request, ruling = play.request("fire"), Ruling("jo", "a slip", at(date(2025, 7, 16), 12))
    assert request

    with pytest.raises(RulingRefusedError, match="due on 22 July 2025 as it is: 18 July 2025 would be less time"):
        decide_extension(play.config, play.facts, request, ruling, grant=True, until=date(2025, 7, 18))


def test_after_the_close_no_email_says_that_the_collection_closes(play: Play) -> None:
    """It closed on 1 August; in September time is asked for, and granted."""
    until(play, date(2025, 9, 1))
    play.replies("fire", date(2025, 9, 1), ReplyKind.NEEDS_TIME, 20, 0)
    play.rules("fire", date(2025, 9, 1), "grant", 20)
    until(play, date(2025, 9, 2))
    ((_, officer),) = letters(play, "officer-reply")
    ((_, granted),) = letters(play, "extension-granted")

    assert "The collection closed on Friday 1 August 2025" in officer
    assert "The collection closed on Friday 1 August 2025" in granted


def test_a_colleague_of_two_partners_has_an_entry_in_the_diary_for_each(play: Play) -> None:
    """Fire and police name the same person a week apart: the second date is no move of the first."""
    until(play, date(2025, 7, 10))
    play.replies("fire", date(2025, 7, 10), ReplyKind.COLLEAGUE, 0, 0)
    until(play, date(2025, 7, 18))
    play.replies("police", date(2025, 7, 18), ReplyKind.COLLEAGUE, 0, 0)
    until(play, date(2025, 7, 21))
    files = [each.email.attachments[0].data.decode() for each in play.letters if each.action.email == "colleague"]

    assert 2 == len({line for file in files for line in file.splitlines() if line.startswith("UID")})


def test_a_date_after_the_close_is_told_with_what_it_means(play: Play) -> None:
    """The police named a reference, whose time ends after 1 August: their new contact reads what that means."""
    until(play, date(2025, 7, 14))
    play.replies("police", date(2025, 7, 14), ReplyKind.OWN_REFERENCE, 0, 0)
    play.config = edits.contact_changes("police")(play.config, date(2025, 7, 15))
    until(play, date(2025, 7, 16))
    asked_anew = letters(play, "request")[-1][1]

    assert "Please send them by Monday 4 August 2025" in asked_anew
    assert (
        "The collection closes on Friday 1 August 2025: what comes after it is shown as a gap until then" in asked_anew
    )


def test_who_is_asked_after_dates_moved_forward_has_time_as_long_as_anybody(play: Play) -> None:
    """On 1 July the meeting moves four weeks forward: who is asked next day has until the 9th, as the police have."""
    until(play, date(2025, 7, 1))
    play.config = edits.move_meeting(Q1, -28)(play.config, date(2025, 7, 1))
    play.adopts(date(2025, 7, 1), "whole", 0)
    until(play, date(2025, 7, 2))
    asked = [words for day, words in letters(play, "request") if day == date(2025, 7, 2)]

    assert 2 == len(asked)
    assert all("Please send them by Tuesday 8 July 2025" in each for each in asked)


def test_word_of_time_taken_back_comes_before_any_chaser(play: Play) -> None:
    """Due on 22 July, granted until 15 August, taken back on the 23rd: the word goes on the 24th, a chaser after it."""
    until(play, date(2025, 7, 16))
    play.rules("fire", date(2025, 7, 16), "grant", 30)
    until(play, date(2025, 7, 23))
    play.rules("fire", date(2025, 7, 23), "refuse", 0)
    until(play, date(2025, 7, 28))
    heard = [(each.day, each.action.email) for each in play.letters if each.action.recipient.code == "fire/contact"]

    assert [(date(2025, 7, 24), "extension-refused"), (date(2025, 7, 25), "chaser-1")] == heard[-2:]


def test_more_time_for_everybody_is_told_as_that_and_not_as_a_meeting_that_moved(play: Play) -> None:
    """Given on 16 July until the 29th, and the meeting moved since: the second word speaks of the meeting."""
    until(play, date(2025, 7, 16))
    play.delays(date(2025, 7, 16), "due", 13)
    until(play, date(2025, 7, 17))
    play.config = edits.move_meeting(Q1, 21)(play.config, date(2025, 7, 17))
    play.adopts(date(2025, 7, 17), "whole", 0)
    play.config = edits.move_meeting(Q1, 21)(play.config, date(2025, 7, 17))
    play.adopts(date(2025, 7, 17), "whole", 0)
    until(play, date(2025, 7, 18))
    told = [(day, "Everybody is given more time" in words) for day, words in letters(play, "date-moved")]

    assert [(date(2025, 7, 17), True)] * 3 + [(date(2025, 7, 18), False)] * 3 == told


def test_who_has_a_later_date_already_is_told_of_no_move_that_leaves_it(play: Play) -> None:
    """Granted until 15 August; everybody's 22 July moves to the 31st: two hear of it, and not the one."""
    until(play, date(2025, 7, 16))
    play.rules("fire", date(2025, 7, 16), "grant", 30)
    until(play, date(2025, 7, 18))
    play.config = edits.move_meeting(Q1, 7)(play.config, date(2025, 7, 18))
    play.adopts(date(2025, 7, 18), "whole", 0)
    until(play, date(2025, 7, 23))
    moved = [each.action.partner for each in play.letters if each.action.email == "date-moved"]

    assert ["police", "voices"] == sorted(moved)


def test_who_was_asked_for_a_correction_is_told_the_date_that_it_was_given_for_that(play: Play) -> None:
    """Sent back on 22 July, to come again by the 28th; the meeting moves three weeks: by 12 August."""
    until(play, date(2025, 7, 22))
    play.returns("fire", date(2025, 7, 22), ReturnKind.FIGURES, "queried", 0)
    until(play, date(2025, 7, 23))
    play.config = edits.move_meeting(Q1, 21)(play.config, date(2025, 7, 23))
    play.adopts(date(2025, 7, 23), "whole", 0)
    until(play, date(2025, 7, 24))
    moved = {each.action.partner: each.words for each in play.letters if each.action.email == "date-moved"}

    assert "by Tuesday 29 July 2025. The meeting that waits for them has moved" in moved["fire"]
    assert "they are now due on Monday 11 August 2025" in moved["fire"]


def test_what_was_sent_back_and_is_awaited_no_more_is_not_asked_for_again(play: Play) -> None:
    """The agreement ended on the day on which the return was sent back: there is no day to send it again by."""
    until(play, date(2025, 7, 22))
    play.config = edits.agreement_ends(0)(play.config, date(2025, 7, 22))
    play.returns("fire", date(2025, 7, 22), ReturnKind.FIGURES, "queried", 0)
    until(play, date(2025, 7, 23))
    ((_, words),) = letters(play, "sent-back")

    assert "Nothing of it is awaited any more, so you need not send it again." in words


def test_who_says_the_same_twice_in_a_day_gets_one_copy(play: Play) -> None:
    """Asked for time until 31 July by two clicks on the 16th; what is said on the 17th is another answer."""
    until(play, date(2025, 7, 16))
    for day in (date(2025, 7, 16), date(2025, 7, 16), date(2025, 7, 17)):
        play.replies("fire", day, ReplyKind.NEEDS_TIME, (date(2025, 7, 31) - day).days, 0)
    until(play, date(2025, 7, 18))

    assert 2 == len(letters(play, "your-answer"))
