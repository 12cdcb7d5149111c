"""The shape of each file in `config/`: what pydantic checks, and what editors are told."""

from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.comparisons import Comparison
from quarterday.domain.framework.dhis2 import Dhis2
from quarterday.domain.framework.framework import Plan, Priority
from quarterday.domain.framework.indicators import Breakdown, Indicator
from quarterday.domain.framework.partners import Configured, Partner
from quarterday.domain.framework.populations import Population
from quarterday.domain.framework.risks import Bid, Risk
from quarterday.domain.framework.submissions import Submission


class PartnersFile(Configured):
    """`partners.yaml`: the organisations that are asked for figures, read them, or both."""

    partners: tuple[Partner, ...]


class AgreementsFile(Configured):
    """`agreements.yaml`: the information sharing agreements."""

    agreements: tuple[Agreement, ...]


class FrameworkFile(Configured):
    """A file of `framework/`: plans, priorities, breakdowns, indicators, activities, risks, bids, submissions,
    populations, comparisons, DHIS2 systems."""

    plans: tuple[Plan, ...] = ()
    priorities: tuple[Priority, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    risks: tuple[Risk, ...] = ()
    bids: tuple[Bid, ...] = ()
    submissions: tuple[Submission, ...] = ()
    populations: tuple[Population, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    dhis2: tuple[Dhis2, ...] = ()
