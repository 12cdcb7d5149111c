"""The page of an indicator: the pack's own chart, and what was said and agreed; each goes into the next pack."""

from datetime import date
from hashlib import sha256

import pytest

from quarterday.domain.facts import IndicatorNoted, LimitsSet, ReleaseMade, WordsOn
from quarterday.publishing import manifest
from quarterday.publishing.officers_words import new_limits, officers_words
from quarterday.publishing.release import write_release
from quarterday.publishing.rows import tables_of
from quarterday.publishing.table_files import to_csv
from quarterday.web.officers.decisions import DECISIONS
from tests.publishing.pack_points import quarters_to_last
from tests.publishing.pack_points import tables as release_of
from tests.web.conftest import COLLECTION, Office
from tests.web.officers.conftest import SAM, OfficerAtWork

PAGE = "/officers/indicators/deliberate-fires"


def published(office: Office) -> None:
    """Sixteen quarters of fires are published."""
    known = office.installation.framework
    tables = release_of(known.indicator["deliberate-fires"], [30.0, 34.0, 30.0, 34.0, 34.0, 30.0, 34.0, 30.0] * 2)
    files = {f"{table.name}.csv": to_csv(table) for table in tables_of(known, tables)}
    listing = manifest.manifest(tables, (), files)
    folder = write_release(office.installation.stores.published, f"{COLLECTION}/v1", files, listing)
    office.installation.register.append(
        ReleaseMade(
            at=office.installation.now(),
            by="quarterday",
            partnership="somewhere",
            collection=COLLECTION,
            version=1,
            kind="provisional",
            folder=folder,
            manifest_sha256=sha256(listing).hexdigest(),
            returns=(),
        )
    )


def test_the_packs_own_chart_stands_with_its_words_and_figures(office: Office, jo: OfficerAtWork) -> None:
    """As published: what is hidden there is hidden here; the drawing has an address of its own."""
    published(office)
    jo.open("/officers/indicators")
    assert PAGE in jo.links
    jo.open(PAGE)
    assert "No sign of possible change: the figure lies within its usual range" in jo.text
    assert "Line chart of 16 figures from July to September 2021 to April to June 2025" in jo.page.text
    assert "The number of deliberate-fires." in jo.text
    drawn = jo.open(f"{PAGE}/chart.svg")

    assert "image/svg+xml" == drawn.headers["content-type"]
    assert b"<svg" in drawn.content


def test_nothing_is_charted_before_anything_is_published(office: Office, jo: OfficerAtWork) -> None:
    """The page says what will stand there; there is no drawing, and no indicator that nobody has."""
    jo.open(PAGE)
    assert "No chart yet" in jo.text
    assert 404 == jo.open(f"{PAGE}/chart.svg").status_code
    assert 404 == jo.open("/officers/indicators/nothing").status_code
    assert "There is nothing here" in jo.text


@pytest.mark.parametrize(
    ("name", "kind"),
    [("comment", WordsOn.COMMENTARY), ("agree-reading", WordsOn.READING), ("take-note", WordsOn.NOTE)],
)
def test_words_are_signed_and_kept_beside_the_figure(
    office: Office, jo: OfficerAtWork, name: str, kind: WordsOn
) -> None:
    """A sentence and whose it is; notes alone stay out of the pack."""
    jo.open(f"/officers/decide/{name}/deliberate-fires")
    jo.send("/deliberate-fires", collection=COLLECTION, signed="The Board, 14 August", say="One night at one depot.")
    (said,) = office.kept(IndicatorNoted)
    for_the_pack = officers_words(office.installation.framework, office.installation.facts(), COLLECTION)

    assert (kind, "The Board, 14 August", "One night at one depot.") == (said.kind, said.signed, said.words)
    assert "The Board, 14 August, 15 July 2025" in jo.text
    assert (kind is not WordsOn.NOTE) == bool(for_the_pack)


def test_limits_begin_anew_on_the_chart_at_once(office: Office) -> None:
    """Where the line was drawn says why, on the page and to readers; taken back they are as before."""
    published(office)
    sam = OfficerAtWork(office, SAM).sign_in()
    begins = quarters_to_last(16)[8].start
    sam.open("/officers/decide/limits-anew/deliberate-fires")
    given = {f"from_day__{part}": str(getattr(begins, part)) for part in ("day", "month", "year")}
    sam.send("/deliberate-fires", say="A new way of recording began.", **given)
    assert "From 1 July 2023: A new way of recording began." in sam.text
    assert "Limits begin anew from July to September 2023" in sam.page.text
    assert "8 figures since limits were set anew, and 13 are needed for limits" in sam.text
    (limits,) = new_limits(office.installation.framework, office.installation.facts())
    assert (date(2023, 7, 1), "A new way of recording began.") == (limits.from_day, limits.why)
    office.at("2025-07-15T09:05:00+01:00")
    sam.open("/officers/decide/limits-back/deliberate-fires")
    sam.send("/deliberate-fires", from_day="2023-07-01", why="It did not begin.")

    assert [True, False] == [each.holds for each in office.kept(LimitsSet)]
    assert "Limits begin anew" not in sam.page.text


def test_nobody_is_asked_for_a_run_by_words_alone() -> None:
    """They go into the next pack, whenever it is made."""
    assert {""} == {DECISIONS[name].then for name in ("comment", "agree-reading", "take-note", "limits-anew")}
