"""Exactly once, as a property: any number of deaths, anywhere, in any order."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from quarterday.adapters.links import opened_by
from quarterday.adapters.mail.dispatch import IN_FLIGHT, perform_send, settle_unfinished
from quarterday.adapters.mail.sent import Sent
from quarterday.domain.collection.booked import booked
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.collection.trying_again import LONGEST_PAUSE
from quarterday.domain.facts import Outcome
from tests.adapters.mail.conftest import Carrier, Office, a_send, an_office
from tests.adapters.mail.mortal import KilledError, Steps, mortal
from tests.adapters.mail.reading import link_in, mailed, token_of

deaths = st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=5)
failures = st.lists(
    st.sampled_from([Sent(Outcome.FAILED, "busy", again=True), Sent(Outcome.UNCONFIRMED), Sent(Outcome.SENT)]),
    max_size=6,
)


def a_run(office: Office, steps: Steps) -> None:
    """One process: perform, settle, perhaps die."""
    office = mortal(office, steps)
    try:
        settle_unfinished(office)
        perform_send(office, a_send())
    except KilledError:
        return


@given(deaths)
@settings(deadline=None, max_examples=60)
def test_the_outbox_ends_with_one_email_whose_link_works(deaths: list[tuple[int, bool]]) -> None:
    """However often and wherever processes die, the last one to live finds everything in order."""
    with TemporaryDirectory() as home:
        office = an_office(Path(home))
        for death in deaths:
            a_run(office, Steps(*death))
        a_run(office, Steps(99, False))
        (link,) = [link_in(each) for each in mailed(office)]

        assert Outcome.SENT is booked(office.facts(), a_send().key).outcome
        assert opened_by(LiveLinks(office.facts()), token_of(link), office.now()) is not None


@example([(1, False), (1, False), (0, False), (1, False)], [])  # the third attempt waits for 40 minutes, and more
@given(deaths, failures)
@settings(deadline=None, max_examples=100)
def test_a_transport_that_cannot_be_asked_is_never_given_an_email_that_it_may_have_sent(
    deaths: list[tuple[int, bool]], failures: list[Sent]
) -> None:
    """Given again only after a certain failure, which the register knows of; settled or unconfirmed in the end."""
    office = an_office(Path("nowhere"), transport=Carrier(list(failures)))
    for death in deaths:
        a_run(office, Steps(*death))
        office.moment += IN_FLIGHT + timedelta(minutes=1)
    a_run(office, Steps(99, False))
    office.moment += LONGEST_PAUSE  # pauses grow with the attempts that were begun
    a_run(office, Steps(99, False))
    answers = (failures + [Sent(Outcome.SENT)] * 9)[: len(office.transport.carried)]

    assert all(answer.again for answer in answers[:-1])
    assert booked(office.facts(), a_send().key).outcome is not None
