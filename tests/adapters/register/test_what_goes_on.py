"""What a register reads for a day's work is what `without_what_is_over` keeps of all its facts, on both databases."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from quarterday.adapters.register import Register, open_register
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.at_rest import without_what_is_over
from quarterday.domain.facts import (
    CollectionOpened,
    CollectionsAtRest,
    ContactChanged,
    Fact,
    FileDeleted,
    MessageHeld,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReturnReceived,
    Step,
    WordsRead,
)
from tests.adapters.register.examples import LINK, message
from tests.domain.asks_example import action_set
from tests.domain.lived import a_return, a_verdict, at
from tests.domain.test_at_rest import Q1, Q4, QUIET_YEAR

PARTNERSHIP = "somewhere"
SETTLED_ON = max(each.at for each in QUIET_YEAR.of(CollectionsAtRest)).date()
WHO = {"partnership": PARTNERSHIP, "by": "quarterday", "at": at(SETTLED_ON)}
LATE = a_return(f"{Q1}.fire", SETTLED_ON, partner_return="R-late")
LATER: dict[str, list[Fact]] = {
    "nothing": [],
    "a late return": [LATE],
    "a late return with its verdict": [LATE, a_verdict(LATE, "accepted")],
    "an event about an old email": [
        MessageSettled(
            message=f"{Q4}.fire/request/fire/contact",
            outcome=Outcome.DELIVERED,
            step=Step.REPORTED,
            event="1",
            **WHO,
        )
    ],
    "an old email that came back long ago": [
        MessageSettled(
            message=f"{Q4}.police/request/police/contact",
            outcome=Outcome.BOUNCED,
            step=Step.REPORTED,
            event="2",
            **(WHO | {"at": at(SETTLED_ON - timedelta(days=200))}),
        )
    ],
    "words of a quarter that is over, and of none, that an officer read": [
        WordsRead(collection=each, partner_return=each or "an ask", indicator="board", publish=True, **WHO)
        for each in (Q1, "")
    ],
    "what concerns no collection": [
        message("somewhere/agreement/main/2027-03-31", collection="", request="", at=at(SETTLED_ON)),
        MessageHeld(message="somewhere/agreement/main/2027-03-31", **WHO),
        ContactChanged(partner="fire", role="contact", name="New", email="new@partner.example", **WHO),
        FileDeleted(stored_as="u1", sha256="0", **WHO),
        replace(LINK, request="", recipient="board/lead", token_hash="of-a-lead"),
        action_set(SETTLED_ON, "fire", SETTLED_ON + timedelta(days=30)),
    ],
}


def of_another(fact: Fact) -> Fact:
    """The same of another partnership, under keys of its own."""
    words = {name: value for name, value in vars(fact).items() if isinstance(value, str)}
    return replace(fact, **{name: value.replace(PARTNERSHIP, "elsewhere") for name, value in words.items()})


@pytest.mark.parametrize("later", LATER.values(), ids=LATER)
def test_reading_for_a_day(register: Register, later: list[Fact]) -> None:
    """Whatever came after the settling, the queries find what the pure rule keeps."""
    facts = QUIET_YEAR.plus(*later)
    register.append(*facts)
    register.append(*(of_another(each) for each in facts if isinstance(each, MessageReserved | MessageHeld)))

    assert list(facts) == list(register.facts(PARTNERSHIP))
    assert list(without_what_is_over(facts)) == list(register.facts(PARTNERSHIP).going_on)


def test_what_is_over_is_read_as_it_stood_when_the_facts_were(register: Register) -> None:
    """A collection that goes on, begins or ends after the reading brings nothing into what was read before."""
    before = QUIET_YEAR.plus(*LATER["a late return"])
    register.append(*before)
    read = register.facts(PARTNERSHIP)
    opened = replace(QUIET_YEAR.of(CollectionOpened)[0], collection="somewhere.2030-31-q1")
    changed = ContactChanged(partner="fire", role="contact", name="New", email="new@partner.example", **WHO)
    register.append(opened, replace(LATE, partner_return="R-2", upload="u-2"), changed)

    assert list(before) == list(read)


def test_of_what_goes_on_nothing_else_is_read(register: Register) -> None:
    """Asked about a request that goes on, the facts at hand know all there is; asked for more, they fetch it once."""
    register.append(*QUIET_YEAR, *LATER["a late return"])
    read, statements = register.facts(PARTNERSHIP), list[str]()
    event.listen(register.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    assert LATE == read.about(LATE.request, ReturnReceived)[-1]
    assert [] == statements
    assert 4 <= len(read.of(CollectionOpened))
    asked = len(statements)
    assert 0 < asked
    assert read.of(ReturnReceived)
    assert asked == len(statements)


def test_where_nothing_is_over_everything_is_read(register: Register) -> None:
    """A new partnership's first year."""
    facts = [each for each in QUIET_YEAR if not isinstance(each, CollectionsAtRest)]
    register.append(*facts)

    assert facts == list(register.facts(PARTNERSHIP).going_on)


def test_no_query_for_a_day_goes_through_what_is_over(tmp_path: Path) -> None:
    """Each finds its rows by an index, so that ten years behind cost no more than one; SQLite tells how it will go."""
    register = open_register(Settings(home=tmp_path, _env_file=None))
    register.append(*QUIET_YEAR)
    plans: list[str] = []

    def explain(connection, _cursor, statement, parameters, _context, _many):
        which_kinds_stand = statement.startswith("SELECT EXISTS")  # each looks at one row
        if statement.startswith(("SELECT", "WITH")) and not which_kinds_stand:
            cursor = connection.connection.driver_connection.cursor()
            plans.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(register.engine, "before_cursor_execute", explain)
    register.facts(PARTNERSHIP)
    scans = [plan for plan in plans if plan.startswith("SCAN") and "CONSTANT ROW" not in plan]
    by_partnership_alone = [plan for plan in plans if plan.endswith("(partnership=?)")]
    rare = (
        *("contact_changed", "message_held", "figures_backfilled", "collections_settled", "collection_opened"),
        *("register_restored", "going_on_confirmed", "message_hastened", "matter_put_off"),
        *("activity_told", "risk_reviewed", "bid_told", "submission_sent"),  # some a quarter
    )

    assert len(plans) > 30
    assert [] == scans
    assert [] == [plan for plan in by_partnership_alone if not any(table in plan for table in rare)]
