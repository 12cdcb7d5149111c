"""The worked example says what the paper says."""

from collections import Counter
from datetime import date

import pytest

from quarterday.adapters.config_files import check_configuration, load_exports
from quarterday.domain.collection.reporting import meeting_too_late
from quarterday.domain.collection.timetable import timetable, timetables
from quarterday.domain.figures.returns import grid
from quarterday.domain.framework.agreements import AgreementState
from quarterday.domain.framework.codes import as_code
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Direction, Unit
from quarterday.domain.framework.periods import parse_quarter

from .conftest import EXAMPLE, ROOT

Q1 = parse_quarter("2025-26 Q1")


def test_nothing_is_wrong_or_odd() -> None:
    """The example passes its own check, without a notice."""
    read = check_configuration(EXAMPLE)

    assert ((), []) == (read.problems, read.notices)


@pytest.mark.parametrize(
    "body",
    [
        "London Borough of Lewisham",
        "The Metropolitan Police",
        "The Fire and Rescue Authority",
        "Health partners",
        "The National Probation Service",
        "MOPAC",
        "Public Health",
        "Safeguarding Adults Board",
        "Children's Safeguarding Board",
        "Youth Justice",
        "Children and Young People",
        "Housing",
        "Safer Communities",
        "Safer Neighbourhood Board",
    ],
)
def test_every_body_of_the_paper_takes_part(example: Framework, body: str) -> None:
    """Paper 2.1 to 2.3: each responsible authority, adviser and representative is a partner."""
    assert any(body in partner.body for partner in example.partners)


def test_at_least_twelve_partners_supply_figures(example: Framework) -> None:
    """Nobody is listed only for show."""
    suppliers = [each for each in example.partners if example.supplied_by(each.code)]

    assert len(suppliers) >= 12


def test_boards_report_upward(example: Framework) -> None:
    """Paper 2.4, 3.7: subgroups report to the Operational Board, and it to the Partnership Board."""
    subgroups = [each for each in example.partnership.boards if each.kind == "subgroup"]

    assert {"operational-board"} == {each.reports_to for each in subgroups}
    assert "partnership-board" == example.board["operational-board"].reports_to
    assert 3 == len(subgroups)


def test_outside_readers_and_scrutiny_are_boards(example: Framework) -> None:
    """Paper 7.2, 9.2, 3.1: the Violence Reduction Unit, MOPAC and the Home Office read too; councillors scrutinise."""
    kinds = Counter(each.kind for each in example.partnership.boards)

    assert (3, 1) == (kinds["external"], kinds["committee"])


def test_every_board_has_meetings_of_two_years(example: Framework) -> None:
    """Every board considers the last quarter of 2024-25 first, and the last of 2026-27 in the end."""
    considered = [[meeting.considers for meeting in board.meetings] for board in example.partnership.boards]

    assert {parse_quarter("2024-25 Q4")} == {min(each) for each in considered}
    assert {parse_quarter("2026-27 Q4")} == {max(each) for each in considered}


def test_every_subgroup_has_a_lead_and_co_leads(example: Framework) -> None:
    """Paper 8.2."""
    subgroups = [each for each in example.partnership.boards if each.kind == "subgroup"]

    assert all(each.lead and each.co_leads for each in subgroups)


def test_the_first_quarter_is_due_on_22_july(example: Framework) -> None:
    """Worked back from the papers of the subgroups, who meet from Monday 11 August 2025 on."""
    plan = timetable(example, Q1)

    assert plan is not None
    assert "domestic-abuse-subgroup" == plan.board.code
    assert date(2025, 8, 6) == plan.papers_on
    assert (date(2025, 7, 22), date(2025, 8, 1), date(2025, 8, 5)) == (plan.due, plan.closes, plan.publish_on)


def test_a_long_lead_time_is_asked_earlier(example: Framework) -> None:
    """Paper 4.3: fifteen working days before 22 July is 1 July, five are 15 July."""
    plan = timetable(example, Q1)

    assert plan is not None
    assert (date(2025, 7, 1), date(2025, 7, 15)) == (plan.request_on["met-police"], plan.request_on["youth-justice"])


def test_no_collection_of_the_example_clashes(example: Framework) -> None:
    """Nobody is asked before the period has ended, in any of the nine quarters."""
    assert [[]] * 9 == [plan.clashes(example) for plan in timetables(example)]


def test_whoever_reports_upward_meets_before_the_papers_above_leave(example: Framework) -> None:
    """Paper 3.7, 3.8, 9.1: what a subgroup agrees goes into the papers of the board that it reports to."""
    assert [[]] * 9 == [list(meeting_too_late(example, plan)) for plan in timetables(example)]


def test_there_are_at_least_45_indicators(example: Framework) -> None:
    """The performance framework that the paper implies, and what the law asks for."""
    assert len(example.indicators) >= 45


def test_every_indicator_says_who_owns_it_and_what_is_usual(example: Framework) -> None:
    """An unusual figure can be asked about, and somebody answers for each."""
    without = [each.code for each in example.indicators if not each.owner or each.usual_high is None]

    assert [] == without


def test_every_total_has_a_target_or_a_baseline(example: Framework) -> None:
    """A figure is read against a target or where it began: not where that would tell of a few people."""
    without = [each.code for each in example.indicators if each.ask_total and not each.target and not each.baseline]

    assert ["fire-staff-assaults", "rapid-reviews", "youth-custody"] == sorted(without)


def test_a_percentage_has_its_two_counts(example: Framework) -> None:
    """Paper 5.4: rates are made from numerator and denominator, never averaged."""
    rates = [each for each in example.indicators if each.unit in (Unit.PERCENTAGE, Unit.RATE)]

    assert rates
    assert all(each.numerator and each.denominator for each in rates)


def test_ward_panels_count_out_of_19(example: Framework) -> None:
    """Paper 5.1: 17 of the 19 wards hold a panel."""
    panels = example.indicator["ward-panels"]

    assert (Unit.OUT_OF, 19, 17.0) == (panels.unit, panels.out_of, panels.baseline and panels.baseline.value)
    assert 19 == len(example.areas("ward"))


def test_marac_referrals_are_neither_good_nor_bad(example: Framework) -> None:
    """Paper 4.6: confidence, awareness, trust, or more incidents."""
    referrals = example.indicator["marac-referrals"]

    assert (Direction.DEPENDS, 4) == (referrals.direction, len(referrals.readings_of_a_rise))


@pytest.mark.parametrize(
    ("wanted", "count"),
    [("london-fire-brigade", 5), ("nhs-south-east-london", 5), ("london-ambulance-service", 1)],
)
def test_the_statutory_information_is_asked_for(example: Framework, wanted: str, count: int) -> None:
    """SI 2007/1831: five counts of fires, five blocks of admissions, ambulance calls."""
    statutory = [each for each in example.supplied_by(wanted) if each.statutory == "SI 2007/1831"]

    assert count == len(statutory)


def test_police_share_incidents_and_crimes_by_category(example: Framework) -> None:
    """SI 2007/1831: three categories of incident and nine sub-categories of crime."""
    categories = [len(example.breakdown[each].categories) for each in ("disorder-category", "crime-sub-category")]

    assert [3, 9] == categories


def test_the_police_export_fills_every_ward_and_offence(example: Framework) -> None:
    """570 figures: 19 wards by 30 classes of offence, and no total is asked for beside them."""
    crime = (example.indicator["recorded-crime-ward"],)

    assert 570 == len(grid(example, crime, Q1))
    assert crime[0] in example.asked_of("met-police", Q1)


def test_every_offence_of_the_published_export_is_a_category(example: Framework) -> None:
    """All classes that the Metropolitan Police publish for Lewisham, coded from their own words."""
    path = ROOT / "../shared/data/lewisham_ward_crime/mps_ward_crime_202307-202506.csv"
    if not path.exists():
        pytest.skip(f"the published export is not at {path}")
    import csv

    with path.open() as file:
        written = {row["MinorText"] for row in csv.DictReader(file) if row["LookUp_BoroughName"] == "Lewisham"}
    codes = {each.code for each in example.breakdown["offence"].categories}

    assert set() == {as_code(each) for each in written} - codes


def test_a_partner_whose_agreement_is_under_review_is_never_asked(example: Framework) -> None:
    """Paper 4.4: nothing may be asked of the Safeguarding Adults Board, at any time of the example's year."""
    asked = example.supplied_by("safeguarding-adults-board")
    days = [date(2025, 7, 1), date(2026, 1, 5), date(2026, 12, 1)]

    assert {AgreementState.UNDER_REVIEW} == {example.gate(each, day).state for each in asked for day in days}
    assert asked


def test_agreements_stand_in_several_states(example: Framework) -> None:
    """In force, under review and ended, one of them ending within the notice of the first quarter."""
    states = {each.state_on(date(2025, 7, 22)) for each in example.agreements}
    ending = [each.code for each in example.agreements if date(2025, 8, 1) < each.ends <= date(2025, 11, 1)]

    assert {AgreementState.IN_FORCE, AgreementState.UNDER_REVIEW, AgreementState.ENDED} == states
    assert ["ambulance-calls"] == ending


def test_some_requests_are_small_enough_to_be_nil(example: Framework) -> None:
    """A quarter without a rapid review, a concern or a project is a nil return."""
    may_be_nil = [
        partner.code
        for partner in example.partners
        if (asked := example.asked_of(partner.code, Q1)) and all(each.usual_low == 0 for each in asked)
    ]

    assert {"community-voices", "safeguarding-children-partnership"} <= set(may_be_nil)


def test_one_indicator_serves_several_plans_and_is_asked_once(example: Framework) -> None:
    """Paper 5.10, 7.6: first time entrants feed three plans' priorities, in one request of one partner."""
    entrants = example.indicator["first-time-entrants"]
    plans = {example.priority[each].plan for each in entrants.priorities}
    asked = [each.code for each in example.asked_of("youth-justice", Q1)]

    assert 3 == len(plans)
    assert 1 == asked.count("first-time-entrants")


def test_merging_plans_changes_no_request(example: Framework) -> None:
    """Paper 8.3: drawn into one plan, the same figures are asked of the same partners."""
    merged = example.model_copy(
        update={
            "plans": example.plans[:1],
            "priorities": tuple(each.model_copy(update={"plan": example.plans[0].code}) for each in example.priorities),
        }
    )

    assert [example.asked_of(each.code, Q1) for each in example.partners] == [
        merged.asked_of(each.code, Q1) for each in example.partners
    ]


def test_the_police_are_mapped_from_their_own_export(example: Framework) -> None:
    """Paper 7.7: a partner's own file is taken instead of our template."""
    export = load_exports(EXAMPLE)["met-police"]

    assert ("met-police", ("recorded-crime-ward",)) == (export.partner, export.indicators)


def test_nobody_real_can_be_written_to(example: Framework) -> None:
    """All addresses are on reserved example domains (RFC 2606)."""
    partners = [
        person.email for each in example.partners for person in (each.contact, each.deputy, each.manager) if person
    ]
    leads = [person.email for board in example.partnership.boards for person in (board.lead, *board.co_leads)]

    assert all(address.endswith(".example") for address in partners + leads)


def test_a_changed_definition_keeps_its_day(example: Framework) -> None:
    """Paper 5.8: the forum's share is counted otherwise from 1 April 2025."""
    share = example.indicator["forum-voluntary-share"]

    assert [1, 2] == [share.definition_on(day).version for day in (date(2025, 3, 31), date(2025, 4, 1))]
