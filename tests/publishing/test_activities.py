"""What a release says of activities: how each stands, its lead's words through the gate, or nothing."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from quarterday.domain.asks.climbing import ask_of_activity
from quarterday.domain.facts import (
    ActivityRuled,
    ActivityState,
    BoardAnswer,
    CollectionOpened,
    Facts,
    Rag,
    ReleaseKind,
    ReleaseMade,
)
from quarterday.publishing.activities import NO_WORD, activity_lines, earlier_lines, unread_words
from quarterday.publishing.data_package import data_package
from quarterday.publishing.earlier import earlier_collections
from quarterday.publishing.pack.packs import build_packs
from quarterday.publishing.rows import tables_of
from quarterday.publishing.table_files import to_csv
from quarterday.publishing.verify import _activity_problems
from quarterday.publishing.words import LEAD_LEFT_OUT, LEAD_UNREAD
from quarterday.publishing.workbook import workbook
from tests.domain.activities_example import CAMPAIGN, COLLECTION, HOME_VISITS, told, with_activities
from tests.domain.asks_example import answered, following
from tests.publishing.pack_frameworks import small_framework
from tests.publishing.pack_release import release_tables

MADE_ON = date(2025, 8, 6)
WHO = {"at": datetime(2025, 7, 1, 8, tzinfo=UTC), "by": "quarterday", "partnership": "somewhere"}
OPENED = CollectionOpened(collection=COLLECTION, period_start=date(2025, 4, 1), period_end=date(2025, 6, 30), **WHO)
BEFORE = "somewhere.2024-25-q4"
OPENED_BEFORE = replace(
    OPENED,
    collection=BEFORE,
    period_start=date(2025, 1, 1),
    period_end=date(2025, 3, 31),
    at=datetime(2025, 4, 1, tzinfo=UTC),
)
HOUSE = with_activities()
BOARDS = small_framework(
    activities=(CAMPAIGN.model_copy(update={"lead": "police"}), HOME_VISITS.model_copy(update={"lead": "health"}))
)


def lines(*facts, hiding=()):
    """The two activities as a release of April to June tells them."""
    return activity_lines(HOUSE, Facts([OPENED, *facts]), COLLECTION, MADE_ON, hiding)


def test_each_activity_has_a_line_whether_or_not_its_lead_was_heard():
    """The campaign was told of and its first milestone has passed; of the visits nothing was told."""
    campaign, visits = lines(told(CAMPAIGN, date(2025, 7, 9), done="Drew posters."))

    assert ("on course", "amber", "Drew posters.", date(2025, 7, 9), ("Plan agreed",)) == (
        campaign.state, campaign.rag, campaign.done, campaign.told_on, campaign.late,
    )  # fmt: skip
    assert (NO_WORD, "green", None, "") == (visits.state, visits.rag, visits.told_on, visits.source)


def test_words_about_a_person_are_left_out():
    """What was typed was read by nobody: a name stays behind."""
    (campaign, _) = lines(told(CAMPAIGN, date(2025, 7, 9), done="Met Margaret Thompson at home."))

    assert LEAD_LEFT_OUT == campaign.done


def test_words_wait_for_an_officer_where_something_is_hidden():
    """The campaign should move deliberate fires, of which a count is hidden: “doubled” might tell it."""
    word = told(CAMPAIGN, date(2025, 7, 9), done="Fires have doubled since.")

    planned = CAMPAIGN.model_copy(
        update={"milestones": (CAMPAIGN.milestones[0].model_copy(update={"title": "Plan 2025"}),)}
    )
    (line, _) = activity_lines(
        with_activities(planned, HOME_VISITS),
        Facts([OPENED, told(planned, date(2025, 7, 9), next_milestone="Plan 2025")]),
        COLLECTION,
        MADE_ON,
        ("deliberate-fires",),
    )

    assert "Plan 2025" == line.next_milestone  # the plan's own words hide nothing
    assert () == line.unread
    (held, _) = lines(word, hiding=("deliberate-fires",))
    assert (LEAD_UNREAD, ((word.told, "campaign", "A campaign"),)) == (held.done, unread_words([held]))
    assert "Fires have doubled since." == lines(word, hiding=("robberies",))[0].done
    (read, _) = activity_lines(
        HOUSE, Facts([OPENED, word]), COLLECTION, MADE_ON, ("deliberate-fires",), {(word.told, "campaign")}
    )
    assert ("Fires have doubled since.", ()) == (read.done, read.unread)


def test_what_a_lead_asks_is_read_by_all_once_a_board_has_answered_it():
    """Until then it stands in the pack of the board before which it lies; without follow-up it always does."""
    house = following()
    word = told(CAMPAIGN, date(2025, 7, 9), asks="A second van.", asks_board="operational")
    answer = answered(
        date(2025, 7, 30), "operational", BoardAnswer.REFUSED,
        ask_of_activity("campaign", "operational", "A second van."), for_readers="There is none.",
    )  # fmt: skip
    (before, _) = activity_lines(house, Facts([OPENED, word]), COLLECTION, MADE_ON, ())
    (after, _) = activity_lines(house, Facts([OPENED, word, answer]), COLLECTION, MADE_ON, ())

    assert ("A second van.", ("", "")) == (before.asks, before.asks_for_all)
    assert ("A second van.", "operational") == after.asks_for_all
    assert ("A second van.", "operational") == lines(word)[0].asks_for_all


def test_an_officers_ruling_is_published_beside_the_rule():
    """Green by the officer, amber by the rule, and why."""
    ruling = ActivityRuled(
        collection=COLLECTION, activity="campaign", rag=Rag.GREEN, for_readers="It was agreed in May.", **WHO
    )
    campaign, _ = lines(ruling)

    assert ("green", "amber") == (campaign.rag, campaign.by_rule)
    assert "It was agreed in May." in campaign.why[0]


def test_earlier_quarters_stand_as_they_were_published():
    """What was told after that release changes nothing of how that quarter is told."""
    release = ReleaseMade(
        collection=BEFORE, version=1, kind=ReleaseKind.PROVISIONAL, folder="f", manifest_sha256="0", returns=(),
        **{**WHO, "at": datetime(2025, 5, 14, tzinfo=UTC)},
    )  # fmt: skip
    early = HOME_VISITS.model_copy(update={"starts": date(2025, 1, 1)})
    house = with_activities(CAMPAIGN, early)
    facts = Facts(
        [
            OPENED_BEFORE, OPENED, release,
            told(early, date(2025, 4, 9), ActivityState.AT_RISK, collection=BEFORE, in_the_way="Rain."),
            told(early, date(2025, 6, 9), ActivityState.DONE, collection=BEFORE, done="All."),
        ]
    )  # fmt: skip
    (line,) = earlier_lines(earlier_collections(house, facts, COLLECTION), ())

    assert ("home-visits", "at risk", "amber", "Rain.") == (line.activity, line.state, line.rag, line.in_the_way)


def test_the_table_is_in_the_release_and_described():
    """`activities.csv` holds a row each; the data package says what its columns mean; verification finds nothing."""
    found = lines(told(CAMPAIGN, date(2025, 7, 9), done="=HYPERLINK(1)"))
    tables = release_tables(BOARDS, activities=found)
    written = tables_of(BOARDS, tables)
    table = next(each for each in written if each.name == "activities")
    data = to_csv(table)
    package = json.loads(data_package(BOARDS, tables, written))

    assert ["campaign", "home-visits"] == [row["activity"] for row in csv.DictReader(io.StringIO(data.decode()))]
    assert "activities" in [each["name"] for each in package["resources"]]
    assert [] == list(_activity_problems({"activities.csv": data}))
    assert ["activities.csv does not say why campaign is red."] == list(
        _activity_problems(
            {"activities.csv": b"activity,period_start,period_end,rag,why,told_on,source\ncampaign,,,red,,,\n"}
        )
    )


def test_a_partnership_without_activities_publishes_none_of_it():
    """No table, no sheet, no section, and no word of them on what is not printed."""
    house = small_framework()
    tables = release_tables(house)
    packs = build_packs(house, tables, ("html", "docx"))
    printed = [Document(io.BytesIO(data)) for name, data in packs.items() if name.endswith(".docx")]

    assert "activities" not in [each.name for each in tables_of(house, tables)]
    assert "Activities" not in load_workbook(io.BytesIO(workbook(house, tables))).sheetnames
    assert not any(b"ctivit" in data for name, data in packs.items() if name.endswith(".html"))
    assert not any("ctivit" in each.text for document in printed for each in document.paragraphs)


@pytest.fixture(scope="module")
def packs():
    """The packs of the small partnership in four formats, with a campaign that is late."""
    found = activity_lines(
        BOARDS,
        Facts([OPENED, told(CAMPAIGN, date(2025, 7, 9), ActivityState.LATE, in_the_way="No printer.")]),
        COLLECTION,
        MADE_ON,
        (),
    )
    return build_packs(BOARDS, release_tables(BOARDS, activities=found))


def test_what_is_late_stands_on_the_first_page_and_in_a_plan(packs):
    """Word and shape on the first page; a timeline with its alternative in words; a card with what is in the way."""
    page = packs["packs/streets.html"].decode()

    assert page.index("Activities that are not on course") < page.index('id="plan-safer-streets"')
    assert "■ Red. Its milestone “Plan agreed” was to be met by 30 May 2025. Its lead says that it is late." in page
    assert "A campaign: 1 April 2025 to 31 March 2026, red. Plan agreed, 30 May 2025 (passed)." in page
    assert "No printer." in page


def test_every_format_has_the_plan_on_a_page(packs):
    """A heading and a timeline in Word, a slide with the timeline and the indicators that should move beside it."""
    assert {"html", "pdf", "docx", "pptx"} <= {name.rpartition(".")[2] for name in packs}
    word = Document(io.BytesIO(packs["packs/streets.docx"]))
    assert "Plan on a page: Safer streets" in [each.text for each in word.paragraphs]
    assert any("Timeline: Safer streets" in each._inline.docPr.get("descr") for each in word.inline_shapes)

    slides = Presentation(io.BytesIO(packs["packs/streets.pptx"])).slides
    (plan,) = [each for each in slides if each.shapes.title.text_frame.text == "Plan on a page: Safer streets"]
    (timeline,) = [each for each in plan.shapes if hasattr(each, "image")]
    assert "A campaign: 1 April 2025 to 31 March 2026, red." in timeline._element.nvPicPr.cNvPr.get("descr")
