"""A person is taken out of the register, or put right in it, by a ruling: shape, order and head stay whole."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quarterday.adapters.register import Register
from quarterday.adapters.register.erasing import erase
from quarterday.adapters.register.heads import record_head, what_does_not_hold
from quarterday.adapters.register.tables import TABLES
from quarterday.domain.asks.climbing import ask_of_activity, asks_of
from quarterday.domain.facts import (
    AskAnswered,
    BoardAnswer,
    ContactChanged,
    Fact,
    Facts,
    PersonErased,
    ReplyKind,
    ReplyReceived,
    UploadKept,
)
from quarterday.domain.rulings.persons import (
    Instead,
    erase_person,
    put_person_right,
    rule_on_person,
    table_of,
    words_of,
)
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.adapters.register.examples import AT, COLLECTION, WHO, plain_fact
from tests.domain.activities_example import CAMPAIGN, told, with_activities
from tests.domain.conftest import framework

HOUSE = framework()
OFFICER = HOUSE.partnership.officers[0].code
NOW = datetime(2025, 7, 20, 9, 0, tzinfo=UTC)
RULING = Ruling(OFFICER, "They asked for it.", NOW)
FIRE = f"{COLLECTION}.fire"


def contact(name: str, email: str, day: int) -> ContactChanged:
    """A change of whom to write to."""
    return ContactChanged(partner="fire", role="contact", name=name, email=email, **{**WHO, "at": AT + timedelta(day)})


BO, ANN = contact("Bo Brand", "bo@fire.example", 0), contact("Ann Other", "ann@fire.example", 1)
COLLEAGUE = {"colleague_name": "Bo Brand", "colleague_email": "bo@fire.example"}
NAMED = ReplyReceived(request=FIRE, reply="p1", kind=ReplyKind.COLLEAGUE, **COLLEAGUE, **WHO)
UPLOADED = UploadKept(
    request=FIRE, upload="u", sha256="0", size=1, suffix=".csv", stored_as="u.csv", said_name="Q1 brand_BO.csv", **WHO
)


@pytest.fixture
def filled(register: Register) -> Register:
    """A register that names Bo three times and Ann once, with its head."""
    register.append(BO, ANN, NAMED, UPLOADED)
    record_head(register, "somewhere", NOW - timedelta(days=2))
    return register


def ruled(register: Register, person: str, **more: Any) -> list[PersonErased]:
    """The ruling, on the facts as they stand."""
    facts = register.facts("somewhere")
    make = put_person_right if more else erase_person
    return make(HOUSE, facts, RULING, person, **more)


def words(register: Register) -> str:
    """Everything that the register says."""
    return repr(list(register.facts("somewhere")))


def test_a_person_is_taken_out(filled: Register) -> None:
    """By name or by address: out of every fact that names them, and nothing else of any of them changes."""
    before = [(type(each), each.key, each.at) for each in filled.facts("somewhere")]
    erase(filled, ruled(filled, "bo brand"), "bo brand")
    after = filled.facts("somewhere")
    with filled.snapshot() as connection:
        broken = what_does_not_hold(connection, "somewhere")

    assert "Brand" not in words(filled)
    assert "bo@fire" not in words(filled)
    assert "ann@fire.example" in words(filled)
    assert before == [(type(each), each.key, each.at) for each in after if each.at < NOW]
    assert {"contact_changed", "reply_received", "upload_kept"} == {each.table for each in after.of(PersonErased)}
    assert "" == broken


def test_a_person_is_put_right(filled: Register) -> None:
    """Where a name was wrong: what files were called stays."""
    instead = Instead("Bo Brandt", "b.brandt@fire.example")
    erase(filled, ruled(filled, "bo@fire.example", instead=instead), "bo@fire.example", instead)

    assert "Bo Brandt" in words(filled)
    assert "brand_BO.csv" in words(filled)


def test_who_is_still_written_to_stays(filled: Register) -> None:
    """Another is named first; and who is named nowhere is looked for by what is on record."""
    with pytest.raises(RulingRefusedError, match="name somebody else first"):
        ruled(filled, "ann@fire.example")
    with pytest.raises(RulingRefusedError, match="Nothing in the register names"):
        ruled(filled, "Cy Nobody")


def test_without_a_ruling_nothing_changes(filled: Register) -> None:
    """The database refuses it; and with one, whatever else of the fact somebody would change beside the name."""
    for statement in ("UPDATE contact_changed SET name = ''", "UPDATE upload_kept SET said_name = ''"):
        with pytest.raises(DBAPIError, match="append-only"), filled.engine.begin() as connection:
            connection.execute(text(statement))
    erase(filled, ruled(filled, "Bo Brand"), "Bo Brand")
    for statement in (
        f"UPDATE contact_changed SET name = '', partner = 'police' WHERE key = '{BO.key}'",
        f"UPDATE contact_changed SET name = '' WHERE key = '{ANN.key}'",
        f"DELETE FROM contact_changed WHERE key = '{BO.key}'",
    ):
        with pytest.raises(DBAPIError, match="append-only"), filled.engine.begin() as connection:
            connection.execute(text(statement))


def written(name: str) -> list[Fact]:
    """One fact of each kind, in whose reason and other free words somebody is named."""
    words = f"Ask {name}, who knows. Bo Brandt does not."
    return [
        replace(plain_fact(kind), at=AT, partnership="somewhere", **dict.fromkeys(words_of(kind), words))
        for kind in TABLES
    ]


def test_a_ruling_names_each_record_as_its_table_is_called() -> None:
    """So that whoever reads it finds the row, and the database sees whether there is a ruling about it."""
    assert [table.name for table in TABLES.values()] == [table_of(kind) for kind in TABLES]


def test_the_reason_of_a_ruling_names_nobody() -> None:
    """It would stay on record for good."""
    with pytest.raises(RulingRefusedError, match="Name nobody in the reason"):
        rule_on_person(HOUSE, Facts([BO, ANN]), Ruling(OFFICER, "bo  BRAND asked for it.", NOW), "Bo Brand", None)


@pytest.mark.parametrize("person", ["Bo Brand", "bo@fire.example"])
def test_a_person_is_taken_out_of_what_people_wrote(register: Register, person: str) -> None:
    """Of every reason, and of all that anybody wrote: the name alone goes, all else stays, and so does the head."""
    facts = written(person)
    register.append(*facts)
    record_head(register, "somewhere", NOW - timedelta(days=2))
    rulings = ruled(register, person)
    erase(register, rulings, person)
    with register.snapshot() as connection:
        broken = what_does_not_hold(connection, "somewhere")

    assert {table_of(kind) for kind in TABLES} == {each.table for each in rulings}
    assert f"{person}," not in words(register)
    assert "Ask (name taken out), who knows. Bo Brandt does not." in words(register)
    left = {(type(each), each.key, each.at) for each in register.facts("somewhere")}
    assert {(type(each), each.key, each.at) for each in facts} <= left
    assert "" == broken


def test_what_a_lead_asked_keeps_its_answer(register: Register) -> None:
    """The id of such an ask follows from its words: a board's answer stands, and the same words raise nothing anew."""
    house = with_activities(CAMPAIGN)
    said = told(CAMPAIGN, date(2025, 7, 10), asks="Let Bo Brand share the data.", asks_board="board")
    ask = ask_of_activity("campaign", "board", said.asks)
    answer = AskAnswered(ask=ask, board="board", answer=BoardAnswer.DEFERRED, meeting=date(2025, 7, 14), **WHO)
    register.append(said, answer)
    erase(register, ruled(register, "Bo Brand"), "Bo Brand")
    again = replace(said, told="again", collection="next", at=said.at + timedelta(90))
    register.append(again)

    ((code, stands),) = asks_of(house, register.facts("somewhere")).items()
    assert (ask, "Let (name taken out) share the data.", answer) == (code, stands.what, stands.last)
