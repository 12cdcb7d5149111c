"""A yearly review of a real installation: made from the newest releases that stand, once, and damage to it is seen."""

import re
from datetime import date

import pytest
from click.testing import CliRunner

from quarterday.__main__ import app
from quarterday.adapters.damage import damage
from quarterday.commands import review as command
from quarterday.domain.collection.yearly import reviews_due
from quarterday.domain.facts import ReleaseWithdrawn, YearlyReviewMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Meeting
from quarterday.domain.framework.periods import financial_quarter, parse_quarter
from quarterday.domain.framework.submissions import Submission
from quarterday.publishing.release import make_release
from quarterday.publishing.verify import problems
from quarterday.publishing.verify_on_record import register_problems, withdrawal_told
from quarterday.publishing.yearly.review import make_review
from tests.publishing.dataset_example import DETECTED, FIRES, framework
from tests.publishing.installation_example import COLLECTION, Office, office, publish, row

OWED_ON = date(2026, 5, 1)
SECOND, Q2 = "somewhere.2025-26-q2", financial_quarter(2025, 2)
READY = date(2026, 4, 20)  # within a fortnight of its day


@pytest.fixture(scope="module")
def half_a_year(tmp_path_factory) -> Office:
    """Two quarters published: 10 fires, put right to 12 in a second version; then 20."""
    at_work = office(tmp_path_factory.mktemp("half-a-year"), _house())
    at_work.installation.settings.pack_formats = "html"
    at_work.opened()
    at_work.returned("fire", [row("fires", 10)])
    make_release(at_work.installation, publish())
    at_work.returned("fire", [row("fires", 12)])
    make_release(at_work.installation, publish(2))
    at_work.opened(SECOND, Q2)
    at_work.returned("fire", [row("fires", 20)], collection=SECOND)
    make_release(at_work.installation, publish(1, SECOND))
    return at_work


def _house() -> Framework:
    """Fires alone, two meetings, and a yearly review that the board is owed."""
    house = framework(FIRES, DETECTED)
    meetings = (
        Meeting(on=date(2025, 8, 14), considers=parse_quarter("2025-26 Q1")),
        Meeting(on=date(2025, 11, 13), considers=parse_quarter("2025-26 Q2")),
    )
    board = house.partnership.boards[0].model_copy(update={"meetings": meetings})
    review = Submission(
        code="review", title="Yearly review", to="The Mayor", board="board", kind="yearly review", owed_on=(OWED_ON,)
    )
    partnership = house.partnership.model_copy(update={"boards": (board,)})
    return house.model_copy(update={"partnership": partnership, "submissions": (review,)})


def _made(at_work: Office) -> YearlyReviewMade:
    """The review that is due, made."""
    installation = at_work.installation
    (action,) = reviews_due(installation.framework, installation.facts(), READY)
    return make_review(installation, action)


def _said(at_work: Office, made: YearlyReviewMade) -> str:
    """The words of its page."""
    page = at_work.installation.stores.published.get(f"{made.folder}/review.html").decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_command_writes_a_review_and_records_nothing(half_a_year, tmp_path, monkeypatch) -> None:
    """With what there is of the year; a year of which nothing is published, and one that is no year, are refused."""
    monkeypatch.setattr(command, "open_installation", lambda: half_a_year.installation)

    def typed(*words: str) -> str:
        return CliRunner().invoke(app, ["review", *words]).output

    folder = tmp_path / "taken"
    assert "2025-26, two of four quarters, for The Board." in typed("2025-26", str(folder))
    assert "Fires" in (folder / "review.html").read_text()
    assert () == half_a_year.installation.facts().of(YearlyReviewMade)
    assert "Nothing of 2023-24 is published" in typed("2023-24", str(folder))
    assert "write it as 2025-26" in typed("2025", str(folder))
    assert "There is no board “x”" in typed("2025-26", str(folder), "--board", "x")


def test_it_is_made_once_of_what_stands_and_anew_where_that_changes(half_a_year) -> None:
    """12 and 20, never 10; what was taken back goes, though another release repeats it; damage to it is seen."""
    first, installation = _made(half_a_year), half_a_year.installation
    assert (f"{COLLECTION}|v2", f"{SECOND}|v1") == first.releases
    assert "Fires 12 20 [p] – – –" in _said(half_a_year, first)
    assert "two of four quarters" in _said(half_a_year, first)
    assert [] == list(reviews_due(installation.framework, installation.facts(), READY))
    assert [] == list(damage(installation.stores, installation.facts()))

    folder = half_a_year.folder(first.folder)
    assert [] == [*problems(folder), *register_problems(folder, installation.facts())]
    assert "" == withdrawal_told(folder, installation.facts())

    half_a_year.record(*(_taken_back(half_a_year, version) for version in (1, 2)))
    assert f"not the newest that stand any more: version 2 of {COLLECTION}." in withdrawal_told(
        folder, installation.facts()
    )
    second = _made(half_a_year)
    assert (1, 2) == (first.version, second.version)
    assert (f"{SECOND}|v1",) == second.releases
    assert "Fires – 20 [p] – – –" in _said(half_a_year, second)
    assert "2025-26 Q1 is not in it: what was published of it was taken back" in _said(half_a_year, second)

    (folder / "review.html").write_text("other")
    (told,) = damage(installation.stores, installation.facts())
    assert "review.html has other bytes" in told
    assert ["review.html is not what was published: its SHA-256 differs from the manifest's."] == problems(folder)
    (folder / "manifest.json").write_text(
        (folder / "manifest.json").read_text().replace('"version": 1', '"version": 9')
    )
    assert "The register here knows no such yearly review." in register_problems(folder, installation.facts())[0]


def _taken_back(at_work: Office, version: int) -> ReleaseWithdrawn:
    return ReleaseWithdrawn(
        at=at_work.now(), by="jo", reason="Wrong.", partnership="somewhere", collection=COLLECTION, version=version
    )
