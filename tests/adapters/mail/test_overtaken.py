"""An email that is to be tried again goes only while what it tells holds, and after a restore once somebody looked."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from quarterday.adapters.mail.dispatch import perform_send, settle_unfinished
from quarterday.adapters.mail.sent import Sent
from quarterday.domain.collection.booked import booked
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.facts import (
    ExtensionDecided,
    GoingOnConfirmed,
    MessageSettled,
    Outcome,
    RegisterRestored,
    Step,
)
from tests.adapters.mail.conftest import FIRE, Carrier, Office, a_send, an_office

AWAY = Sent(Outcome.FAILED, "nobody answers", again=True)


def more_time(office: Office, day: int) -> None:
    """Jo gives the fire service time until a day of July."""
    until = datetime(2025, 7, day, tzinfo=UTC).date()
    who = {"at": office.now(), "by": "jo", "reason": "by telephone", "partnership": "somewhere"}
    office.register.append(ExtensionDecided(request=FIRE, granted=True, until=until, **who))


def run(office: Office) -> list[str]:
    """A run: what is unfinished, then what the fire service is told of decisions."""
    settle_unfinished(office)
    due = what_is_due(office.framework, office.facts(), office.today())
    words = [each for each in due if getattr(each, "occasion", "") == "extension-granted"]
    for each in words:
        perform_send(office, each)
    return [each.text for each in office.transport.carried]


def test_time_that_could_not_be_told_is_replaced_by_what_was_decided_since(tmp_path: Path) -> None:
    """The server was away for the 24th; given until the 30th meanwhile, the contact gets one email, with the 30th."""
    office = an_office(tmp_path, transport=Carrier([Sent(Outcome.SENT), AWAY]))
    office.moment = datetime(2025, 7, 9, 9, tzinfo=UTC)
    perform_send(office, a_send())
    more_time(office, 24)
    run(office)
    office.transport.carried.clear()
    office.moment += timedelta(minutes=1)
    more_time(office, 30)
    office.moment += timedelta(hours=1)
    bodies = run(office)

    assert 1 == len(bodies)
    assert "30 July 2025" in bodies[0]
    assert "24 July" not in bodies[0]
    assert [Step.OVERTAKEN] == [each.step for each in office.facts().of(MessageSettled) if each.step is Step.OVERTAKEN]


def test_after_a_restore_what_was_unfinished_waits_until_an_officer_has_looked(tmp_path: Path) -> None:
    """It may have gone since the backup was made: once somebody says so, it is tried again."""
    office = an_office(tmp_path, transport=Carrier([AWAY]))
    office.moment = datetime(2025, 7, 9, 9, tzinfo=UTC)
    perform_send(office, a_send())
    office.moment += timedelta(hours=1)
    who = {"partnership": "somewhere", "by": "quarterday"}
    office.register.append(RegisterRestored(taken_at="2025-07-09 02:00", at=office.now(), **who))
    assert [] == settle_unfinished(office)
    assert Outcome.FAILED is booked(office.facts(), a_send().key).outcome
    office.moment += timedelta(minutes=5)
    office.register.append(GoingOnConfirmed(at=office.now(), **(who | {"by": "jo"})))

    assert [(a_send().key, Outcome.SENT)] == settle_unfinished(office)
