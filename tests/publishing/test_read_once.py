"""Stored files are written once and never change: each is read once, and findings only by whom they concern."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from quarterday.adapters.accepted_figures import Lost, accepted_figures, earlier_figures
from quarterday.adapters.installation import Installation
from quarterday.adapters.store import Damaged, open_stores
from quarterday.domain.facts import Facts, ReleaseMade
from quarterday.domain.framework.periods import financial_quarter
from quarterday.publishing import release
from quarterday.publishing.candidate import prepare
from quarterday.publishing.columns import Table, described_columns
from quarterday.publishing.csv_cells import read_csv, whole_lines
from quarterday.publishing.table_files import to_csv
from tests.publishing.installation_example import Office, office, publish, row

QUARTERS = 6


@pytest.fixture
def years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Six quarters that were asked for, sent and released, and a seventh that is about to be."""
    monkeypatch.setattr(release, "build_packs", lambda *_: {})
    monkeypatch.setattr(release, "workbook", lambda *_: b"x")
    house = office(tmp_path)
    for number in range(QUARTERS):
        year, quarter = 2023 + number // 4, number % 4 + 1
        collection = f"somewhere.{year}-{(year + 1) % 100:02d}-q{quarter}"
        house.opened(collection, financial_quarter(year, quarter))
        send_all(house, collection=collection)
        release.make_release(house.installation, publish(collection=collection))
    house.opened()
    send_all(house)
    return house


def send_all(house: Office, **of: str) -> None:
    """Each partner's return: a figure of the first that it supplies."""
    framework = house.installation.framework
    for partner in framework.partners:
        house.returned(partner.code, [row(framework.supplied_by(partner.code)[0].code)], **of)


def starting_anew(house: Office) -> tuple[Installation, Counter[str]]:
    """A process that knows nothing yet, and how often it reads each file."""
    stores, reads = open_stores(house.installation.settings), Counter[str]()
    for store in (stores.raw, stores.published):

        def get(name: str, sha256: str | None = None, true=store.get) -> bytes:
            reads[name] += 1
            return bytes(true(name, sha256))

        object.__setattr__(store, "get", get)
    return replace(house.installation, stores=stores), reads


def test_a_release_reads_each_file_once_however_many_lie_behind(years):
    """Returns, findings and releases of every quarter before."""
    anew, reads = starting_anew(years)
    prepare(anew, publish())

    assert len(reads) > QUARTERS
    assert {1} == set(reads.values())


def test_a_second_release_in_the_same_process_reads_nothing_again(years):
    """And says the same."""
    anew, reads = starting_anew(years)
    first = prepare(anew, publish())
    before = reads.total()

    assert first == prepare(anew, publish())
    assert before == reads.total()


def test_who_looks_at_values_alone_reads_no_findings(years):
    """A check of one partner's file: its own earlier returns, once, and nothing else."""
    anew, reads = starting_anew(years)
    facts, partner = anew.facts(), anew.framework.partners[0].code
    period = financial_quarter(2025, 1)
    figures = [earlier_figures(anew, anew.framework, facts, period, partner, caveats=False) for _ in range(2)]

    assert figures[0] == figures[1]
    assert QUARTERS == reads.total()
    assert not [name for name in reads if "/findings-" in name]


def test_an_upload_after_six_years_reads_few_files(tmp_path):
    """What this process wrote it knows already."""
    house = office(tmp_path)
    partner = house.installation.framework.partners[0].code
    for year in range(2019, 2025):
        for quarter in (1, 2, 3, 4):
            collection = f"somewhere.{year}-{(year + 1) % 100:02d}-q{quarter}"
            house.opened(collection, financial_quarter(year, quarter))
            house.returned(partner, [row()], collection=collection)
    reads: list[str] = []
    raw = house.installation.stores.raw
    true = raw.get
    object.__setattr__(raw, "get", lambda name, sha256=None: reads.append(name) or true(name, sha256))
    found = earlier_figures(
        house.installation,
        house.installation.framework,
        house.installation.facts(),
        financial_quarter(2025, 1),
        partner,
    )

    assert len({each.period for each in found}) > 20
    assert len(reads) < 10


@pytest.mark.parametrize("bytes_of", [lambda true: b"{", lambda true: true.replace(b"10.0", b"11.0")])
def test_what_is_damaged_is_told_each_time(years, bytes_of):
    """A failure is not remembered as an answer, and a digit that flipped is no figure."""
    anew, _ = starting_anew(years)
    file = next((years.installation.settings.home / "store" / "raw").rglob("rows-*.json"))
    spoiled = bytes_of(file.read_bytes())
    assert spoiled != file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(spoiled)
    facts = anew.facts()
    for _ in range(2):
        lost: list[Lost] = []
        earlier_figures(anew, anew.framework, facts, financial_quarter(2025, 1), lost=lost)

        assert [file.parent.name] == [each.source for each in lost]
        with pytest.raises(Damaged):
            accepted_figures(anew, facts, lost[0].collection)


def test_lines_with_breaks_and_quotes_in_their_cells_stay_whole():
    """Each release's lines are compared with those of the one before, so a line is a row, whatever its words hold."""
    table = Table("t", "T", described_columns("a: string: x", "b: string: y"), (('1\n"2"', "3"), ("", "'4,\n\n5")))
    heading, *lines = whole_lines(to_csv(table).decode())

    assert ["a,b", 2] == [heading, len(lines)]
    assert list(read_csv(to_csv(table))) == [next(read_csv(f"{heading}\n{line}".encode())) for line in lines]


def test_facts_until_a_moment_are_those_known_by_then(years):
    """By kind, by subject, all of them, and with more: as if nothing had come later."""
    facts = years.installation.facts()
    third = facts.of(ReleaseMade)[2]
    then, anew = facts.until(third.at), Facts(each for each in facts if each.at <= third.at)

    assert list(anew) == list(then)
    assert anew.of(ReleaseMade) == then.of(ReleaseMade) == facts.of(ReleaseMade)[:3]
    assert anew.requests_of(third.collection) == then.requests_of(third.collection) != ()
    assert () == then.about(facts.of(ReleaseMade)[3].collection, ReleaseMade)
    assert 4 == len(then.plus(facts.of(ReleaseMade)[3]).of(ReleaseMade))
