"""The nightly head: a fact that is changed, gone or slipped in does not fit it, on both databases alike."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from quarterday.adapters.register import Register
from quarterday.adapters.register.heads import last_head, record_head, what_does_not_hold
from quarterday.domain.facts import ContactChanged, HeadRecorded, MessageSettled, Outcome, Step, UploadKept
from tests.adapters.register.examples import AT, OPENED, WHO, message

NIGHT = datetime(2025, 7, 9, 1, 0, tzinfo=UTC)
CONTACT = ContactChanged(partner="fire", role="contact", name="Bo Brand", email="bo@fire.example", **WHO)


@pytest.fixture
def kept(register: Register) -> Register:
    """A register with three facts and its first head."""
    register.append(OPENED, message("m1"), CONTACT)
    record_head(register, "somewhere", NIGHT)
    return register


def broken(register: Register) -> str:
    """What does not hold."""
    with register.snapshot() as connection:
        return what_does_not_hold(connection, "somewhere")


def behind_its_back(register: Register, statement: str) -> None:
    """What somebody does who may drop triggers."""
    with register.engine.begin() as connection:
        names = "message_reserved", "contact_changed"
        if register.engine.dialect.name == "sqlite":
            for name in names:
                for change in ("update", "delete"):
                    connection.execute(text(f"DROP TRIGGER {name}_refuses_{change}"))
        else:
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}_refuses_change ON {name}"))
        connection.execute(text(statement))


def test_each_night_has_its_head(kept: Register) -> None:
    """One a day, each over the one before; it holds whatever is recorded after it."""
    again = record_head(kept, "somewhere", NIGHT + timedelta(hours=5))
    kept.append(message("m2", at=NIGHT))
    next_night = record_head(kept, "somewhere", NIGHT + timedelta(days=1))
    first = kept.find(HeadRecorded, "somewhere|1")

    assert again is None
    assert "" == broken(kept)
    assert first
    assert next_night
    assert (1, 3, "") == (first.number, first.facts, first.before)
    assert (2, 5, first.head, "") == (next_night.number, next_night.facts, next_night.before, next_night.broken)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE message_reserved SET subject = 'Another'", "what at least one of them says was changed"),
        ("UPDATE contact_changed SET email = 'me@elsewhere.example'", "what at least one of them says was changed"),
        ("DELETE FROM message_reserved", "1 of them are gone"),
    ],
)
def test_what_was_changed_is_evident(kept: Register, statement: str, said: str) -> None:
    """It is told; and the next night's head tells it again, so that it is not covered up."""
    behind_its_back(kept, statement)
    night = record_head(kept, "somewhere", NIGHT + timedelta(days=1))
    with kept.snapshot() as connection:
        known = last_head(connection, "somewhere")

    assert night
    assert night == known
    assert said in night.broken
    assert "" == broken(kept)  # the new one is over what stands now, and says so


def test_what_was_slipped_in_is_evident(kept: Register) -> None:
    """A fact that bears a time long before it was recorded."""
    kept.append(message("m0", at=AT))

    assert "1 more than then" in broken(kept)


def test_what_sendgrid_tells_late_is_no_damage(kept: Register) -> None:
    """Its events bear its own time, and come hours after it."""
    word = {"outcome": Outcome.DELIVERED, "step": Step.REPORTED, "attempt": 1, "detail": ""}
    kept.append(MessageSettled(message="m1", event="e1", **word, **WHO))

    assert "" == broken(kept)


def test_a_register_without_a_head_has_nothing_broken(register: Register) -> None:
    """Before the first night."""
    assert "" == broken(register)


def test_files_names_count_too(kept: Register) -> None:
    """Whatever a fact says is under the head, a number and a file's name as well."""
    fields = {"request": "r", "upload": "u", "sha256": "0", "suffix": ".csv", "stored_as": "uploads/u.csv"}
    kept.append(UploadKept(size=12, said_name="bo.csv", **fields, **{**WHO, "at": NIGHT}))
    night = record_head(kept, "somewhere", NIGHT + timedelta(days=1))

    assert night
    assert 5 == night.facts
