"""Facts about releases: what they say, that they are whole, and that nothing cuts one in half."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import duckdb
import frictionless
import pandas as pd
import pytest

from quarterday.adapters.store import Store
from quarterday.domain.collection.binding import bind_what_began
from quarterday.domain.facts import FiguresHeld, GapRecorded, ReleaseMade, ReleaseWithdrawn
from quarterday.domain.figures.findings import Finding, Severity
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from quarterday.publishing.release import make_release
from quarterday.publishing.verify import problems
from quarterday.publishing.words import UNREAD
from tests.publishing.dataset_example import BOROUGH, FIRES, Q4, THEFTS, WARDS, framework
from tests.publishing.installation_example import COLLECTION, Office, office, publish, row, ward_rows

TABLE = ((12, 3, 20), (9, 15, 30), (25, 18, 40))


@pytest.fixture
def quick_packs(monkeypatch):
    """Packs of a line each: what a pack says is for its own tests."""
    made = {"packs/board.html": b"<p>Board</p>", "packs/board.pdf": b"%PDF"}
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: made)


@pytest.fixture
def quarter(tmp_path, quick_packs) -> Office:
    """A collection for which the police answered in full; the fire service has not."""
    found = office(tmp_path)
    found.opened()
    found.returned("police", [*ward_rows(TABLE), row("detected", None, numerator=40, denominator=160)])
    return found


def published(found: Office, fact: ReleaseMade, table: str = "observations") -> list[dict[str, str]]:
    """The rows of a published table."""
    data = found.installation.stores.published.get(f"{fact.folder}/{table}.csv")
    return list(csv.DictReader(io.StringIO(data.decode())))


def one(rows: list[dict[str, str]], **wanted: str) -> dict[str, str]:
    """The one row that matches."""
    matching = [each for each in rows if all(each[name] == value for name, value in wanted.items())]
    assert len(matching) == 1, matching
    return matching[0]


def test_release_is_whole_and_recorded(tmp_path):
    """A release with its packs is proved whole by its own manifest, and the register names its folder."""
    quarter = office(tmp_path)
    quarter.opened()
    quarter.returned("police", ward_rows(TABLE))
    fact = make_release(quarter.installation, publish())

    assert [] == problems(quarter.folder(fact.folder))
    assert (fact,) == quarter.installation.facts().of(ReleaseMade)
    assert f"{COLLECTION}/v1" == fact.folder


def test_two_words_on_one_figure(quarter):
    """Two partners' returns both hold it, as while one takes over from another: the quarter is published."""
    quarter.returned("police", [*ward_rows(TABLE), row(value=10)])
    quarter.returned("fire", [row(value=10)])
    fact = make_release(quarter.installation, publish())

    assert {"10"} == {each["value"] for each in published(quarter, fact) if each["indicator"] == FIRES.code}


def test_released_twice_changes_nothing(quarter):
    """Publishing again gives the release there is."""
    first = make_release(quarter.installation, publish())
    quarter.moment[0] = quarter.moment[0].replace(hour=20)

    assert first == make_release(quarter.installation, publish())


def test_figures_bear_their_return_and_cell(quarter):
    """A published value names its return, its file's SHA-256 and its cell, and is provisional at first."""
    quarter.returned("fire", [row(value=31)])
    found = one(published(quarter, make_release(quarter.installation, publish())), indicator="fires")

    assert ("31", "[p]", "R-fire-2", "ab" * 32, "Figures!H2") == (
        found["value"],
        found["marker"],
        found["source_return"],
        found["source_sha256"],
        found["source_cells"],
    )


def test_rate_is_computed_from_its_parts(quarter):
    """40 of 160 is published as 25, with both parts."""
    found = one(published(quarter, make_release(quarter.installation, publish())), indicator="detected")

    assert ("25", "40", "160") == (found["value"], found["numerator"], found["denominator"])


def test_margins_are_published_and_small_counts_are_not(quarter):
    """The borough's total is there; the ward's three thefts are [c], in no file at all."""
    fact = make_release(quarter.installation, publish())
    rows = published(quarter, fact)

    assert "172" == one(rows, indicator="thefts", area_code=BOROUGH, category="")["value"]
    hidden = one(rows, indicator="thefts", area_code=WARDS[0], category="shop")
    assert ("", "[c]") == (hidden["value"], hidden["marker"])


def test_missing_is_marked_and_owned(quarter):
    """What did not come is [x] with the reason, the owner and the day on which it is expected."""
    quarter.record(
        GapRecorded(
            at=quarter.now(),
            by="quarterday",
            partnership="somewhere",
            collection=COLLECTION,
            request=f"{COLLECTION}.fire",
            partner="fire",
            indicator="fires",
            owner="Fire lead",
            expected=date(2025, 8, 29),
            reason="no answer had come when the collection closed",
        )
    )
    fact = make_release(quarter.installation, publish())
    found = one(published(quarter, fact), indicator="fires")
    gap = one(published(quarter, fact, "gaps"), indicator="fires")

    assert ("", "[x]") == (found["value"], found["marker"])
    assert ("Fire lead", "2025-08-29") == (gap["owner"], gap["expected"])


def test_supplier_who_sent_nothing_is_not_said_to_have_sent_something(quarter):
    """Where no gap was recorded yet, the release says itself that no answer has come."""
    fact = make_release(quarter.installation, publish())

    assert (
        "no answer had come when this version was made"
        == one(published(quarter, fact, "gaps"), indicator="fires")["why"]
    )


def test_what_an_officer_holds_back_is_in_no_file_and_comes_with_the_next_version(quarter):
    """The rate came and is held before version 1; let in, version 2 has it; the gap says what readers are told."""
    request = f"{COLLECTION}.police"
    who = {"by": "jo", "partnership": "somewhere", "request": request, "indicator": "detected"}
    quarter.record(FiguresHeld(at=quarter.now(), held=True, for_readers="Held until the agreement is renewed.", **who))
    first = make_release(quarter.installation, publish())
    quarter.record(FiguresHeld(at=quarter.now(), held=False, **who))
    second = make_release(quarter.installation, publish(2))
    without, with_it = (
        [each for each in published(quarter, made) if each["indicator"] == "detected"] for made in (first, second)
    )

    assert [("", "[x]")] == [(each["value"], each["marker"]) for each in without]
    gap = one(published(quarter, first, "gaps"), indicator="detected")
    assert "Held until the agreement is renewed." == gap["why"]
    assert ["25"] == [each["value"] for each in with_it]
    assert "detected" not in {each["indicator"] for each in published(quarter, second, "gaps")}
    assert set(first.returns) - set(second.returns) == {f"{request}|detected|{first_held(quarter).at.isoformat()}"}


def first_held(found: Office) -> FiguresHeld:
    """The first word by which figures were held back."""
    return found.installation.facts().of(FiguresHeld)[0]


def test_held_without_words_the_gap_says_that_they_came(quarter):
    """What was published before it was held back is told as missing by the next version, and left in the first."""
    first = make_release(quarter.installation, publish())
    who = {"by": "jo", "partnership": "somewhere", "request": f"{COLLECTION}.police", "indicator": "detected"}
    quarter.record(FiguresHeld(at=quarter.now(), held=True, **who))
    second = make_release(quarter.installation, publish(2))

    assert ["25", ""] == [one(published(quarter, each), indicator="detected")["value"] for each in (first, second)]
    gap = one(published(quarter, second, "gaps"), indicator="detected")
    assert "the figures came and are not published" == gap["why"]
    assert [] == problems(quarter.folder(second.folder))


def test_nil_return_is_nought(quarter):
    """A nil return is an answer: nought, never missing."""
    quarter.returned("fire", [], nil=True)
    found = one(published(quarter, make_release(quarter.installation, publish())), indicator="fires")

    assert ("0", "[p]") == (found["value"], found["marker"])


def test_other_days_are_published_as_they_are(quarter):
    """June to September, where April to June was asked, keeps its own days and does not compare."""
    quarter.returned("fire", [row(period=Period(date(2025, 5, 1), date(2025, 7, 31)))])
    found = one(published(quarter, make_release(quarter.installation, publish())), indicator="fires")

    assert ("2025-05-01", "2025-07-31", "false") == (found["period_start"], found["period_end"], found["comparable"])
    assert "was asked" in found["comparable_why"]


def test_three_months_make_a_quarter_and_two_do_not(quarter):
    """Monthly values are added up only when all of them are there."""
    april, may, june = (Period(date(2025, m, 1), date(2025, m, d)) for m, d in ((4, 30), (5, 31), (6, 30)))
    quarter.returned("fire", [row(value=11, period=april), row(value=12, period=may)])
    some = published(quarter, make_release(quarter.installation, publish()))
    quarter.returned("fire", [row(value=v, period=p) for v, p in ((11, april), (12, may), (13, june))])
    whole = published(quarter, make_release(quarter.installation, publish(2)))

    assert {"11", "12", ""} == {each["value"] for each in some if each["indicator"] == "fires"}
    assert "36" == one(whole, indicator="fires")["value"]


def test_later_return_leads_to_a_revision_with_its_log(quarter):
    """The second version marks what changed as revised and says what it was and why."""
    quarter.returned("fire", [row(value=10)])
    make_release(quarter.installation, publish())
    quarter.returned("fire", [row(value=14)])
    fact = make_release(quarter.installation, publish(2))
    log = published(quarter, fact, "revisions")

    assert [("10 [p]", "14 [r]")] == [(each["was"], each["now"]) for each in log]
    assert "R-fire-3" in log[0]["why"]
    assert "[r]" == one(published(quarter, fact), indicator="fires")["marker"]
    assert "" == one(published(quarter, fact), indicator="thefts", area_code=BOROUGH, category="")["marker"]


def test_a_figure_that_is_hidden_now_is_not_told_as_it_was(quarter):
    """20 fires were shown; with 3, which are hidden, the log repeats neither number."""
    quarter.returned("fire", [row(value=20)])
    make_release(quarter.installation, publish())
    quarter.returned("fire", [row(value=3)])
    log = published(quarter, make_release(quarter.installation, publish(2)), "revisions")

    assert [("a figure", "[c]")] == [(each["was"], each["now"]) for each in log if each["indicator"] == "fires"]


def test_a_release_keeps_for_which_boards_it_tells_other_figures(tmp_path):
    """The fires changed, which the board reads: it is told from what to what, held against each version there is."""
    found = office(tmp_path)
    found.installation.settings.pack_formats = "html"
    found.opened()
    found.returned("fire", [row(value=10)])
    first = make_release(found.installation, publish())
    found.returned("fire", [row(value=14)])
    second = make_release(found.installation, publish(2))
    found.returned("fire", [row(value=10)])
    third = make_release(found.installation, publish(3))
    said = json.loads(found.installation.stores.published.get(f"{second.folder}/in-short.json"))

    assert ((), ("board/1",), ("board/2",)) == (first.changed, second.changed, third.changed)
    assert ["Fires, Somewhere (April to June 2025): 10 before, 14 now"] == said["board"]["changes"]["1"]["lines"]


def test_a_later_version_knows_which_was_withdrawn(tmp_path):
    """Its table of versions and its pack say so with the words for readers; nothing is held against it any more."""
    found = office(tmp_path)
    found.installation.settings.pack_formats = "html"
    found.opened()
    found.returned("fire", [row(value=10)])
    make_release(found.installation, publish())
    found.record(
        ReleaseWithdrawn(
            at=found.now(),
            by="jo",
            reason="a slip of ours",
            partnership="somewhere",
            collection=COLLECTION,
            version=1,
            for_readers="Two wards were mixed up.",
        )
    )
    found.returned("fire", [row(value=14)])
    second = make_release(found.installation, publish(2))
    versions = [
        (each["version"], each["withdrawn_on"], each["for_readers"]) for each in published(found, second, "versions")
    ]
    pack = found.installation.stores.published.get(f"{second.folder}/packs/board.html").decode()

    assert [("1", "2025-07-01", "Two wards were mixed up."), ("2", "", "")] == versions
    assert "Version 1 was withdrawn on 1 July 2025. The partnership says: “Two wards were mixed up.”" in pack
    assert "a slip of ours" not in pack
    assert () == second.changed
    assert [] == problems(found.folder(second.folder))


def test_warning_becomes_a_caveat_without_its_value(quarter):
    """What the checks asked follows the figure as a caveat without a value; the answer is its commentary."""
    warning = Finding(
        "unusual", Severity.WARNING, "41, where 8 to 15 is usual.", "Is it right?", "Figures", "Value", ("H2",),
        "fires", "More than is usual.",
    )  # fmt: skip
    quarter.returned("fire", [row(value=41)], findings=(warning,), explanations="A hot summer.")
    found = one(published(quarter, make_release(quarter.installation, publish())), indicator="fires")

    assert ("More than is usual.", "A hot summer.") == (found["caveats"], found["commentary"])


def test_last_value_stands_in_with_its_age(tmp_path, quick_packs):
    """Where the framework allows it, the last value stands in for a missing one, marked stale with its age."""
    found = office(tmp_path, framework(THEFTS, FIRES.model_copy(update={"stand_in": True})))
    found.opened("somewhere.2024-25-q4", Q4)
    found.returned("fire", [row(value=21)], collection="somewhere.2024-25-q4")
    found.opened()
    fact = make_release(found.installation, publish())
    stand_in = one(published(found, fact), indicator="fires")

    assert ("21", "true", "2025-01-01", "false") == (
        stand_in["value"],
        stand_in["stale"],
        stand_in["period_start"],
        stand_in["comparable"],
    )
    assert "91 days old" in stand_in["comparable_why"]
    assert [] == problems(found.folder(fact.folder))


def test_changed_definition_breaks_the_series(tmp_path, quick_packs):
    """From the first figure counted by a new definition, the series is marked as broken."""
    first = FIRES.definitions[0]
    new = replace_definition(first, version=2, holds_from=date(2025, 4, 1))
    found = office(tmp_path, framework(FIRES.model_copy(update={"definitions": (first, new)})))
    found.opened("somewhere.2024-25-q4", Q4)
    found.returned("fire", [row(value=21)], collection="somewhere.2024-25-q4")
    found.opened()
    found.returned("fire", [row(value=30)])
    broken = one(published(found, make_release(found.installation, publish())), indicator="fires")

    assert (str(Marker.BREAK), "false") == (broken["marker"], broken["comparable"])


def test_a_definition_that_begins_within_the_quarter_breaks_the_series_there(tmp_path, quick_packs):
    """The figure counts by both, so it compares with nothing before it."""
    first = FIRES.definitions[0]
    new = replace_definition(first, version=2, holds_from=date(2025, 5, 15))
    found = office(tmp_path, framework(FIRES.model_copy(update={"definitions": (first, new)})))
    found.opened("somewhere.2024-25-q4", Q4)
    found.returned("fire", [row(value=21)], collection="somewhere.2024-25-q4")
    found.opened()
    found.returned("fire", [row(value=30)])
    broken = one(published(found, make_release(found.installation, publish())), indicator="fires")

    assert (str(Marker.BREAK), "false") == (broken["marker"], broken["comparable"])
    assert broken["comparable_why"].startswith("The definition changed on 15 May 2025, within these days")


def replace_definition(definition, **changes):
    """A definition with changes."""
    return definition.model_copy(update=changes)


def test_package_is_valid_to_frictionless(quarter):
    """frictionless finds nothing to say of the package."""
    fact = make_release(quarter.installation, publish())
    report = frictionless.validate(str(quarter.folder(fact.folder) / "datapackage.json"))

    assert report.valid, report.flatten(["type", "note"])


def test_csv_and_parquet_read_to_the_same_values(quarter):
    """DuckDB and pandas read the same figures from CSV and from Parquet."""
    folder = quarter.folder(make_release(quarter.installation, publish()).folder)
    as_csv, as_parquet = (
        duckdb.sql(f"select * from '{folder}/observations.{kind}' order by all").fetchall()
        for kind in ("csv", "parquet")
    )
    frames = pd.read_csv(folder / "observations.csv"), pd.read_parquet(folder / "observations.parquet")

    assert [tuple(map(str, line)) for line in as_csv] == [tuple(map(_plain, line)) for line in as_parquet]
    assert frames[0]["value"].equals(frames[1]["value"])
    assert frames[0]["marker"].fillna("").tolist() == frames[1]["marker"].fillna("").tolist()


def _plain(value):
    """A number as the CSV's own column reads it: a column of whole numbers is not read as decimals."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_partners_words_cannot_run_in_a_spreadsheet(quarter):
    """A comment that begins as a formula is written with an apostrophe before it; negative numbers stay numbers."""
    quarter.returned("fire", [row(value=14, comment='=HYPERLINK("http://x","y")')])
    found = one(published(quarter, make_release(quarter.installation, publish())), indicator="fires")

    assert found["commentary"].startswith("'=")


def test_suppliers_words_beside_hidden_counts_wait_for_an_officer(quarter):
    """A comment that may give a hidden count away is not published, and what stands in its place says so."""
    rows = [replace(each, comment="Only three, or 3, here") for each in ward_rows(TABLE)]
    quarter.returned("police", rows)
    found = published(quarter, make_release(quarter.installation, publish()))

    assert {""} == {each["commentary"] for each in found}
    assert any(UNREAD in each["caveats"] for each in found)


class Killed(BaseException):
    """The process ends here."""


class DyingStore:
    """A store that dies after its n-th write."""

    def __init__(self, store: Store, writes: int) -> None:
        self.store, self.left = store, writes

    def put(self, name, data):
        self.left -= 1
        stored = self.store.put(name, data)
        if self.left == 0:
            raise Killed
        return stored

    def __getattr__(self, name):
        return getattr(self.store, name)


def _dying(found: Office, writes: int):
    stores = found.installation.stores
    return replace(found.installation, stores=replace(stores, published=DyingStore(stores.published, writes)))


def test_return_that_comes_between_two_attempts_is_in_the_release(quarter):
    """Leftovers of an attempt with other figures are never written over nor published: a new folder is taken."""
    with pytest.raises(Killed):
        make_release(_dying(quarter, 12), publish())
    quarter.returned("fire", [row(value=14)])
    fact = make_release(quarter.installation, publish())

    assert f"{COLLECTION}/v1-2" == fact.folder
    assert "14" == one(published(quarter, fact), indicator="fires")["value"]
    assert [] == problems(quarter.folder(fact.folder))


def test_a_late_return_makes_the_next_version_under_the_old_framework(tmp_path):
    """Next year's framework is in `config/`, without an indicator and its supplier: nothing published vanishes.

    Ten seconds: two whole releases, with their packs.
    """
    found = office(tmp_path)
    found.opened()
    house = found.installation.framework
    began = bind_what_began(house, found.installation.facts(), found.now())
    found.record(*began)
    found.returned("fire", [row(value=10)])
    first = make_release(found.installation, publish())
    fields = {name: getattr(house, name) for name in Framework.model_fields}
    fields["partners"] = tuple(each for each in house.partners if each.code != "fire")
    fields["indicators"] = tuple(each for each in house.indicators if each.supplier != "fire")
    found.returned("police", ward_rows(((12, 13, 20), (19, 15, 30), (25, 18, 40))))
    second = make_release(replace(found.installation, framework=Framework(**fields)), publish(2))

    before = {each["indicator"] for each in published(found, first)}
    assert before == {each["indicator"] for each in published(found, second)}
    assert "10" == one(published(found, second), indicator="fires")["value"]
