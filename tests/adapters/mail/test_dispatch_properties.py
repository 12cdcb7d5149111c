"""Exactly once, as a property: any number of deaths, anywhere, in any order."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.adapters.links import live_link
from quarterday.adapters.mail.dispatch import IN_FLIGHT, perform_send, settle_unfinished
from quarterday.adapters.mail.outcomes import booked
from quarterday.adapters.mail.sent import Sent
from quarterday.facts import Outcome
from tests.adapters.mail.conftest import Carrier, Office, a_send, an_office
from tests.adapters.mail.reading import link_in, mailed, token_of

deaths = st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=5)
failures = st.lists(
    st.sampled_from([Sent(Outcome.FAILED, "busy", again=True), Sent(Outcome.UNCONFIRMED), Sent(Outcome.SENT)]),
    max_size=6,
)


class KilledError(BaseException):
    """The process ends here."""


class Mortal:
    """Something whose steps are counted, and at one of them the process dies: before it is done, or after."""

    def __init__(self, whole: Any, steps: "Steps") -> None:
        self._whole, self._steps = whole, steps

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._whole, name)
        return self._steps.counted(found) if name in ("append", "append_new", "send") else found


class Steps:
    """The steps of one run of a process."""

    def __init__(self, dies_at: int, after: bool) -> None:
        self.dies_at, self.after, self.steps = dies_at, after, count()

    def counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def taken(*given: Any) -> Any:
            dies = next(self.steps) == self.dies_at
            if dies and not self.after:
                raise KilledError
            answer = step(*given)
            if dies:
                raise KilledError
            return answer

        return taken


def a_run(office: Office, steps: Steps) -> None:
    """One process: perform, settle, perhaps die."""
    mortal = Office(
        office.settings,
        office.framework,
        Mortal(office.register, steps),
        Mortal(office.transport, steps),
        office.stores,
        office.moment,
    )
    try:
        settle_unfinished(mortal)
        perform_send(mortal, a_send())
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
        assert live_link(office.register, office.facts(), token_of(link), office.now()) is not None


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
    office.moment += IN_FLIGHT + timedelta(minutes=1)
    a_run(office, Steps(99, False))
    answers = (failures + [Sent(Outcome.SENT)] * 9)[: len(office.transport.carried)]

    assert all(answer.again for answer in answers[:-1])
    assert booked(office.facts(), a_send().key).outcome is not None
