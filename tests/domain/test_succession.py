"""A partner that merges, splits or hands a figure on: what was asked goes on where it went, and nobody is asked twice.

Fire Service and Police were asked in July 2025 for the first quarter; in October the second is asked for.
"""

from datetime import date
from typing import Any

import pytest

from quarterday.domain.collection.actions import MakeRequest, Send
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.owed import owed_before
from quarterday.domain.collection.verdicts import accepted_in
from quarterday.domain.facts import ContactChanged, Facts, RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.partners import Board, Meeting, Partner, Succession
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.rulings.request_rulings import Ruling, record_gap
from tests.domain.conftest import framework, indicator, person
from tests.domain.lived import a_return, a_verdict, at, days, walk

Q1, Q2 = "somewhere.2025-26-q1", "somewhere.2025-26-q2"
ON = date(2025, 7, 17)
FIRES, ALARMS, ROBBERIES = "deliberate-fires", "smoke-alarms", "robberies"


def two_quarters(suppliers: dict[str, str], **partners: tuple[str, ...]) -> Framework:
    """Two quarters of three figures, each with its supplier; each partner with the codes that went on in it."""
    small = framework()
    board = Board(
        code="board",
        name="The Board",
        kind="board",
        lead=person("Lee Lead"),
        meetings=(
            Meeting(on=date(2025, 8, 14), considers=parse_quarter("2025-26 Q1")),
            Meeting(on=date(2025, 11, 13), considers=parse_quarter("2025-26 Q2")),
        ),
    )
    return framework(
        partnership=small.partnership.model_copy(update={"boards": (board,)}),
        partners=tuple(
            Partner(
                code=code,
                name=code.capitalize(),
                contact=person(f"Contact of {code}"),
                succeeds=tuple(Succession(code=was, on=ON) for was in before),
            )
            for code, before in partners.items()
        ),
        agreements=(small.agreements[0].model_copy(update={"parties": tuple(partners)}),),
        indicators=tuple(indicator(code, supplier) for code, supplier in suppliers.items()),
    )


BEFORE = two_quarters({FIRES: "fire", ALARMS: "fire", ROBBERIES: "police"}, fire=(), police=())
MERGED = two_quarters({FIRES: "police", ALARMS: "police", ROBBERIES: "police"}, police=("fire",))
SPLIT = two_quarters(
    {FIRES: "brigade", ALARMS: "prevention", ROBBERIES: "police"}, brigade=("fire",), prevention=("fire",), police=()
)
HANDED_ON = two_quarters({FIRES: "fire", ALARMS: "housing", ROBBERIES: "police"}, fire=(), police=(), housing=())


@pytest.fixture(scope="module")
def asked() -> Facts:
    """Both asked for the first quarter, nobody has answered."""
    return walk(BEFORE, days(date(2025, 6, 30), date(2025, 7, 16)))[0]


def made(done: list[tuple[date, Any]]) -> list[tuple[str, tuple[str, ...]]]:
    """Who was asked, and for what."""
    return [(action.partner, action.asked) for _, action in done if isinstance(action, MakeRequest)]


def heard(done: list[tuple[date, Any]], request: str) -> set[str]:
    """Who was written to about a request."""
    ours = (action for _, action in done if isinstance(action, Send) and action.request == request)
    return {each.recipient.name for each in ours if each.recipient.code.endswith("/contact")}


@pytest.mark.parametrize(
    ("after", "now_heard"),
    [(MERGED, "Contact of police"), (SPLIT, "Contact of brigade")],
    ids=["merged", "split"],
)
def test_the_open_request_goes_on_where_it_went_and_nobody_is_asked_twice(
    asked: Facts, after: Framework, now_heard: str
) -> None:
    """No request is made anew; what is due of the old one goes to whoever goes on, of several the first."""
    facts, done = walk(after, days(ON, date(2025, 7, 28)), asked)

    assert [] == made(done)
    assert {now_heard} == heard(done, f"{Q1}.fire")
    assert {"Contact of police"} == heard(done, f"{Q1}.police")
    came = a_return(f"{Q1}.fire", date(2025, 7, 28))
    assert (came.partner_return,) == accepted_in(facts.plus(came, a_verdict(came, "accepted")), Q1)


@pytest.mark.parametrize(
    ("partner", "on", "heard_by"),
    [
        ("fire", date(2025, 7, 10), "Contact of police"),
        ("fire", date(2025, 7, 18), "New Name"),
        ("police", date(2025, 7, 18), "New Name"),
    ],
    ids=["before it merged", "since, by the old code", "since, by the new code"],
)
def test_whoever_speaks_for_it_now_is_written_to(asked: Facts, partner: str, on: date, heard_by: str) -> None:
    """A contact that an officer changed before it went on elsewhere is over; one changed since holds."""
    changed = ContactChanged(
        partnership="somewhere",
        partner=partner,
        role="contact",
        name="New Name",
        email="new.name@partner.example",
        at=at(on),
        by="jo",
    )
    _, done = walk(MERGED, days(date(2025, 7, 21), date(2025, 7, 28)), asked.plus(changed))

    assert {heard_by} == heard(done, f"{Q1}.fire")


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        (MERGED, [("police", (FIRES, ALARMS, ROBBERIES))]),
        (SPLIT, [("brigade", (FIRES,)), ("police", (ROBBERIES,)), ("prevention", (ALARMS,))]),
        (HANDED_ON, [("fire", (FIRES,)), ("housing", (ALARMS,)), ("police", (ROBBERIES,))]),
    ],
    ids=["merged", "split", "handed on"],
)
def test_the_next_quarter_asks_each_figure_of_whoever_supplies_it_then(
    asked: Facts, after: Framework, wanted: list[tuple[str, tuple[str, ...]]]
) -> None:
    """Once, under the codes of then."""
    _, done = walk(after, days(ON, date(2025, 10, 31)), asked)

    assert wanted == sorted(made(done))


def test_what_one_owed_is_owed_by_whoever_supplies_it_now(asked: Facts) -> None:
    """Promised for 28 November by the fire service: of the split each is told its own, merged the police both."""
    facts, _ = walk(BEFORE, days(ON, date(2025, 8, 6)), asked)
    (request,) = facts.about(f"{Q1}.fire", RequestMade)
    for number, code in enumerate((FIRES, ALARMS)):
        ruling = Ruling("jo", "by telephone", at(date(2025, 8, 6), 14 + number))
        promised = {"indicator": code, "owner": "Fay Fire", "expected": date(2025, 11, 28)}
        facts = facts.plus(record_gap(BEFORE, facts, request, ruling, **promised))
    owed = {}
    for name, after in (("merged", MERGED), ("split", SPLIT)):
        later, _ = walk(after, days(date(2025, 8, 7), date(2025, 10, 31)), facts)
        for each in later.of(RequestMade):
            if each.collection == Q2:
                house = framework_of(after, later, Q2)
                owed[name, each.partner] = [code for _, code, _ in owed_before(house, later, each)]

    assert {
        ("merged", "police"): [FIRES, ALARMS],
        ("split", "brigade"): [FIRES],
        ("split", "prevention"): [ALARMS],
        ("split", "police"): [],
    } == owed


def heirs(*of: tuple[str, tuple[tuple[str, date], ...]]) -> Framework:
    """The small partnership with indicators that succeed others."""
    return framework(
        indicators=tuple(
            indicator(code, "fire", succeeds=tuple(Succession(code=was, on=on) for was, on in before))
            for code, before in of
        )
    )


def code_of(found: Indicator | None) -> str | None:
    """Its code, where there is one."""
    return found.code if found else None


def test_a_series_goes_on_under_its_new_code_and_through_every_code_it_had() -> None:
    """Renamed in 2024 and again in 2025."""
    setting = heirs(("fires", (("blazes", date(2024, 4, 1)), ("arson", date(2025, 4, 1)))))

    assert ["fires"] * 3 == [code_of(setting.series_of(code)) for code in ("fires", "blazes", "arson")]
    assert setting.series_of("floods") is None


def test_series_put_together_or_taken_apart_begin_anew() -> None:
    """A sum that a hidden figure is in would tell it beside the other; a part is nothing that was counted before."""
    day = date(2025, 4, 1)
    merged = heirs(("fires", (("blazes", day), ("arson", day))))
    split = heirs(("indoors", (("fires", day),)), ("outdoors", (("fires", day),)))

    assert [None, None, "fires"] == [code_of(merged.series_of(code)) for code in ("blazes", "arson", "fires")]
    assert split.series_of("fires") is None
    assert "indoors" == split.indicator["fires"].code
