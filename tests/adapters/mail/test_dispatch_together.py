"""Exactly once, where one call carries many emails: what is said of the call is true of each."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quarterday.adapters.links import opened_by
from quarterday.adapters.mail.dispatch import IN_FLIGHT, perform_send, perform_sends, settle_unfinished
from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.mail.templates import EmailTemplateError
from quarterday.domain.collection.actions import Recipient
from quarterday.domain.collection.booked import booked, in_doubt
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.collection.trying_again import LONGEST_PAUSE
from quarterday.domain.facts import MessageReserved, MessageSettled, Outcome
from tests.adapters.mail.conftest import COLLECTION, FIRE, MADE, Carrier, Office, a_send, an_office
from tests.adapters.mail.mortal import KilledError, Steps, mortal
from tests.adapters.mail.reading import link_in, token_of

POLICE = f"{COLLECTION}.police"
MANAGER = Recipient("fire/manager", "Max Fire", "max.fire@partner.example")
OFFICER = Recipient("police/contact", "Pat Police", "pat.police@partner.example")
TO_POLICE = {"key": f"{POLICE}/request/police/contact", "request": POLICE, "partner": "police"}
SENDS = [a_send(), a_send(recipient=MANAGER, key=f"{FIRE}/sent/fire/manager"), a_send(recipient=OFFICER, **TO_POLICE)]
REFUSED = Sent(Outcome.FAILED, "refused (400)")
BUSY = Sent(Outcome.FAILED, "busy (503)", again=True)


@dataclass
class Wagon(Carrier):
    """A transport that carries many emails in one call, and can never say what became of one."""

    at_once: int = 10
    loads: list[int] = field(default_factory=list)
    told: dict[str, list[Sent]] = field(default_factory=lambda: defaultdict(list))  # what was said, by recipient

    def calls(self, emails: list[Email]) -> list[list[Email]]:
        return [emails] if emails else []

    def send_together(self, emails: list[Email], handing_over: Callable[[], None]) -> Sent:
        handing_over()
        self.loads.append(len(emails))
        answer = self.answers.pop(0) if self.answers else Sent(Outcome.SENT)
        if isinstance(answer, BaseException):
            raise answer
        self.carried += emails
        for each in emails:
            self.told[each.recipient].append(answer)
        return answer


def an_office_with(home: Path, *answers: Sent | BaseException) -> Office:
    """An office with a wagon that answers like this."""
    asked = replace(MADE, request=POLICE, partner="police", asked=("robberies",))
    return an_office(home, asked, transport=Wagon(list(answers)))


def outcomes(office: Office) -> list[Outcome | None]:
    """Where each message stands."""
    known = [booked(office.facts(), each.key) for each in SENDS]
    return [each.outcome if each else None for each in known]


def test_one_call_carries_all_and_each_is_settled(tmp_path: Path) -> None:
    """Three bookings, three links, one call, three outcomes."""
    office = an_office_with(tmp_path)
    became = perform_sends(office, SENDS)
    links = [link_in(each.text) for each in office.transport.carried]

    assert {each.key: Outcome.SENT for each in SENDS} == became
    assert [3] == office.transport.loads
    assert [Outcome.SENT] * 3 == outcomes(office)
    assert all(opened_by(LiveLinks(office.facts()), token_of(link), office.now()) for link in links)
    assert 3 == len(set(links))


def test_no_answer_leaves_all_of_them_unconfirmed(tmp_path: Path) -> None:
    """Whether the call was taken is not known, so none of them goes again."""
    office = an_office_with(tmp_path, Sent(Outcome.UNCONFIRMED, "no answer"))
    perform_sends(office, SENDS)
    settle_unfinished(office)

    assert [each.key for each in SENDS] == [each.message.message for each in in_doubt(office.facts())]
    assert [3] == office.transport.loads


def test_one_bad_email_does_not_condemn_the_others(tmp_path: Path) -> None:
    """A call refused for good has carried nothing: each goes by itself, and only the bad one fails."""
    office = an_office_with(tmp_path, REFUSED, Sent(Outcome.SENT), REFUSED, Sent(Outcome.SENT))
    perform_sends(office, SENDS)

    assert [3, 1, 1, 1] == office.transport.loads
    assert [Outcome.SENT, Outcome.FAILED, Outcome.SENT] == outcomes(office)


def test_a_busy_service_gets_them_all_with_the_next_run(tmp_path: Path) -> None:
    """They go together again, each with a fresh link, and the lost links end."""
    office = an_office_with(tmp_path, BUSY)
    perform_sends(office, SENDS)
    before = outcomes(office)
    office.moment += timedelta(minutes=10)
    settle_unfinished(office)
    mailed = [link_in(each.text) for each in office.transport.carried[3:]]

    assert [Outcome.FAILED] * 3 == before
    assert [Outcome.SENT] * 3 == outcomes(office)
    assert [3, 3] == office.transport.loads
    assert all(opened_by(LiveLinks(office.facts()), token_of(link), office.now()) for link in mailed)


def test_an_address_that_is_none_is_no_part_of_the_call(tmp_path: Path) -> None:
    """A mistyped colleague comes back at once, and the service never hears of it."""
    office = an_office_with(tmp_path)
    bad = a_send(recipient=Recipient("fire/colleague-1", "Cy", "cy at fire"))
    became = perform_sends(office, [*SENDS, bad])

    assert [3] == office.transport.loads
    assert Outcome.BOUNCED is became[bad.key]


def test_what_another_process_has_booked_is_left_out(tmp_path: Path) -> None:
    """The others are booked and go; nothing of the first one's booking is touched."""
    office = an_office_with(tmp_path)
    perform_send(office, SENDS[1])
    became = perform_sends(office, SENDS)

    assert [1, 2] == office.transport.loads
    assert [Outcome.SENT, None, Outcome.SENT] == [became[each.key] for each in SENDS]
    assert 3 == len([each for each in office.facts().of(MessageSettled) if not each.of_an_attempt])


def test_a_template_that_cannot_be_filled_in_books_none_of_them(tmp_path: Path) -> None:
    """All are composed before the first is booked, so whoever calls may try them one by one."""
    office = an_office_with(tmp_path)
    wrong = a_send("no-such-template", key=f"{FIRE}/wrong")
    with pytest.raises(EmailTemplateError, match="no-such-template"):
        perform_sends(office, [*SENDS, wrong])

    assert () == office.facts().of(MessageReserved)


deaths = st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=5)
answers = st.lists(st.sampled_from([BUSY, REFUSED, Sent(Outcome.UNCONFIRMED), Sent(Outcome.SENT)]), max_size=8)


def a_run(office: Office, steps: Steps) -> None:
    """One process: settle, perform what is not booked, perhaps die."""
    office = mortal(office, steps)
    try:
        settle_unfinished(office)
        perform_sends(office, SENDS)
    except KilledError:
        return


@given(deaths, answers)
@example([(1, False), (1, False), (0, False), (1, False)], [])
@settings(deadline=None, max_examples=50)
def test_however_processes_die_no_email_goes_twice_and_each_is_settled(
    deaths: list[tuple[int, bool]], answers: list[Sent]
) -> None:
    """An email is given again only after a certain failure, alone or together; in the end something is said of each."""
    office = an_office_with(Path("nowhere"), *answers)
    for death in deaths:
        a_run(office, Steps(*death))
        office.moment += IN_FLIGHT + timedelta(minutes=1)
    for _ in range(2):  # and nothing kills any more: each pause between attempts has passed
        office.moment += LONGEST_PAUSE
        a_run(office, Steps(99, False))

    for send in SENDS:
        told = office.transport.told[send.recipient.code]

        assert all(sent.outcome is Outcome.FAILED for sent in told[:-1])
    assert None not in outcomes(office)
