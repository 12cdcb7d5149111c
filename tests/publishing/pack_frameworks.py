"""Frameworks for packs: a small one of our own with an indicator of every kind, and the example's."""

from datetime import date
from pathlib import Path

from quarterday.adapters.config_files import load_framework
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework, Plan, Priority
from quarterday.domain.framework.indicators import Breakdown, Category, Definition, Indicator, Target
from quarterday.domain.framework.ladder import Ladders
from quarterday.domain.framework.partners import Area, Board, Contact, Meeting, Officer, Partner, Partnership
from quarterday.domain.framework.periods import parse_quarter

CONFIG = Path(__file__).parents[2] / "config"
DEFINITIONS = (
    Definition(version=1, holds_from=date(2021, 4, 1), text="As it was first counted."),
    Definition(version=2, holds_from=date(2024, 4, 1), text="As it is counted now."),
)


def example_framework() -> Framework:
    """The framework of the example in `config/`."""
    return load_framework(CONFIG)


def person(name: str) -> Contact:
    """Somebody at a reserved address."""
    return Contact(name=name, email=f"{name.lower().replace(' ', '.')}@partner.example")


LEAD = person("Lee Lead")


def indicator(code: str, **more: object) -> Indicator:
    """An indicator of the small partnership."""
    parts: dict[str, object] = {
        "code": code,
        "title": code.replace("-", " ").capitalize(),
        "definitions": DEFINITIONS[:1],
        "supplier": "police",
        "priorities": ("safer-streets",),
        "purpose": "crime-and-disorder",
        "owner": "Head of safety",
        "usual_low": 20,
        "usual_high": 60,
    }
    return Indicator(**{**parts, **more})


INDICATORS = (
    indicator("ward-panels", unit="out of", out_of=19, direction="higher is better", target=Target(value=19)),
    indicator("searches", breakdowns=("reason",), readings=("Fewer officers", "Fewer weapons")),
    indicator(
        "outcomes", unit="percentage", numerator="Outcomes", denominator="Searches", direction="higher is better"
    ),
    indicator("robberies", direction="lower is better", target=Target(value=30, source="the plan")),
    indicator("referrals", supplier="health", caveats=("Neither good nor bad by itself.",)),
    indicator("admissions", supplier="health", direction="lower is better"),
    indicator("ambulance-calls", supplier="health", stand_in=True),
    indicator("forum", supplier="health"),
    indicator("deliberate-fires", definitions=DEFINITIONS),
    indicator("crime-by-ward", area="ward", breakdowns=("reason",)),
    indicator("reoffending", unit="rate", per=1000, numerator="Who did", denominator="All", frequency="rolling year"),
)


def small_framework(**changes: object) -> Framework:
    """A partnership of three boards, two partners and three wards."""
    boards = (
        Board(
            code="board", name="The Board", kind="board", lead=person("Lee Lead"), meetings=_meetings((14, 8), (13, 11))
        ),
        Board(
            code="streets",
            name="Streets Subgroup",
            kind="subgroup",
            reports_to="board",
            lead=LEAD,
            meetings=_meetings((11, 8)),
            asks=("A decision on <lighting> & funding.",),
        ),
        Board(code="office", name="The Office", kind="external", lead=LEAD, meetings=_meetings((29, 8))),
    )
    reasons = tuple(Category(code=code, title=code.title()) for code in ("weapons", "drugs", "other"))
    parts: dict[str, object] = {
        "partnership": Partnership(
            code="somewhere",
            name="Safer Somewhere",
            sender="returns@somewhere.example",
            reply_to="officers@somewhere.example",
            officers=(Officer(code="jo", name="Jo Officer", email="jo@somewhere.example"),),
            boards=boards,
            areas=(
                Area(code="E09000099", name="Somewhere", level="borough"),
                Area(code="E05000003", name="Abbey", level="ward"),
                Area(code="E05000001", name="Castle", level="ward"),
                Area(code="E05000002", name="Bridge", level="ward"),
            ),
        ),
        "partners": (
            Partner(code="police", name="Police", contact=person("Pat Police")),
            Partner(code="health", name="Health", contact=person("Hal Health")),
        ),
        "agreements": (),
        "ladders": Ladders(first=(), more_time=(), correction=(), rest=()),
        "plans": (Plan(code="plan", title="The plan"),),
        "priorities": (Priority(code="safer-streets", title="Safer streets", plan="plan", board="streets"),),
        "breakdowns": (Breakdown(code="reason", title="Reason", categories=reasons),),
        "indicators": INDICATORS,
        "calendar": WorkingDays(frozenset({date(2025, 8, 25)}), frozenset({2025})),
    }
    return Framework(**{**parts, **changes})


def _meetings(*days: tuple[int, int]) -> tuple[Meeting, ...]:
    return tuple(Meeting(on=date(2025, month, day), considers=parse_quarter("2025-26 Q1")) for day, month in days)
