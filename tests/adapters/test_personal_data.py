"""What is about a person is seen, and what merely looks so is let be."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.personal_data import (
    OF_SECOND_HAND,
    PLACES,
    TEXTS,
    found_in,
    innocent_tables,
    labelled_texts,
    strength,
    tables_of_people,
    with_words,
)
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.personal_data import OwnWords, is_nhs_number, kind_of, texts_of
from quarterday.adapters.reading import FileTables, read_tables
from tests.expectations.conftest import FRAMEWORK

KNOWN = OwnWords(FRAMEWORK)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("nhs-number", "943 476 5919"),
        ("nhs-number", "Patient 943-476-5919 seen twice"),
        ("ni-number", "QQ 12 34 56 C"),
        ("ni-number", "ab123456d"),
        ("card", "4111 1111 1111 1111"),
        ("card", "paid by card 5500000000000004"),
        ("card", "3714-496353-98431"),
        ("account", "GB82 WEST 1234 5698 7654 32"),
        ("account", "de89370400440532013000"),
        ("account", "sort code 20-00-00, account 55779911"),
        ("document", "passport no. 533380006"),
        ("document", "MORGA657054SM9IJ"),
        ("postcode", "SE6 4RU"),
        ("postcode", "the block at se64ru"),
        ("postcode", "W1A 1AA"),
        ("date-of-birth", "DOB: 3.4.2011"),
        ("date-of-birth", "a girl born on 3 April 2011"),
        ("date-of-birth", "date of birth 2011-04-03"),
        ("email", "danielle@home.example"),
        ("phone", "07700 900123"),
        ("phone", "+44 (0)20 7946 0018"),
        ("phone", "(020) 7946-0018"),
        ("name", "Danielle Whitcombe was stabbed"),
        ("name", "Cllr Whitcombe’s complaint"),
        ("name", "Danielle Whitcombe, Amina Khan and Albert Quill"),
    ],
)
def test_personal_data_is_seen(rule: str, text: str) -> None:
    """Each kind is seen in the ways people write it."""
    assert f"personal-{rule}" == kind_of(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Cllr Whitcombe asked",
        "Mrs O'Brien of Catford complained",
        "DANIELLE WHITCOMBE",
        "Whitcombe, Danielle",
        "from Danielle O’Brien-Smith",
        "PC Adeyemi’s figures",
    ],
)
def test_a_name_alone_is_perhaps_about_a_person(text: str) -> None:
    """An officer who counted or a councillor who asked: the sender is asked, and the return goes on."""
    assert "perhaps-name" == kind_of(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5918",  # the check digit is wrong
        "0000000000",
        "1234567890123",
        "E05013714",
        "E09000023",
        "Table B1 2nd quarter",
        "2025-26 Q1",
        "12 of 19 wards, 3 to come on 01/08/2025",
        "from 01/04/2025 to 30/06/2025",
        "£1,234,567.89",
        "SE13",
        "ref 2025/004",
        "0.123456789012",
        "THEFT FROM THE PERSON",
        "Grove Park; St Mary’s; Evelyn",
        "Albert Road and Charlotte Street",
        "James Lane Estate",
        "Charlotte Turner School",
        "Clare’s Law",
        "Stephen Lawrence Inquiry",
        "Pat Police, pat@police.example",
        "Figures revised in June after March was counted twice",
        "May is low because of the election",
        "returns@somewhere.example",
    ],
)
def test_what_merely_looks_personal_is_let_be(text: str) -> None:
    """Codes, periods, places, laws and the framework's own people are nobody's data."""
    assert kind_of(text, KNOWN) is None


def test_what_stands_under_a_telling_title_is_personal_whatever_it_looks_like() -> None:
    """A list of births and names is seen by its titles, and its cells are told."""
    rows = [
        ["Date of birth", "Surname", "Ward", "Count"],
        [date(2011, 4, 3), "Quill", "Danielle Whitcombe", 1],
        ["3 April 2011", "Quill-Adams", "Evelyn", 2],
    ]
    found = {(each.cell, each.personal) for each in texts_of("Workings", rows, KNOWN) if each.personal}

    assert {
        ("A2", "personal-date-of-birth"),
        ("A3", "personal-date-of-birth"),
        ("B2", "personal-name"),
        ("B3", "personal-name"),
    } == found


def test_nobodys_name_is_looked_for_under_a_coded_title() -> None:
    """An export's own columns of wards and classes hold names of places: one is called William Morris."""
    rows = [["WardText", "Remark"], ["William Morris", "William Morris"]]
    found = [each.cell for each in texts_of("", rows, KNOWN, frozenset({"WardText"})) if each.personal]

    assert ["B2"] == found


@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_of_ten_last_digits_at_most_one_makes_an_nhs_number(nine: int) -> None:
    """The check digit follows from the nine before it."""
    assert sum(is_nhs_number(f"{nine}{last}") for last in range(10)) <= 1


@given(st.lists(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates()))))
def test_no_cell_makes_the_search_fail(rows: list[list[object]]) -> None:
    """Whatever stands in a sheet, the search comes to an end."""
    assert all(each.sheet == "Any" for each in texts_of("Any", rows, KNOWN))


@pytest.mark.parametrize("file", [TEXTS, OF_SECOND_HAND], ids=lambda file: file.stem)
def test_the_labelled_corpus_keeps_its_promises(file: Path) -> None:
    """Of the certain at least 95 in a hundred are kept apart, of the innocent at most 2; of the rest most are asked."""
    known = OwnWords(load_framework(Path("config")))
    became = Counter((label, strength([kind_of(text, known)])) for label, text in labelled_texts(file))
    total = Counter(label for label, _ in labelled_texts(file))

    assert total.total() >= 150
    assert became["certain", "certain"] >= 0.95 * total["certain"]
    assert became["innocent", "certain"] <= 0.02 * total["innocent"]
    assert became["perhaps", "perhaps"] >= 0.8 * total["perhaps"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("ring 020 8314 9999 for the team", None),
        ("our office, 01322 555123 ext 204", None),
        ("duty team mobile 07700 900123", None),
        ("the team is on 07700 900123", "perhaps-number"),
        ("her home number is 020 8314 9999, the office has it", "personal-phone"),
    ],
)
def test_an_organisations_line_is_nobodys(text: str, rule: str | None) -> None:
    """A line of a team or an office passes; a mobile beside such a word may be a colleague's, and is asked about."""
    assert rule == kind_of(text, KNOWN)


def test_a_total_of_ten_digits_is_asked_about_at_most() -> None:
    """One in eleven totals carries an NHS number's check digit."""
    assert ("perhaps-number", "personal-nhs-number") == (
        kind_of("Total 9876543210", KNOWN),
        kind_of("Number of NHS patient 9876543210", KNOWN),
    )


@pytest.mark.parametrize("place", PLACES)
def test_words_outside_of_cells_are_looked_at(place: str) -> None:
    """A number in a note, a footer, a link or a chart points to the same person as one in a cell."""
    reading = read_tables(with_words(PLACES[place], "NHS 943 476 5919"), "return.xlsx")

    assert isinstance(reading, FileTables)
    assert "certain" == found_in(reading, KNOWN)


@pytest.mark.parametrize(("label", "name", "rows"), [("certain", *each) for each in tables_of_people()] + [
    ("innocent", *each) for each in innocent_tables()
], ids=str)  # fmt: skip
def test_a_table_is_known_by_its_titles_rows_and_columns(label: str, name: str, rows: list[list[object]]) -> None:
    """Names in two columns, births as serials, numbers in a list; shops and schools that are called like people."""
    became = strength([text.personal for text in texts_of("Detail", rows, KNOWN)])

    assert label == became or (label == "innocent" and became == "perhaps"), name
