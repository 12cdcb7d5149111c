"""What a release says of risks and bids: words through the gate, missed reviews and deadlines told, or nothing."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from quarterday.domain.facts import BidTold, CollectionOpened, Facts, ReleaseKind, ReleaseMade
from quarterday.domain.framework.risks import BidState
from quarterday.domain.rulings.words_named import words_named
from quarterday.publishing.data_package import data_package
from quarterday.publishing.earlier import earlier_collections
from quarterday.publishing.pack.packs import build_packs
from quarterday.publishing.risks import OWNER_LEFT_OUT, OWNER_UNREAD, before, bid_lines, risk_lines, unread_of_risks
from quarterday.publishing.rows import tables_of
from quarterday.publishing.table_files import to_csv
from quarterday.publishing.verify import _risk_problems
from quarterday.publishing.workbook import workbook
from tests.domain.risks_example import LATE_DATA, NO_MONEY, STREETS, WORKSHOPS, reviewed, with_risks
from tests.publishing.pack_frameworks import small_framework
from tests.publishing.pack_release import release_tables

COLLECTION, BEFORE = "somewhere.2025-26-q1", "somewhere.2024-25-q4"
MADE_ON = date(2025, 8, 6)
WHO = {"at": datetime(2025, 7, 1, 8, tzinfo=UTC), "by": "quarterday", "partnership": "somewhere"}
OPENED = CollectionOpened(collection=COLLECTION, period_start=date(2025, 4, 1), period_end=date(2025, 6, 30), **WHO)
OPENED_BEFORE = replace(
    OPENED,
    collection=BEFORE,
    period_start=date(2025, 1, 1),
    period_end=date(2025, 3, 31),
    at=datetime(2025, 4, 1, tzinfo=UTC),
)
HOUSE = with_risks()
OWNED = {"owner": "police", "board": "streets"}
BOARDS = small_framework(
    risks=tuple(each.model_copy(update=OWNED) for each in (LATE_DATA, NO_MONEY)),
    bids=tuple(each.model_copy(update=OWNED) for each in (STREETS, WORKSHOPS)),
)


def lines(*facts, hiding=()):
    """The risks as a release of April to June tells them."""
    return {each.risk: each for each in risk_lines(HOUSE, Facts([OPENED, *facts]), COLLECTION, MADE_ON, hiding)}


def test_a_missed_review_is_told_and_a_made_one_is_not():
    """It was due on 31 July; the release is of 6 August."""
    assert lines()["late-data"].missed
    made = lines(reviewed(LATE_DATA, date(2025, 8, 4)))["late-data"]

    assert (False, date(2025, 8, 4), "steady", "V-late-data-250804") == (
        made.missed, made.reviewed_on, made.trend, made.source,
    )  # fmt: skip


def test_an_owners_words_wait_beside_a_hidden_figure_and_an_officers_do_not():
    """“Doubled” might tell the hidden count; an officer reads the words, or reviews it in others."""
    owner = reviewed(LATE_DATA, date(2025, 8, 4), mitigation="Fires have doubled.")
    held = lines(owner, hiding=("deliberate-fires",))["late-data"]
    officer = reviewed(LATE_DATA, date(2025, 8, 5), mitigation="More visits.", by_an_officer=True)

    assert OWNER_UNREAD == held.mitigation
    ((reference, on, title),) = unread_of_risks([held])
    assert ("Fires have doubled.",) == words_named(Facts([owner]), reference, on).texts
    read = risk_lines(HOUSE, Facts([OPENED, owner]), COLLECTION, MADE_ON, ("deliberate-fires",), {(reference, on)})
    assert "Data come late" == title
    assert ["Fires have doubled."] == [each.mitigation for each in read if each.risk == "late-data"]
    assert "More visits." == lines(owner, officer, hiding=("deliberate-fires",))["late-data"].mitigation
    assert "Fires have doubled." == lines(owner, hiding=("robberies",))["late-data"].mitigation
    assert "Own lead times." == lines(hiding=("deliberate-fires",))["late-data"].mitigation  # config's own words


def test_a_risk_that_names_no_indicator_bears_on_all_that_its_owner_supplies():
    """The fire service supplies deliberate fires: its words on money wait too."""
    words = reviewed(NO_MONEY, date(2025, 8, 4), mitigation="Twice as many as before.")

    assert OWNER_UNREAD == lines(words, hiding=("deliberate-fires",))["no-money"].mitigation


def test_words_about_a_person_are_left_out():
    """Whoever wrote them."""
    words = reviewed(LATE_DATA, date(2025, 8, 4), mitigation="Met Margaret Thompson at home.")

    assert OWNER_LEFT_OUT == lines(words)["late-data"].mitigation


def test_a_deadline_that_passed_without_a_word_is_told_and_a_word_ends_it():
    """And money that ends within ninety days."""
    streets, workshops = bid_lines(HOUSE, Facts([OPENED]), COLLECTION, MADE_ON)
    told = BidTold(
        partner="fire", bid="streets", state=BidState.WON, amount=350000, ends=date(2027, 3, 31),
        for_readers="Less than asked for.", **{**WHO, "at": datetime(2025, 8, 1, tzinfo=UTC)},
    )  # fmt: skip
    won, _ = bid_lines(HOUSE, Facts([OPENED, told]), COLLECTION, MADE_ON)

    assert (True, ("It was to be sent by 25 July 2025, and nobody has told what became of it.",)) == (
        streets.urgent, streets.news,
    )  # fmt: skip
    assert ("It pays until 31 October 2025, and then ends.",) == workshops.news
    assert ("won", 350000, (), False, "Less than asked for.") == (
        won.state, won.amount, won.news, won.urgent, won.for_readers,
    )  # fmt: skip


def test_earlier_quarters_stand_as_they_were_published():
    """The review came after that release."""
    release = ReleaseMade(
        collection=BEFORE, version=1, kind=ReleaseKind.PROVISIONAL, folder="f", manifest_sha256="0", returns=(),
        **{**WHO, "at": datetime(2025, 5, 14, tzinfo=UTC)},
    )  # fmt: skip
    facts = Facts([OPENED_BEFORE, OPENED, release, reviewed(LATE_DATA, date(2025, 8, 4))])
    then = before(risk_lines, HOUSE, earlier_collections(HOUSE, facts, COLLECTION), ())

    assert [("2024-25 Q4", None, False)] * 2 == [(each.label, each.reviewed_on, each.missed) for each in then]


def sheets(house, tables):
    """The names of the workbook’s sheets."""
    return load_workbook(io.BytesIO(workbook(house, tables))).sheetnames


def the_release():
    """A release of the small partnership with both risks and both bids."""
    facts = Facts([OPENED])
    return release_tables(
        BOARDS,
        risks=risk_lines(BOARDS, facts, COLLECTION, MADE_ON, ()),
        bids=bid_lines(BOARDS, facts, COLLECTION, MADE_ON),
    )


def test_the_tables_are_in_the_release_described_and_on_sheets():
    """`risks.csv` and `bids.csv`, a row each; the data package says what the columns mean; verification passes."""
    tables = the_release()
    written = tables_of(BOARDS, tables)
    files = {f"{each.name}.csv": to_csv(each) for each in written}
    package = json.loads(data_package(BOARDS, tables, written))

    assert ["no-money", "late-data"] == [
        row["risk"] for row in csv.DictReader(io.StringIO(files["risks.csv"].decode()))
    ]
    assert ["streets", "workshops"] == [row["bid"] for row in csv.DictReader(io.StringIO(files["bids.csv"].decode()))]
    assert {"risks", "bids"} <= {each["name"] for each in package["resources"]}
    assert [] == list(_risk_problems(files))
    assert {"Risks", "Bids"} <= set(sheets(BOARDS, tables))


@pytest.fixture(scope="module")
def packs():
    """The packs of it in four formats."""
    return build_packs(BOARDS, the_release())


def test_the_first_page_and_a_section_of_their_own(packs):
    """The most serious first, a missed review and a passed deadline in words; the board above reads of them too."""
    page = packs["packs/streets.html"].decode()

    assert page.index("The most serious risks") < page.index('id="risks"') < page.index('id="bids"')
    assert "◆ Very high." in page
    assert "Its review was due on 31 July 2025 and has not been made." in page
    assert "It was to be sent by 25 July 2025, and nobody has told what became of it." in page
    assert "£400,000" in page
    assert {"html", "pdf", "docx", "pptx"} <= {name.rpartition(".")[2] for name in packs}


def test_a_partnership_without_risks_publishes_none_of_it():
    """No table, no sheet, no section, no word."""
    house = small_framework()
    tables = release_tables(house)
    packs = build_packs(house, tables, ("html",))

    assert not {"risks", "bids"} & {each.name for each in tables_of(house, tables)}
    assert not any(b'id="risks"' in data or b"Funding and bids" in data for data in packs.values())
    assert not {"Risks", "Bids"} & set(sheets(house, tables))
