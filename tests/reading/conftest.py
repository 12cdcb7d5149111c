"""A partnership of two wards whose police are asked for a few figures, and the way to the data of others."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from quarterday.domain.facts import RequestMade
from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework, Plan, Priority
from quarterday.domain.framework.indicators import Breakdown, Category, Definition, Frequency, Indicator, Unit
from quarterday.domain.framework.ladder import Ladders, Rung
from quarterday.domain.framework.partners import Area, Board, Contact, Officer, Partner, Partnership
from quarterday.domain.framework.periods import Period

APRIL_TO_JUNE = Period(date(2025, 4, 1), date(2025, 6, 30))
NORTH, SOUTH = "E05000001", "E05000002"
DATA = Path(__file__).parents[2] / "../shared/data"


def shared(*parts: str) -> Path:
    """A file or folder of data that others wrote; the test is skipped where it is not at hand."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs ../shared/data/{'/'.join(parts)}")
    return path


def _person(name: str) -> Contact:
    return Contact(name=name, email=f"{name.lower()}@partner.example")


def indicator(code: str, title: str, supplier: str = "police", **more: object) -> Indicator:
    """An indicator as configuration would give it."""
    return Indicator(
        code=code,
        title=title,
        definitions=(Definition(version=1, holds_from=date(2023, 4, 1), text=f"What {code} counts."),),
        supplier=supplier,
        priorities=("safer-streets",),
        purpose="crime-and-disorder",
        **more,
    )


INDICATORS = (
    indicator("crime", "Recorded crime", area="ward", breakdowns=("offence",), ask_total=False),
    indicator("searches", "Stop and searches"),
    indicator(
        "outcomes",
        "Searches with a positive outcome",
        unit=Unit.PERCENTAGE,
        numerator="searches with an outcome",
        denominator="all searches",
    ),
    indicator("panels", "Ward panels that met", frequency=Frequency.MONTH),
)


def framework(**changes: object) -> Framework:
    """The partnership, with whatever the test changes."""
    parts: dict[str, object] = {
        "partnership": Partnership(
            code="somewhere",
            name="Safer Somewhere",
            sender="returns@somewhere.example",
            reply_to="officers@somewhere.example",
            officers=(Officer(code="jo", name="Jo Officer", email="jo@somewhere.example"),),
            boards=(Board(code="board", name="The Board", kind="board", lead=_person("Lee")),),
            areas=(
                Area(code="E09000099", name="Somewhere", level="borough"),
                Area(code=NORTH, name="North Park", level="ward"),
                Area(code=SOUTH, name="St Mary's & South", level="ward"),
            ),
        ),
        "partners": (
            Partner(code="police", name="Police", contact=_person("Pat"), export="police-export"),
            Partner(code="council", name="Council", contact=_person("Cass")),
        ),
        "agreements": (
            Agreement(
                code="main",
                title="The agreement",
                parties=("police", "council"),
                purposes=("crime-and-disorder",),
                lawful_basis="Crime and Disorder Act 1998, s.115",
                state="in force",
                starts=date(2023, 4, 1),
                ends=date(2027, 3, 31),
            ),
        ),
        "ladders": Ladders(
            first=(Rung(code="chase", days=1, to="contact", email="chaser-1"),),
            more_time=(Rung(code="chase", days=1, to="contact", email="chaser-more-time"),),
            correction=(Rung(code="chase", days=1, to="contact", email="chaser-correction"),),
            rest=(Rung(code="chase", days=1, to="contact", email="chaser-rest"),),
        ),
        "plans": (Plan(code="plan", title="The plan"),),
        "priorities": (Priority(code="safer-streets", title="Safer streets", plan="plan", board="board"),),
        "breakdowns": (
            Breakdown(
                code="offence",
                title="Offence",
                categories=(
                    Category(code="arson", title="Arson"),
                    Category(code="theft-from-the-person", title="Theft from the person"),
                ),
            ),
        ),
        "indicators": INDICATORS,
        "calendar": WorkingDays(frozenset(), frozenset({2025})),
    }
    return Framework(**{**parts, **changes})


def request_for(partner: str, *asked: str) -> RequestMade:
    """The request of April to June 2025 to a partner."""
    return RequestMade(
        at=datetime(2025, 7, 1, 8, tzinfo=UTC),
        by="quarterday",
        partnership="somewhere",
        collection="2025-26-q1",
        request=f"2025-26-q1|{partner}",
        partner=partner,
        asked=asked,
        withheld=(),
        due=date(2025, 7, 22),
        closes=date(2025, 8, 1),
    )


@pytest.fixture(scope="session")
def somewhere() -> Framework:
    """The partnership as it stands."""
    return framework()


@pytest.fixture(scope="session")
def police_request() -> RequestMade:
    """Everything that the police are asked for."""
    return request_for("police", *(each.code for each in INDICATORS))
