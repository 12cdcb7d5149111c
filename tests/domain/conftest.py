"""A small partnership of our own: two partners, one board, England's Easter and Christmas of 2025 and 2026."""

from datetime import date

import pytest

from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework, Plan, Priority
from quarterday.domain.framework.indicators import Definition, Indicator
from quarterday.domain.framework.ladder import Ladders, Rung
from quarterday.domain.framework.partners import Area, Board, Contact, Meeting, Officer, Partner, Partnership, Rhythm
from quarterday.domain.framework.periods import parse_quarter

BANK_HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26 "
        "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28"
    ).split()
)
ENGLAND = WorkingDays(BANK_HOLIDAYS, frozenset({2024, 2025, 2026}))


def person(name: str) -> Contact:
    """Somebody at a reserved address."""
    return Contact(name=name, email=f"{name.lower().replace(' ', '.')}@partner.example")


def indicator(code: str, supplier: str, **more: object) -> Indicator:
    """An indicator that asks for one count."""
    return Indicator(
        code=code,
        title=code.replace("-", " ").capitalize(),
        definitions=(Definition(version=1, holds_from=date(2023, 4, 1), text=f"The number of {code}."),),
        supplier=supplier,
        priorities=("safer-streets",),
        purpose="crime-and-disorder",
        **more,
    )


def framework(**changes: object) -> Framework:
    """The small partnership, with whatever the test changes."""
    parts: dict[str, object] = {
        "partnership": Partnership(
            code="somewhere",
            name="Safer Somewhere",
            sender="returns@somewhere.example",
            reply_to="officers@somewhere.example",
            rhythm=Rhythm(publish_before_papers=1, close_before_publish=2, due_before_close=8),
            officers=(Officer(code="jo", name="Jo Officer", email="jo@somewhere.example"),),
            boards=(
                Board(
                    code="board",
                    name="The Board",
                    kind="board",
                    lead=person("Lee Lead"),
                    meetings=(Meeting(on=date(2025, 8, 14), considers=parse_quarter("2025-26 Q1")),),
                ),
            ),
            areas=(Area(code="E09000099", name="Somewhere", level="borough"),),
        ),
        "partners": (
            Partner(
                code="fire", name="Fire Service", lead_time=10, contact=person("Fay Fire"), manager=person("Max Fire")
            ),
            Partner(
                code="police", name="Police", lead_time=15, contact=person("Pat Police"), deputy=person("Dee Police")
            ),
        ),
        "agreements": (
            Agreement(
                code="main",
                title="The agreement",
                parties=("fire", "police"),
                purposes=("crime-and-disorder",),
                lawful_basis="Crime and Disorder Act 1998, s.115",
                state="in force",
                starts=date(2023, 4, 1),
                ends=date(2027, 3, 31),
            ),
        ),
        "ladders": Ladders(
            first=(
                Rung(code="remind", days=-3, to="contact", email="reminder"),
                Rung(code="chase-1", days=2, to="contact", email="chaser-1"),
                Rung(code="chase-2", days=4, to="contact", email="chaser-2"),
                Rung(code="manager", days=6, to="manager", email="escalation-manager"),
                Rung(code="board", days=8, to="board_lead", email="escalation-board"),
            ),
            more_time=(Rung(code="chase", days=1, to="contact", email="chaser-more-time"),),
            correction=(Rung(code="chase", days=1, to="contact", email="chaser-correction"),),
            rest=(Rung(code="chase", days=1, to="contact", email="chaser-rest"),),
        ),
        "plans": (Plan(code="plan", title="The plan"),),
        "priorities": (Priority(code="safer-streets", title="Safer streets", plan="plan", board="board"),),
        "breakdowns": (),
        "indicators": (indicator("deliberate-fires", "fire", owner="Fire lead"), indicator("robberies", "police")),
        "calendar": ENGLAND,
    }
    return Framework(**{**parts, **changes})


@pytest.fixture(scope="session")
def small() -> Framework:
    """The small partnership as it stands."""
    return framework()
