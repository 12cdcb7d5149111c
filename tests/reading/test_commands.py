"""`quarterday read` and `quarterday map`: tables or a sentence, nothing else, and the right exit code."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from quarterday.adapters.reading import FileTables, as_return, read_tables
from quarterday.adapters.reading.proposals import propose
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.periods import Period
from tests.reading.attacks import packed, parts, workbook
from tests.reading.conftest import APRIL_TO_JUNE, framework, request_for
from tests.reading.test_exports import WIDE, values

ROOT = Path(__file__).parents[2]


def quarterday(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command line."""
    command = [sys.executable, "-m", "quarterday", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT)


def test_read_prints_the_table_cell_for_cell(tmp_path: Path) -> None:
    """Standard output is the table as CSV, and nothing else is said."""
    file = tmp_path / "a.csv"
    file.write_bytes("Area;Note\r\nNorth;x, y\r\nSouth;£5\r\n".encode("cp1252"))

    done = quarterday("read", file)

    assert (0, b"") == (done.returncode, done.stderr)
    assert [["Area", "Note"], ["North", "x, y"], ["South", "£5"]] == list(csv.reader(io.StringIO(done.stdout.decode())))


def test_read_parts_two_sheets_by_a_blank_line(tmp_path: Path) -> None:
    """Each table found is printed; a cell that could not be read for sure does not look blank."""
    two = parts(sheet='<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>1+1</f></c><c r="C1"><v>3</v></c></row>')
    more = b'<sheet name="More" sheetId="2" r:id="rId1"/></sheets>'
    file = tmp_path / "a.xlsx"
    file.write_bytes(packed({**two, "xl/workbook.xml": two["xl/workbook.xml"].replace(b"</sheets>", more)}))

    assert b"1,#UNREAD!,3\n\n1,#UNREAD!,3\n" == quarterday("read", file).stdout


def test_read_refuses_in_one_sentence(tmp_path: Path) -> None:
    """A refusal is on standard error alone, with exit code 2."""
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(book_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"))

    done = quarterday("read", file)

    assert (2, b"") == (done.returncode, done.stdout)
    assert b"macros" in done.stderr
    assert 1 == len(done.stderr.splitlines())
    assert "macros" == json.loads(quarterday("read", file, "--json").stdout)["refused"]["reason"]


def test_read_of_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    """A missing file is a sentence, not a traceback."""
    done = quarterday("read", tmp_path / "none.xlsx")

    assert 2 == done.returncode
    assert b"cannot be opened" in done.stderr


def test_a_proposed_mapping_reads_the_sample() -> None:
    """The proposal finds filter, ward, offence and months, and reads the figures that the hand-written one does."""
    reading = read_tables(WIDE.encode(), "sample.csv")
    assert isinstance(reading, FileTables)
    somewhere = framework()

    proposal = propose(reading, somewhere, somewhere.indicators)

    assert proposal.figures is not None
    assert {"Borough": ["Somewhere"]} == proposal.figures[0]["where"]
    assert "Ward code" == proposal.figures[0]["area"]["column"]
    assert "Offence" == proposal.figures[0]["category"]["column"]
    assert {"months_across": "%Y%m"} == proposal.figures[0]["when"]
    export = Export.model_validate(
        {"code": "sample", "title": "Sample", "partner": "police", "figures": list(proposal.figures)}
    )
    read = as_return(reading, somewhere, request_for("police", "crime"), APRIL_TO_JUNE, {"sample": export})
    assert {6.0, 60.0, 4.0} == set(values(read).values())


def test_a_proposed_mapping_of_months_down() -> None:
    """A long sample gives the month's column, its way of writing, and the column of values."""
    text = "Title,,,\n\nWard,Type,Month,Incidents\n" + "".join(
        f"{ward},{offence},{month},{number}\n"
        for ward in ("North Park", "St Mary's & South")
        for offence in ("ARSON", "Theft from the person", "Something else")
        for number, month in enumerate(("Apr-25", "May-25", "Jun-25"))
    )
    reading = read_tables(text.encode(), "sample.csv")
    assert isinstance(reading, FileTables), reading.sentence

    proposal = propose(reading, framework(), framework().indicators)

    assert proposal.figures is not None
    assert {"month_column": "Month", "month_written": "%b-%y"} == proposal.figures[0]["when"]
    assert "Incidents" == proposal.figures[0]["value_column"]
    assert ["Something else"] == proposal.figures[0]["category"]["leave_out"]
    assert 3 == len(proposal.periods)
    assert isinstance(proposal.periods[0], Period)


@pytest.mark.parametrize("text", ["Name,Colour\nApple,Red\n", "1,2\n3,4\n"])
def test_a_sample_of_nothing_that_is_asked_gives_no_mapping(text: str) -> None:
    """No mapping is made up where areas, categories or time cannot be found."""
    reading = read_tables(text.encode(), "sample.csv")
    assert isinstance(reading, FileTables)

    proposal = propose(reading, framework(), framework().indicators)

    assert proposal.figures == ()
    assert proposal.remarks
