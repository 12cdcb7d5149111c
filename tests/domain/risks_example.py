"""Two risks and two bids of a small partnership, and what was said of them."""

from datetime import UTC, date, datetime
from typing import Any

from quarterday.domain.facts import RiskReviewed, Trend
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.risks import Bid, Impact, Likelihood, Risk
from tests.domain.conftest import framework

LATE_DATA = Risk(
    code="late-data",
    title="Data come late",
    board="board",
    owner="fire",
    person="Data lead",
    likelihood=Likelihood.POSSIBLE,
    impact=Impact.MODERATE,
    mitigation="Own lead times.",
    raised=date(2025, 4, 1),
    review=date(2025, 7, 31),
    indicators=("deliberate-fires",),
)
NO_MONEY = LATE_DATA.model_copy(
    update={
        "code": "no-money",
        "title": "Money ends",
        "likelihood": Likelihood.LIKELY,
        "impact": Impact.SEVERE,
        "review": date(2025, 12, 31),
        "indicators": (),
    }
)
STREETS = Bid(
    code="streets",
    title="Streets",
    source="Home Office",
    amount=400000,
    board="board",
    owner="fire",
    deadline=date(2025, 7, 25),
)
WORKSHOPS = Bid(
    code="workshops",
    title="Workshops",
    source="The Mayor",
    board="board",
    owner="fire",
    state="won",
    ends=date(2025, 10, 31),
)


def with_risks(**changes: Any) -> Framework:
    """The small partnership with both risks and both bids."""
    return framework(**{"risks": (LATE_DATA, NO_MONEY), "bids": (STREETS, WORKSHOPS), **changes})


def reviewed(risk: Risk, day: date, **more: Any) -> RiskReviewed:
    """What its owner said of a risk at ten on a day."""
    parts = {
        "at": datetime(day.year, day.month, day.day, 10, tzinfo=UTC),
        "by": f"{risk.owner}/contact",
        "partnership": "somewhere",
        "partner": risk.owner,
        "reviewed": f"V-{risk.code}-{day:%y%m%d}",
        "risk": risk.code,
        "likelihood": risk.likelihood,
        "impact": risk.impact,
        "trend": Trend.STEADY,
        "next_review": date(2025, 12, 31),
    }
    return RiskReviewed(**{**parts, **more})
