"""What was taken back stands no more, and nothing goes on about what may be."""

from datetime import UTC, date, datetime, timedelta

from quarterday.domain.collection.actions import Publish, Recipient, Send
from quarterday.domain.collection.undo import closing, to_close, without_what_waits
from quarterday.domain.facts import ExtensionDecided, Facts, ReleaseKind, RequestWaived, UndoOffered
from quarterday.domain.facts.undoing import name_of
from tests.domain.conftest import framework

NINE = datetime(2025, 7, 15, 8, 0, tzinfo=UTC)
COLLECTION = "somewhere.2025-26-q1"
FIRE, POLICE = f"{COLLECTION}.fire", f"{COLLECTION}.police"
GRANTED = ExtensionDecided(at=NINE, by="jo", partnership="somewhere", request=FIRE, granted=True)
RELEASE = Publish(COLLECTION, 1, ReleaseKind.PROVISIONAL, date(2025, 7, 15), "It is the day.")


def offer(*touches: str) -> UndoOffered:
    """What may be taken back until five past nine."""
    return UndoOffered(
        at=NINE,
        by="jo",
        partnership="somewhere",
        decision="grant-time",
        matter=FIRE,
        decided=(name_of(GRANTED),),
        touches=touches,
        until=NINE + timedelta(minutes=5),
    )


def email(request: str, partner: str) -> Send:
    """A chaser."""
    to = Recipient(f"{partner}/contact", "Fay", "fay@fire.example")
    return Send("key", COLLECTION, request, partner, "chase", "chase", to, NINE.date(), "It is late.")


def test_facts_without_what_was_taken_back_answer_as_if_it_had_never_been() -> None:
    """It is among them still, for whoever goes through what happened; in whatever order they come."""
    made = offer(FIRE)
    over = closing(made, at=NINE, by="jo", taken_back=True)
    for facts in (Facts([over, GRANTED, made]), Facts([GRANTED]).plus(made, over), Facts([GRANTED, made]).plus(over)):
        assert () == facts.of(ExtensionDecided)
        assert () == facts.about(FIRE, ExtensionDecided)
        assert (GRANTED,) == facts.ever(ExtensionDecided)
        assert not facts.stands(GRANTED)
        assert GRANTED in list(facts)


def test_runs_act_on_what_is_firm() -> None:
    """An open decision is none yet; closed, it is."""
    made = offer(FIRE)
    open_one = Facts([GRANTED, made])
    assert (GRANTED,) == open_one.of(ExtensionDecided)
    assert () == open_one.firm.of(ExtensionDecided)
    closed = open_one.plus(closing(made, at=NINE, by="quarterday", taken_back=False))
    assert (GRANTED,) == closed.firm.of(ExtensionDecided)
    assert open_one.firm is open_one.firm.firm


def test_of_the_same_request_and_collection_nothing_goes_on() -> None:
    """Others are written to; a release of the collection waits; of no subject, every release does."""
    fire, police = email(FIRE, "fire"), email(POLICE, "police")
    for touches, goes_on in (
        ((FIRE,), [police]),
        (("fire",), [police, RELEASE]),
        ((COLLECTION,), []),
        ((), [fire, police]),
        (("another.2025-26-q1.fire",), [fire, police, RELEASE]),
    ):
        assert goes_on == without_what_waits(Facts([GRANTED, offer(*touches)]), [fire, police, RELEASE])
    waived = RequestWaived(at=NINE, by="jo", partnership="somewhere", request=FIRE)
    assert [fire] == without_what_waits(Facts([waived]), [fire])


def test_a_run_closes_what_is_over_on_a_working_day() -> None:
    """Not a minute early, and not on a Sunday, on which nothing goes on."""
    facts, calendar = Facts([GRANTED, offer(FIRE)]), framework().calendar
    assert [] == to_close(facts, calendar, NINE + timedelta(minutes=4))
    assert [False] == [each.taken_back for each in to_close(facts, calendar, NINE + timedelta(minutes=5))]
    assert [] == to_close(facts, calendar, NINE + timedelta(days=5))
