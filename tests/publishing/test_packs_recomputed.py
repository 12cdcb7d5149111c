"""Every figure of a pack is worked out again from the published tables alone, by arithmetic of this file's own.

That Word, PDF and slides hold the page's numbers and no others is told by `test_packs.py`: what holds of the page holds
of them.
"""

import csv
import io
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from statistics import mean

import pytest
from lxml import html

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.pack.packs import build_packs
from quarterday.publishing.release import release_files
from quarterday.publishing.tables import ReleaseTables

Row = dict[str, str]
Series = dict[str, list[Row]]
QUARTER_BEFORE, YEAR_BEFORE, NOW = "January to March 2025", "April to June 2024", "April to June 2025"


@pytest.fixture(scope="module")
def tables(streets: Framework, release: ReleaseTables) -> dict[str, list[Row]]:
    """The tables as anybody loads them."""
    files = release_files(streets, release, ())
    return {name: list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode()))) for name in TABLES}


TABLES = ("observations", "history", "indicators", "areas")


@pytest.fixture(scope="module")
def series(tables: dict[str, list[Row]]) -> Series:
    """The borough's totals by the indicator's title, oldest first."""
    borough = next(row["area_code"] for row in tables["areas"] if row["level"] == "borough")
    titles = {row["indicator"]: row["title"] for row in tables["indicators"]}
    found: Series = {}
    for row in (*tables["history"], *tables["observations"]):
        if (row["area_code"], row["breakdown"], row["stale"]) == (borough, "", "false"):
            found.setdefault(titles[row["indicator"]], []).append(row)
    return {title: sorted(rows, key=lambda row: row["period_end"]) for title, rows in found.items()}


@pytest.fixture(scope="module")
def page(streets: Framework, release: ReleaseTables) -> html.HtmlElement:
    """The subgroup's pack as a page."""
    return html.fromstring(build_packs(streets, release, ["html"])["packs/streets.html"])


def _days(row: Row) -> str:
    start, end = date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"])
    if (start.month, start.year) == (end.month, end.year):
        return f"{start:%B %Y}"
    return f"{start:%B} to {end:%B %Y}" if start.year == end.year else f"{start:%B %Y} to {end:%B %Y}"


def _number(row: Row) -> float | None:
    """The figure from its parts, where it has them, and never from the column that says it."""
    per = {"percentage": 100, "rate": 1000}.get(row["unit"])
    if per and row["denominator"]:
        return per * float(row["numerator"]) / float(row["denominator"])
    return float(row["value"]) if row["value"] else None


def _said(row: Row) -> str:
    value = _number(row)
    if value is None:
        return row["marker"]
    if row["unit"] in ("percentage", "rate"):
        rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{rounded:,}{'%' if row['unit'] == 'percentage' else ''}"
    return f"{value:,.0f}"


def test_each_figure_by_period_is_that_of_the_table(page: html.HtmlElement, series: Series) -> None:
    """All that stands in the annex, parts included: nothing is added, and no period is another's."""
    checked = 0
    for table in page.xpath("//table[contains(caption, ': figures by period')]"):
        title = table.findtext("caption").partition(": figures by period")[0]
        by_days = {_days(row): row for row in series[title]}
        for line in table.xpath(".//tbody/tr"):
            days, figure, *parts = (" ".join(cell.text_content().split()) for cell in line)
            row = by_days[days]
            assert _said(row) == figure.removesuffix(f" {row['marker']}"), (title, days)
            if row["unit"] in ("percentage", "rate") and row["value"]:
                wanted = [f"{float(row[name]):,.0f}" for name in ("numerator", "denominator")]
                assert wanted == parts[:2], (title, days)
            checked += 1
    assert checked > 100


def test_each_line_of_the_scorecard_is_that_of_the_table(page: html.HtmlElement, series: Series) -> None:
    """This quarter, the last and that of a year before, each from its own row."""
    wanted = {"This time": NOW, "Last time": QUARTER_BEFORE, "A year before": YEAR_BEFORE}
    checked = 0
    for line in page.xpath("(//table[@class='scorecard'])[1]//tr[td]"):
        title = " ".join(line.findtext("th/a", line.findtext("th")).split())
        by_days = {_days(row): row for row in series.get(title, ())}
        for cell in line.xpath("td[@data-head]"):
            row = by_days.get(wanted.get(cell.get("data-head"), ""))
            said = " ".join(cell.text_content().split())
            if row and row["unit"] != "out of" and row["comparable"] == "true" and re.match(r"[\d\[]", said):
                assert _said(row) == re.sub(r"(?<=.) \[.*", "", said), (title, cell.get("data-head"))
                checked += 1
    assert checked == 20


def test_limits_are_those_of_the_first_twelve_figures(page: html.HtmlElement, series: Series) -> None:
    """Mean ± 2.66 × the mean of moving ranges, of which those above 3.267 times their mean are left out."""
    checked = 0
    for name, told in _charts(page, series):
        found = re.search(r"Mean ([\d,.]+)%?; usual range ([\d,.]+)%? to ([\d,.]+)%?\.", told)
        values = [_number(row) for row in series[name]]
        broken = "The line is broken" in told or "gap" in told or "begin anew" in told
        if not found or broken or any(row["comparable"] != "true" for row in series[name]):
            continue
        base = [value for value in values[:12] if value is not None]
        ranges = [abs(after - before) for before, after in pairwise(base)]
        kept = [each for each in ranges if each <= 3.267 * mean(ranges)]
        reach = 2.66 * mean(kept if any(kept) else ranges)
        wanted = mean(base), max(0.0, mean(base) - reach), mean(base) + reach
        assert wanted == pytest.approx([float(each.replace(",", "")) for each in found.groups()], abs=0.051), name
        checked += 1
    assert checked == 2


def test_lowest_highest_and_latest_in_words_are_those_of_the_table(page: html.HtmlElement, series: Series) -> None:
    """The text alternative of each chart, for who does not see the line."""
    checked = 0
    for name, told in _charts(page, series):
        found = re.search(r"Lowest ([\d,.]+)%?, highest ([\d,.]+)%?, latest ([\d,.]+)%?\.", told)
        drawn = [row for row in series[name] if row["value"] and row["comparable"] == "true"]
        if not found or len(drawn) != int(re.search(r"of (\d+) figures", told)[1]):
            continue  # a figure by a new definition is drawn beside those before
        values = [_number(row) or 0.0 for row in drawn]
        said = [float(each.replace(",", "")) for each in found.groups()]
        assert [min(values), max(values), values[-1]] == pytest.approx(said, abs=0.51 if said[0] > 1000 else 0.051), (
            name
        )
        checked += 1
    assert checked > 5


def _charts(page: html.HtmlElement, series: Series) -> list[tuple[str, str]]:
    """The indicator and the text alternative of each chart."""
    return [
        (name, title.getnext().text)
        for title in page.xpath("//*[local-name()='svg']/*[local-name()='title'][starts-with(text(), 'Chart: ')]")
        if (name := title.text.removeprefix("Chart: ")) in series  # and no bars of a breakdown
    ]


def _cells(page: html.HtmlElement, caption: str) -> list[list[str]]:
    """The rows of a table, its heading first."""
    (table,) = page.xpath(f"//table[contains(caption, '{caption}')]")
    return [[" ".join(cell.text_content().split()) for cell in line] for line in table.xpath(".//tr")]


def _by_place(tables: dict[str, list[Row]], indicator: str) -> dict[tuple[str, str, str], Row]:
    """The figures of an indicator by area, class and days in words."""
    rows = (*tables["history"], *tables["observations"])
    return {
        (row["area_name"], row["category_title"], _quarter(row)): row for row in rows if row["indicator"] == indicator
    }


def _quarter(row: Row) -> str:
    start = date.fromisoformat(row["period_start"])
    year, quarter = start.year - (start.month < 4), (start.month - 4) % 12 // 3 + 1
    return f"{year}-{(year + 1) % 100} Q{quarter}"


def test_each_class_of_five_quarters_is_that_of_the_table(page: html.HtmlElement, tables: dict[str, list[Row]]) -> None:
    """Searches by reason: a row a class, a column a quarter, and the bars' own words beside them."""
    rows, found = _by_place(tables, "searches"), _cells(page, "Searches by reason, the newest")
    quarters = found[0][1:]
    said = [
        (_said(rows["Somewhere", reason, quarter]), cell.removesuffix(" [p]"))
        for reason, *cells in found[1:]
        for quarter, cell in zip(quarters, cells, strict=True)
    ]
    bars = page.xpath("//*[local-name()='svg']/*[local-name()='desc'][starts-with(text(), 'Bar chart')]")[0].text
    wanted = "; ".join(f"{reason} {_said(rows['Somewhere', reason, quarters[0]])}" for reason, *_ in found[1:])

    assert len(said) == 15
    assert [told for told, _ in said] == [cell for _, cell in said]
    assert bars.endswith(f" {wanted}.")


def test_each_ward_its_change_and_its_place_are_those_of_the_table(
    page: html.HtmlElement, tables: dict[str, list[Row]]
) -> None:
    """The highest first, and how many more or fewer than before; no change beside what is hidden."""
    rows = _by_place(tables, "crime-by-ward")
    heading, *found = _cells(page, "each ward, the highest first")
    values = []
    for ward, now, before, change in found:
        figures = [rows[ward.partition(". ")[2], "", quarter] for quarter in heading[1:3]]
        numbers = [_number(each) for each in figures]
        step = "" if None in numbers else f"{numbers[0] - numbers[1]:+,.0f}".replace("-", "−")
        assert [_said(each) for each in figures] + [step] == [now, before, change]
        values.append(numbers[0])
    assert len(values) == 3
    assert sorted(values, reverse=True) == values


def test_each_area_by_class_is_that_of_the_table(page: html.HtmlElement, tables: dict[str, list[Row]]) -> None:
    """Wards by name, the borough last, and the total beside its classes."""
    rows = _by_place(tables, "crime-by-ward")
    heading, *found = _cells(page, "each area by reason")
    for area, *cells in found:
        place, classes = area.partition(" (")[0], [each if each != "Total" else "" for each in heading[1:]]
        assert [_said(rows[place, each, "2025-26 Q1"]) for each in classes] == cells
    assert len(found) == 4


def test_targets_are_met_or_missed_as_the_figures_say(page: html.HtmlElement, tables: dict[str, list[Row]]) -> None:
    """By the target and the direction of the indicators' table, and this time's figure."""
    told = {row["title"]: row for row in tables["indicators"]}
    borough = {
        row["indicator"]: row
        for row in tables["observations"]
        if (row["area_name"], row["breakdown"]) == ("Somewhere", "")
    }
    checked = 0
    for title, *cells in _cells(page, "Scorecard: each indicator"):
        said = re.match(r"([\d,.]+)%?: (met|not met)$", cells[3]) if len(cells) > 3 else None
        if said:
            row = told[title]
            value, aim = _number(borough[row["indicator"]]) or 0.0, float(row["target"])
            met = value >= aim if row["direction"].startswith("higher") else value <= aim
            assert (aim, "met" if met else "not met") == (float(said[1].replace(",", "")), said[2]), title
            checked += 1
    assert checked >= 2
