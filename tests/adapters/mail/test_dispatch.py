"""Exactly once: whatever breaks and wherever, an email neither goes twice nor gets lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quarterday.adapters.links import opened_by
from quarterday.adapters.mail.dispatch import IN_FLIGHT, perform_send, settle_unfinished
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.mail.templates import EmailTemplateError
from quarterday.domain.collection.actions import Recipient
from quarterday.domain.collection.booked import booked, given_up, in_doubt
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.facts import Fact, LinkIssued, LinkRevoked, MessageReserved, MessageSettled, Outcome, Step
from quarterday.domain.rulings.message_rulings import settle_emails
from quarterday.domain.rulings.request_rulings import Ruling
from tests.adapters.mail.conftest import Carrier, Office, a_send, an_office, eml_files, hourly, of_kind
from tests.adapters.mail.reading import link_in, mailed, token_of


class KilledError(BaseException):
    """The process ends here."""


def killed_when(office: Office, monkeypatch: pytest.MonkeyPatch, step: str, *, after: bool) -> None:
    """Let the process die before or after the register or the transport does its next step."""
    whose: Any = office.transport if step == "send" else office.register
    whole: Callable[..., Any] = getattr(whose, step)

    def dies(*given: Any) -> None:
        monkeypatch.setattr(whose, step, whole, raising=False)
        if after:
            whole(*given)
        raise KilledError

    monkeypatch.setattr(whose, step, dies, raising=False)


def test_an_email_is_booked_with_its_link_then_sent_then_settled(office: Office) -> None:
    """The booking, the link as a hash, and the outcome stand in the register; the email lies in the outbox."""
    outcome = perform_send(office, a_send())
    facts = office.facts()
    link = link_in(mailed(office)[0])

    assert outcome is Outcome.SENT
    assert [a_send().key] == [each.message for each in facts.of(MessageReserved)]
    assert [Outcome.SENT] == [each.outcome for each in facts.of(MessageSettled)]
    assert opened_by(LiveLinks(facts), token_of(link), office.now()) == facts.of(LinkIssued)[0]


def test_the_same_email_twice_goes_once(office: Office) -> None:
    """Whoever comes second finds it booked and settled, and does nothing."""
    perform_send(office, a_send())
    second = perform_send(office, a_send())

    assert second is None
    assert 1 == len(eml_files(office))
    assert 1 == len(office.facts().of(LinkIssued))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", ["append", "send", "append_new"])
def test_killed_at_any_step_the_outbox_ends_with_one_email_whose_link_works(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str, after: bool
) -> None:
    """Booking, sending, recording: die before or after any of them, run again, and one working email is out."""
    killed_when(office, monkeypatch, step, after=after)
    with pytest.raises(KilledError):
        perform_send(office, a_send())

    settle_unfinished(office)
    perform_send(office, a_send())
    settle_unfinished(office)
    links = [link_in(each) for each in mailed(office)]

    assert 1 == len(links)
    assert opened_by(LiveLinks(office.facts()), token_of(links[0]), office.now()) is not None
    assert booked(office.facts(), a_send().key).outcome is Outcome.SENT


@pytest.mark.parametrize("step", ["append", "append_new"])
def test_killed_again_while_settling_it_still_ends_with_one_email(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Settling can die as well, as often as it likes."""
    killed_when(office, monkeypatch, "append", after=True)
    with pytest.raises(KilledError):
        perform_send(office, a_send())
    killed_when(office, monkeypatch, step, after=True)
    with pytest.raises(KilledError):
        settle_unfinished(office)

    settle_unfinished(office)
    (link,) = [link_in(each) for each in mailed(office)]

    assert opened_by(LiveLinks(office.facts()), token_of(link), office.now()) is not None


def test_a_fresh_link_ends_the_one_that_was_never_mailed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under one booking one link works: the one in the email."""
    killed_when(office, monkeypatch, "append", after=True)
    with pytest.raises(KilledError):
        perform_send(office, a_send())
    settle_unfinished(office)
    lost, mailed_link = of_kind(office.register.kept, LinkIssued)

    assert [lost.token_hash] == [each.token_hash for each in office.facts().of(LinkRevoked)]
    assert lost.token_hash != mailed_link.token_hash


def test_a_slow_first_sender_keeps_its_link(tmp_path: Path) -> None:
    """Two processes under one booking: whoever's email lies in the outbox, that email's link is the one that works."""
    office = an_office(tmp_path)
    whole = office.transport.send

    def overtaken(email: Any) -> Sent:
        office.transport.send = whole
        settle_unfinished(office)
        return whole(email)

    office.transport.send = overtaken
    perform_send(office, a_send())
    (link,) = [link_in(each) for each in mailed(office)]

    assert opened_by(LiveLinks(office.facts()), token_of(link), office.now()) is not None


def test_a_message_of_unknown_outcome_is_recorded_once_and_never_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transport that cannot be asked: after a while the message is unconfirmed, and an officer sees it."""
    office = an_office(tmp_path, transport=Carrier())
    killed_when(office, monkeypatch, "send", after=True)
    with pytest.raises(KilledError):
        perform_send(office, a_send())
    office.moment += IN_FLIGHT
    first, second = settle_unfinished(office), settle_unfinished(office)

    assert [(a_send().key, Outcome.UNCONFIRMED)] == first
    assert [] == second
    assert 1 == len(office.transport.carried)
    assert [a_send().key] == [each.message.message for each in in_doubt(office.facts())]


def test_a_message_may_still_be_on_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process may be sending it this minute: nothing is said of it yet."""
    office = an_office(tmp_path, transport=Carrier())
    killed_when(office, monkeypatch, "send", after=False)
    with pytest.raises(KilledError):
        perform_send(office, a_send())

    assert [] == settle_unfinished(office)
    assert [(Step.HANDED_OVER, 1)] == [(each.step, each.attempt) for each in office.facts().of(MessageSettled)]


def test_the_first_sender_has_the_last_word_on_its_own_message(tmp_path: Path) -> None:
    """A message was called unconfirmed while its sender was still waiting for the answer: sent it is."""
    office = an_office(tmp_path, transport=Carrier())
    whole = office.transport.send

    def slow(email: Any) -> Sent:
        office.moment += IN_FLIGHT + timedelta(minutes=1)
        settle_unfinished(office)
        return whole(email)

    office.transport.send = slow
    perform_send(office, a_send())

    assert booked(office.facts(), a_send().key).outcome is Outcome.SENT


def test_what_certainly_did_not_go_goes_with_the_next_run(tmp_path: Path) -> None:
    """A mail server that was down yesterday is tried again today, under the same booking and with a link that works."""
    office = an_office(tmp_path, transport=Carrier([Sent(Outcome.FAILED, "unreachable", again=True)]))
    first = perform_send(office, a_send())
    office.moment += timedelta(minutes=10)
    second = settle_unfinished(office)
    link = link_in(office.transport.carried[-1].text)

    assert Outcome.FAILED is first
    assert [(a_send().key, Outcome.SENT)] == second
    assert opened_by(LiveLinks(office.facts()), token_of(link), office.now()) is not None
    assert 1 == len(office.facts().of(MessageReserved))


def test_only_one_of_two_runs_makes_the_next_attempt(tmp_path: Path) -> None:
    """Two runs find the same message to try again: one of them sends it."""
    office = an_office(tmp_path, transport=Carrier([Sent(Outcome.FAILED, "unreachable", again=True)]))
    perform_send(office, a_send())
    office.moment += timedelta(minutes=10)
    whole = office.register.append

    def overtaken(*facts: Fact) -> None:
        office.register.append = whole
        settle_unfinished(office)
        whole(*facts)

    office.register.append = overtaken
    settle_unfinished(office)

    assert 2 == len(office.transport.carried)


def test_killed_in_a_further_attempt_the_message_is_unconfirmed(tmp_path: Path) -> None:
    """Nobody knows how the second attempt ended, so there is no third."""
    office = an_office(
        tmp_path, transport=Carrier([Sent(Outcome.FAILED, "unreachable", again=True), KeyboardInterrupt()])
    )
    perform_send(office, a_send())
    office.moment += timedelta(minutes=10)
    with pytest.raises(KeyboardInterrupt):
        settle_unfinished(office)

    assert [] == settle_unfinished(office)
    assert booked(office.facts(), a_send().key).outcome is Outcome.UNCONFIRMED


def test_what_an_officer_orders_again_has_an_answer_of_its_own(tmp_path: Path) -> None:
    """The transport did not know how the first attempt ended; it knows of the second, and both stand on record."""
    answers = [Sent(Outcome.UNCONFIRMED, "the line broke"), Sent(Outcome.SENT, "taken")]
    office = an_office(tmp_path, transport=Carrier(answers))
    perform_send(office, a_send())
    office.moment += timedelta(minutes=10)
    ruling = Ruling(office.framework.partnership.officers[0].code, "it did not come", office.moment)
    orders = settle_emails(office.framework, office.facts(), ruling, which="in doubt", arrived=False)
    office.register.append(*orders)
    office.moment += timedelta(minutes=10)

    assert [(a_send().key, Outcome.SENT)] == settle_unfinished(office)
    assert Outcome.SENT is booked(office.facts(), a_send().key).outcome


def test_a_request_is_tried_until_the_collection_closes(tmp_path: Path) -> None:
    """A mail server that is away for days loses no request: it goes when the server is back, with growing pauses."""
    office = an_office(tmp_path, transport=Carrier([Sent(Outcome.FAILED, "nobody answers", again=True)] * 12))
    perform_send(office, a_send())
    hourly(office, 72)

    assert Outcome.SENT is booked(office.facts(), a_send().key).outcome
    assert 13 == len(office.transport.carried)


def test_a_request_that_could_not_go_before_the_close_is_overtaken(tmp_path: Path) -> None:
    """After the close nobody needs it: it is not sent, and not told as an email that was lost."""
    office = an_office(tmp_path, transport=Carrier([Sent(Outcome.FAILED, "nobody answers", again=True)] * 200))
    perform_send(office, a_send())
    office.moment = datetime(2025, 8, 4, 9, tzinfo=UTC)
    settle_unfinished(office)

    assert Step.OVERTAKEN is office.facts().of(MessageSettled)[-1].step
    assert not office.facts().of(MessageSettled)[-1].never_arrives


def test_what_no_date_ends_is_given_up_after_four_days_with_its_reason(tmp_path: Path) -> None:
    """A receipt is tried for four days; what kept it is told, and an officer may order it to go again."""
    office = an_office(tmp_path, transport=Carrier([Sent(Outcome.FAILED, "our key was refused", again=True)] * 99))
    perform_send(office, a_send("officer-failure", request=""))
    hourly(office, 120)
    (lost,) = given_up(office.facts())

    assert "given up after 21 attempts: our key was refused" == lost.detail


def test_all_that_was_given_up_goes_by_one_ruling_and_arrives_once(tmp_path: Path) -> None:
    """Two receipts that our wrong key kept for days: once it is right an officer has both sent, in one decision."""
    carrier = Carrier([Sent(Outcome.FAILED, "our key was refused", again=True)] * 999)
    office = an_office(tmp_path, transport=carrier)
    kept = [a_send("officer-failure", request="", key=f"failure/{day}/officer") for day in ("2025-07-08", "2025-07-09")]
    for each in kept:
        perform_send(office, each)
    hourly(office, 120)
    lost = {each.message.message for each in given_up(office.facts())}
    carrier.answers.clear()
    carrier.carried.clear()
    ruling = Ruling(office.framework.partnership.officers[0].code, "The key is right again.", office.moment)
    office.register.append(*settle_emails(office.framework, office.facts(), ruling, which="given up", arrived=False))
    hourly(office, 12)

    assert {each.key for each in kept} == lost
    assert 2 == len(carrier.carried)
    assert [Outcome.SENT] * 2 == [booked(office.facts(), each.key).outcome for each in kept]
    assert [] == given_up(office.facts())


def test_a_free_way_after_a_weekend_without_runs_is_tried(tmp_path: Path) -> None:
    """The mail server is away for three days, then nothing runs for two: the receipt is tried once more, and goes."""
    carrier = Carrier([Sent(Outcome.FAILED, "no server answered", again=True)] * 99)
    office = an_office(tmp_path, transport=carrier)
    perform_send(office, a_send("officer-failure", request=""))
    hourly(office, 72)
    carrier.answers.clear()
    office.moment += timedelta(hours=48)

    assert [(a_send("officer-failure", request="").key, Outcome.SENT)] == settle_unfinished(office)


def test_a_try_that_reached_no_server_is_no_attempt(tmp_path: Path) -> None:
    """No server is reached for a fortnight: the receipt waits as long, and goes when there is one."""
    carrier = Carrier([Sent(Outcome.FAILED, "nobody answers", again=True, reached=False)] * 999)
    office = an_office(tmp_path, transport=carrier)
    perform_send(office, a_send("officer-failure", request=""))
    hourly(office, 14 * 24)
    waiting = booked(office.facts(), a_send("officer-failure", request="").key)
    carrier.answers.clear()
    office.moment += timedelta(hours=7)

    assert (waiting.outcome, waiting.reached, waiting.may_go_again) == (Outcome.FAILED, 0, True)
    assert [(a_send("officer-failure", request="").key, Outcome.SENT)] == settle_unfinished(office)


def test_killed_before_it_was_handed_over_an_email_goes_with_a_later_run(tmp_path: Path) -> None:
    """Booked and never given to the server, it certainly did not go, so nobody has to look into it."""
    office = an_office(tmp_path, transport=Carrier())
    whole = office.register.append_new
    office.register.append_new = killed
    with pytest.raises(KilledError):
        perform_send(office, a_send())
    office.register.append_new = whole
    office.moment += IN_FLIGHT

    assert [(a_send().key, Outcome.SENT)] == settle_unfinished(office)
    assert 1 == len(office.transport.carried)


def killed(*_: Any) -> None:
    raise KilledError


def test_a_template_that_cannot_be_filled_in_books_nothing(office: Office, tmp_path: Path) -> None:
    """A mistake in a template is found before the register is touched, so its correction sends the email."""
    (tmp_path / "config" / "emails").mkdir(parents=True)
    (tmp_path / "config" / "emails" / "request.txt").write_text("Subject: Hello {{ nobody }}\nWords\n")
    office.settings.config = tmp_path / "config"
    with pytest.raises(EmailTemplateError, match="nobody"):
        perform_send(office, a_send())

    assert () == office.facts().of(MessageReserved)


def test_an_address_that_is_none_comes_back_at_once(tmp_path: Path) -> None:
    """A colleague's mistyped address is told to the register and not to the mail server."""
    office = an_office(tmp_path, transport=Carrier())
    outcome = perform_send(office, a_send(recipient=Recipient("fire/colleague-1", "Cy", "cy at fire")))

    assert Outcome.BOUNCED is outcome
    assert [] == office.transport.carried


def test_those_who_cannot_answer_for_the_partner_get_no_link(office: Office) -> None:
    """A board's lead hears of a late partner but cannot open its page."""
    perform_send(office, a_send("escalation-board", Recipient("board/lead", "Lee Lead", "lee.lead@partner.example")))

    assert () == office.facts().of(LinkIssued)
    assert "/r/" not in mailed(office)[0]


def test_a_code_is_never_made_up_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code is known to its email only: once that is lost, the message has failed and another may be asked for."""
    killed_when(office, monkeypatch, "append", after=True)
    with pytest.raises(KilledError):
        perform_send(office, a_send("code"), said={"code": "123456"})

    assert [(a_send("code").key, Outcome.FAILED)] == settle_unfinished(office)
    assert [] == eml_files(office)


def test_a_code_is_in_its_email_and_nowhere_else(office: Office) -> None:
    """Not in the register, whatever the subject says."""
    perform_send(office, a_send("code"), said={"code": "123456"})

    assert "123456" in mailed(office)[0]
    assert "123456" not in repr(office.register.kept)


def test_the_register_never_sees_an_address_or_a_token(office: Office) -> None:
    """Facts hold codes and hashes: what the register leaks, nobody can use."""
    perform_send(office, a_send())
    kept = repr(office.register.kept)

    assert "fay.fire@" not in kept
    assert token_of(link_in(mailed(office)[0])) not in kept
    assert 1 == len(of_kind(office.register.kept, LinkIssued))
