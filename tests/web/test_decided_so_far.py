"""Who decided what, one line each, on the page of the partner that it concerns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from quarterday.domain.collection.binding import first_binding, plan_of
from quarterday.domain.facts import (
    ActivityGap,
    ActivityRuled,
    CollectionBound,
    CollectionOpened,
    FiguresHeld,
    GapRecorded,
    Rag,
    ReplyKind,
    ReplyReceived,
)
from tests.domain.activities_example import CAMPAIGN
from tests.domain.conftest import indicator
from tests.web.conftest import FIRE, Office

BY_JO: dict[str, Any] = {"by": "jo", "partnership": "somewhere", "reason": "Kept inside."}


def two_figures(make_office: Callable[..., Office]) -> Office:
    """A fire service that is asked for two figures."""
    return make_office(indicators=(indicator("deliberate-fires", "fire"), indicator("dwelling-fires", "fire")))


def a_gap(office: Office, code: str, **said: Any) -> None:
    """An officer's decision that a figure will not come."""
    gap: dict[str, Any] = {"owner": "Fay Fire", "for_readers": "Their system is replaced.", "at": now(office)}
    gap |= {"collection": office.kept(CollectionOpened)[0].collection, "request": FIRE, "partner": "fire"}
    office.installation.register.append(GapRecorded(indicator=code, **gap | BY_JO | said))


def now(office: Office) -> Any:
    """A moment that no earlier fact has."""
    return office.installation.now() + timedelta(seconds=office.count())


def test_a_gap_is_told_with_who_decided_it_and_what_readers_hear(make_office: Callable[..., Office]) -> None:
    """Its owner, its day and the words for readers stand in one line; why the officer did so stays inside."""
    office = two_figures(make_office)
    a_gap(office, "deliberate-fires", expected=date(2025, 9, 30))
    a_gap(office, "dwelling-fires")
    a_gap(office, "dwelling-fires", by="quarterday", for_readers=None)
    person = office.person()
    person.open()

    assert (
        "Deliberate fires: will come later, shown as a gap until then; Fay Fire looks after it and expects it by "
        "Tuesday 30 September 2025: decided by Jo Officer, 15 July 2025 at 09:00. "
        "Readers are told: “Their system is replaced.”"
    ) in person.text
    assert "Dwelling fires: will not come, shown as a gap that Fay Fire looks after: decided by Jo" in person.text
    assert 1 == person.text.count("Dwelling fires: will not come")
    assert "Kept inside." not in person.text


def test_figures_held_back_and_let_in_again(make_office: Callable[..., Office]) -> None:
    """Both decisions stand, the latest first; what readers were told ends with the holding."""
    office = two_figures(make_office)
    held = FiguresHeld(
        at=now(office), request=FIRE, indicator="deliberate-fires", held=True, for_readers="We ask again.", **BY_JO
    )
    office.installation.register.append(held, replace(held, at=held.at + timedelta(hours=1), held=False))
    person = office.person()
    person.open()
    text = person.text

    assert "Deliberate fires: kept, and not published: decided by Jo Officer" in text
    assert 1 == text.count("Readers are told: “We ask again.”")
    assert text.index("published after all") < text.index("kept, and not published")


def test_what_was_promised_otherwise_is_told(make_office: Callable[..., Office]) -> None:
    """A later day, a figure that is asked no more, a quarter called off: each a line of its own."""
    office = two_figures(make_office)
    installation, (opened,) = office.installation, office.kept(CollectionOpened)
    plan = plan_of(installation.framework, installation.facts(), opened.collection)
    kept, first = first_binding(installation.framework, plan, at=opened.at, by="quarterday", partnership="somewhere")
    assert isinstance(first, CollectionBound)
    at = now(office)
    moved = replace(
        first, number=1, at=at, by="jo", due_on=(("fire", date(2025, 7, 25)), ("police", date(2025, 7, 28)))
    )
    less = replace(moved, number=2, at=at + timedelta(hours=1), let_off=("fire/dwelling-fires", "police/robberies"))
    over = replace(less, number=3, at=at + timedelta(hours=2), called_off=True)
    office.installation.register.append(kept, first, moved, less, over)
    person = office.person()
    person.open()

    assert 1 == person.text.count("A new date: Friday 25 July 2025: decided by Jo Officer")
    assert "28 July" not in person.text
    assert 1 == person.text.count("Dwelling fires: not asked for any more: decided by Jo Officer")
    assert "robberies" not in person.text
    assert "This collection is called off, and nothing more is asked for: decided by Jo Officer" in person.text


def test_whoever_has_a_part_hears_of_their_part(make_office: Callable[..., Office]) -> None:
    """A colleague who answers for one figure sees the decision on it, and none on another's."""
    office = two_figures(make_office)
    part = ReplyReceived(
        at=now(office),
        by="fire/contact",
        partnership="somewhere",
        request=FIRE,
        reply="A-1",
        kind=ReplyKind.COLLEAGUE,
        colleague_name="Cy",
        colleague_email="cy@fire.example",
        indicators=("dwelling-fires",),
    )
    office.installation.register.append(part)
    a_gap(office, "deliberate-fires")
    a_gap(office, "dwelling-fires")
    person = office.person("fire/colleague-A-1")
    person.open()

    assert "Dwelling fires: will not come" in person.text
    assert "Deliberate fires: will not come" not in person.text


def test_an_activity_seen_otherwise_and_one_without_a_word(make_office: Callable[..., Office]) -> None:
    """Their lead sees both decisions; of another's activity nothing."""
    office = make_office(activities=(CAMPAIGN,))
    collection, at = office.kept(CollectionOpened)[0].collection, now(office)
    ruled = ActivityRuled(
        at=at, collection=collection, activity="campaign", rag=Rag.AMBER, for_readers="Two months behind.", **BY_JO
    )
    gap = ActivityGap(
        at=at, collection=collection, request=FIRE, partner="fire", activity="campaign", expected=None, **BY_JO
    )
    office.installation.register.append(ruled, replace(ruled, activity="another"), gap)
    person = office.person()
    person.open()

    assert 1 == person.text.count("shown as amber: decided by Jo Officer")
    assert "A campaign: shown as amber" in person.text
    assert "Readers are told: “Two months behind.”" in person.text
    assert "A campaign: shown without a word from you: decided by Jo Officer" in person.text
