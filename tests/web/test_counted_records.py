"""A file with a row for each case goes once its cases were counted; an export's name reaches whoever reads it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from quarterday.adapters.arrivals import keep_file
from quarterday.adapters.counted_records import REASON, delete_counted
from quarterday.adapters.installation import Installation
from quarterday.adapters.kept_returns import keep_checked
from quarterday.domain.facts import (
    FileDeleted,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    UploadKept,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.framework.exports import Export
from tests.web.conftest import an_office

WHEN = datetime(2025, 7, 15, 9, 0, tzinfo=UTC)


class CheckedAs:
    """What a check made of a file: no findings, and a return of one layout."""

    findings = ()

    def __init__(self, layout: str) -> None:
        self.partner_return = PartnerReturn("fire", "somewhere.2025-26-q1", None, (), layout)


def with_records(home: Path) -> Installation:
    """An installation that knows an export of the fire service which counts cases."""
    figures = {
        "indicator": "fires", "area": {"always": "E09000099"}, "when": {"date_column": "Date"}, "records": True,
    }  # fmt: skip
    export = Export.model_validate({"code": "cases", "title": "Cases", "partner": "fire", "figures": [figures]})
    return replace(an_office(home).installation, exports={"cases": export})


def sent(installation: Installation, verdict: Verdict, layout: str = "cases") -> UploadKept:
    """A file that the fire service sent, with the verdict on it."""
    request = installation.facts().of(RequestMade)[0]
    kept = keep_file(installation.stores.raw, request, b"Date\n1/4/2025\n", "cases.csv", "fire/contact", WHEN)
    who = {"at": WHEN, "by": "quarterday", "partnership": kept.partnership, "request": kept.request}
    findings, rows = keep_checked(installation.stores, "R-1", CheckedAs(layout), WHEN)
    received = ReturnReceived(
        partner_return="R-1", kind=ReturnKind.FIGURES, upload=kept.upload, sha256=kept.sha256,
        stored_as=kept.stored_as, suffix=kept.suffix, **who,
    )  # fmt: skip
    given = VerdictGiven(
        partner_return="R-1", verdict=verdict, critical=0, warnings=0, notes=0, findings_stored_as=findings,
        rows_stored_as=rows, **who,
    )  # fmt: skip
    installation.register.append(kept, received, given)
    return kept


def test_a_file_of_cases_goes_once_they_are_counted(tmp_path: Path) -> None:
    """The file goes, that it went is on record with why, and a second look does nothing."""
    installation = with_records(tmp_path)
    kept = sent(installation, Verdict.ACCEPTED)

    assert (1, 0) == (delete_counted(installation), delete_counted(installation))
    assert not installation.stores.raw.exists(kept.stored_as)
    assert [(kept.stored_as, REASON)] == [
        (each.stored_as, each.reason) for each in installation.facts().of(FileDeleted)
    ]


@pytest.mark.parametrize(("verdict", "layout"), [(Verdict.QUERIED, "cases"), (Verdict.ACCEPTED, "template")])
def test_another_file_stays(tmp_path: Path, verdict: Verdict, layout: str) -> None:
    """One that was sent back is still to be talked about; a template holds no cases."""
    installation = with_records(tmp_path)
    kept = sent(installation, verdict, layout)

    assert 0 == delete_counted(installation)
    assert installation.stores.raw.exists(kept.stored_as)


@pytest.mark.parametrize(
    ("said", "name"),
    [("crime_2025-26_Q1.csv", "crime_2025-26_Q1.csv"), ("Figures.CSV", "Figures.CSV"), ("typed in", "typed in.csv")],
)
def test_a_files_name_has_its_ending(said: str, name: str) -> None:
    """The period of an export may stand in it, and what kind of file it is."""
    kept = UploadKept(
        partnership="somewhere", request="r", upload="U1", sha256="0" * 64, size=1, suffix=".csv", stored_as="u",
        said_name=said, at=datetime.combine(date(2025, 7, 15), datetime.min.time(), UTC), by="fire/contact",
    )  # fmt: skip

    assert name == kept.file_name
